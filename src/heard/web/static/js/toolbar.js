/* Puts Markdown round what is selected; shows itself only where it can work. */
class Toolbar extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.apply(button);
    });
  }

  apply({ dataset }) {
    const text = this.closest("form").elements.source;
    const chosen = text.value.slice(text.selectionStart, text.selectionEnd);
    if (dataset.around) this.put(text, dataset.around + chosen + dataset.around, chosen ? 0 : dataset.around.length);
    if ("link" in dataset) this.put(text, `[${chosen}](https://)`, chosen ? 1 : "](https://)".length);
    if (dataset.before) this.put(text, dataset.before + chosen.replaceAll("\n", `\n${dataset.before}`), 0);
  }

  put(text, words, back) {
    text.focus();
    // The old command is the only way to write that the browser can also undo.
    if (!document.execCommand("insertText", false, words)) text.setRangeText(words);
    text.selectionStart = text.selectionEnd = text.selectionEnd - back;
  }
}

customElements.define("heard-toolbar", Toolbar);

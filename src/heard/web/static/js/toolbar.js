/* Puts Markdown round what is selected, or round the word at the cursor; shows itself only where it can work. */
const BEFORE = /[\p{L}\p{N}]+$/u, AFTER = /^[\p{L}\p{N}]+/u;

class Toolbar extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.apply(button);
    });
    this.closest("form").elements.source.addEventListener("keydown", (event) => {
      const { ctrlKey, metaKey, altKey, shiftKey, key } = event;
      const button = (ctrlKey || metaKey) && !altKey && !shiftKey && this.querySelector(`[data-press="${CSS.escape(key)}"]`);
      if (!button) return;
      event.preventDefault();
      this.apply(button);
    });
  }

  apply({ dataset }) {
    const text = this.closest("form").elements.source;
    if (dataset.around && text.selectionStart === text.selectionEnd) this.chooseWord(text);
    const chosen = text.value.slice(text.selectionStart, text.selectionEnd);
    if (dataset.around) this.put(text, dataset.around + chosen + dataset.around, chosen ? 0 : dataset.around.length);
    if ("link" in dataset) this.put(text, `[${chosen}](https://)`, chosen ? 1 : "](https://)".length);
    if (dataset.before) this.put(text, dataset.before + chosen.replaceAll("\n", `\n${dataset.before}`), 0);
  }

  chooseWord(text) {
    const at = text.selectionStart;
    const [before] = text.value.slice(0, at).match(BEFORE) ?? [""], [after] = text.value.slice(at).match(AFTER) ?? [""];
    text.setSelectionRange(at - before.length, at + after.length);
  }

  put(text, words, back) {
    text.focus();
    // The old command is the only way to write that the browser can also undo.
    if (!document.execCommand("insertText", false, words)) text.setRangeText(words);
    text.selectionStart = text.selectionEnd = text.selectionEnd - back;
  }
}

customElements.define("heard-toolbar", Toolbar);

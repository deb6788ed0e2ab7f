/* Arrow keys between the search box and what is found; Escape goes back to the box, and there empties it. */
const FOUND = ".hit h2 a, .hit .said, a.hit";

class Finding extends HTMLElement {
  connectedCallback() {
    this.keepWriting();
    this.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (this.press(event.key, event.target)) event.preventDefault();
    });
  }

  /* Who came by the keyboard goes on writing; on a phone the keyboard would cover what was found. */
  keepWriting() {
    const box = this.querySelector("[type=search]");
    const isFree = !document.activeElement || document.activeElement === document.body;
    if (!box?.value || !isFree || !matchMedia("(hover: hover)").matches) return;
    box.focus({ preventScroll: true });
    box.setSelectionRange(box.value.length, box.value.length);
  }

  press(key, from) {
    const box = this.querySelector("[type=search]");
    if (key === "Escape" && from !== box) return this.goTo(box);
    if (key !== "ArrowDown" && key !== "ArrowUp") return false;
    const found = [...this.querySelectorAll(FOUND)];
    const at = found.indexOf(from.closest("a"));
    if (at < 0 && from !== box) return false;
    if (key === "ArrowUp") return at >= 0 && this.goTo(found[at - 1] ?? box);
    return this.goTo(found[at + 1]);
  }

  goTo(node) {
    node?.focus();
    node?.scrollIntoView({ block: "nearest" });
    return Boolean(node);
  }
}

customElements.define("heard-finding", Finding);

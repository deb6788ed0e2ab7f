/* Keys for everything: they are read off the list that `?` opens, so that the list cannot be wrong. */
const STOPS = ".thread:not(.one), .reply, .list > li";
const isWriting = (node) => node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);

class Keys extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.typed = "";
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  handleEvent(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (this.press(event.key)) event.preventDefault();
  }

  press(key) {
    if (key === "?") return this.dialog.showModal() ?? true;
    if (key === "j" || key === "k") return this.step(key === "j" ? 1 : -1);
    if (key === "r") return this.focusOn(document.querySelector(".reply-box textarea"));
    this.typed = key === "g" ? "g" : this.typed + key;
    const link = this.querySelector(`[data-key="${CSS.escape(this.typed)}"]`);
    if (this.typed !== "g") this.typed = "";
    if (!link) return false;
    if (!this.focusOn(link.dataset.focus && document.querySelector(link.dataset.focus))) link.click();
    return true;
  }

  step(by) {
    const stops = [...document.querySelectorAll(STOPS)];
    const at = stops.indexOf(document.activeElement?.closest(STOPS));
    const stop = stops[Math.max(0, at + by)];
    const [link] = ["h2 a, h3 a", ".who small a", "a"].map((which) => stop?.querySelector(which)).filter(Boolean);
    return this.focusOn(link, stop);
  }

  focusOn(node, shown = node) {
    if (!node?.checkVisibility()) return false;
    node.focus({ preventScroll: true });
    shown.scrollIntoView({ block: "center" });
    return true;
  }
}

customElements.define("heard-keys", Keys);

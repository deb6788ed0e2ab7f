/* Keys for everything: they are read off the list that `?` opens, so that the list cannot be wrong.
   Single keys get in the way of whoever speaks to their computer, so a switch turns them off in this browser. */
const STOPS = ".thread:not(.one), .reply, .list > li";
const HEARD = ["keydown", "click", "change"];
const isWriting = (node) => node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);

class Keys extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.typed = "";
    for (const type of HEARD) document.addEventListener(type, this);
    for (const node of document.querySelectorAll("[data-keys][hidden]")) node.hidden = false;
    this.show();
  }

  disconnectedCallback() {
    for (const type of HEARD) document.removeEventListener(type, this);
  }

  get areOff() {
    return localStorage.getItem("keys") === "off";
  }

  show() {
    for (const box of document.querySelectorAll("[data-keys=switch] input")) box.checked = !this.areOff;
  }

  handleEvent(event) {
    if (event.type === "click") return event.target.closest("[data-keys=open]") && this.dialog.showModal();
    if (event.key === "Escape" && event.target.matches?.("heard-composer :is(textarea, input)")) return event.target.blur();
    if (event.type === "keydown") return this.areOff || this.hear(event);
    if (!event.target.closest("[data-keys=switch]")) return;
    localStorage.setItem("keys", event.target.checked ? "on" : "off");
    this.show();
  }

  hear(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (this.press(event.key)) event.preventDefault();
  }

  press(key) {
    if (key === "?") return this.dialog.showModal() ?? true;
    if (key === "j" || key === "k") return this.step(key === "j" ? 1 : -1);
    if (key === "r") return this.focusOn(document.querySelector(".reply-box textarea"));
    if (key === "e") return this.clickOn(".reactions > a");
    if (key === "s" && this.typed !== "g") return this.clickOn(".save button");
    this.typed = key === "g" ? "g" : this.typed + key;
    const link = this.querySelector(`[data-key="${CSS.escape(this.typed)}"]`);
    if (this.typed !== "g") this.typed = "";
    if (!link) return false;
    const places = link.dataset.focus ? [...document.querySelectorAll(link.dataset.focus)] : [];
    if (!this.focusOn(places.find((node) => node.checkVisibility()))) link.click();
    return true;
  }

  step(by) {
    const stops = [...document.querySelectorAll(STOPS)];
    const at = stops.indexOf(document.activeElement?.closest(STOPS));
    const stop = stops[Math.max(0, at + by)];
    const [link] = ["h2 a, h3 a", ".who small a", "a"].map((which) => stop?.querySelector(which)).filter(Boolean);
    return this.focusOn(link, stop);
  }

  clickOn(which) {
    const stop = document.activeElement?.closest(STOPS) ?? document.querySelector("#head");
    const node = stop?.querySelector(which);
    node?.click();
    return Boolean(node);
  }

  focusOn(node, shown = node) {
    if (!node?.checkVisibility()) return false;
    node.focus({ preventScroll: true });
    shown.scrollIntoView({ block: "center" });
    return true;
  }
}

customElements.define("heard-keys", Keys);

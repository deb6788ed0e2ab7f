/* What helps while writing: how many characters are left near the limit, and a preview that follows. */
class Writing extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.text = this.form.elements.source;
    this.shown = this.querySelector("output");
    this.form.addEventListener("input", () => this.follow());
    this.form.addEventListener("restored", () => this.count());
    this.form.addEventListener("reset", () => this.paper?.replaceChildren());
    this.count();
  }

  get paper() {
    return this.form.querySelector(".preview");
  }

  follow() {
    this.count();
    clearTimeout(this.waiting);
    if (!this.paper?.childNodes.length) return;
    this.waiting = setTimeout(() => this.form.querySelector("[name=preview]").dispatchEvent(new Event("refresh")), 500);
  }

  count() {
    const left = Number(this.text.dataset.limit || Infinity) - this.text.value.length;
    this.shown.hidden = left > 500;
    this.shown.classList.toggle("over", left < 0);
    if (left <= 500) this.shown.value = (left < 0 ? this.dataset.over : this.dataset.left).replace("%s", Math.abs(left));
  }
}

customElements.define("heard-writing", Writing);

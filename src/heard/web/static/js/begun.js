/* On an empty page for writing: offers to go on with a thread that was begun by another way and not sent. */
import { begun, read } from "./drafts.js";

class Begun extends HTMLElement {
  connectedCallback() {
    const composer = this.closest("heard-composer"), { source, community } = composer.form.elements;
    const key = begun().find((one) => one !== composer.dataset.draft);
    if (!key || source.value) return;
    const draft = read(key), place = [...community.options].find(({ value }) => value && value === draft.community);
    const words = (draft.title || draft.source).slice(0, 60);
    this.querySelector("span").textContent = (place ? this.dataset.place : this.dataset.words).replace("%s", place?.text ?? words);
    this.querySelector("button").addEventListener("click", () => composer.goOnWith(key));
    composer.form.addEventListener("input", () => { this.hidden = true; }, { once: true });
    this.hidden = false;
  }
}

customElements.define("heard-begun", Begun);

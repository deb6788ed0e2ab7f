/* Keeps what is being written until the server has it, and sends it with Ctrl or Cmd and Enter. */
import { forget, forgetAll, forgetPosted, fresh, keep, read } from "./drafts.js";

const FIELDS = ["source", "title", "kind", "community"];

class Composer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.text = this.form.elements.source;
    this.takeShared();
    this.restore();
    const wrong = this.querySelector(".flash.error");
    if (wrong || this.closest(".answer-box")) (wrong ?? this.text).focus();
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("keydown", (event) => {
      const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
      if (sends) this.form.requestSubmit(this.querySelector(".btn[type=submit]"));
    });
    this.form.addEventListener("htmx:after:request", ({ target, detail }) => {
      const { status, raw } = detail.ctx.response;
      if (target === this.form && status < 300 && !raw.url.includes("/login/")) this.sent();
    });
  }

  /** Name and field of whatever this composer lets a person fill in. */
  get fields() {
    const all = FIELDS.map((name) => [name, this.form.elements[name]]);
    return all.filter(([, field]) => field && field.type !== "hidden");
  }

  /** What the phone's share menu sent has a draft of its own; where no server could fill it in, it is filled in here. */
  takeShared() {
    const shared = new URLSearchParams(location.search), words = [shared.get("text"), shared.get("url")].filter(Boolean);
    const { title, draft } = this.form.elements;
    if (!title || !draft || !words.length) return;
    this.dataset.draft = draft.value = "shared";
    this.text.value ||= words.join("\n\n");
    title.value ||= shared.get("title") ?? "";
  }

  restore() {
    const { once } = this.form.elements;
    const draft = this.dataset.draft && read(this.dataset.draft);
    if (once) once.value = draft?.once ?? fresh();
    // A text that the server sent and the draft did not start from is newer than the draft.
    if (draft && (!this.text.value || this.text.value === draft.was)) {
      for (const [name, field] of this.fields) if (name in draft) field.value = draft[name];
      this.tellPlace();
    }
    this.text.dispatchEvent(new Event("restored", { bubbles: true }));
  }

  /** Who can read it is said of the community that the draft is for, as soon as htmx listens. */
  tellPlace() {
    const { community } = this.form.elements;
    const tell = () => community.dispatchEvent(new Event("change", { bubbles: true }));
    if (community?.type !== "select-one") return;
    if (document.readyState === "complete") tell();
    else addEventListener("load", tell, { once: true });
  }

  /** Takes over what was begun by another way; sent from here, that draft is the one that is forgotten. */
  goOnWith(key) {
    this.dataset.draft = this.form.elements.draft.value = key;
    this.restore();
    this.text.focus();
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  keep() {
    const { draft } = this.dataset, was = this.text.defaultValue, once = this.form.elements.once?.value;
    if (!draft) return;
    if (this.text.value || was) keep(draft, { ...Object.fromEntries(this.fields.map(([name, { value }]) => [name, value])), once, was });
    else forget(draft);
  }

  sent() {
    forget(this.dataset.draft);
    this.querySelector(".flash.error")?.remove();
    this.text.defaultValue = ""; // a composer that came back refused began with its words
    this.form.reset();
    this.restore();
    this.closest(".answer-box")?.replaceChildren();
  }
}

forgetPosted();
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) forgetAll();
});
customElements.define("heard-composer", Composer);

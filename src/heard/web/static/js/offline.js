/* Shows what waits to go out, and lets it go as soon as there is a connection and the same person is here. */
import { forget, keep } from "./drafts.js";
import { toast } from "./toast.js";

class Offline extends HTMLElement {
  async connectedCallback() {
    if (!("serviceWorker" in navigator)) return;
    this.box = this.querySelector(".waiting");
    navigator.serviceWorker.addEventListener("message", ({ data }) => this[data.heard]?.(data));
    addEventListener("online", () => this.ask("flush"));
    addEventListener("offline", () => this.ask("list"));
    this.tell();
    await navigator.serviceWorker.register("/sw.js", { type: "module", updateViaCache: "all" }).catch(() => null);
    this.ask(navigator.onLine ? "flush" : "list");
  }

  async ask(heard) {
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ heard, me: this.dataset.me, once: this.once });
  }

  /** What was sent just now, where the worker led here because nobody answered. */
  get once() {
    return this.hasAttribute("data-apart") ? location.hash.slice(1) : "";
  }

  /** Says what is so: no network, a server that does not answer, or a post that waits. */
  tell() {
    const so = this.once ? "waits" : navigator.onLine ? "down" : "off";
    for (const part of document.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== so;
    if (this.hasAttribute("data-apart")) document.title = document.querySelector("h1:not([hidden] *)").textContent;
  }

  /** The worker says what waits; it is asked again while something does, as being online says little. */
  waits({ posts, draft, as }) {
    clearTimeout(this.again);
    if (draft) forget(draft, as);
    this.tell();
    if (posts.length && navigator.onLine) this.again = setTimeout(() => this.ask("flush"), 5000);
    this.box.hidden = navigator.onLine && !posts.length;
    this.box.querySelector("ul").replaceChildren(...posts.map((words) => this.line(words)));
  }

  line(words) {
    const item = this.querySelector("template").content.cloneNode(true);
    item.querySelector("span").textContent = words;
    return item;
  }

  /** The worker says that what was sent from here waits. */
  kept() {
    toast(this.dataset.kept);
  }

  /** The worker says that something which waited has gone out: what is in view is asked for again. */
  went() {
    document.dispatchEvent(new CustomEvent("heard:changed", { detail: { topic: "*", name: "poll" } }));
    toast(this.dataset.went);
  }

  /** The server would not take what waited: the words go back to the draft they came from. */
  refused({ draft, fields }) {
    if (draft) keep(draft, { ...fields, was: "" });
    toast(this.querySelector("[data-refused]").textContent);
  }
}

customElements.define("heard-offline", Offline);

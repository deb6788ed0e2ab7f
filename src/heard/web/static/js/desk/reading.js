/* A conversation on the desk of a listener: opened under their passphrase in this page, and answered. */
import { b64, random, unb64 } from "../confidence/bytes.js";
import { Unsent, composed, whenSent } from "../confidence/composing.js";
import { lead, screen, word } from "../confidence/faces.js";
import { everything, hashed, tellFates } from "../confidence/fates.js";
import "./gists.js";
import { legible, written } from "../confidence/letters.js";
import { addresses, hearing, listening } from "../confidence/listeners.js";
import { opened } from "./passphrases.js";
import { where } from "../confidence/sending.js";
import { shown } from "../confidence/talk.js";
import { toast } from "../toast.js";
import { begunAt, hold, keysFor, lock, locked, note, remember } from "./unlocked.js";

class Reading extends HTMLElement {
  connectedCallback() {
    document.addEventListener("heard:unlocked", this);
    this.addEventListener("input", ({ target }) => target.name === "text" && note(this.named(target.form), target.value));
    this.addEventListener("keydown", ({ key, ctrlKey, metaKey, target }) => key === "Enter" && (ctrlKey || metaKey) && target.form?.requestSubmit());
    return this.look().catch(({ refused, reason }) => toast(refused || word(`why-${reason ?? "network"}`)));
  }

  disconnectedCallback() {
    document.removeEventListener("heard:unlocked", this);
  }

  /* It was locked: nothing of what was said stays. */
  handleEvent() {
    if (this.isShown && !this.isOpen) this.ask();
  }

  get isOpen() {
    return this.needed.some(({ code }) => keysFor(code));
  }

  async look(told) {
    this.thread = await asked(`/desk/${this.dataset.thread}/letters.json`);
    const { keys, messages } = this.thread, boxes = new Set(messages.flatMap((one) => Object.keys(one.boxes)));
    this.needed = keys.filter(({ code }) => boxes.has(code));
    if (!this.needed.length) return screen(this, "keyless");
    return this.isOpen ? this.show(locked(), told) : this.ask();
  }

  ask() {
    this.isShown = false;
    this.writers = [];
    const form = screen(this, "shut");
    whenSent(form, () => this.unlock(form.elements.passphrase));
  }

  /* An older key may lie under an older passphrase; whatever this one opens is open. */
  async unlock(field) {
    const passphrase = field.value, since = locked();
    field.value = "";
    if (!globalThis.crypto?.subtle) throw new Unsent("browser");
    const found = await Promise.allSettled(this.needed.map(async (key) => hold(key.code, await opened(key, passphrase), since)));
    if (found.some(({ status }) => status === "fulfilled")) return this.show(since);
    setTimeout(() => field.focus());
    throw found[0].reason;
  }

  /* Opened is seen, by whichever page it was opened. Where it was locked before it could be drawn, it is not. */
  async show(since, told) {
    const { thread, state } = this.thread, isNew = state === "sent";
    if (since !== locked()) return this.stay();
    await asked(`/desk/${thread}/seen/`, {});
    if (isNew) this.thread.state = "seen";
    const messages = await Promise.all(this.thread.messages.map(async (one) => ({ ...one, content: await this.read(one) })));
    await tellFates(messages, await everything(await where()));
    if (!this.isConnected) return;
    if (since !== locked()) return this.stay();
    const here = document.activeElement, isLed = here === document.body || this.contains(here);
    this.isShown = true;
    this.writers = messages.filter(({ by, content }) => by === "writer" && content?.me).map(({ content }) => content.me);
    remember(thread, messages[0]?.content?.text);
    const part = screen(this, "talk", { told });
    this.draw(part, messages);
    if (isLed) (part.querySelector("[data-slot=told]:not([hidden])") ?? part).focus();
    if (isNew) this.tell();
    await figures(this).catch(() => null);
  }

  /* It was locked meanwhile: what is on the page stays there, and nothing else comes. */
  stay() {
    if (!this.querySelector(":scope > :is(form, section)")) this.ask();
  }

  draw(part, messages) {
    shown(part, messages, this.thread);
    const wish = messages.findLast(({ content }) => content?.wish)?.content.wish.text;
    part.querySelector("[data-way=offer]").elements.text.value = (wish ?? messages[0]?.content?.text ?? "").slice(0, 1000);
    for (const form of part.querySelectorAll("form")) {
      const box = form.closest("details") ?? form, begun = begunAt(this.named(form));
      whenSent(form, () => this.send(form));
      box.hidden = this.thread.state === "hidden";
      if (!begun) continue;
      form.elements.text.value = begun;
      box.open = true;
    }
    lead(part);
  }

  named = (form) => `${this.dataset.thread} ${form.dataset.way}`;

  /* What the server draws of it has changed. */
  tell = () => this.dispatchEvent(new Event("heard:told", { bubbles: true }));

  async read({ boxes, ...message }) {
    for (const [code, box] of Object.entries(boxes))
      if (keysFor(code)) return legible(this.thread.thread, { ...message, box }, keysFor(code)).catch(() => null);
    return null;
  }

  async send(form) {
    const { way } = form.dataset, { text } = await composed(form), salt = b64(random(32));
    const content = way === "offer" ? { text: "", offer: { text, salt } } : { text };
    const message = await sealed(this.thread, this.writers, way === "notes" ? "note" : "listener", content);
    await asked(`/desk/${this.dataset.thread}/${way}/`, { message, ...(way === "offer" && { commitment: await hashed("offer.", content.offer) }) });
    note(this.named(form), "");
    await this.look(word(`told-${way}`));
    this.tell();
  }
}

/* Sealed for all who listen, and for the writer where it is not a note: by the key that the writer put into what is
   sealed, so that the server cannot show another. */
async function sealed({ thread, ballot, group, public: address }, writers, by, content) {
  const heard = hearing(await listening(await where()), { ballot, group });
  if (!Object.keys(heard).length) throw new Unsent("listeners");
  if (by === "listener" && writers.some((me) => me !== address)) throw new Unsent("unlike");
  return written(thread, by, content, { ...addresses(heard), ...(by === "listener" && { writer: unb64(address) }) });
}

/* How all voted, where a vote about something from here is over: as the page says it on which all see it. It is asked for
   whatever was said here, and without saying whence: a log would join a conversation to what was opened of it. */
async function figures(part) {
  const answer = await fetch("/opened/", { referrerPolicy: "no-referrer" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const way of part.querySelectorAll(".say a:not([hidden])")) way.before(page.getElementById(way.hash.slice(1))?.querySelector(".figures") ?? "");
}

/* Asks one of the desk's own addresses, as whoever is signed in; the JSON that comes back. */
async function asked(url, body) {
  const headers = { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) };
  const answer = await fetch(url, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
  const text = await answer.text().catch(() => "");
  const refused = !answer.ok && text.startsWith("{") ? (JSON.parse(text).error ?? "") : "";
  if (answer.status === 401) {
    lock();
    toast(refused);
  }
  if (!answer.ok) throw new Unsent("broken", refused, answer.status);
  return text ? JSON.parse(text) : null;
}

customElements.define("heard-reading", Reading);

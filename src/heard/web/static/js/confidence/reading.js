/* A conversation on the desk of a listener: opened under their passphrase in this page, and answered.

   An open key stays in the memory of this page, so that one passphrase is enough for all that is read without leaving it. */
import { b64, hex, random, sha256, unb64, utf8 } from "./bytes.js";
import { Unsent, composed, whenSent } from "./composing.js";
import { lead, screen } from "./faces.js";
import { legible, written } from "./letters.js";
import { addresses, hearing, listening } from "./listeners.js";
import { opened } from "./passphrases.js";
import { where } from "./sending.js";
import { shown } from "./talk.js";

const open = new Map();

class Reading extends HTMLElement {
  async connectedCallback() {
    this.thread = await asked(`/desk/${this.dataset.thread}/letters.json`);
    const { keys, messages } = this.thread, boxes = new Set(messages.flatMap((one) => Object.keys(one.boxes)));
    this.needed = keys.filter(({ code }) => boxes.has(code));
    if (!this.needed.length) return screen(this, "keyless");
    if (this.needed.some(({ code }) => open.has(code))) return this.show();
    return whenSent(screen(this, "shut"), (form) => this.unlock(form.elements.passphrase.value));
  }

  /* An older key may lie under an older passphrase; whatever this one opens is open. */
  async unlock(passphrase) {
    if (!globalThis.crypto?.subtle) throw new Unsent("browser");
    const found = await Promise.allSettled(this.needed.map(async (key) => open.set(key.code, await opened(key, passphrase))));
    if (!found.some(({ status }) => status === "fulfilled")) throw found[0].reason;
    await asked(`/desk/${this.dataset.thread}/seen/`, {});
    return this.show();
  }

  async show() {
    const { thread, messages, state } = this.thread;
    for (const message of messages) message.content = await this.read(thread, message);
    const part = screen(this, "talk");
    shown(part, messages, this.thread);
    for (const form of part.querySelectorAll("form")) {
      whenSent(form, () => this.send(form));
      form.closest("details, form").hidden = state === "hidden";
    }
    const wish = messages.findLast(({ content }) => content?.wish)?.content.wish.text;
    part.querySelector("[data-way=offer]").elements.text.value = (wish ?? messages[0]?.content?.text ?? "").slice(0, 1000);
    return lead(part);
  }

  async read(thread, message) {
    for (const [code, box] of Object.entries(message.boxes))
      if (open.has(code)) return legible(thread, { ...message, box }, open.get(code)).catch(() => null);
    return null;
  }

  async send(form) {
    const { way } = form.dataset, { text } = await composed(form), salt = b64(random(32));
    const content = way === "offer" ? { text: "", offer: { text, salt } } : { text };
    const message = await sealed(this.thread, way === "notes" ? "note" : "listener", content);
    await asked(`/desk/${this.dataset.thread}/${way}/`, { message, ...(way === "offer" && { commitment: hex(await sha256(unb64(salt), utf8(text))) }) });
    await this.connectedCallback();
  }
}

/* Sealed for all who listen, and for the writer where it is not a note: by the key that the writer put into what is
   sealed, so that the server cannot show another. */
async function sealed({ thread, ballot, group, public: address, messages }, by, content) {
  const heard = hearing(await listening(await where()), { ballot, group });
  if (!Object.keys(heard).length) throw new Unsent("listeners");
  const said = messages.find((one) => one.by === "writer" && one.content?.me);
  if (by === "listener" && said && said.content.me !== address) throw new Unsent("unlike");
  return written(thread, by, content, { ...addresses(heard), ...(by === "listener" && { writer: unb64(address) }) });
}

/* Asks one of the desk's own addresses, as whoever is signed in; the JSON that comes back. */
async function asked(url, body) {
  const headers = { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) };
  const answer = await fetch(url, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
  const text = await answer.text().catch(() => "");
  if (!answer.ok) throw new Unsent("broken", text.startsWith("{") ? (JSON.parse(text).error ?? "") : "", answer.status);
  return text ? JSON.parse(text) : null;
}

/* A reply or note that was begun is nowhere else. */
addEventListener("beforeunload", (event) => {
  const begun = document.querySelectorAll("heard-reading :is([data-way=replies], [data-way=notes]) textarea");
  if ([...begun].some(({ value }) => value.trim())) event.preventDefault();
});

customElements.define("heard-reading", Reading);

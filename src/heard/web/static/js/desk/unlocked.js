/* The open keys of a listener, and what they began to write: in the memory of this document, and nowhere else.

   The pages of the desk follow one another in one document (`hx-boost` in desk/moving.html), so that one passphrase is
   enough for all of them. Nothing of it is kept: not in IndexedDB, where whoever sits down at the computer later could use a
   key that cannot be copied, and not in the history, which knows addresses alone. All is shut by the button, after ten
   minutes in which nobody stirs, by signing out, and whenever the document is left; what was begun is sealed meanwhile. */
import { publicBytes, seal, unseal } from "../sealing.js";
import { utf8 } from "../confidence/bytes.js";
import { word } from "../confidence/faces.js";
import { toast } from "../toast.js";

const IDLE = 600000, LOOK = 5000, PURPOSE = utf8("heard begun 1");
const keys = new Map(), begun = new Map(), gists = new Map(), desks = new BroadcastChannel("heard-desk");
let stirred = 0, locks = 0, looking;

export const keysFor = (code) => keys.get(code);

/* How often it was locked: whoever waits for something looks again whether it was meanwhile. */
export const locked = () => locks;

/* Holds an open key, and opens what was begun under it, unless it was locked after `since`. */
export async function hold(code, pair, since) {
  if (since !== locks) return;
  keys.set(code, pair);
  stirred = Date.now();
  clearInterval(looking);
  looking = setInterval(look, LOOK);
  for (const [name, kept] of begun) {
    if (kept.code !== code) continue;
    const text = new TextDecoder().decode(await unseal(pair, await kept.box, { purpose: PURPOSE }));
    if (since !== locks) return;
    begun.set(name, text);
  }
  tell();
}

export function lock() {
  locks += 1;
  const [code, pair] = [...keys].at(-1) ?? [];
  keys.clear();
  gists.clear();
  clearInterval(looking);
  for (const [name, text] of begun) if (pair && typeof text === "string") begun.set(name, { code, box: sealed(pair, text) });
  tell();
}

const sealed = async ({ publicKey }, text) => seal(await publicBytes(publicKey), utf8(text), { purpose: PURPOSE });

/* What was begun and not sent, by a name; "" forgets it. */
export const note = (name, text) => (text.trim() ? begun.set(name, text) : begun.delete(name));
export const begunAt = (name) => (typeof begun.get(name) === "string" ? begun.get(name) : "");

export const isBegun = (thread) => [...begun.keys()].some((name) => name.startsWith(thread));

/* How a conversation begins that was read here. */
export const remember = (thread, text = "") => gists.set(thread, text.length > 80 ? `${text.slice(0, 80)}…` : text);
export const gistOf = (thread) => gists.get(thread) ?? "";

const tell = () => document.dispatchEvent(new Event("heard:unlocked"));

function look() {
  if (keys.size && Math.abs(Date.now() - stirred) >= IDLE) lock();
}

function stir() {
  look();
  stirred = Date.now();
}

for (const name of ["pointerdown", "keydown", "wheel", "touchmove"]) addEventListener(name, stir, { capture: true, passive: true });
document.addEventListener("visibilitychange", look);
desks.addEventListener("message", lock);
addEventListener("beforeunload", (event) => begun.size && event.preventDefault());
addEventListener("pagehide", () => {
  begun.clear();
  lock();
});

/* Says that it is open, and shuts it. */
class Unlocked extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => {
      lock();
      desks.postMessage("lock");
    });
    document.addEventListener("heard:unlocked", this);
    this.handleEvent();
  }

  disconnectedCallback() {
    document.removeEventListener("heard:unlocked", this);
  }

  handleEvent() {
    this.hidden = !keys.size;
  }
}

customElements.define("heard-unlocked", Unlocked);

/* From page to page of the desk: where nothing came, the address stays; what came is read from its beginning. */
document.addEventListener("htmx:before:history:update", (event) => event.detail.response?.status >= 400 && event.preventDefault());
document.addEventListener("htmx:after:request", ({ detail }) => detail.ctx.response.status === 401 && lock());
document.addEventListener("htmx:error", ({ detail }) => detail.ctx?.response || toast(word("why-network")));
document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (detail.ctx.select !== "#main") return;
  scrollTo(0, 0);
  document.getElementById("main").focus({ preventScroll: true });
});

/* Which page this is: since when this browser keeps it, and whether it has changed (the worker notes both, sw.js). */
import { day, fill, word } from "./faces.js";

const NOTED = "/speak/kept.json";
const SEEN = "speak-seen";
const short = (digest) => digest.slice(0, 16);

async function noted() {
  const kept = await globalThis.caches?.match(NOTED);
  return kept ? kept.json() : null;
}

/* Fingerprint and day, in words. */
export async function pageOf() {
  const page = await noted();
  return page ? `${short(page.digest)}, ${day(page.since)}` : word("page-unkept");
}

class Version extends HTMLElement {
  async connectedCallback() {
    const { digest, before, since } = (await noted()) ?? {};
    if (!before || localStorage.getItem(SEEN) === digest) return;
    fill(this, { sentence: word("page-changed", { when: day(since), now: short(digest), before: short(before) }) });
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => {
      localStorage.setItem(SEEN, digest);
      this.hidden = true;
    });
  }
}

customElements.define("heard-version", Version);

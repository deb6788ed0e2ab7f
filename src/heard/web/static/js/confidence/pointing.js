/* Points at what may give a writer away, while they write: marked in the text, and said below it. Nothing is sent. */
import { fill, word } from "./faces.js";
import { giveaways } from "./giveaways.js";

class Pointing extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("textarea");
    this.marks = this.querySelector(".marks");
    this.hint = this.querySelector(".gives-away");
    this.text.addEventListener("input", () => this.look());
    this.text.addEventListener("scroll", () => (this.marks.scrollTop = this.text.scrollTop));
    this.text.form.addEventListener("reset", () => setTimeout(() => this.look()));
    this.look();
  }

  look() {
    const words = this.text.value, found = giveaways(words), parts = [];
    let at = 0;
    for (const { start, end } of found) {
      const mark = document.createElement("mark");
      mark.textContent = words.slice(start, end);
      parts.push(words.slice(at, start), mark);
      at = end;
    }
    this.marks.replaceChildren(...parts, words.slice(at), "\n");
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.say(found), 400);
  }

  /* Said only once it stands still, so that nobody is talked over while they write. */
  say(found) {
    const kinds = [...new Set(found.map(({ kind }) => word(`give-${kind}`)))];
    const headline = found.length > 1 ? word("place-n", { n: found.length }) : word("place-1");
    this.hint.hidden = !found.length;
    const reasons = new Intl.ListFormat(document.documentElement.lang).format(kinds);
    if (found.length) fill(this.hint, { headline, kinds: `${reasons.charAt(0).toUpperCase()}${reasons.slice(1)}.` });
  }
}

customElements.define("heard-pointing", Pointing);

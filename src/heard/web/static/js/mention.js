/* Completes `@somebody` and `#something` while a text is being written. */
import { Offers } from "./offers.js";

const WORD = /(?:^|[\s(])([@#])([\p{L}\p{N}._-]{1,40})$/u;

class Mention extends HTMLElement {
  connectedCallback() {
    if (this.offers) return;
    this.text = this.querySelector("textarea");
    this.offers = new Offers(this.text, (option) => this.choose(option));
    this.said = Object.assign(document.createElement("span"), { className: "vh" });
    this.said.setAttribute("role", "status");
    this.append(this.said);
    this.text.addEventListener("keydown", (event) => this.press(event));
    this.text.addEventListener("blur", () => this.close());
    this.text.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.look(), 120);
    });
  }

  async look() {
    const [, sign, word] = this.text.value.slice(0, this.text.selectionStart).match(WORD) ?? [];
    const url = sign && (sign === "@" ? this.dataset.peopleUrl : this.dataset.tagsUrl);
    const asked = (this.asked = {});
    if (!url) return this.close();
    const place = this.closest("form").elements.community?.value ?? this.dataset.in;
    const answer = await fetch(`${url}?${new URLSearchParams({ q: word, in: place })}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const found = answer?.ok ? await answer.json() : [];
    if (asked !== this.asked) return;
    this.word = word;
    this.offers.show(found.slice(0, 8));
    this.said.textContent = this.dataset.found.replace("%s", found.length);
  }

  press(event) {
    const { offers } = this;
    if (!offers.isOpen || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") offers.mark(offers.at + 1);
    else if (event.key === "ArrowUp") offers.mark(offers.at - 1);
    else if (event.key === "Enter" || event.key === "Tab") this.choose(offers.marked);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  choose(option) {
    const end = this.text.selectionStart;
    if (option) this.text.setRangeText(`${option.dataset.value.replace(/^[@#]/, "")} `, end - this.word.length, end, "end");
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  close() {
    this.asked = null;
    this.said.textContent = "";
    this.offers.close();
  }
}

customElements.define("heard-mention", Mention);

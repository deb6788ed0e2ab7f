/* Where one begins: what can be answered in this browser, and the ways to what else is here. */
import { fill, lead, when, word } from "./faces.js";
import { usable } from "./store.js";

class Start extends HTMLElement {
  async open() {
    const asks = (await usable()).filter(({ page, signed, isUsed }) => signed && !isUsed && page.questions.length);
    const rows = asks.map(({ ballot, page: { title, opens, closes } }) => {
      const isOpen = Date.now() >= Date.parse(opens);
      const row = fill(this.querySelector("template").content.cloneNode(true), { title, when: word(isOpen ? "closes" : "opens", { when: when(isOpen ? closes : opens) }) });
      row.querySelector("a").href = `#answer=${ballot}`;
      return row;
    });
    this.querySelector("[data-slot=open]").replaceChildren(...rows);
    this.querySelector("[data-slot=nothing]").hidden = rows.length > 0;
    lead(this);
  }
}

customElements.define("heard-start", Start);

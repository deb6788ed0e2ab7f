/* Lists that everybody is given: fetched as nobody in particular, since they are refused with a cookie, and saved. */
import { read, where } from "./confidence/sending.js";

class Listed extends HTMLElement {
  connectedCallback() {
    for (const button of this.querySelectorAll("button")) {
      button.hidden = false;
      button.addEventListener("click", () => this.save(button.dataset));
    }
  }

  async save({ at, name }) {
    const text = await where().then((origin) => read(`${origin}${at}`)).catch(() => null);
    if (text !== null) download(text, name);
    this.querySelector("[role=status]").textContent = text === null ? this.dataset.away : this.dataset.saved.replace("{name}", name);
  }
}

function download(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

customElements.define("heard-listed", Listed);

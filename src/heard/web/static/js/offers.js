/* A short list of what could be meant, under a text; the text keeps the focus and says which one is marked. */
let made = 0;

export class Offers {
  constructor(text, choose) {
    this.text = text;
    this.list = Object.assign(document.createElement("ul"), { className: "offers", hidden: true, id: `offers-${++made}` });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", text.placeholder);
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(event.target.closest("li"));
    });
    text.setAttribute("aria-autocomplete", "list");
    text.after(this.list);
  }

  get isOpen() {
    return !this.list.hidden;
  }

  get marked() {
    return this.list.children[this.at];
  }

  show(found) {
    if (!found.length) return this.close();
    this.list.replaceChildren(...found.map((one, nth) => this.option(one, nth)));
    this.list.hidden = false;
    this.text.setAttribute("aria-controls", this.list.id);
    this.mark(0);
  }

  option({ value, label, hint }, nth) {
    const item = Object.assign(document.createElement("li"), { id: `${this.list.id}-${nth}`, textContent: label });
    item.setAttribute("role", "option");
    item.dataset.value = value;
    if (hint) item.append(Object.assign(document.createElement("small"), { textContent: hint }));
    return item;
  }

  mark(nth) {
    const options = [...this.list.children];
    this.at = (nth + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.at)));
    this.text.setAttribute("aria-activedescendant", this.marked.id);
    this.marked.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.list.hidden = true;
    this.text.removeAttribute("aria-activedescendant");
    this.text.removeAttribute("aria-controls");
  }
}

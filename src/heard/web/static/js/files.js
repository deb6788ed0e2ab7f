/* Files that are chosen, pasted or dropped: shown small, checked for size, and taken away again. */
class Files extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.input = this.form.querySelector("input[type=file]");
    this.list = this.querySelector("ul");
    this.kept = new Map();
    this.input.addEventListener("change", () => this.add(this.input.files));
    this.list.addEventListener("click", (event) => this.leave(event));
    this.form.addEventListener("paste", (event) => this.take(event, event.clipboardData));
    this.form.addEventListener("drop", (event) => this.take(event, event.dataTransfer));
    this.form.addEventListener("dragover", (event) => this.lit(event, true));
    this.form.addEventListener("dragleave", (event) => this.lit(event, false));
    this.form.addEventListener("reset", () => this.empty());
  }

  lit(event, on) {
    event.preventDefault();
    this.form.classList.toggle("over", on);
  }

  take(event, carried) {
    this.form.classList.remove("over");
    if (!carried?.files.length) return;
    event.preventDefault();
    this.add(carried.files);
  }

  add(files) {
    const most = Number(this.dataset.most) || Infinity, name = ({ name, size, lastModified }) => name + size + lastModified;
    const large = [...files].filter(({ size }) => size > most), known = new Set([...this.kept.keys()].map(name));
    this.querySelector(".error").textContent = large.map((file) => this.dataset.tooLarge.replace("%s", file.name)).join(" ");
    for (const file of files) if (file.size <= most && !known.has(name(file))) this.kept.set(file, this.thumb(file));
    this.list.append(...this.kept.values());
    this.carry();
  }

  /** The field holds the files that are shown, in the same order. */
  carry() {
    const carrier = new DataTransfer();
    for (const file of this.kept.keys()) carrier.items.add(file);
    this.input.files = carrier.files;
  }

  /** Away with one, be it chosen just now or kept by the server from an earlier try. */
  leave(event) {
    if (!event.target.matches("button")) return;
    event.preventDefault();
    const item = event.target.closest("li");
    for (const [file, shown] of this.kept) if (shown === item) this.kept.delete(file);
    item.remove();
    this.carry();
    this.form.querySelector(".add-file input").focus();
  }

  empty() {
    this.kept.clear();
    this.list.replaceChildren();
  }

  thumb(file) {
    const [item, name, button, shows] = ["li", "span", "button", "input"].map((tag) => document.createElement(tag));
    const isPicture = file.type.startsWith("image/"), { remove, describe } = this.dataset;
    if (isPicture) item.append(Object.assign(new Image(), { src: URL.createObjectURL(file), alt: "" }));
    name.textContent = file.name;
    // One for each file, also where it is hidden, since they are told apart by their order.
    Object.assign(shows, { name: "described", maxLength: 300, dir: "auto", placeholder: describe, ariaLabel: this.dataset.shows.replace("%s", file.name), type: isPicture ? "text" : "hidden" });
    Object.assign(button, { textContent: "×", ariaLabel: remove.replace("%s", file.name) });
    item.append(name, shows, button);
    return item;
  }
}

customElements.define("heard-files", Files);

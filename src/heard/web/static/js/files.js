/* Files that are chosen, pasted or dropped: shown small, checked for size, and taken away again. */
class Files extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.input = this.form.querySelector("input[type=file]");
    this.kept = [];
    this.input.addEventListener("change", () => this.add(this.input.files));
    this.form.addEventListener("paste", (event) => this.take(event, event.clipboardData));
    this.form.addEventListener("drop", (event) => this.take(event, event.dataTransfer));
    this.form.addEventListener("dragover", (event) => this.lit(event, true));
    this.form.addEventListener("dragleave", (event) => this.lit(event, false));
    this.form.addEventListener("reset", () => this.show((this.kept = [])));
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
    const most = Number(this.dataset.most) || Infinity;
    const large = [...files].find((file) => file.size > most);
    this.querySelector(".error").textContent = large ? this.dataset.tooLarge.replace("%s", large.name) : "";
    const known = new Set(this.kept.map((file) => file.name + file.size + file.lastModified));
    const fresh = [...files].filter((file) => file.size <= most && !known.has(file.name + file.size + file.lastModified));
    this.show((this.kept = [...this.kept, ...fresh]));
  }

  show(files) {
    const carrier = new DataTransfer();
    for (const file of files) carrier.items.add(file);
    this.input.files = carrier.files;
    this.querySelector("ul").replaceChildren(...files.map((file) => this.thumb(file)));
  }

  thumb(file) {
    const item = document.createElement("li"), name = document.createElement("span"), button = document.createElement("button");
    if (file.type.startsWith("image/")) item.append(Object.assign(new Image(), { src: URL.createObjectURL(file), alt: "" }));
    name.textContent = file.name;
    Object.assign(button, { type: "button", textContent: "×", ariaLabel: this.dataset.remove.replace("%s", file.name) });
    button.addEventListener("click", () => this.show((this.kept = this.kept.filter((other) => other !== file))));
    item.append(name, button);
    return item;
  }
}

customElements.define("heard-files", Files);

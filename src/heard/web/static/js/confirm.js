/* Asks once more before a button that says `data-confirm` does what it says, with htmx or without. */
class Confirm extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.dialog.addEventListener("close", () => this.answered());
    document.addEventListener("click", this, true);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this, true);
  }

  handleEvent(event) {
    const button = event.target.closest?.("[data-confirm]");
    if (!button || button === this.agreed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.asking = button;
    this.dialog.returnValue = "no";
    this.dialog.querySelector("p").textContent = button.dataset.confirm;
    this.dialog.showModal();
  }

  answered() {
    const button = this.asking;
    this.asking = null;
    button.focus();
    if (this.dialog.returnValue !== "yes") return;
    this.agreed = button;
    button.click();
    this.agreed = null;
  }
}

customElements.define("heard-confirm", Confirm);

/* Asks once more before a button or form that says `data-confirm` does what it says, with htmx or without. */
class Confirm extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.dialog.addEventListener("close", () => this.answered());
    document.addEventListener("click", this, true);
    document.addEventListener("submit", this, true);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this, true);
    document.removeEventListener("submit", this, true);
  }

  handleEvent(event) {
    const asking = event.type === "submit" ? event.target : event.target.closest?.("[data-confirm]:not(form)");
    if (!asking?.dataset.confirm || asking === this.agreed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.asking = asking;
    this.submitter = event.submitter;
    this.dialog.returnValue = "no";
    this.dialog.querySelector("p").textContent = asking.dataset.confirm;
    this.dialog.showModal();
  }

  answered() {
    const { asking, submitter } = this;
    (submitter ?? asking).focus();
    if (this.dialog.returnValue !== "yes") return;
    this.agreed = asking;
    if (asking.matches("form")) asking.requestSubmit(submitter);
    else asking.click();
    this.agreed = null;
  }
}

customElements.define("heard-confirm", Confirm);

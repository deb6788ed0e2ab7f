/* A button that prints the page; without script the browser's own menu does. */
class Print extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

customElements.define("heard-print", Print);

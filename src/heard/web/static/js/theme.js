/* Light, dark or as the system has it: changes at once, and a cookie tells the server for the next page. */
class Theme extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.choose(event.submitter.value);
    });
  }

  choose(theme) {
    document.documentElement.dataset.theme = theme;
    document.cookie = `theme=${theme}; path=/; max-age=31536000; SameSite=Lax`;
    for (const button of document.querySelectorAll("heard-theme button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
  }
}

customElements.define("heard-theme", Theme);

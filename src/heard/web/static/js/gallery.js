/* Opens a picture over the page it stands on; a link that is opened elsewhere on purpose stays one. */
class Gallery extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a"), dialog = document.getElementById("picture");
      if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      Object.assign(dialog.querySelector("img"), { src: link.href, alt: link.querySelector("img").alt });
      dialog.querySelector("a").href = link.href;
      dialog.showModal();
    });
  }
}

customElements.define("heard-gallery", Gallery);

/* A link inside copies its address instead of being followed. */
import { toast } from "./toast.js";

class Copy extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", async (event) => {
      const link = event.target.closest("a");
      if (!link || !navigator.clipboard) return;
      event.preventDefault();
      await navigator.clipboard.writeText(link.href);
      toast(document.getElementById("toasts").dataset.copied);
    });
  }
}

customElements.define("heard-copy", Copy);

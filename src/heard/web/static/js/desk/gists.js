/* In the list of the desk, as long as it is unlocked: how each conversation begins that was read in this tab, and where
   something was begun and not sent. */
import { fill } from "../confidence/faces.js";
import { gistOf, isBegun } from "./unlocked.js";

class Gist extends HTMLElement {
  connectedCallback() {
    document.addEventListener("heard:unlocked", this);
    this.handleEvent();
  }

  disconnectedCallback() {
    document.removeEventListener("heard:unlocked", this);
  }

  handleEvent() {
    const { thread } = this.dataset;
    fill(this, { gist: gistOf(thread) });
    this.querySelector(".badge").hidden = !isBegun(thread);
  }
}

customElements.define("heard-gist", Gist);

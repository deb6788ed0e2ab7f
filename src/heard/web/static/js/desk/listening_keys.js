/* The page on which a listener makes a key, or puts it under another passphrase. The passphrase is in no field that is
   sent: fields with a name are filled with what may be known, and then the form goes as any other. */
import { Unsent, tell } from "../confidence/composing.js";
import { complain } from "../confidence/faces.js";
import { SHORTEST, newKey, opened, under } from "./passphrases.js";

class Key extends HTMLElement {
  connectedCallback() {
    for (const form of this.querySelectorAll("form")) form.addEventListener("submit", (event) => this.fillIn(event, form));
  }

  async fillIn(event, form) {
    if (form.isFilled) return;
    event.preventDefault();
    complain(form, "");
    form.inert = true;
    try {
      if (!globalThis.crypto?.subtle) throw new Unsent("browser");
      await (form.dataset.way === "make" ? this.make(form) : this.change(form));
      form.isFilled = true;
      form.submit();
    } catch (error) {
      tell(form, error);
      form.inert = false;
    }
  }

  async make(form) {
    const made = await newKey(chosen(form));
    form.elements.public.value = made.public;
    form.elements.wrapped.value = JSON.stringify(made.wrapped);
  }

  async change(form) {
    const passphrase = chosen(form), kept = { public: this.dataset.public, wrapped: JSON.parse(this.dataset.wrapped) };
    const { privateKey } = await opened(kept, form.querySelector("[data-part=former]").value, { leaves: true });
    form.elements.wrapped.value = JSON.stringify(await under(passphrase, privateKey));
  }
}

function chosen(form) {
  const [one, other] = ["passphrase", "again"].map((part) => form.querySelector(`[data-part=${part}]`).value);
  if (one.length < SHORTEST) throw new Unsent("short");
  if (one !== other) throw new Unsent("differs");
  return one;
}

customElements.define("heard-key", Key);

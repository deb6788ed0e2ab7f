/* The face on which somebody begins a conversation without a name: `#write`.

   Everything happens here, and only what nobody on the way can read is sent (beginning.js). What was sent and not
   answered is sent again as it was, so that nothing is said twice and no token is lost. */
import { STRANGER, sealedBeginning, voiceRecord } from "./beginning.js";
import { Unsent, composed, deliver, tell, whenSent } from "./composing.js";
import { fill, lead, screen, word } from "./faces.js";
import { alike, hearing, listening, names } from "./listeners.js";
import { isLocked, unlock } from "./locking.js";
import { spent } from "./purse.js";
import "./pointing.js";
import { where } from "./sending.js";
import { isUnkept, showReceipt } from "./unkept.js";

class Writing extends HTMLElement {
  connectedCallback() {
    addEventListener("beforeunload", (event) => (isUnkept() || this.form?.elements.text.value.trim()) && event.preventDefault());
  }

  async open() {
    if (isUnkept() || this.form?.elements.text.value || this.going) return lead(this);
    this.form = screen(this, "write");
    this.form.addEventListener("change", () => this.show());
    whenSent(this.form, () => this.send());
    await this.look().catch((error) => tell(this.form, error));
    return lead(this);
  }

  async look() {
    this.origin = await where();
    this.said = await listening(this.origin);
    this.record = await voiceRecord(this.said);
    if (this.record || this.said.strangers) return this.show();
    return lead(screen(this, this.said.groups.length ? "tokenless" : "unheard"));
  }

  /* As whom, and for whom; a report may come from nobody in particular where outsiders are heard. */
  async show() {
    const { elements } = this.form, isReport = elements.kind.value === "report";
    this.isApart = !this.record || (this.said.strangers && isReport && elements.apart.checked);
    const heard = (this.heard = hearing(this.said, this.isApart ? STRANGER : this.record)), { group_name: group, invited: n } = this.record?.page ?? {};
    this.isShut = !this.isApart && (await isLocked(this.record.account));
    for (const kind of this.form.querySelectorAll("[name=kind]")) kind.disabled = !this.record && kind.value !== "report";
    if (!this.record) elements.kind.value = "report";
    elements.apart.closest("label").hidden = !(this.record && this.said.strangers && isReport);
    elements.pin.closest("label").hidden = !this.isShut;
    this.form.querySelector("[data-report]").hidden = elements.kind.value !== "report";
    fill(this.form, { as: this.isApart ? word("as-nobody") : word("as-member", { n, group }) });
    const readers = { n: Object.keys(heard).length, names: names(heard), group };
    fill(this.form, { readers: readers.n ? word(this.isApart ? "readers-all" : "readers-group", readers) : word("why-listeners") });
  }

  async send() {
    if (this.isShut && !(await unlock(this.record.account, this.form.elements.pin.value))) throw new Unsent("pin");
    const from = this.isApart ? STRANGER : this.record;
    this.going ??= await sealedBeginning(this.said, from, this.form.elements.kind.value, await composed(this.form));
    this.form.elements.text.readOnly = true;
    try {
      await deliver(`${this.origin}/voice/`, this.going.body, this.going.size);
    } catch (error) {
      if (error.status && error.status !== 429 && error.status < 500 && (await this.anew())) throw new Unsent("readers");
      throw error;
    }
    const { token, digits, body } = this.going;
    if (token) await spent(this.record, token);
    this.form = this.going = null;
    showReceipt(this, digits, body.kind === "report");
  }

  /* It was refused, so it may be written differently. Whether others listen now, whom the page names from here on. */
  async anew() {
    this.going = null;
    this.form.elements.text.readOnly = false;
    this.said = await listening(this.origin).catch(() => this.said);
    const before = this.heard;
    await this.show();
    return !alike(before, this.heard);
  }
}

customElements.define("heard-writing", Writing);

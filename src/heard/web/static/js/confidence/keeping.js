/* What this browser keeps: tokens, a PIN for a shared computer, and what there is to compare with a colleague. */
import { hex, joined, sha256 } from "./bytes.js";
import { TokenError } from "./carried.js";
import { bring } from "./carrying.js";
import { PublishedError, readLog } from "./checkpoint.js";
import { askPin, complain, fill, lead, when, word } from "./faces.js";
import { SHORTEST, hasLock, isLocked, lock, unlock } from "./locking.js";
import { finished, messageOf } from "./purse.js";
import { where } from "./sending.js";
import { BROUGHT, forget, forgetAll, recall, remember, usable, whose } from "./store.js";
import { pageOf } from "./version.js";

class Kept extends HTMLElement {
  connectedCallback() {
    const form = (name) => this.querySelector(`[data-${name}]`);
    this.rows = form("row");
    askPin(form("unlocking"), () => whose(), unlock, () => this.open());
    form("locking").addEventListener("submit", (event) => (event.preventDefault(), this.mark(event.target)));
    form("bringing").addEventListener("submit", (event) => (event.preventDefault(), this.bring(event.target)));
    form("look").addEventListener("click", () => this.look());
    form("forget").addEventListener("click", ({ target }) => confirm(target.dataset.ask) && this.clear());
  }

  async open() {
    const account = await whose(), records = await usable();
    const isShut = Boolean(account) && (await isLocked(account)), isShared = Boolean(account) && (await hasLock(account));
    for (const [name, isShown] of Object.entries({ unlocking: isShut, locking: account && !isShared, locked: isShared && !isShut })) this.querySelector(`[data-${name}]`).hidden = !isShown;
    const seen = (await recall("checkpoint")) ?? { size: 0 }, reasons = Object.values((account && (await recall(`trouble:${account}`))) || {});
    fill(this, { trouble: [...new Set(reasons)].map((reason) => word(`trouble-${reason}`)).join(" "), "log-error": "", whose: word(account ? "is-mine" : "is-nobodys"), size: seen.size ? word("log-size", { n: seen.size }) : word("log-none"), hash: seen.hash || "–", page: await pageOf() });
    const rows = await Promise.all(records.map((record) => this.row(record)));
    this.querySelector("[data-slot=tokens]").replaceChildren(...(rows.length ? rows : [word("no-tokens")]));
    lead(this);
  }

  async row(record) {
    const { account, ballot, page, signed, isUsed } = record, isAsk = page.questions.length > 0;
    const row = this.rows.content.cloneNode(true);
    const state = isUsed ? "state-used" : !signed ? "state-pending" : isAsk ? "closes" : "state-voice";
    fill(row, { title: page.title, state: word(state, { when: when(page.closes) }), number: isUsed && !(await isLocked(account)) ? await numberOf(record) : "" });
    for (const name of ["answer", "carry"]) {
      const link = row.querySelector(`[data-${name}]`);
      link.hidden = isUsed || !signed || !isAsk;
      link.href = `#${name}=${ballot}`;
    }
    row.querySelector("[data-forget-one]").addEventListener("click", async () => (await forget(account, ballot), this.open()));
    return row;
  }

  /* The log as it is now, asked for without a cookie. */
  async look() {
    try {
      await readLog(await where());
      await this.open();
    } catch (error) {
      fill(this, { "log-error": word(error instanceof PublishedError ? `trouble-${error.reason}` : "unread") });
    }
  }

  async mark(form) {
    const { pin, again } = form.elements;
    if (pin.value.length < SHORTEST) return complain(form, word("pin-short"));
    if (pin.value !== again.value) return complain(form, word("pin-differs"));
    await lock(await whose(), pin.value);
    await remember(`due:${await whose()}`, 0); // Where it is shared, tokens come only from now on.
    form.reset();
    return this.open();
  }

  async bring(form) {
    try {
      location.hash = `answer=${await bring(form.elements.token.value)}`;
      form.reset();
    } catch (error) {
      complain(form, word(error instanceof TokenError ? "brought-wrong" : "brought-unpublished"));
    }
  }

  async clear() {
    for (const account of [await whose(), BROUGHT]) if (account) await forgetAll(account);
    await this.open();
  }
}

/* The public name of a token: the hash under which it stands in the list that everybody can check. */
async function numberOf(record) {
  const [{ prefix }] = await finished(record);
  return hex(await sha256(joined(prefix, messageOf(record))));
}

customElements.define("heard-kept", Kept);

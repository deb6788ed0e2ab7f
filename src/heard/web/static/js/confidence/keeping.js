/* What this browser keeps: tokens, a PIN for a shared computer, and what there is to compare with a colleague. */
import { lookUp } from "./auditing.js";
import { b64 } from "./bytes.js";
import { TokenError } from "./carried.js";
import { bring } from "./carrying.js";
import { PublishedError, readLog } from "./checkpoint.js";
import { askPin, complain, fill, lead, when, word } from "./faces.js";
import { forget, forgetAll } from "./forgetting.js";
import { SHORTEST, hasLock, isLocked, lock, unlock } from "./locking.js";
import { finished } from "./purse.js";
import { element } from "./questions.js";
import { where } from "./sending.js";
import { BROUGHT, recall, remember, usable, whose } from "./store.js";
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

  /* `#kept=pin` leads to where a PIN is chosen. */
  async open(part) {
    const account = await whose();
    const isShared = Boolean(account) && (await hasLock(account)), isShut = isShared && (await isLocked(account));
    const forms = { unlocking: isShut, locking: account && !isShared, locked: isShared && !isShut };
    for (const [name, isShown] of Object.entries(forms)) this.querySelector(`[data-${name}]`).hidden = !isShown;
    fill(this, { whose: word(account ? "is-mine" : "is-nobodys"), trouble: await troubleOf(account), ...(await given()), "log-error": "" });
    const rows = await Promise.all((await usable()).map((record) => this.row(record)));
    this.querySelector("[data-slot=tokens]").replaceChildren(...(rows.length ? rows : [await none(account, isShared)]));
    lead(this);
    if (part === "pin") this.querySelector("[data-locking]:not([hidden]) [name=pin]")?.focus();
  }

  async row(record) {
    const { account, ballot, page, signed, isUsed } = record, isAsk = page.questions.length > 0;
    const row = this.rows.content.cloneNode(true).firstElementChild, isOpen = Date.now() >= Date.parse(page.opens);
    const state = isUsed ? "state-used" : !signed ? "state-pending" : !isOpen ? "opens" : isAsk ? "closes" : "state-voice";
    const beginning = isUsed && !(await isLocked(account)) ? await beginningOf(record) : "";
    fill(row, { title: page.title, state: word(state, { when: when(isOpen ? page.closes : page.opens), n: signed?.length }), beginning });
    for (const name of ["answer", "carry"]) {
      const link = row.querySelector(`[data-${name}]`);
      link.hidden = isUsed || !signed || !isAsk || (name === "answer" && !isOpen);
      link.href = `#${name}=${ballot}`;
    }
    const look = row.querySelector("[data-look-up]");
    look.hidden = !beginning;
    look.addEventListener("click", () => this.lookUp(record, row));
    row.querySelector("[data-forget-one]").addEventListener("click", async ({ target }) => confirm(target.dataset.ask) && (await forget(account, ballot), this.open()));
    return row;
  }

  /* Pressed again while it looks, it goes on looking. The ear hears both sentences, since they come into what was there. */
  async lookUp(record, row) {
    const said = row.querySelector("[role=status]");
    if (said.textContent === word("looking")) return;
    said.textContent = word("looking");
    said.textContent = await lookUp(record);
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
      await bring(form.elements.token.value);
      form.reset();
      location.hash = "answer";
    } catch (error) {
      complain(form, word(error instanceof TokenError ? "brought-wrong" : error instanceof PublishedError ? `trouble-${error.reason}` : "brought-unpublished"));
    }
  }

  async clear() {
    for (const account of [await whose(), BROUGHT]) if (account) await forgetAll(account);
    await this.open();
  }
}

/* Why there are none: on a computer marked as shared they come only under a PIN. */
async function none(account, hasPin) {
  const isWaiting = account && !hasPin && (await recall(`shared:${account}`));
  return element("li", { textContent: word(isWaiting ? "shared-none" : "no-tokens") });
}

/* What went wrong as tokens were taken, in words. */
async function troubleOf(account) {
  const reasons = Object.values((account && (await recall(`trouble:${account}`))) || {});
  return [...new Set(reasons)].map((reason) => word(`trouble-${reason}`)).join(" ");
}

/* What there is to compare with a colleague. */
async function given() {
  const { size, hash } = (await recall("checkpoint")) ?? { size: 0 };
  return { size: size ? word("log-size", { n: size }) : word("log-none"), hash: hash || "–", page: await pageOf() };
}

/* What a token begins with, as it stands in the list that everybody can check. */
async function beginningOf(record) {
  const [{ prefix }] = await finished(record);
  return b64(prefix);
}

customElements.define("heard-kept", Kept);

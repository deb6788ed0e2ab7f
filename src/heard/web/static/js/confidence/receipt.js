/* The face on which the writer comes back, by the receipt alone: `#receipt`. What is typed stays in this page. */
import { BODY, Unsent, composed, deliver, whenSent } from "./composing.js";
import { byReceipt, look, newcomers, reply } from "./conversing.js";
import { fill, lead, screen, word } from "./faces.js";
import { names } from "./listeners.js";
import "./pointing.js";
import { digitsIn } from "./receipts.js";
import { shown } from "./talk.js";

/* What became of the text that was spoken of last, as long as there is nothing to ask for. */
const UNDER_WAY = ["agreed", "announced", "voting", "open"];

class Receipt extends HTMLElement {
  /* Whoever goes back to this page, on a computer that others use, finds nothing of it; a reply that was begun is asked about. */
  connectedCallback() {
    addEventListener("pagehide", () => this.talk && this.leave());
    addEventListener("beforeunload", (event) => this.querySelector("[data-way=reply] textarea")?.value.trim() && event.preventDefault());
  }

  open() {
    if (this.talk) return lead(this);
    const form = screen(this, "receipt");
    return whenSent(form, () => this.enter(form));
  }

  async enter({ elements }) {
    const digits = digitsIn(elements.digits.value);
    if (!digits) throw new Unsent("digits");
    const asked = await byReceipt(digits);
    await look(asked);
    this.talk = asked;
    this.show(screen(this, "conversation"));
  }

  show(part) {
    const { thread, messages, offer } = this.talk, forms = Object.fromEntries([...part.querySelectorAll("form")].map((form) => [form.dataset.way, form]));
    shown(part, messages, thread);
    const first = messages.find(({ content }) => content?.text)?.content.text ?? "";
    forms.wish.elements.text.value = first.slice(0, 1000);
    const last = messages.findLast(({ content }) => content?.offer || content?.wish)?.fate?.name;
    const isAsked = Boolean(offer) || UNDER_WAY.includes(last);
    for (const box of part.querySelectorAll("details")) box.hidden = thread.state === "hidden" || (box.contains(forms.wish) && isAsked);
    forms.agree.hidden = !offer;
    fill(forms.agree, { offer: offer?.text });
    forms.agree.elements.group.closest("label").hidden = !thread.group;
    const { group } = messages.find(({ by, content }) => by === "writer" && content?.group)?.content ?? {};
    fill(forms.agree, { from: group ? word("from-group", { group }) : word("from-some") });
    this.name(part);
    whenSent(forms.again, () => this.again());
    whenSent(forms.reply, async (form) => this.say(form, await composed(form)));
    whenSent(forms.wish, async (form) => this.say(form, { text: "", pictures: [], wish: { text: (await composed(form)).text } }));
    whenSent(forms.agree, (form) => this.agree(form));
    part.querySelector("[data-leave]").addEventListener("click", () => this.leave());
  }

  async again(told) {
    await look(this.talk);
    this.show(screen(this, "conversation", { told }));
  }

  /* Who reads what is said now; and whoever did not read the last of it is agreed to first. */
  name(part) {
    const strangers = newcomers(this.talk), isAsked = Object.keys(strangers).length > 0;
    const heard = Object.keys(this.talk.heard).length ? names(this.talk.heard) : word("why-listeners");
    fill(part, { readers: heard, strangers: isAsked ? word("new-readers", { names: names(strangers) }) : "" });
    for (const box of part.querySelectorAll("[name=knows]")) {
      box.checked = false;
      box.closest("label").hidden = !isAsked;
    }
  }

  async say(form, content) {
    const { knows } = form.elements;
    if (!knows.checked && Object.keys(newcomers(this.talk)).length) throw new Unsent("agree");
    try {
      await reply(this.talk, content);
    } catch (error) {
      if (error.reason === "readers") this.name(form.closest("section"));
      throw error;
    }
    await this.again(word("said"));
  }

  async agree({ elements }) {
    const { origin, lookup, offer } = this.talk;
    await deliver(`${origin}/voice/open/`, { lookup, text: offer.text, salt: offer.salt, group: elements.group.checked }, BODY);
    await this.again(word("opened"));
  }

  /* Nothing of the conversation stays in this page. */
  leave() {
    this.talk = null;
    this.open();
  }
}

customElements.define("heard-receipt", Receipt);

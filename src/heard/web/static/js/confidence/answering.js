/* One question a screen, one thumb: what is answered so far is kept in this browser, and all of it goes out at the end. */
import { choice, choose, unchoose } from "./choosing.js";
import { askPin, complain, counted, screen, when, word } from "./faces.js";
import { handIn, note } from "./handing-in.js";
import { isLocked, reveal, unlock } from "./locking.js";
import { missing } from "./missing.js";
import { chosen, draw, element, said } from "./questions.js";
import { recordFor, whose } from "./store.js";

class Answering extends HTMLElement {
  connectedCallback() {
    addEventListener("popstate", ({ state }) => !this.hidden && this.record && this.turn(state?.step ?? 0));
    addEventListener("keydown", (event) => this.choose(event));
  }

  /* An address that names its question loses the name at once (choosing.js). */
  async open(named, { anyway = false } = {}) {
    this.record = null;
    if (named) await choose(named);
    if (location.hash !== "#answer") history.replaceState(null, "", "#answer");
    const ballot = await choice();
    if (!ballot) return location.replace("#start");
    const record = await recordFor(ballot);
    if (!record?.signed || record.isUsed) return screen(this, ...(await missing(await whose(), ballot, record)));
    const { account, page } = record;
    if (await isLocked(account)) return askPin(screen(this, "unlock"), account, unlock, () => this.open(ballot));
    const now = Date.now(), early = now < Date.parse(page.opens), closed = now > Date.parse(page.closes);
    if ((early || closed) && !anyway) return this.wait(early ? "early" : "closed", page);
    this.record = record;
    this.answers = (await reveal(record, record.draft)) ?? {};
    const next = page.questions.findIndex(({ code }) => this.answers[code] === undefined);
    const { length } = page.questions, step = next >= 0 ? next : length > 1 ? length : 0;
    history.replaceState({ step }, "");
    return this.turn(step);
  }

  wait(name, { title, opens, closes, ballot }) {
    const [said, at] = name === "early" ? ["opens", opens] : ["closed", closes];
    const slots = { title, when: word(said, { when: when(at) }), clock: word("clock", { when: when(Date.now()) }) };
    screen(this, name, slots).querySelector("[data-anyway]").addEventListener("click", () => this.open(ballot, { anyway: true }));
  }

  /* The screen of a question, and after the last of several what goes out; one alone is sent from its own. */
  turn(step) {
    const { page } = this.record, question = page.questions[step];
    const slots = { title: page.what === "vote" ? word("vote-title") : page.title, counted: counted(this.record) };
    const form = question ? this.ask(question, step, slots) : this.review(slots);
    form.querySelector(".bars").append(...page.questions.map((_, nth) => element("i", { className: nth <= step ? "done" : "" })));
    form.querySelector("[data-back]").addEventListener("click", () => this.back(step));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      return question ? this.next(form, question, step) : this.send(form, this.record);
    });
  }

  ask(question, step, slots) {
    const { intro, questions } = this.record.page, isOnly = questions.length === 1;
    const steps = isOnly ? "" : word("step", { n: step + 1, all: questions.length });
    const form = screen(this, isOnly ? "only" : "question", { ...slots, text: question.text, intro: step ? "" : intro, step: steps });
    draw(form.querySelector(".picks"), question, this.answers[question.code]);
    return form;
  }

  review(slots) {
    const form = screen(this, "review", slots), list = form.querySelector(".said");
    for (const question of this.record.page.questions) {
      const answer = said(question, this.answers[question.code]);
      list.append(element("dt", { textContent: question.text }), element("dd", { textContent: answer, dir: "auto" }));
    }
    return form;
  }

  back(step) {
    if (!step) return location.assign("#start");
    history.replaceState({ step: step - 1 }, "");
    return this.turn(step - 1);
  }

  async next(form, { code, kind }, step) {
    const answer = chosen(form.querySelector(".picks"));
    if (answer === undefined) return this.complain(form, word(kind === "vote" ? "choose-one" : "choose"));
    this.answers[code] = answer;
    await note(this.record, this.answers);
    if (this.record.page.questions.length === 1) return this.send(form, this.record);
    history.pushState({ step: step + 1 }, "");
    return this.turn(step + 1);
  }

  async send(form, record) {
    const button = form.querySelector(".btn.wide"), isKept = form.elements.keep.checked;
    button.disabled = true;
    const { sentence, isOver } = await handIn(record, this.answers, { isKept });
    button.disabled = false;
    if (isOver) screen(this, "over", { sentence });
    else if (sentence) return this.complain(form, sentence);
    else screen(this, "arrived", { counted: counted(record), kept: isKept ? word("token-kept") : "" });
    this.record = null;
    return unchoose();
  }

  /* What is wrong, with what can be done about it in sight. */
  complain(form, sentence) {
    complain(form, sentence);
    form.querySelector(".rather-not, .pick-one:last-child")?.scrollIntoView({ block: "nearest" });
  }

  /* A digit chooses: the number itself from 0 to 9, or the first, second and so on of what is offered. */
  choose({ key, target, ctrlKey, altKey, metaKey }) {
    if (this.hidden || !/^\d$/.test(key) || ctrlKey || altKey || metaKey || target.closest("textarea, [type=password]")) return;
    const picks = [...this.querySelectorAll(".pick-one input")], isScale = this.querySelector("[data-kind=recommend]");
    const pick = picks[isScale ? Number(key) : Number(key) - 1];
    pick?.focus();
    pick?.click();
  }
}

customElements.define("heard-answering", Answering);

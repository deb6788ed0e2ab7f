/* A question on the screen: what can be chosen, what was, and how it reads. Values are those of the published list:
   recommend 0 to 10, agree 1 to 5, choice from 0, vote -1 to 1, comment a text; null is "I would rather not say". */
import { word } from "./faces.js";
import { giveaways } from "./giveaways.js";

const numbers = (from, to) => Array.from({ length: Math.abs(to - from) + 1 }, (_, nth) => (from < to ? from + nth : from - nth));
const VALUES = { recommend: () => numbers(0, 10), agree: () => numbers(5, 1), choice: ({ options }) => options.map((_, nth) => nth), vote: () => numbers(1, -1) };

const label = (question, value) =>
  question.kind === "recommend" ? `${value}` : question.kind === "choice" ? question.options[value] : word(`${question.kind}-${value}`);

/* The choices, or the box for words, with what was answered before. */
export function draw(box, question, answer) {
  box.dataset.kind = question.kind;
  if (question.kind === "comment") return box.replaceChildren(...writing(question, answer));
  const picks = VALUES[question.kind](question).map((value) => pick(value, label(question, value), answer === value));
  const ways = [...picks, ...(question.kind === "recommend" ? ends() : []), ...(question.kind === "vote" ? [] : [notSaying(answer)])];
  const group = element("div", { className: "picking", role: "radiogroup" }, ...ways);
  group.setAttribute("aria-labelledby", "asked");
  box.replaceChildren(group);
}

/* What is chosen: undefined where nothing is. */
export function chosen(box) {
  const text = box.querySelector("textarea");
  if (text) return text.value.trim() || null;
  const input = box.querySelector("input:checked");
  return input ? (input.value === "" ? null : Number(input.value)) : undefined;
}

/* An answer in words. */
export const said = (question, answer) =>
  answer === null || answer === undefined ? word("not-said") : question.kind === "comment" ? answer : label(question, answer);

/* Whoever votes can pass instead. */
function notSaying(answer) {
  const not = pick("", word("rather-not"), answer === null);
  not.classList.add("rather-not");
  return not;
}

function pick(value, words, isChosen) {
  const input = element("input", { type: "radio", name: "value", value: `${value}`, defaultChecked: isChosen });
  return element("label", { className: "pick-one" }, input, element("span", { textContent: words, dir: "auto" }));
}

const ends = () => [element("small", { className: "least", textContent: word("least") }), element("small", { className: "most", textContent: word("most") })];

function writing({ longest }, answer) {
  const text = element("textarea", { name: "words", maxLength: longest, defaultValue: answer ?? "", dir: "auto", autocomplete: "off" });
  text.setAttribute("aria-labelledby", "asked");
  const left = element("small", { className: "left" }), hint = element("div", { className: "gives-away" });
  hint.setAttribute("role", "status");
  let pause;
  const look = () => {
    left.textContent = word("left", { n: longest - text.value.length });
    clearTimeout(pause);
    pause = setTimeout(() => hint.replaceChildren(...pointer(text.value)), 400);
  };
  text.addEventListener("input", look);
  look();
  return [text, left, hint];
}

/* What in a text may give its writer away, said gently; nothing where nothing was found. */
export function pointer(text) {
  const found = giveaways(text);
  if (!found.length) return [];
  const places = found.map(({ start, end, kind }) => element("li", {}, element("q", { textContent: text.slice(start, end), dir: "auto" }), ` ${word(`give-${kind}`)}`));
  const head = element("b", { textContent: word(found.length > 1 ? "place-n" : "place-1", { n: found.length }) });
  return [element("p", {}, head), element("ul", {}, ...places), element("p", { textContent: word("locally") })];
}

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

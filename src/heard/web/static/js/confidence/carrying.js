/* A token to print or to carry to a phone, drawn in this browser; and one that comes in by `#token=…`. */
import { TokenError, pack, unpack } from "./carried.js";
import { PublishedError } from "./checkpoint.js";
import { choose } from "./choosing.js";
import { day, fill, lead, screen, word } from "./faces.js";
import { forget } from "./forgetting.js";
import { isLocked, keepAnew } from "./locking.js";
import { finished } from "./purse.js";
import { qr } from "./qr.js";
import { element } from "./questions.js";
import { recordFor, recordOf } from "./store.js";

const SVG = "http://www.w3.org/2000/svg";

class Carrying extends HTMLElement {
  async open(ballot) {
    const record = await recordFor(ballot);
    if (!record?.signed || record.isUsed) return screen(this, "gone");
    if (await isLocked(record.account)) return location.replace("#kept");
    const [token] = await finished(record), { page } = record;
    const text = pack(record, token), address = `${location.origin}/speak/`;
    const slots = { title: page.title, when: hours(page), text, address, typing: word("carried-typing", { n: text.length }) };
    const part = screen(this, "carried", { ...slots, intro: page.isNameless ? "" : page.intro });
    part.querySelector("[data-slot=code]").append(drawing(qr(`${address}#token=${text}`)));
    if (page.isNameless) part.querySelector("[data-asked]").remove();
    else part.querySelector("[data-slot=questions]").append(...page.questions.map(numberedItem));
    part.querySelector("[data-print]").addEventListener("click", () => print());
    part.querySelector("[data-leave]").addEventListener("click", async () => {
      await forget(record.account, ballot);
      location.hash = "kept";
    });
  }
}

const hours = ({ opens, closes }) =>
  [Date.now() < Date.parse(opens) ? word("opens", { when: day(opens) }) : "", word("closes", { when: day(closes) })].join(" ").trim();

/* A question as it stands on paper, its options lettered. */
function numberedItem({ text, options = [] }) {
  const item = element("li", {}, element("span", { textContent: text, dir: "auto" }));
  if (options.length) item.append(element("ol", {}, ...options.map((option) => element("li", { textContent: option, dir: "auto" }))));
  return item;
}

/* Keeps a token that was scanned, pasted or typed, and chooses its ballot. Throws what unpack throws. */
export async function bring(text) {
  const [record, secret] = await unpack(text), before = await recordOf(record.account, record.ballot);
  await keepAnew({ ...record, under: before?.under }, secret);
  return choose(record.ballot);
}

/* Takes the token out of the address, so that nobody reads it there; asks whose it is, since a link can be anybody's; and
   leads to its questions. */
class Token extends HTMLElement {
  open(text) {
    history.replaceState(null, "", "#token");
    this.show("asked").querySelector("[data-bring]").addEventListener("click", () => this.bring(text));
  }

  async bring(text) {
    try {
      await bring(text);
      location.replace("#answer");
    } catch (error) {
      const name = error instanceof TokenError ? "wrong" : error instanceof PublishedError ? "differs" : "unread";
      this.show(name, { sentence: word(`trouble-${error.reason}`) }).querySelector("[data-again]")?.addEventListener("click", () => this.bring(text));
    }
  }

  show(name, slots = {}) {
    this.replaceChildren(fill(document.querySelector(`heard-carrying template[data-screen=${name}]`).content.cloneNode(true), slots));
    lead(this);
    return this;
  }
}

/* Dark modules as one path, with four light ones round all. */
function drawing(rows) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", `-4 -4 ${rows.length + 8} ${rows.length + 8}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  path.setAttribute("d", rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
  svg.append(path);
  return svg;
}

customElements.define("heard-carrying", Carrying);
customElements.define("heard-token", Token);

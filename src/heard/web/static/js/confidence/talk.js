/* A conversation as it is shown, to its writer and at the desk: one bubble a message, and how far it is. */
import { day, fill, word } from "./faces.js";
import { fateTold } from "./fates.js";

const LEVELS = { sent: 0, seen: 1, answered: 2, decided: 3, done: 4 };

/* Puts messages ({ by, week, content }) and how far it is into the places that `part` has for them. */
export function shown(part, messages, { state, because, expires, week }) {
  part.querySelector("[data-slot=talk]").replaceChildren(...messages.map((message) => drawn(part, message)));
  part.querySelectorAll(".loop i").forEach((dot, nth) => dot.classList.toggle("done", nth < (LEVELS[state] ?? 0)));
  fill(part, {
    state: because ? word(`because-${because}`) : word(`state-${state}`),
    times: word("times", { week: date(week), expires: date(expires) }),
  });
}

/* A day as it is written here, whatever the time zone of this device. */
export const date = (iso) => day(new Date(`${iso}T12:00:00`));

/* One that cannot be drawn keeps nobody from reading the others. */
function drawn(part, message) {
  try {
    return bubble(part, message);
  } catch {
    return bubble(part, { ...message, content: null, fate: null });
  }
}

function bubble(part, { by, week, content, fate }) {
  const said = part.querySelector("template.bubble").content.firstElementChild.cloneNode(true);
  const special = content?.offer ?? content?.wish;
  said.classList.add(by);
  fill(said, {
    who: word(by === "writer" && !part.closest(".at-desk") ? "by-you" : `by-${by}`),
    when: word("week", { week: date(week) }),
    about: special && word(content.offer ? "is-offer" : "is-wish"),
    text: content ? content.text || special?.text : word("shut-message"),
    fate: fateTold(fate),
  });
  const way = said.querySelector("a");
  way.hidden = !fate?.code;
  if (fate?.code) way.setAttribute("href", `/opened/#opened-${fate.code}`);
  for (const { type, data } of content?.pictures ?? []) {
    const picture = new Image();
    picture.alt = word("picture");
    picture.src = `data:${type};base64,${data.replaceAll("-", "+").replaceAll("_", "/")}`;
    said.append(picture);
  }
  return said;
}

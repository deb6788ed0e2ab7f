/* What the page's faces share: its words, its templates, and dates as this device writes them.

   A face is an element `data-face="name"`, shown for `#name` or `#name=argument`; where it has `open(argument)`, that is
   called each time (speak.js). Words stand in the page (speak/words.html), so that they can be translated. */
const words = () => document.getElementById("words").content;

/* A sentence of the page, with values in the place of {names}. */
export function word(name, values = {}) {
  const said = words().querySelector(`[data-word="${name}"]`)?.textContent ?? name;
  return said.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/* Puts text where `data-slot` names it; what is empty is hidden. */
export function fill(part, slots) {
  for (const [name, text] of Object.entries(slots))
    for (const slot of part.querySelectorAll(`[data-slot="${name}"]`)) {
      slot.textContent = text ?? "";
      slot.hidden = !text;
    }
  return part;
}

/* Shows one of a face's templates in place of what was shown before, and leads eyes and ears to its heading. */
export function screen(face, name, slots = {}) {
  const part = fill(face.querySelector(`template[data-screen="${name}"]`).content.cloneNode(true), slots).firstElementChild;
  for (const old of face.querySelectorAll(":scope > :not(template)")) old.remove();
  face.append(part);
  lead(part);
  return part;
}

export function lead(part) {
  scrollTo(0, 0);
  part.querySelector("h1")?.focus({ preventScroll: true });
}

/* Says what is wrong below a form. */
export const complain = (form, sentence) => fill(form, { error: sentence });

const language = () => document.documentElement.lang;
export const when = (time) => new Date(time).toLocaleString(language(), { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
export const day = (time) => new Date(time).toLocaleDateString(language(), { day: "numeric", month: "long", year: "numeric" });
export const counted = ({ page }) => word(page.group_name ? "counted" : "counted-there", { n: page.invited, group: page.group_name });

/* Asks for the PIN on a form; `then` is called once it was the right one. */
export function askPin(form, account, unlock, then) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    const isOpen = await unlock(typeof account === "function" ? await account() : account, form.elements.pin.value);
    button.disabled = false;
    form.elements.pin.value = "";
    if (isOpen) then();
    else complain(form, word("pin-wrong"));
  });
}

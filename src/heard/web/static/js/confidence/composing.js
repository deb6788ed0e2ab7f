/* What was written, as it may be sealed, sent, and complained about where it cannot be. */
import { BlindError } from "../blind.js";
import { PublishedError } from "./checkpoint.js";
import { complain, word } from "./faces.js";
import { drawnAnew } from "./pictures.js";
import { send } from "./sending.js";

export const BODY = 65536, BODY_WITH_PICTURES = 1572864, LOOKUP = 1024;

/* Why something was not sent: `reason` is the end of a word of the page ("why-…"), `refused` a sentence of the server. */
export class Unsent extends Error {
  constructor(reason, refused = "", status = 0) {
    super(reason);
    Object.assign(this, { reason, refused, status });
  }
}

/* { text, pictures } of a form with `text` and perhaps `pictures`. Throws Unsent ("empty") and PictureError. */
export async function composed({ elements: { text, pictures } }) {
  const content = { text: text.value.trim(), pictures: await drawnAnew([...(pictures?.files ?? [])]) };
  if (!content.text && !content.pictures.length) throw new Unsent("empty");
  return content;
}

/* The size of a body that holds this message. */
export const sizeFor = ({ sealed }) => (sealed.length > BODY - 20000 ? BODY_WITH_PICTURES : BODY);

/* Sends; the text that came back. Throws Unsent ("network", or with the server's sentence). */
export async function deliver(url, body, size) {
  const { status, refused, text } = await send(url, body, size);
  if (status >= 200 && status < 300) return text;
  throw new Unsent(status ? "broken" : "network", refused, status);
}

/* Says on a form why it was not sent. */
export function tell(form, error) {
  const reason = error instanceof PublishedError || error instanceof BlindError ? "published" : (error.reason ?? "broken");
  complain(form, error.refused || word(`why-${reason}`));
}

/* Does what a form asks for, once at a time; whatever is thrown is told on it until something is changed. Meanwhile nothing
   is typed into the other forms of a conversation, which is drawn anew; the keyboard is afterwards where it was. */
export function whenSent(form, way) {
  const still = form.closest("section") ?? form;
  form.addEventListener("input", () => complain(form, ""));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    complain(form, "");
    const here = document.activeElement;
    still.inert = true;
    await way(form).catch((error) => tell(form, error));
    still.inert = false;
    if (document.activeElement === document.body) here.focus();
  });
}

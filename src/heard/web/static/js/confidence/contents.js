/* What a message says, in the form on which pages may rely. Whoever sealed it may have put anything there: what a page of
   Heard would not have made is not read at all, so that nobody can make a conversation illegible for others. */
import { MOST } from "./pictures.js";

const isText = (value) => typeof value === "string";
const isBytes = (value) => isText(value) && /^[\w-]+$/.test(value);
const isPicture = (value) => value?.type === "image/jpeg" && isBytes(value.data);
const FORMS = {
  text: isText,
  pictures: (value) => Array.isArray(value) && value.length <= MOST && value.every(isPicture),
  me: isBytes,
  group: isText,
  offer: (value) => isText(value?.text) && isBytes(value.salt),
  wish: (value) => isText(value?.text),
  readers: (value) => Object.prototype.toString.call(value) === "[object Object]" && Object.values(value).every(isText),
};

/* { text, pictures, … } with nothing but what is known; null for anything else. */
export function checked(said) {
  if (!isText(said?.text)) return null;
  const parts = Object.entries(FORMS).filter(([part]) => said[part] !== undefined);
  if (!parts.every(([part, isSo]) => isSo(said[part]))) return null;
  return { pictures: [], ...Object.fromEntries(parts.map(([part]) => [part, said[part]])) };
}

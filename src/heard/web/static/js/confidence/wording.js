/* What everybody is asked, as it is published with the keys: sealed, so that strangers who read the keys learn none of it.
   Everybody who is asked is told what opens it, and a token that is carried takes that along. */
import { unb64 } from "./bytes.js";
import { asked } from "./checkpoint.js";
import { word } from "./faces.js";

/* { title, intro, questions }; null where the words cannot be read, or are not those of the digest that everybody is given. */
export async function worded(keys, opener) {
  try {
    const sealed = unb64(keys.sealed_words), key = await crypto.subtle.importKey("raw", opener, "AES-GCM", false, ["decrypt"]);
    const said = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.slice(0, 12) }, key, sealed.slice(12));
    const [title, intro, listed] = JSON.parse(new TextDecoder().decode(said));
    const questions = listed.map(([code, text, options, is_reversed]) => ({ code, text, options, is_reversed }));
    return { title, intro, questions: await asked(keys, { title, intro, questions }) };
  } catch {
    return null;
  }
}

/* Without words: the questions by their numbers, as they stand on paper, and why. */
export function numbered(keys, why) {
  const questions = keys.questions.map(({ code, kind, longest, options }, nth) => {
    const named = Array.from({ length: options }, (_, at) => word("option", { n: letter(at) }));
    return { code, kind, longest, text: word("question", { n: nth + 1 }), options: named };
  });
  return { title: word("brought-title"), intro: word(why), questions, isNameless: true };
}

/* A for 0, Z for 25, AA for 26, as lists are lettered on paper. */
const letter = (nth) => (nth < 26 ? "" : letter(Math.floor(nth / 26) - 1)) + String.fromCharCode(65 + (nth % 26));

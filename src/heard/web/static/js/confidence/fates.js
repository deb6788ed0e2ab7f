/* What became of texts in a conversation that were to be opened to everyone.

   Nothing that is kept joins an opened text to the conversation it came from. But both the code of the one and what stands
   in the other once its writer has agreed are hashes with the salt of the offer, which lies sealed here: so whoever reads
   the offer knows them again, by a list that is the same for all and holds no text (voice/actions/speaking.py). */
import { hex, sha256, unb64, utf8 } from "./bytes.js";
import { day, word } from "./faces.js";
import { read } from "./sending.js";

/* `what` is "offer.", "agreed" or "opened": as long as each other, so that no hash is good for two things. */
export const hashed = async (what, { text, salt }) => hex(await sha256(utf8(`heard ${what} 1 `), unb64(salt), utf8(text)));

/* What may be seen of all that was opened: { code, opens, closes }; nothing where the list cannot be had just now. */
export async function everything(origin) {
  return read(`${origin}/voice/opened.json`).then((text) => JSON.parse(text).opened, () => []);
}

/* Puts `fate` on each message that offers a text, or asks for it: { name, day, code }. `committed` is what stands in the
   conversation for its writer; the desk is not given it, since it would tell when they came to agree. */
export async function tellFates(messages, list, committed) {
  const offers = messages.filter(({ by, content }) => by === "listener" && content?.offer);
  for (const message of offers) message.fate = await fateOf(message.content.offer, list, committed).catch(() => null);
  const last = messages.findLast(({ content }) => content?.offer || content?.wish);
  if (last?.by === "writer") last.fate = { name: "wished" };
}

async function fateOf(offer, list, committed) {
  const code = (await hashed("opened", offer)).slice(0, 32), found = list.find((one) => one.code === code);
  if (found) return { ...stage(found), code };
  if (committed === undefined) return { name: "unknown" };
  if (committed === (await hashed("offer.", offer))) return { name: "offered" };
  return { name: committed === (await hashed("agreed", offer)) ? "agreed" : "past" };
}

function stage({ opens, closes }) {
  if (!opens) return { name: "open" };
  if (Date.parse(opens) > Date.now()) return { name: "announced", day: opens };
  return Date.parse(closes) > Date.now() ? { name: "voting", day: closes } : { name: "closed", day: closes };
}

/* The sentence for it, by words of the page. */
export const fateTold = (fate) => (fate ? word(`fate-${fate.name}`, { day: fate.day && day(fate.day) }) : "");

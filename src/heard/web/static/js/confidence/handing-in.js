/* Sends a sheet of answers under a token, and says in words what became of it. */
import { BlindError } from "../blind.js";
import { conceal } from "./locking.js";
import { finished, spent, stillKept, travelling } from "./purse.js";
import { fits, send, where } from "./sending.js";
import { keep } from "./store.js";
import { word } from "./faces.js";

const TOLD = { 410: "shut", 429: "later" };

/* { sentence: "" } once the answers have arrived, else why not; then nothing is lost, and the token is still here. Only where
   it was used before (`isOver`) nothing helps: most often the reply was lost, so it is forgotten as if it had come. */
export async function handIn(record, answers, { isKept = false } = {}) {
  try {
    const [token] = await finished(record);
    const said = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null && answer !== undefined));
    const body = { ...travelling(record, token), answers: said };
    if (!fits(body, record.size)) return { sentence: word("too-long") };
    const { status, refused } = await send(`${await where()}/ballots/${record.ballot}/redeem/`, body, record.size);
    if (status === 204 || status === 409) {
      const settled = isKept ? stillKept(record) : spent(record, token);
      await settled.catch(() => null); // They have arrived, whatever this browser can note of it.
      return { sentence: refused, isOver: status === 409 };
    }
    if (!refused) return { sentence: word(status ? "failed" : "unreached") };
    return { sentence: `${refused} ${TOLD[status] ? word(TOLD[status]) : ""}`.trim() };
  } catch (error) {
    return { sentence: word(error instanceof BlindError ? "unsigned" : "unreached") };
  }
}

/* What was answered so far stays in this browser, sealed with the key that goes when it was sent; where nothing more can be
   kept, it stays on the screen alone. */
export async function note(record, answers) {
  const noted = async () => keep(Object.assign(record, { draft: await conceal(record, answers) }));
  await noted().catch(() => null);
}

/* Sends a sheet of answers under a token, and says in words what became of it. */
import { BlindError } from "../blind.js";
import { conceal } from "./locking.js";
import { finished, spent, stillKept, travelling } from "./purse.js";
import { fits, send, where } from "./sending.js";
import { keep } from "./store.js";
import { word } from "./faces.js";

const TOLD = { 410: "shut", 409: "used", 429: "later" };

/* "" once the answers have arrived, else a sentence; then nothing is lost, and the token is still here. */
export async function handIn(record, answers, { isKept = false } = {}) {
  try {
    const [token] = await finished(record);
    const said = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null && answer !== undefined));
    const body = { ...travelling(record, token), answers: said };
    if (!fits(body, record.size)) return word("too-long");
    const { status, refused } = await send(`${await where()}/ballots/${record.ballot}/redeem/`, body, record.size);
    if (status === 204) {
      const settled = isKept ? stillKept(record) : spent(record, token);
      await settled.catch(() => null); // They have arrived, whatever this browser can note of it.
      return "";
    }
    if (!refused) return word(status ? "failed" : "unreached");
    return `${refused} ${TOLD[status] ? word(TOLD[status]) : ""}`.trim();
  } catch (error) {
    if (error instanceof BlindError) return word("unsigned");
    return word("unreached");
  }
}

/* What was answered so far stays in this browser, sealed with the key that goes when it was sent; where nothing more can be
   kept, it stays on the screen alone. */
export async function note(record, answers) {
  const noted = async () => keep(Object.assign(record, { draft: await conceal(record, answers) }));
  await noted().catch(() => null);
}

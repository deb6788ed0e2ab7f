/* Looks for a token that was kept among those that counted, in the list that everybody is given: it is fetched whole and
   without a cookie, and looked through here, so that what goes out names the question and nothing of the token. What is
   found has to be signed by the key that is published for the group, not by one that this browser alone was given. */
import { holds, readKey } from "../blind.js";
import { b64, joined, unb64 } from "./bytes.js";
import { PublishedError, keyOf, published, readLog } from "./checkpoint.js";
import { when, word } from "./faces.js";
import { finished, messageOf } from "./purse.js";
import { read, where } from "./sending.js";

const REFUSED = { 404: "look-gone", 409: "look-early" };

/* What came of it, in a sentence; a list that broke off on its way is none, and says nothing of any token. */
export async function lookUp(record) {
  const { ballot, group, page } = record;
  try {
    const origin = await where();
    const keys = await published(origin, ballot, await readLog(origin));
    const key = await readKey(keyOf(keys, { group, invited: page.invited }));
    const { used } = JSON.parse(await read(`${origin}/ballots/${ballot}/audit.json`));
    const [{ prefix }] = await finished(record), name = b64(prefix);
    const [found, again] = used.filter((one) => one.prefix === name);
    if (!found) return word("look-missing");
    const isOurs = !again && found.group === group && (await holds(key, joined(prefix, messageOf(record)), unb64(found.signature)));
    return word(isOurs ? "look-found" : "look-wrong", { n: used.length });
  } catch (error) {
    const name = error instanceof PublishedError ? `trouble-${error.reason}` : REFUSED[error.message];
    return word(name ?? "unread", { when: when(page.closes) });
  }
}

/* Why there is no token here for a ballot, as the name of a screen, and what goes into it. */
import { when, word } from "./faces.js";
import { hasLock } from "./locking.js";
import { recall } from "./store.js";

export async function missing(account, ballot, record) {
  if (!account) return ["nobody"];
  const listing = (await recall(`listing:${account}`)) ?? [];
  const trouble = ((await recall(`trouble:${account}`)) ?? {})[ballot];
  const page = listing.find((one) => one.ballot === ballot);
  const wait = Date.parse(page?.wait_until ?? "") || 0;
  if (trouble) return ["trouble", { sentence: word(`trouble-${trouble}`) }];
  if (!page) return ["unknown"];
  if (wait > Date.now()) return ["waits", { when: word("comes", { when: when(wait) }) }];
  if (record || page.issued < page.nth) return [(await recall(`shared:${account}`)) && !(await hasLock(account)) ? "shared" : "soon"];
  return ["elsewhere"];
}

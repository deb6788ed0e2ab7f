/* Forgets what this browser keeps: the key goes first, so that nothing which is left in its files can be read. */
import { shred } from "./apart.js";
import { drop, recordOf, recordsOf, remove } from "./store.js";

export async function forget(account, ballot) {
  const { under } = (await recordOf(account, ballot)) ?? {};
  if (under) await shred(under);
  return remove(account, ballot);
}

/* Everything of one account goes, and its lock; what was seen of the log stays, as it is nobody's. */
export async function forgetAll(account) {
  for (const { ballot } of await recordsOf(account)) await forget(account, ballot);
  for (const name of ["lock", "listing", "due", "trouble", "shared"]) await drop(`${name}:${account}`);
}

/* What this browser keeps for speaking without a name, in a database of its own: tokens, and what was seen of the log.

   Tokens belong to an account: `whose()` is the account that was here last, and nobody signed out of; no other's tokens
   are offered. What was brought in from paper or another device is nobody's in particular, and can be used by whoever is
   here. A record: { account, ballot, group, key, size, page, blinded, signed, under, secret, draft, isKept, isUsed }:
   tokens.js makes it, purse.js uses it. `page` is what there is to read and answer, with the questions; `secret` and `draft`
   are sealed with the key that lies apart as `under`. */
const NAME = "heard-tokens";
export const BROUGHT = "brought";
let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("tokens", { keyPath: ["account", "ballot"] });
      opening.result.createObjectStore("kept");
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  return opened;
}

/* One transaction on one of both stores; resolves once it is written, to what `ask` asked for. */
async function use(name, mode, ask) {
  const transaction = (await database()).transaction(name, mode, { durability: "strict" });
  const asked = ask(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export const recall = (name) => use("kept", "readonly", (kept) => kept.get(name));
export const remember = (name, value) => use("kept", "readwrite", (kept) => kept.put(value, name));
export const drop = (name) => use("kept", "readwrite", (kept) => kept.delete(name));

export const whose = () => recall("whose");
export const isOf = (account) => remember("whose", account);

export const keep = (record) => use("tokens", "readwrite", (tokens) => tokens.put(record));
export const remove = (account, ballot) => use("tokens", "readwrite", (tokens) => tokens.delete([account, ballot]));
export const recordOf = (account, ballot) => use("tokens", "readonly", (tokens) => tokens.get([account, ballot]));

export async function recordsOf(account) {
  const records = await use("tokens", "readonly", (tokens) => tokens.getAll());
  return records.filter((record) => record.account === account);
}

/* The record of a ballot that whoever is here may use. */
export async function recordFor(ballot) {
  const account = await whose();
  return (account && (await recordOf(account, ballot))) || recordOf(BROUGHT, ballot);
}

/* All of them, what closes first before the others. */
export async function usable() {
  const account = await whose();
  const records = [...(account ? await recordsOf(account) : []), ...(await recordsOf(BROUGHT))];
  return records.sort((one, other) => Date.parse(one.page.closes) - Date.parse(other.page.closes));
}

/* How secrets lie in this browser: each record's under a key of its own, which is thrown away with it (apart.js), and on a
   computer that is shared for a key under a PIN, within that.

   So tokens can come while it is locked, and are read only by whoever knows the PIN. A concealed value is { isBoxed, bytes },
   of one of a few lengths. The private key is under AES-GCM, with a key that PBKDF2 makes of the PIN in 600,000 rounds; a
   forgotten PIN is a lost token. */
import { newKeys, publicBytes, seal, unseal } from "../sealing.js";
import { newKey, openedWith, sealedWith, shred } from "./apart.js";
import { random, utf8 } from "./bytes.js";
import { keep, recall, recordsOf, remember } from "./store.js";

const ROUNDS = 600000, STEP = 8192;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
export const SHORTEST = 6;
const unlocked = new Map();

export const isLocked = async (account) => Boolean(await recall(`lock:${account}`)) && !unlocked.has(account);
export const hasLock = async (account) => Boolean(await recall(`lock:${account}`));

const bound = ({ account, ballot }) => ({ purpose: utf8("heard tokens"), aad: utf8(`${account} ${ballot}`) });

/* `value` as it may lie in the store, in the record whose it is. */
export async function conceal(record, value) {
  const lock = await recall(`lock:${record.account}`), said = JSON.stringify(value);
  const text = utf8(said.padEnd(said.length + STEP - (utf8(said).length % STEP)));
  return { isBoxed: Boolean(lock), bytes: await sealedWith(record.under, lock ? await seal(lock.address, text, bound(record)) : text) };
}

/* The value again; throws where it is locked, or its key was thrown away. */
export async function reveal(record, concealed) {
  if (!concealed) return undefined;
  const bytes = await openedWith(record.under, concealed.bytes);
  const text = concealed.isBoxed ? await unseal(unlocked.get(record.account), bytes, bound(record)) : bytes;
  return JSON.parse(new TextDecoder().decode(text));
}

/* Keeps a record with its secrets under a new key, and throws the old one away: whatever of it lies in the files of this
   browser since before can be read no more. */
export async function keepAnew(record, secret, draft = null) {
  const fresh = { ...record, under: await newKey() };
  fresh.secret = await conceal(fresh, secret);
  fresh.draft = draft && (await conceal(fresh, draft));
  await keep(fresh);
  if (record.under) await shred(record.under);
  return fresh;
}

/* From now on this account's secrets lie under the PIN here, those that are here already too. */
export async function lock(account, pin) {
  const open = [];
  for (const record of await recordsOf(account)) {
    open.push([record, await reveal(record, record.secret), await reveal(record, record.draft)]);
  }
  const keys = await newKeys();
  const [salt, iv] = [random(16), random(12)];
  const bare = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(pin, salt), bare));
  await remember(`lock:${account}`, { salt, iv, wrapped, address: await publicBytes(keys.publicKey) });
  unlocked.set(account, keys);
  for (const [record, secret, draft] of open) await keepAnew(record, secret, draft);
}

/* Whether this is the PIN; if so, it stays open until the page is left. */
export async function unlock(account, pin) {
  const { salt, iv, wrapped, address } = await recall(`lock:${account}`);
  try {
    const bare = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await keyOf(pin, salt), wrapped);
    const privateKey = await crypto.subtle.importKey("pkcs8", bare, CURVE, false, ["deriveBits"]);
    unlocked.set(account, { privateKey, publicKey: await crypto.subtle.importKey("raw", address, CURVE, true, []) });
    return true;
  } catch {
    return false;
  }
}

async function keyOf(pin, salt) {
  const raw = await crypto.subtle.importKey("raw", utf8(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(way, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/* A PIN for a computer that is shared: what is secret is sealed for a key, and the key lies under the PIN.

   So tokens can come while it is locked, and are read only by whoever knows the PIN. Without a PIN, secrets lie open in
   this browser. A concealed value is { open } or { box }. The private key is under AES-GCM, with a key that PBKDF2 makes
   of the PIN in 600,000 rounds; a forgotten PIN is a lost token. */
import { newKeys, publicBytes, seal, unseal } from "../sealing.js";
import { random, utf8 } from "./bytes.js";
import { keep, recall, recordsOf, remember } from "./store.js";

const ROUNDS = 600000;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
export const SHORTEST = 6;
const unlocked = new Map();

export const isLocked = async (account) => Boolean(await recall(`lock:${account}`)) && !unlocked.has(account);
export const hasLock = async (account) => Boolean(await recall(`lock:${account}`));

/* `value` as it may lie in the store. */
export async function conceal(account, ballot, value) {
  const lock = await recall(`lock:${account}`);
  if (!lock) return { open: value };
  return { box: await seal(lock.address, utf8(JSON.stringify(value)), { purpose: utf8("heard tokens"), aad: utf8(`${account} ${ballot}`) }) };
}

/* The value again; throws where it is locked. */
export async function reveal(account, ballot, concealed) {
  if (!concealed?.box) return concealed?.open;
  const text = await unseal(unlocked.get(account), concealed.box, { purpose: utf8("heard tokens"), aad: utf8(`${account} ${ballot}`) });
  return JSON.parse(new TextDecoder().decode(text));
}

/* From now on this account's secrets lie under the PIN here, those that are here already too. */
export async function lock(account, pin) {
  const open = [];
  for (const record of await recordsOf(account)) {
    const { ballot, secret, draft } = record;
    open.push([record, await reveal(account, ballot, secret), await reveal(account, ballot, draft)]);
  }
  const keys = await newKeys();
  const [salt, iv] = [random(16), random(12)];
  const bare = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(pin, salt), bare));
  await remember(`lock:${account}`, { salt, iv, wrapped, address: await publicBytes(keys.publicKey) });
  unlocked.set(account, keys);
  for (const [record, secret, draft] of open) {
    const { ballot } = record;
    await keep({ ...record, secret: await conceal(account, ballot, secret), draft: draft && (await conceal(account, ballot, draft)) });
  }
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

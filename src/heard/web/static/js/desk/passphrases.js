/* A listener's private key under a passphrase: PBKDF2-SHA256 with a salt of its own, then AES-GCM. */
import { newKeys, publicBytes } from "../sealing.js";
import { b64, random, unb64, utf8 } from "../confidence/bytes.js";
import { Unsent } from "../confidence/composing.js";
import { aes, unwrapped, wrapped } from "../confidence/receipts.js";

const ROUNDS = 600000;
export const SHORTEST = 12;

/* { public, wrapped } of a new pair, as the server keeps them. */
export async function newKey(passphrase) {
  const keys = await newKeys();
  return { public: b64(await publicBytes(keys.publicKey)), wrapped: await under(passphrase, keys.privateKey) };
}

/* Both keys again; throws Unsent where this is not the passphrase. */
export async function opened({ public: address, wrapped: { rounds, salt, iv, box } }, passphrase, { leaves = false } = {}) {
  const key = await stretched(passphrase, unb64(salt), rounds);
  return unwrapped(key, Uint8Array.from([...unb64(iv), ...unb64(box)]), unb64(address), leaves).catch(() => {
    throw new Unsent("passphrase");
  });
}

export async function under(passphrase, privateKey) {
  const salt = random(32), bytes = await wrapped(await stretched(passphrase, salt, ROUNDS), privateKey);
  return { rounds: ROUNDS, salt: b64(salt), iv: b64(bytes.slice(0, 12)), box: b64(bytes.slice(12)) };
}

async function stretched(passphrase, salt, iterations) {
  const raw = await crypto.subtle.importKey("raw", utf8(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveBits"]);
  return aes(new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, raw, 256)));
}

/* A receipt: 20 digits that are drawn here, known nowhere else, and lead back to a conversation from any device.

   PBKDF2-SHA256 stretches them, with the salt that this Heard publishes, into 64 bytes: one half finds the conversation
   (the server keeps a hash of it), the other is the AES key under which the writer's private key lies in it. */
import { b64, joined, random, unb64, unhex, utf8 } from "./bytes.js";

export const DIGITS = 20;
const FEWEST_ROUNDS = 600000;
const CURVE = { name: "ECDH", namedCurve: "P-256" };

/* Each digit as likely as any other: bytes of 250 and more are drawn again. */
export function drawn() {
  let digits = "";
  while (digits.length < DIGITS) digits += [...random(32)].filter((byte) => byte < 250).map((byte) => byte % 10).join("");
  return digits.slice(0, DIGITS);
}

export const spaced = (digits) => digits.match(/.{1,4}/g).join(" ");

/* The digits in what was typed, whatever stands between them; nothing where there are not twenty. */
export function digitsIn(typed) {
  const digits = typed.normalize("NFKC").replace(/\D/g, "");
  return digits.length === DIGITS ? digits : "";
}

/* { lookup, key }. A server that asks for fewer rounds is not obeyed. */
export async function stretched(digits, { salt, rounds }) {
  if (!(rounds >= FEWEST_ROUNDS) || unhex(salt).length < 16) throw new Error("receipt: too few rounds");
  const raw = await crypto.subtle.importKey("raw", utf8(digits), "PBKDF2", false, ["deriveBits"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt: unhex(salt), iterations: rounds };
  const bytes = new Uint8Array(await crypto.subtle.deriveBits(way, raw, 512));
  return { lookup: bytes.slice(0, 32), key: await aes(bytes.slice(32)) };
}

export const aes = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

/* A private key under an AES key: twelve bytes of chance, then the sealed number; 60 bytes. */
export async function wrapped(key, privateKey) {
  const iv = random(12), { d } = await crypto.subtle.exportKey("jwk", privateKey);
  return joined(iv, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, unb64(d))));
}

/* Both keys again; the private one cannot leave this browser unless it is to be wrapped anew. Throws where `key` is
   another's. */
export async function unwrapped(key, bytes, address, leaves = false) {
  const d = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(0, 12) }, key, bytes.slice(12)));
  const publicKey = await crypto.subtle.importKey("raw", address, CURVE, true, []);
  const jwk = { ...(await crypto.subtle.exportKey("jwk", publicKey)), d: b64(d), key_ops: ["deriveBits"] };
  return { publicKey, privateKey: await crypto.subtle.importKey("jwk", jwk, CURVE, leaves, ["deriveBits"]) };
}

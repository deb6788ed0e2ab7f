/* One message of a conversation: words and pictures under a key of their own, and that key sealed for each reader.

   `content` is { text, pictures: [{ type, data }], … }, as JSON with spaces up to one of a few lengths. What is sealed
   is bound to its conversation, to its own code and to the side it comes from, so that none can stand for another. */
import { seal, unseal } from "../sealing.js";
import { b64, hex, joined, random, unb64, utf8 } from "./bytes.js";
import { checked } from "./contents.js";
import { aes } from "./receipts.js";

const STEPS = [4096, 16384, 65536, 262144, 1048576];
const PURPOSE = utf8("heard voice 1");
const bound = (thread, code, by) => utf8(`heard voice 1 ${thread} ${code} ${by}`);

/* A message as it travels; `readers` is { code: address } and `by` "writer", "listener" or "note". Throws RangeError
   where it is too long. */
export async function written(thread, by, content, readers) {
  const code = hex(random(16)), raw = random(32), iv = random(12), aad = bound(thread, code, by);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, await aes(raw), filled(content));
  const boxes = {};
  for (const [reader, address] of Object.entries(readers)) boxes[reader] = b64(await seal(address, raw, { purpose: PURPOSE, aad }));
  return { code, sealed: b64(joined(iv, new Uint8Array(sealed))), boxes };
}

/* The content again, by the keys of the reader whose box it is; null where it was not written for them, or is not what a
   page of Heard writes. Throws for what was changed on its way, or is no JSON. */
export async function legible(thread, { code, by, sealed, box }, keys) {
  if (!box) return null;
  const aad = bound(thread, code, by), bytes = unb64(sealed);
  const key = await aes(await unseal(keys, unb64(box), { purpose: PURPOSE, aad }));
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(0, 12), additionalData: aad }, key, bytes.slice(12));
  return checked(JSON.parse(new TextDecoder().decode(text)));
}

function filled(content) {
  const text = utf8(JSON.stringify(content));
  const step = STEPS.find((length) => length >= text.length);
  if (!step) throw new RangeError("too long");
  const whole = new Uint8Array(step).fill(32);
  whole.set(text);
  return whole;
}

/* What lies in a file of its own, and goes with it: keys that are to be thrown away, and which question is being answered.

   A browser's database goes on holding what was deleted or written over, in files that no page can clear. So what is secret
   lies there sealed (locking.js), and its key here, as an entry of a cache: the browser deletes its file. In a private window
   that has no caches it lies in the database, which is in memory there, or sealed by the browser. */
import { b64, joined, random, unb64 } from "./bytes.js";
import { drop, recall, remember } from "./store.js";

const CACHE = "heard-apart-1";
const at = (name) => `/speak/apart/${name}`;
const place = () => Promise.resolve(globalThis.caches?.open(CACHE)).catch(() => null);

export async function lay(name, text) {
  const cache = await place();
  return cache ? cache.put(at(name), new Response(text)) : remember(at(name), text);
}

/* The text that was laid there; nothing where it is gone. */
export async function lying(name) {
  const cache = await place();
  return cache ? (await cache.match(at(name)))?.text() : recall(at(name));
}

export async function shred(name) {
  const cache = await place();
  return cache ? cache.delete(at(name)) : drop(at(name));
}

/* A new key, by the name under which it lies. */
export async function newKey() {
  const name = b64(random(16));
  await lay(name, b64(random(32)));
  return name;
}

export const hasKey = async (name) => Boolean(name && (await lying(name)));

const aes = async (name) => crypto.subtle.importKey("raw", unb64(await lying(name)), "AES-GCM", false, ["encrypt", "decrypt"]);

export async function sealedWith(name, bytes) {
  const iv = random(12);
  return joined(iv, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await aes(name), bytes)));
}

/* Throws where the key was thrown away. */
export async function openedWith(name, bytes) {
  const iv = bytes.slice(0, 12);
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await aes(name), bytes.slice(12)));
}

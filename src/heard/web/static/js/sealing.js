/* Sealed boxes (RFC 9180, HPKE in base mode: P-256, HKDF-SHA256, AES-256-GCM): written for one reader's public key.

     const keys = await newKeys();                          { privateKey, publicKey }, as WebCrypto has them
     const address = await publicBytes(keys.publicKey);     65 bytes, which everybody may know
     const box = await seal(address, text, { purpose, aad });
     const again = await unseal(keys, box, { purpose, aad });

   Each box is made with a pair of keys of its own, which is thrown away: not even the writer can open it again. Both
   sides must say the same `purpose` (what RFC 9180 calls info) and the same `aad`; neither is in the box. Everything is
   bytes (Uint8Array). The same in Python: heard/plumbing/sealing.py. */
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const POINT = 65;
const NOTHING = new Uint8Array();
const KEM = "KEM\0\x10";
const SUITE = "HPKE\0\x10\0\x01\0\x02";

/* `reason` is "key", "box", or "browser" where the page came by plain HTTP and so has no WebCrypto. */
export class SealError extends Error {
  constructor(reason) {
    super(`sealed box: this ${reason} cannot be used`);
    this.reason = reason;
  }
}

export async function newKeys(extractable = true) {
  if (!crypto.subtle) throw new SealError("browser");
  return crypto.subtle.generateKey(CURVE, extractable, ["deriveBits"]);
}

export const publicBytes = async (key) => new Uint8Array(await crypto.subtle.exportKey("raw", key));

export async function seal(address, text, { purpose = NOTHING, aad = NOTHING } = {}) {
  const once = await newKeys();
  const point = await publicBytes(once.publicKey);
  const { key, nonce } = await agreed(once.privateKey, address, point, address, purpose);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, key, text);
  return joined(point, new Uint8Array(sealed));
}

/* Throws SealError for a box that was written for another, with another purpose or aad, or changed on its way. */
export async function unseal({ privateKey, publicKey }, box, { purpose = NOTHING, aad = NOTHING } = {}) {
  if (!crypto.subtle) throw new SealError("browser");
  const [point, sealed] = [box.slice(0, POINT), box.slice(POINT)];
  try {
    const { key, nonce } = await agreed(privateKey, point, point, await publicBytes(publicKey), purpose);
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, key, sealed));
  } catch {
    throw new SealError("box");
  }
}

/* What both sides come to: DHKEM (RFC 9180, 4.1), then the key schedule (5.1). */
async function agreed(ours, theirs, point, address, purpose) {
  const other = await readPoint(theirs);
  const secret = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: other }, ours, 256));
  const mixed = await extract(KEM, NOTHING, "eae_prk", secret);
  const shared = await expand(KEM, mixed, "shared_secret", joined(point, address), 32);
  const names = [await extract(SUITE, NOTHING, "psk_id_hash", NOTHING), await extract(SUITE, NOTHING, "info_hash", purpose)];
  const context = joined([0], ...names);
  const schedule = await extract(SUITE, shared, "secret", NOTHING);
  const raw = await expand(SUITE, schedule, "key", context, 32);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { key, nonce: await expand(SUITE, schedule, "base_nonce", context, 12) };
}

async function readPoint(bytes) {
  if (bytes.length !== POINT) throw new SealError("key");
  return crypto.subtle.importKey("raw", bytes, CURVE, true, []).catch(() => {
    throw new SealError("key");
  });
}

/* LabeledExtract and LabeledExpand (RFC 9180, 4): HKDF, of which one round is enough for 32 bytes. */
const extract = (suite, salt, label, secret) => hmac(salt, joined(text("HPKE-v1" + suite + label), secret));

const expand = async (suite, key, label, context, length) =>
  (await hmac(key, joined([0, length], text("HPKE-v1" + suite + label), context, [1]))).slice(0, length);

async function hmac(secret, message) {
  const raw = secret.length ? secret : new Uint8Array(32);
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, message));
}

const text = (words) => new TextEncoder().encode(words);

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/* Blind signatures (RFC 9474, RSABSSA-SHA384-PSS-Randomized): a token that the server signs without seeing it.

     const key = await readKey(jwk);                        the public key, the same for everybody in the group
     const token = prepare(message);                        32 random bytes, and the message
     const { blinded, inverse } = await blind(key, token);
     …                                                      `blinded` goes to the server, and nothing else
     const signature = await finalize(key, token, answer, inverse);

   Why nobody can tell whose token it is: `blinded` is the token's number times r to the power of e, and r is drawn here,
   at random, and never leaves. For every token there is one r that gives just this `blinded`, so `blinded` fits every
   token equally well. The server raises it to its secret power d; as (r^e)^d = r, dividing by r leaves the signature of
   the token itself. All is bytes (Uint8Array), but for `inverse`, the number 1/r.
   The same in Python, for the other side: heard/plumbing/blind. */
const SALT = 48;
const HASH = 48;
const EXPONENT = 65537n;

/* `reason` is "key", "token", "signature", or "browser" where the page came by plain HTTP and so has no WebCrypto. */
export class BlindError extends Error {
  constructor(reason) {
    super(`blind signature: this ${reason} cannot be used`);
    this.reason = reason;
  }
}

export async function readKey({ n, e }) {
  if (!crypto.subtle) throw new BlindError("browser");
  try {
    const jwk = { kty: "RSA", alg: "PS384", n, e };
    const verifier = await crypto.subtle.importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
    const modulus = numberOf(Uint8Array.from(atob(n.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt()));
    const bits = modulus.toString(2).length;
    if (e === "AQAB" && modulus % 2n && [2048, 3072, 4096].includes(bits)) return { verifier, n: modulus, size: bits / 8 };
  } catch {
    /* Said below. */
  }
  throw new BlindError("key");
}

export const prepare = (message) => joined(random(32), message);

export async function blind(key, token, saltLength = SALT) {
  const m = numberOf(await encoded(token, random(saltLength), key.size));
  inverseOf(m, key.n); // Throws where there is none.
  const r = below(key.n, key.size);
  const hidden = (m * power(r, EXPONENT, key.n)) % key.n;
  return { blinded: bytesOf(hidden, key.size), inverse: inverseOf(r, key.n) };
}

/* Checks the signature before it is returned: a server that answers wrongly to single people out is found out here. */
export async function finalize(key, token, answer, inverse, saltLength = SALT) {
  if (answer.length === key.size) {
    const signature = bytesOf((numberOf(answer) * inverse) % key.n, key.size);
    if (await holds(key, token, signature, saltLength)) return signature;
  }
  throw new BlindError("signature");
}

export const holds = (key, token, signature, saltLength = SALT) =>
  crypto.subtle.verify({ name: "RSA-PSS", saltLength }, key.verifier, signature, token);

/* EMSA-PSS-ENCODE (RFC 8017, 9.1.1): the token's hash, spread over as many bits as the key has, less one. */
async function encoded(token, salt, size) {
  const hash = await sha384(new Uint8Array(8), await sha384(token), salt);
  const length = size - HASH - 1;
  const block = joined(new Uint8Array(length - salt.length - 1), [1], salt);
  for (let count = 0; count * HASH < length; count++) {
    const mask = await sha384(hash, [0, 0, 0, count]);
    mask.slice(0, length - count * HASH).forEach((byte, at) => (block[count * HASH + at] ^= byte));
  }
  block[0] &= 127;
  return joined(block, hash, [188]);
}

const sha384 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-384", joined(...parts)));

const random = (length) => crypto.getRandomValues(new Uint8Array(length));

/* Every number from 1 to n - 1 is equally likely: one that is too large is drawn again, never made smaller. */
function below(n, size) {
  for (;;) {
    const number = numberOf(random(size));
    if (number > 0n && number < n) return number;
  }
}

function power(base, exponent, n) {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % n;
    if (bit === "1") result = (result * base) % n;
  }
  return result;
}

/* Euclid's algorithm: x times the result is 1, modulo n. A number without an inverse never comes up by chance. */
function inverseOf(x, n) {
  let [a, b, u, v] = [x % n, n, 1n, 0n];
  while (a) [a, b, u, v] = [b % a, a, v - (b / a) * u, u];
  if (b !== 1n) throw new BlindError("token");
  return ((v % n) + n) % n;
}

function joined(...parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const numberOf = (bytes) => BigInt("0x" + [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""));

const bytesOf = (number, size) =>
  Uint8Array.from(number.toString(16).padStart(size * 2, "0").match(/../g), (pair) => parseInt(pair, 16));

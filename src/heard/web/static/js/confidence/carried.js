/* A token on its way to another device, as a line of text: all that is needed there, and nothing of whose it is.

   `heard1.` and the bytes of prefix, signature, ballot and group, and of what opens the words of the questions. What it says
   of the ballot is checked anew where it arrives, against what is published to everybody; there the words are read too. */
import { holds, readKey } from "../blind.js";
import { b64, hex, joined, unb64, unhex } from "./bytes.js";
import { hoursOf, keyOf, published, readLog } from "./checkpoint.js";
import { messageOf } from "./purse.js";
import { where } from "./sending.js";
import { BROUGHT } from "./store.js";
import { numbered, worded } from "./wording.js";

const MARK = "heard1";

/* What was scanned, pasted or typed is no token, or none that was signed here. */
export class TokenError extends Error {}

const SIZES = [32, 256, 16, 16], OPENER = 16;

export const pack = ({ ballot, group, page }, { prefix, signature }) =>
  `${MARK}.${b64(joined(prefix, signature, unhex(ballot), unhex(group), unb64(page.words_key ?? "")))}`;

/* The record of a token that was scanned, pasted or typed, and what is secret of it. Throws TokenError where it is none, and
   what checkpoint.js throws, or a failure of the network, where what it belongs to cannot be found out. */
export async function unpack(text) {
  const { prefix, signature, ballot, group, opener } = parts(text);
  const origin = await where();
  const keys = await published(origin, ballot, await readLog(origin));
  const { invited } = keys.groups.find((one) => one.group === group) ?? {};
  const key = keyOf(keys, { group, invited });
  const token = joined(prefix, messageOf({ ballot, group }));
  if (!(await holds(await readKey(key), token, signature))) throw new TokenError("signature");
  const said = (opener.length && (await worded(keys, opener))) || numbered(keys, opener.length ? "words-unread" : "words-unopened");
  const page = { ballot, group, invited, group_name: "", words_key: b64(opener), ...said, ...hoursOf(keys) };
  const record = { account: BROUGHT, ballot, group, key, size: keys.size, page, blinded: [], signed: [null] };
  return [record, [{ prefix: hex(prefix), signature: b64(signature) }]];
}

function parts(text) {
  const [mark, packed = ""] = text.replace(/\s/g, "").replace(/^.*#token=/, "").split(".");
  try {
    let at = 0;
    const bytes = unb64(packed), cut = SIZES.map((size) => bytes.slice(at, (at += size)));
    if (mark !== MARK || ![at, at + OPENER].includes(bytes.length)) throw new TokenError("length");
    return { prefix: cut[0], signature: cut[1], ballot: hex(cut[2]), group: hex(cut[3]), opener: bytes.slice(at) };
  } catch {
    throw new TokenError("unreadable");
  }
}

/* A token on its way to another device, as a line of text: all that is needed there, and nothing of whose it is.

   `heard1.` and the bytes of prefix, signature, ballot and group; then, where there is room, the words of the questions,
   packed. What it says of the ballot, and how it words it, is checked anew where it arrives, against what is published to
   everybody. */
import { holds, readKey } from "../blind.js";
import { b64, hex, joined, unb64, unhex, utf8 } from "./bytes.js";
import { asked, hoursOf, keyOf, published, readLog } from "./checkpoint.js";
import { word } from "./faces.js";
import { messageOf } from "./purse.js";
import { where } from "./sending.js";
import { BROUGHT } from "./store.js";

const MARK = "heard1";

/* What was scanned, pasted or typed is no token, or none that was signed here. */
export class TokenError extends Error {}

const SIZES = [32, 256, 16, 16];

export async function pack({ ballot, group, page }, { prefix, signature }) {
  const bare = [MARK, b64(joined(prefix, signature, unhex(ballot), unhex(group)))].join(".");
  if (page.isNameless) return bare;
  const worded = [page.title, page.group_name, page.intro, page.questions.map(({ text, options, is_reversed }) => [Number(is_reversed), text, ...options])];
  const words = await through(new CompressionStream("deflate-raw"), utf8(JSON.stringify(worded)));
  return `${bare}.${b64(words)}`;
}

/* Without the words of the questions, which makes it shorter. */
export const shortened = (text) => text.split(".").slice(0, 2).join(".");

/* The record of a token that was scanned, pasted or typed, and what is secret of it. Throws TokenError where it is none, and
   what checkpoint.js throws, or a failure of the network, where what it belongs to cannot be found out. */
export async function unpack(text) {
  const { prefix, signature, ballot, group, worded } = await parts(text);
  const origin = await where();
  const keys = await published(origin, ballot, await readLog(origin));
  const { invited } = keys.groups.find((one) => one.group === group) ?? {};
  const key = keyOf(keys, { group, invited });
  const token = joined(prefix, messageOf({ ballot, group }));
  if (!(await holds(await readKey(key), token, signature))) throw new TokenError("signature");
  const said = worded ? await readWords(keys, worded) : nameless(keys);
  const page = { ballot, group, invited, ...said, ...hoursOf(keys) };
  const record = { account: BROUGHT, ballot, group, key, size: keys.size, page, blinded: [], signed: [null] };
  return [record, [{ prefix: hex(prefix), signature: b64(signature) }]];
}

/* The words that came with it, held against what everybody is asked. */
async function readWords(keys, [title, group_name, intro, listed = []]) {
  const questions = listed.map(([is_reversed, text, ...options], nth) => ({ code: keys.questions[nth]?.code, text, options, is_reversed }));
  return { title, group_name, intro, questions: await asked(keys, { title, intro, questions }) };
}

/* Without words: the questions by their numbers, as they stand on paper. */
function nameless(keys) {
  const questions = keys.questions.map(({ code, kind, longest, options }, nth) => {
    const named = Array.from({ length: options }, (_, at) => word("option", { n: at + 1 }));
    return { code, kind, longest, text: word("question", { n: nth + 1 }), options: named };
  });
  return { title: word("brought-title"), group_name: "", intro: "", questions, isNameless: true };
}

async function parts(text) {
  const [mark, packed = "", words] = text.replace(/\s/g, "").replace(/^.*#token=/, "").split(".");
  try {
    let at = 0;
    const bytes = unb64(packed), cut = SIZES.map((size) => bytes.slice(at, (at += size)));
    if (mark !== MARK || bytes.length !== at) throw new TokenError("length");
    const worded = words ? JSON.parse(new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), unb64(words)))) : null;
    return { prefix: cut[0], signature: cut[1], ballot: hex(cut[2]), group: hex(cut[3]), worded };
  } catch {
    throw new TokenError("unreadable");
  }
}

const through = async (stream, bytes) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

/* The keys of a ballot, as everybody is given them: the whole list, held against the log that nothing is taken out of.

   A key of one's own would mark whoever uses it. So the list is fetched whole and without a cookie, its hash must stand
   in the log, the log must be a chain, and what this browser saw of it before must still be its beginning. Two people
   who compare `size` and `hash` know that they were given the same. */
import { hex, sha256, unhex, utf8 } from "./bytes.js";
import { read } from "./sending.js";
import { recall, remember } from "./store.js";

export const FLOOR = 5;

/* `reason` is "chain" (the log does not hang together), "rewritten" (it is not the one seen before), "keys" (the list is
   not the one in the log), "words" (the questions are not worded as everybody's), "count" (others are given another number
   of tokens) or "group" (the group is not in it, or too small to hide in). */
export class PublishedError extends Error {
  constructor(reason) {
    super(`published keys: ${reason}`);
    this.reason = reason;
  }
}

/* The whole log, checked: [{ kind, ref, digest, hash }], after which what was seen is remembered. */
export async function readLog(origin) {
  const entries = JSON.parse(await read(`${origin}/ballots/log.json`));
  const seen = (await recall("checkpoint")) ?? { size: 0, hash: "" };
  let hash = new Uint8Array(32);
  const log = [];
  for (const entry of entries) {
    hash = await sha256(hash, utf8(entry.body));
    if (hex(hash) !== entry.hash) throw new PublishedError("chain");
    log.push({ ...JSON.parse(entry.body), hash: entry.hash });
  }
  if (seen.size && log[seen.size - 1]?.hash !== seen.hash) throw new PublishedError("rewritten");
  await remember("checkpoint", { size: log.length, hash: log.at(-1)?.hash ?? "" });
  return log;
}

/* What was published for a ballot: { size, questions, groups: [{ group, invited, n, e }], … }. */
export async function published(origin, ballot, log) {
  const text = await read(`${origin}/ballots/${ballot}/keys.json`);
  const digest = hex(await sha256(utf8(text)));
  const named = log.filter(({ kind, ref }) => kind === "keys" && ref === ballot);
  const keys = JSON.parse(text);
  if (named.length !== 1 || named[0].digest !== digest || keys.ballot !== ballot) throw new PublishedError("keys");
  return keys;
}

/* What it is, and from when to when, for everybody: what one person alone is told could lead them to answer at an hour of
   their own. */
export const hoursOf = ({ what, opens, closes }) => ({ what, opens, closes });

/* The key of a group; what the server says to this person alone must be what it tells everybody. */
export function keyOf(keys, { group, invited }) {
  const found = keys.groups.filter((one) => one.group === group);
  if (found.length !== 1 || found[0].invited !== invited || invited < FLOOR) throw new PublishedError("group");
  return { n: found[0].n, e: found[0].e };
}

/* The questions with their words, as everybody is asked them: words come to this person alone, so their digest must be
   the one that everybody is given with the keys. Else two people who chose the same could be made to send two things. */
export async function asked(keys, page) {
  const worded = page.questions ?? [], known = new Map(worded.map((one) => [one.code, one]));
  const said = worded.map(({ code, text, options = [], is_reversed }) => [code, text, options, Boolean(is_reversed)]);
  const digest = hex(await sha256(utf8(JSON.stringify([page.title, page.intro, said]))));
  if (keys.words !== digest || worded.length !== keys.questions.length) throw new PublishedError("words");
  return keys.questions.map(({ code, kind, longest, options }) => {
    const { text, options: words = [], is_reversed } = known.get(code) ?? {};
    if (text === undefined || words.length !== options) throw new PublishedError("words");
    return { code, kind, longest, text, options: words, is_reversed: Boolean(is_reversed) };
  });
}

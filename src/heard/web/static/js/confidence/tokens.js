/* Takes this person's tokens, whether or not they will ever use them: everybody's browser does, so it says nothing.

   For each ballot that `GET /tokens/` names: the published keys are checked (checkpoint.js), a token is drawn and blinded
   (blind.js), kept, and only then signed. What was blinded stays the same until the signature is here, so that a reply
   that is lost loses no vote: the server signs the same once more. Nothing of when is kept. */
import { BlindError, blind, prepare, readKey } from "../blind.js";
import { hasKey } from "./apart.js";
import { b64, hex } from "./bytes.js";
import { PublishedError, asked, hoursOf, keyOf, published, readLog } from "./checkpoint.js";
import { forget } from "./forgetting.js";
import { hasLock, isLocked, keepAnew } from "./locking.js";
import { finished, messageOf } from "./purse.js";
import { where } from "./sending.js";
import { isOf, keep, recall, recordOf, recordsOf, remember } from "./store.js";

const MINUTES = 60000;
const WEEK = 7 * 24 * 60 * MINUTES;
const between = (least, most) => least + Math.random() * (most - least);

/* Takes what there is to take for `me`, if it is time to look; when to look again, as a time. */
export async function takeAll(me) {
  const due = (await recall(`due:${me}`)) ?? 0;
  await isOf(me);
  // A time that lies further ahead was noted while this device's clock was wrong.
  if (Date.now() < due && due < Date.now() + 15 * MINUTES) return due;
  const answer = await fetch("/tokens/", { headers: { Accept: "application/json" } });
  const { account, ballots, shared, now } = answer.ok && !answer.redirected ? await answer.json() : {};
  if (account !== me) return Date.now() + between(5, 15) * MINUTES;
  await remember(`listing:${me}`, ballots);
  await remember(`shared:${me}`, Boolean(shared));
  await forgetEnded(me, ballots, Date.parse(now));
  const ahead = Date.now() - Date.parse(now);
  const isWilling = !shared || (await hasLock(me));
  let next = Date.now() + between(5, 15) * MINUTES;
  for (const ballot of isWilling ? ballots : []) {
    const wait = Date.parse(ballot.wait_until ?? "") || 0;
    if (wait > Date.parse(now)) next = Math.min(next, wait + ahead + between(0, 2000));
    else await take(me, ballot).then(() => note(me, ballot), (error) => note(me, ballot, error));
  }
  await remember(`listing:${me}`, ballots); // By now it says what was issued, so that nobody is told to wait for more.
  await remember(`due:${me}`, next);
  return next;
}

/* A token after its ballot has closed is good for nothing but as a receipt. What the server still names is not closed,
   whatever the clock of this device says; what it names no more before its time, by its own clock, was withdrawn; and what
   was begun to be written can be looked at for a week after closing. A record whose key is gone is good for nothing. */
async function forgetEnded(me, ballots, now) {
  const open = ballots.map(({ ballot }) => ballot);
  for (const { ballot, page, isKept, draft, under } of await recordsOf(me)) {
    const closes = Date.parse(page.closes), isRead = draft && closes <= now && now < closes + WEEK;
    const isLost = !(await hasKey(under)) && (await recordOf(me, ballot))?.under === under;
    if (isLost || (!isRead && !isKept && !open.includes(ballot))) await forget(me, ballot);
  }
}

/* Trouble that means something is shown on the page of what is kept; a network that is away is tried again. */
async function note(me, { ballot }, error) {
  const { [ballot]: was, ...others } = (await recall(`trouble:${me}`)) ?? {};
  const reason = error instanceof PublishedError || error instanceof BlindError ? error.reason : error && was;
  if (reason !== was) await remember(`trouble:${me}`, reason ? { ...others, [ballot]: reason } : others);
}

async function take(me, page) {
  const kept = await recordOf(me, page.ballot);
  if (kept?.signed || (!kept && page.issued >= page.nth)) return;
  const record = kept ?? (await draw(me, page));
  const answer = await fetch(`/tokens/${page.ballot}/`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ blinded: record.blinded }),
  });
  // Not ours, and there was one before: another browser of this person was here first.
  if (answer.status === 409 && page.issued >= page.nth) await forget(me, page.ballot);
  if (!answer.ok) return;
  page.issued = page.nth;
  record.signed = (await answer.json()).signatures;
  if (!(await isLocked(me))) await finished(record);
  await keep(record);
}

/* Tokens that nobody else knows of, for the key that everybody is given, as many and for the hours that everybody is. */
async function draw(me, page) {
  const { ballot, group, nth } = page;
  const origin = await where();
  const keys = await published(origin, ballot, await readLog(origin));
  const key = keyOf(keys, page);
  if (nth !== keys.per_member) throw new PublishedError("count");
  const rsa = await readKey(key);
  const made = [];
  while (made.length < nth) {
    const token = prepare(messageOf(page));
    made.push({ prefix: hex(token.slice(0, 32)), ...(await blind(rsa, token)) });
  }
  const secret = made.map(({ prefix, inverse }) => ({ prefix, inverse: inverse.toString(16) }));
  const said = { ...page, ...hoursOf(keys), questions: await asked(keys, page) }, blinded = made.map((one) => b64(one.blinded));
  return keepAnew({ account: me, ballot, group, key, size: keys.size, page: said, blinded, signed: null }, secret);
}

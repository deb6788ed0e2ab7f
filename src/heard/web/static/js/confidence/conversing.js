/* A conversation as its writer has it: found by the receipt, opened by the key that lies in it, answered. */
import { b64, unb64 } from "./bytes.js";
import { LOOKUP, Unsent, deliver, sizeFor } from "./composing.js";
import { everything, tellFates } from "./fates.js";
import { legible, written } from "./letters.js";
import { addresses, alike, hearing, listening, readers } from "./listeners.js";
import { stretched, unwrapped } from "./receipts.js";
import { where } from "./sending.js";

/* What is needed to ask: { origin, said, lookup, key }. */
export async function byReceipt(digits) {
  const origin = await where(), said = await listening(origin);
  const { lookup, key } = await stretched(digits, said);
  return { origin, said, lookup: b64(lookup), key };
}

/* Asks for the conversation as it is now, into `talk`: { thread, messages, offer, keys, heard }. The answer is as long as that
   to a receipt that opens nothing; what all may see of opened texts is asked for each time, whatever was offered here. */
export async function look(talk) {
  const thread = JSON.parse(await deliver(`${talk.origin}/voice/read/`, { lookup: talk.lookup }, LOOKUP));
  talk.said = await listening(talk.origin);
  talk.keys ??= await unwrapped(talk.key, unb64(thread.wrapped), unb64(thread.public));
  const messages = [];
  for (const one of thread.messages) messages.push({ ...one, content: await legible(thread.thread, one, talk.keys).catch(() => null) });
  await tellFates(messages, await everything(talk.origin), thread.offered);
  const offer = messages.findLast(({ fate }) => fate?.name === "offered")?.content.offer ?? null;
  return Object.assign(talk, { thread, messages, offer, heard: hearing(talk.said, thread) });
}

/* Who of those that hear it now did not hear what the writer said last; a key that is new is somebody new. Who did
   stands in what the writer sealed; a message that somebody else put there in their name would stand in the talk. */
export function newcomers({ heard, messages }) {
  const before = messages.findLast(({ by, content }) => by === "writer" && content)?.content.readers ?? {};
  return Object.fromEntries(Object.entries(heard).filter(([code]) => !(code in before)));
}

/* Says more, to those whom the page has named (`talk.heard`) and to nobody else. What was sent and not answered is sent
   again as it was, as long as nothing else is to be said. Where others listen meanwhile nothing is sealed for them: they
   are put into `talk`, and Unsent ("readers") is thrown, so that the writer sees who it is. */
export async function reply(talk, content) {
  const { origin, heard, lookup, thread } = talk, words = JSON.stringify(content);
  if (talk.going?.words !== words) {
    if (!Object.keys(heard).length) throw new Unsent("listeners");
    const sealedFor = { ...addresses(heard), writer: unb64(thread.public) };
    talk.going = { words, message: await written(thread.thread, "writer", { ...content, readers: readers(heard) }, sealedFor) };
  }
  const { message } = talk.going;
  try {
    await deliver(`${origin}/voice/reply/`, { lookup, message }, sizeFor(message));
    talk.going = null;
  } catch (error) {
    if (error.status) talk.going = null;
    if (error.status === 409 && (await haveChanged(talk))) throw new Unsent("readers", "", 409);
    throw error;
  }
}

async function haveChanged(talk) {
  talk.said = await listening(talk.origin).catch(() => talk.said);
  const heard = hearing(talk.said, talk.thread), isSame = alike(heard, talk.heard);
  talk.heard = heard;
  return !isSame;
}

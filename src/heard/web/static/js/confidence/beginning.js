/* The first message of a conversation, made here: its receipt, its keys, what is sealed, and the token it goes with. */
import { newKeys, publicBytes } from "../sealing.js";
import { b64, hex, random } from "./bytes.js";
import { BODY, Unsent, sizeFor } from "./composing.js";
import { written } from "./letters.js";
import { addresses, hearing, readers } from "./listeners.js";
import { finished, travelling } from "./purse.js";
import { drawn, stretched, wrapped } from "./receipts.js";
import { usable } from "./store.js";

/* Whoever has no token, where outsiders are heard: a group and a ballot without a code. */
export const STRANGER = { ballot: "", group: "" };

/* The record whose tokens are good for speaking now: of a month that is open, and of a group that is heard. */
export async function voiceRecord(said) {
  const now = Date.now();
  const isOpen = ({ page }) => page?.what === "voice" && Date.parse(page.opens) <= now && now < Date.parse(page.closes);
  return (await usable()).find((one) => one.signed?.length && !one.isUsed && isOpen(one) && Object.keys(hearing(said, one)).length);
}

/* { body, size, digits, token } of what `content` becomes; sent again as it is, it is said once. `from` is a record or
   STRANGER. Throws Unsent ("listeners") where fewer than two hear it. */
export async function sealedBeginning(said, from, kind, content) {
  const heard = hearing(said, from);
  if (!Object.keys(heard).length) throw new Unsent("listeners");
  const digits = drawn(), thread = hex(random(16)), keys = await newKeys(), address = await publicBytes(keys.publicKey);
  const { lookup, key } = await stretched(digits, said);
  // The writer's key stands in what is sealed too, so that listeners see it if the server shows them another one; and the
  // name of the group, which no address tells to whoever has the receipt alone.
  const told = { me: b64(address), readers: readers(heard), ...(from.page?.group_name && { group: from.page.group_name }) };
  const message = await written(thread, "writer", { ...content, ...told }, { ...addresses(heard), writer: address });
  const [token] = from === STRANGER ? [] : await finished(from);
  const body = {
    ...{ thread, kind, message, ballot: from.ballot, group: from.group, lookup: b64(lookup), public: b64(address) },
    ...{ wrapped: b64(await wrapped(key, keys.privateKey)), ...(token && { token: travelling(from, token) }) },
  };
  return { body, digits, token, size: Math.max(BODY, sizeFor(message)) };
}

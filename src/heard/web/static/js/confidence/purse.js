/* Tokens as they are used: made whole, spent, and forgotten.

     const record = await recordOf(await whose(), ballot);   what lies in the store; see there
     const [token] = await finished(record);                 { prefix, signature }, bytes; throws where it is locked
     await spent(record, token);                             one token fewer; the record goes with its last one

   `token` as it travels: { prefix, signature, group }, see `travelling`. */
import { finalize, readKey } from "../blind.js";
import { b64, hex, joined, unb64, unhex, utf8 } from "./bytes.js";
import { forget } from "./forgetting.js";
import { keepAnew, reveal } from "./locking.js";

export const messageOf = ({ ballot, group }) => utf8(`heard ballot 1 ${ballot} ${group}`);

/* The tokens that can be used. Throws where they are locked, and BlindError where the server's answer is no signature.
   `parts` are the secrets, where they are at hand already. */
export async function finished(record, parts) {
  const key = await readKey(record.key);
  const open = parts ?? (await reveal(record, record.secret));
  return Promise.all(
    open.map(async ({ prefix, inverse, signature }, nth) => {
      const token = joined(unhex(prefix), messageOf(record));
      const own = signature ? unb64(signature) : await finalize(key, token, unb64(record.signed[nth]), BigInt(`0x${inverse}`));
      return { prefix: unhex(prefix), signature: own };
    }),
  );
}

export const travelling = (record, { prefix, signature }) => ({ prefix: b64(prefix), signature: b64(signature), group: record.group });

/* Keeps what was used, because it was asked for, without what was answered. */
export const stillKept = async (record) => keepAnew({ ...record, isKept: true, isUsed: true }, await reveal(record, record.secret));

/* Forgets a token that was used, and what was answered. */
export async function spent(record, { prefix }) {
  const open = await reveal(record, record.secret);
  const at = open.findIndex((one) => one.prefix === hex(prefix));
  const [secret, signed] = [open.toSpliced(at, 1), record.signed.toSpliced(at, 1)];
  return secret.length ? keepAnew({ ...record, signed }, secret) : forget(record.account, record.ballot);
}

/* Tokens as they are used: made whole, spent, and forgotten.

     const record = await recordOf(await whose(), ballot);   what lies in the store; see there
     const [token] = await finished(record);                 { prefix, signature }, bytes; throws where it is locked
     await spent(record, token);                             one token fewer; the record goes with its last one

   `token` as it travels: { prefix, signature, group }, see `travelling`. */
import { finalize, readKey } from "../blind.js";
import { b64, hex, joined, unb64, unhex, utf8 } from "./bytes.js";
import { conceal, reveal } from "./locking.js";
import { forget, keep } from "./store.js";

export const messageOf = ({ ballot, group }) => utf8(`heard ballot 1 ${ballot} ${group}`);

/* The tokens that can be used. Throws where they are locked, and BlindError where the server's answer is no signature.
   `parts` are the secrets, where they are at hand already. */
export async function finished(record, parts) {
  const key = await readKey(record.key);
  const open = parts ?? (await reveal(record.account, record.ballot, record.secret));
  return Promise.all(
    open.map(async ({ prefix, inverse, signature }, nth) => {
      const token = joined(unhex(prefix), messageOf(record));
      const own = signature ? unb64(signature) : await finalize(key, token, unb64(record.signed[nth]), BigInt(`0x${inverse}`));
      return { prefix: unhex(prefix), signature: own };
    }),
  );
}

export const travelling = (record, { prefix, signature }) => ({ prefix: b64(prefix), signature: b64(signature), group: record.group });

/* Forgets a token that was used. */
export async function spent(record, { prefix }) {
  const { account, ballot } = record;
  const open = await reveal(account, ballot, record.secret);
  const at = open.findIndex((one) => one.prefix === hex(prefix));
  const [secret, signed] = [open.toSpliced(at, 1), record.signed.toSpliced(at, 1)];
  if (!secret.length) return forget(account, ballot);
  return keep({ ...record, secret: await conceal(account, ballot, secret), signed, draft: null });
}

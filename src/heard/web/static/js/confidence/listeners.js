/* Who listens: their keys as everybody is given them, each held against the public log before anything is sealed. */
import { hex, sha256, unb64, utf8 } from "./bytes.js";
import { PublishedError, readLog } from "./checkpoint.js";
import { read } from "./sending.js";

/* { salt, rounds, strangers, listeners: { code: { name, address } }, groups }. Throws PublishedError ("listener") for a
   key or a name that the log does not know. */
export async function listening(origin) {
  const said = JSON.parse(await read(`${origin}/voice/listeners.json`));
  const log = await readLog(origin);
  const listeners = {};
  for (const { code, name, public: point } of said.listeners) {
    const address = unb64(point), digest = hex(await sha256(address, utf8(name)));
    const entries = log.filter(({ kind, ref }) => kind === "listener" && ref === code);
    if (entries.length !== 1 || entries[0].digest !== digest) throw new PublishedError("listener");
    listeners[code] = { name, address };
  }
  return { ...said, listeners };
}

/* { code: { name, address } } of whoever hears a group; nobody where fewer than two do. */
export function hearing({ groups, listeners }, { ballot, group }) {
  const found = groups.find((one) => one.group === group && one.ballot === ballot);
  const codes = (found?.listeners ?? []).filter((code) => listeners[code]);
  return codes.length < 2 ? {} : Object.fromEntries(codes.map((code) => [code, listeners[code]]));
}

/* { code: name }, as it is put into what a writer seals, so that their browser knows later who has read it. */
export const readers = (heard) => Object.fromEntries(Object.entries(heard).map(([code, { name }]) => [code, name]));

export const alike = (one, other) => Object.keys(one).sort().join() === Object.keys(other).sort().join();

/* The same as addresses, as `written` takes them. */
export const addresses = (heard) => Object.fromEntries(Object.entries(heard).map(([code, { address }]) => [code, address]));

export const names = (heard) =>
  new Intl.ListFormat(document.documentElement.lang || "en").format(Object.values(heard).map(({ name }) => name).sort());

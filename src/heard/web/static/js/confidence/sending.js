/* What goes to the addresses that know nobody: without cookies, without saying whence, and all of one size. */
import { utf8 } from "./bytes.js";

const CALM = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", mode: "cors" };

/* Where these addresses are: nothing where they are those of this page, else the origin of another host. */
export async function where() {
  const answer = await fetch("/speak/where.json", { credentials: "omit", referrerPolicy: "no-referrer" });
  return (await answer.json()).ballots;
}

/* The text at one of these addresses; throws where it is not given. */
export async function read(url) {
  const answer = await fetch(url, CALM);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}

/* Whether a body fits into `size` bytes. */
export const fits = (body, size) => utf8(JSON.stringify(body)).length <= size;

/* Sends `body` as JSON with spaces up to `size` bytes; { status, refused, text }, where status 0 is no network. */
export async function send(url, body, size) {
  const padded = new Uint8Array(size).fill(32);
  padded.set(utf8(JSON.stringify(body)));
  try {
    const answer = await fetch(url, { ...CALM, method: "POST", body: padded, headers: { "Content-Type": "text/plain" } });
    const text = await answer.text();
    return { status: answer.status, refused: answer.ok ? "" : sentenceOf(text), text };
  } catch {
    return { status: 0, refused: "", text: "" };
  }
}

function sentenceOf(text) {
  try {
    return JSON.parse(text).refused ?? "";
  } catch {
    return "";
  }
}

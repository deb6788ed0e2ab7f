/* What is being written, kept in this browser for this person until it has been sent. */
const me = () => document.body.dataset.me ?? "";
const name = (key) => `draft:${me()}:${key}`;

export const read = (key) => JSON.parse(localStorage.getItem(name(key)) ?? "null");
export const forget = (key, of = me()) => localStorage.removeItem(`draft:${of}:${key}`);

/** Names of the threads that were begun and not sent: each way to the page for writing keeps one of its own. */
export const begun = () => Object.keys(localStorage).filter((key) => /^(thread|shared)/.test(key.replace(name(""), ""))).map((key) => key.slice(name("").length));

/** Keeps a draft; a full or forbidden store keeps nothing, and nothing breaks. */
export function keep(key, draft) {
  try {
    localStorage.setItem(name(key), JSON.stringify(draft));
  } catch {
    return;
  }
}

/** Forgets what the server says it has taken: the cookie `posted` names the draft. */
export function forgetPosted() {
  const key = document.cookie.match(/(?:^|; )posted="?([^;"]+)/)?.[1];
  if (!key) return;
  forget(decodeURIComponent(key));
  document.cookie = "posted=; path=/; max-age=0; SameSite=Lax";
}

/** Forgets every draft of this person, as when they sign out. */
export function forgetAll() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(name(""))) localStorage.removeItem(key);
}

/** A name for one sending, by which the server knows that it has it already. */
export function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

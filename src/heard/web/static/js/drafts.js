/* What is being written, kept in this browser for this person until it has been sent. */
const me = () => document.body.dataset.me ?? "";
const name = (key) => `draft:${me()}:${key}`;
const stored = (key) => JSON.parse(localStorage.getItem(key) ?? "null");

export const read = (key) => stored(name(key));
export const forget = (key) => localStorage.removeItem(name(key));

/** Keeps a draft; a full or forbidden store keeps nothing, and nothing breaks. */
export function keep(key, draft) {
  try {
    localStorage.setItem(name(key), JSON.stringify(draft));
  } catch {
    return;
  }
}

/** Forgets what the server says it has taken: the cookie `posted` names the `once` of the form. */
export function forgetPosted() {
  const once = document.cookie.match(/(?:^|; )posted=([\w-]+)/)?.[1];
  if (!once) return;
  forgetAll((draft) => draft?.once === once);
  document.cookie = "posted=; path=/; max-age=0; SameSite=Lax";
}

/** Forgets the drafts of this person that `which` picks. */
export function forgetAll(which = () => true) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`draft:${me()}:`) && which(stored(key))) localStorage.removeItem(key);
  }
}

/** A name for one sending, by which the server knows that it has it already. */
export function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/* On the page of a question: that on a computer marked as shared no token comes but under a PIN, which only the browser knows
   of. Said in the place of what holds elsewhere. */
import { hasLock } from "./locking.js";
import { recall } from "./store.js";

export async function sayUnpinned(me) {
  const isUnpinned = (await recall(`shared:${me}`)) && !(await hasLock(me));
  for (const said of document.querySelectorAll("[data-unpinned]")) {
    said.hidden = !isUnpinned;
    said.nextElementSibling.hidden = Boolean(isUnpinned);
  }
}

/* Which question is answered here, told beside the address: the browser's history notes each address with its second, and
   would keep who answered what when. So whatever leads to a question leads to `/speak/#answer` alone. */
import { lay, lying, shred } from "./apart.js";

const CHOSEN = "chosen";

export const choose = (ballot) => lay(CHOSEN, ballot);
export const choice = () => lying(CHOSEN);
export const unchoose = () => shred(CHOSEN);

/* Follows a link that names a question without its name, here or beside, as it was clicked. */
export async function follow(link, { button, ctrlKey, metaKey, shiftKey }) {
  const [address, ballot] = link.href.split("=");
  await choose(ballot);
  if (button === 1 || ctrlKey || metaKey || shiftKey) open(address);
  else location.assign(address);
}

/* Has the links of this page followed so. */
export function followCalmly() {
  const heed = (event) => {
    const link = event.button < 2 && event.target.closest('a[href*="#answer="]');
    if (!link) return;
    event.preventDefault();
    follow(link, event);
  };
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, heed);
}

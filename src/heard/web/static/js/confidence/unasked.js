/* On every page of somebody who is signed in: sees to it, after a moment and in one tab, that their tokens are here.

   It also says whose tokens they are: whoever signs out here takes the use of theirs along until they come back. */
const me = document.body.dataset.me;
const LOOKED = "worker-looked-for";
const HOUR = 3600000;
const WAYS_OUT = ["/accounts/logout/", "/me/sessions/ending/", "/me/forgetting/"];
let isGoing = false;

/* Looks for a new worker by the network, once an hour, and has the page for speaking fetched anew. Otherwise the browser
   would look by itself when that page is opened. Registered afterwards as it always is, the worker is asked for in the
   browser's own cache alone, for a day; and then, as it is a module, without the cookie. */
async function lookForWorker() {
  if (!navigator.serviceWorker || Math.abs(Date.now() - Number(localStorage.getItem(LOOKED))) < HOUR) return;
  localStorage.setItem(LOOKED, Date.now());
  for (const updateViaCache of ["none", "all"]) await navigator.serviceWorker.register("/sw.js", { type: "module", updateViaCache });
  navigator.serviceWorker.controller?.postMessage({ heard: "keep" });
}

async function look() {
  const next = await navigator.locks.request("heard-tokens", { ifAvailable: true }, async (lock) => {
    if (!lock) return Date.now() + 60000;
    const { takeAll } = await import("./tokens.js");
    return takeAll(me);
  });
  if (document.querySelector("[data-unpinned]")) await import("./unpinned.js").then(({ sayUnpinned }) => sayUnpinned(me));
  await lookForWorker();
  setTimeout(() => look().catch(() => null), Math.max(next - Date.now(), 1000));
}

/* Links on a page that name a question are followed without its name (choosing.js). */
function followCalmly(event) {
  const link = event.button < 2 && event.target.closest('a[href*="/speak/#answer="]');
  if (!link) return;
  event.preventDefault();
  import("./choosing.js").then(({ follow }) => follow(link, event)).catch(() => location.assign(link.href));
}

/* Without HTTPS there is no WebCrypto, and the page for speaking says so. */
if (me && globalThis.crypto?.subtle && navigator.locks) {
  setTimeout(() => look().catch(() => null), 500 + Math.random() * 2500);
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, followCalmly);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !WAYS_OUT.includes(new URL(form.getAttribute("action") ?? "", location).pathname)) return;
    event.preventDefault();
    goOut(form);
  });
}

/* Submits the form once what is here was seen to, and in any case within a few seconds: nobody stays signed in because
   a script failed. */
async function goOut(form) {
  if (isGoing) return;
  isGoing = true;
  const seenTo = import("./leaving.js").then(({ leave }) => leave(me, form));
  await Promise.race([seenTo, new Promise((done) => setTimeout(done, 3000))]).catch(() => null);
  isGoing = false;
  form.submit();
}

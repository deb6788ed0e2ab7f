/* On every page of somebody who is signed in: sees to it, after a moment and in one tab, that their tokens are here.

   It also says whose tokens they are: whoever signs out here takes the use of theirs along until they come back. */
const me = document.body.dataset.me;
const LOOKED = "worker-looked-for";
const HOUR = 3600000;
const WAYS_OUT = ["/accounts/logout/", "/me/sessions/ending/", "/me/forgetting/"];

/* Has the page for speaking fetched anew once in a while, and looks for a new worker by the network, so that the browser need not when the page for speaking is opened: that it does
   by itself, with the cookie, once its last look is a day old. Registered as it always is, it then asks its own cache. */
async function lookForWorker() {
  if (!navigator.serviceWorker || Date.now() < Number(localStorage.getItem(LOOKED)) + HOUR) return;
  localStorage.setItem(LOOKED, Date.now());
  for (const updateViaCache of ["none", "all"]) await navigator.serviceWorker.register("/sw.js", { updateViaCache });
  navigator.serviceWorker.controller?.postMessage({ heard: "keep" });
}

async function look() {
  const next = await navigator.locks.request("heard-tokens", { ifAvailable: true }, async (lock) => {
    if (!lock) return Date.now() + 60000;
    const { takeAll } = await import("./tokens.js");
    return takeAll(me);
  });
  await lookForWorker();
  setTimeout(() => look().catch(() => null), Math.max(next - Date.now(), 1000));
}

/* Without HTTPS there is no WebCrypto, and the page for speaking says so. */
if (me && globalThis.crypto?.subtle && navigator.locks) {
  setTimeout(() => look().catch(() => null), 500 + Math.random() * 2500);
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || !WAYS_OUT.includes(new URL(form.action).pathname)) return;
    event.preventDefault();
    await import("./leaving.js").then(({ leave }) => leave(me, form)).catch(() => null);
    form.submit();
  });
}

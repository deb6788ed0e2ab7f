/* On every page of somebody who is signed in: sees to it, after a moment and in one tab, that their tokens are here.

   It also says whose tokens they are: whoever signs out here takes the use of theirs along until they come back. */
const me = document.body.dataset.me;
const WAYS_OUT = ["/accounts/logout/", "/me/sessions/ending/", "/me/forgetting/"];

async function look() {
  const next = await navigator.locks.request("heard-tokens", { ifAvailable: true }, async (lock) => {
    if (!lock) return Date.now() + 60000;
    const { takeAll } = await import("./tokens.js");
    return takeAll(me);
  });
  navigator.serviceWorker?.controller?.postMessage({ heard: "keep" });
  setTimeout(() => look().catch(() => null), Math.max(next - Date.now(), 1000));
}

/* Without HTTPS there is no WebCrypto, and the page for speaking says so. */
if (me && globalThis.crypto?.subtle && navigator.locks) {
  setTimeout(() => look().catch(() => null), 500 + Math.random() * 2500);
  document.addEventListener("submit", async ({ target }) => {
    if (!WAYS_OUT.includes(new URL(target.action).pathname)) return;
    const { isOf } = await import("./store.js");
    await isOf(null);
  });
}

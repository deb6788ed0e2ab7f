/* Signing out: tokens here rest until their account comes back, and on a shared computer those under a PIN stay. The keys
   of a listener are shut in every tab.

   There the server has the browser throw away all that it keeps, tokens too. Where they lie under a PIN, this does the
   throwing away instead, and says so to the server by the field `sealed`. */
import { hasLock } from "./locking.js";
import { isOf, recall } from "./store.js";

export async function leave(me, form) {
  await isOf(null);
  new BroadcastChannel("heard-desk").postMessage("lock");
  if (!(await hasLock(me)) || !(await recall(`shared:${me}`)) || form.action.includes("/forgetting/")) return;
  localStorage.clear();
  sessionStorage.clear();
  await emptyPosts();
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "sealed", value: "1" }));
}

/* Posts that wait to go out, which the worker keeps. */
function emptyPosts() {
  return new Promise((done) => {
    const opening = indexedDB.open("heard", 1);
    opening.onerror = done;
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onsuccess = () => {
      const posts = opening.result.transaction("posts", "readwrite");
      posts.objectStore("posts").clear();
      posts.oncomplete = posts.onabort = done;
    };
  });
}

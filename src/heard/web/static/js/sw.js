/* The worker between pages and network: keeps style and script, shows a page while offline, and lets posts wait.

   What waits is sent only when a page of the same person asks for it, and carries its `once`, by which the server
   knows what it has already. No page with other people's words is ever kept, and the page for writing, which names
   communities, only as long as somebody is signed in. The page for speaking without a name is the same for all: it is
   fetched in advance, without cookies, and opening it asks the server for nothing. */
const STATIC = "heard-static-1", PAGES = "heard-pages-1", OFFLINE = "/offline/", WRITE = "/write/";
const SPEAKING = "heard-speaking-1", APART = "heard-apart-1", SPEAK = "/speak/", WHERE = "/speak/where.json", NOTED = "/speak/kept.json";
const DOOR = "/accounts/login/", WAYS_OUT = ["/accounts/logout/", "/me/sessions/ending/", "/me/forgetting/"];
const WITHIN = /(?:url\("?|(?:from|import)\s*")([^")]+\.(?:css|js))/g;
const LINKED = /(?:href|src)="([^"#]+\.(?:css|js|svg))/g;
const TRY_AGAIN = [401, 403, 408, 429];

self.addEventListener("install", (event) => event.waitUntil(Promise.all([prepare(), keep()]).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(clearOld().then(() => self.clients.claim())));
self.addEventListener("message", (event) => {
  const { data, source } = event;
  event.waitUntil(({ flush, list, keep })[data.heard]?.(data.me, source, data.once));
});

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (url.pathname === SPEAK || url.pathname === WHERE) event.respondWith(speaking(url.pathname));
  else if (request.credentials === "omit" && request.method === "POST") return;
  else if (request.method === "POST") event.respondWith(send(request, url, event.clientId));
  else if (url.pathname.startsWith("/static/")) event.respondWith(fromCache(request));
  else if (request.mode === "navigate") event.respondWith(open(request, url));
});

self.addEventListener("push", (event) => event.waitUntil(shown(event.data)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data?.url));
});

async function prepare() {
  const pages = await caches.open(PAGES);
  await pages.add(new Request(OFFLINE, { cache: "reload" }));
  const page = await (await pages.match(OFFLINE)).text();
  await Promise.all([...page.matchAll(LINKED)].map(([, path]) => follow(new URL(path, location.origin))));
}

/** A part of the page for speaking: what is kept, whatever the server has by now. */
async function speaking(path) {
  const kept = await (await caches.open(SPEAKING)).match(path, { ignoreVary: true });
  return kept ?? fetch(path, { credentials: "omit", referrerPolicy: "no-referrer" });
}

/** Keeps the page for speaking with all that it runs, and exactly those bytes of which the fingerprint is noted; what it
    was before is noted too, so that it can say that it changed. The page itself comes last, when what it runs is there. */
async function keep() {
  const cache = await caches.open(SPEAKING), was = await cache.match(NOTED), parts = new Map();
  await Promise.all([SPEAK, WHERE].map((path) => gather(new URL(path, location.origin), parts)));
  if ([...parts.values()].some(({ response }) => !response.ok)) return;
  const digest = await fingerprint(parts), { digest: before } = was ? await was.json() : {};
  if (digest === before) return;
  const isPage = (path) => path === SPEAK;
  for (const path of [...parts.keys()].sort((one, other) => isPage(one) - isPage(other))) await cache.put(path, parts.get(path).response);
  await cache.put(NOTED, new Response(JSON.stringify({ digest, before, since: Date.now() })));
  const old = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== NOTED && !parts.has(new URL(url).pathname));
  await Promise.all(old.map((request) => cache.delete(request)));
}

/** Fetches a file afresh, as anybody would get it, and whatever it runs or shows: path by path, as { response, bytes }. */
async function gather(url, parts) {
  if (url.origin !== location.origin || parts.has(url.pathname)) return;
  const part = {};
  parts.set(url.pathname, part);
  part.response = await fetch(url, { credentials: "omit", cache: "reload", referrerPolicy: "no-referrer" });
  part.bytes = await part.response.clone().arrayBuffer();
  const named = url.pathname === SPEAK ? LINKED : /\.(css|js)$/.test(url.pathname) ? WITHIN : null;
  const found = named ? [...new TextDecoder().decode(part.bytes).matchAll(named)] : [];
  await Promise.all(found.map(([, path]) => gather(new URL(path, url), parts)));
}

const hexOf = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 of one line a file, in the order of their paths: its own SHA-256, two spaces, its path. */
async function fingerprint(parts) {
  const lines = await Promise.all([...parts.keys()].sort().map(async (path) => `${await hexOf(parts.get(path).bytes)}  ${path}\n`));
  return hexOf(new TextEncoder().encode(lines.join("")));
}

/** Keeps a file and what it imports. */
async function follow(url) {
  const response = await fromCache(new Request(url, { credentials: "omit" }));
  const words = /\.(css|js)$/.test(url.pathname) ? await response.text() : "";
  await Promise.all([...words.matchAll(WITHIN)].map(([, path]) => follow(new URL(path, url))));
}

async function clearOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => ![STATIC, PAGES, SPEAKING, APART].includes(name)).map((name) => caches.delete(name)));
}

/** What the page for speaking runs comes from what its fingerprint covers, whatever other pages were given since. */
async function fromCache(request) {
  const cache = await caches.open(STATIC);
  const kept = (await (await caches.open(SPEAKING)).match(request, { ignoreVary: true })) ?? (await cache.match(request));
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

async function open(request, url) {
  const pages = await caches.open(PAGES);
  try {
    const response = await fetch(request);
    if (url.pathname.startsWith(DOOR)) await pages.delete(WRITE);
    if (url.pathname === WRITE && response.ok && !response.redirected) await pages.put(WRITE, response.clone());
    return response;
  } catch {
    return (url.pathname === WRITE && (await pages.match(WRITE))) || pages.match(OFFLINE);
  }
}

async function send(request, url, from) {
  const pages = await caches.open(PAGES);
  if (WAYS_OUT.includes(url.pathname)) await Promise.all([pages.delete(WRITE), unsubscribe()]);
  const copy = request.clone();
  try {
    const response = await fetch(request);
    if (response.status === 401) await pages.delete(WRITE);
    return response;
  } catch (error) {
    const form = await copy.formData().catch(() => null);
    const once = form?.get("once");
    if (!once) throw error;
    await store("readwrite", (posts) => posts.put({ once, url: url.href, at: Date.now(), fields: [...form] }));
    for (const client of await self.clients.matchAll()) await list(form.get("as"), client);
    if (request.mode === "navigate") return Response.redirect(`${OFFLINE}#${once}`, 303);
    (await self.clients.get(from))?.postMessage({ heard: "kept" });
    return new Response(null, { status: 204 });
  }
}

/** One transaction on the posts that wait; resolves to what `use` asked for. */
function store(mode, use) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("heard", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("posts", { keyPath: "once" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asked = use(opening.result.transaction("posts", mode).objectStore("posts"));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    };
  });
}

const value = (post, name) => post.fields.find(([field]) => field === name)?.[1] ?? "";

/** The posts of `me` that wait, oldest first. */
async function waiting(me) {
  const posts = await store("readonly", (all) => all.getAll());
  return posts.filter((post) => !me || value(post, "as") === me).sort((one, other) => one.at - other.at);
}

/** Tells a page what waits; one that knows of nobody learns only when, but for what was sent just now, as `once`. */
async function list(me, client, once) {
  const posts = await waiting(me), sent = posts.find((post) => post.once === once);
  const words = posts.map((post) => (me || post === sent ? value(post, "title") || value(post, "source").slice(0, 80) : new Date(post.at).toLocaleTimeString()));
  client.postMessage({ heard: "waits", posts: words, draft: sent && value(sent, "draft"), as: sent && value(sent, "as") });
}

let flushing = Promise.resolve();

/** Sends what waits, one after another, and stops where the network or the session ends. */
function flush(me, client, once) {
  flushing = flushing.then(async () => {
    for (const post of me ? await waiting(me) : []) if (!(await goOut(post, client))) break;
    await list(me, client, once);
  });
  return flushing;
}

async function goOut(post, client) {
  const body = new FormData();
  for (const [name, words] of post.fields) body.append(name, words);
  const response = await fetch(post.url, { method: "POST", body, headers: { Accept: "text/html" } }).catch(() => null);
  const isSignIn = response?.redirected && response.url.includes("/login/");
  if (!response || isSignIn || response.status >= 500 || TRY_AGAIN.includes(response.status)) return false;
  await store("readwrite", (posts) => posts.delete(post.once));
  const fields = Object.fromEntries(post.fields.filter(([, words]) => typeof words === "string"));
  client.postMessage(response.ok ? { heard: "went" } : { heard: "refused", draft: fields.draft, fields });
  return true;
}

/** Shows one line; a later one about the same thread takes its place. What cannot be read is shown as news all the same. */
function shown(sent) {
  let told = {};
  try {
    told = sent?.json() ?? {};
  } catch {
    /* Not from us, but the browser wants something to be shown. */
  }
  const { title = "Heard", url = "/notices/", tag } = told;
  return self.registration.showNotification(title, { tag, renotify: Boolean(tag), icon: "/static/icons/heard-192.png", data: { url } });
}

/** Opens what a line is about: in a page of ours that is open, or in a new one; never anything of another site. */
async function lead(path = "/notices/") {
  const url = new URL(path, location.origin);
  if (url.origin !== location.origin) return;
  const [page] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await page?.focus();
  if (!(await page?.navigate(url.href).catch(() => null))) await self.clients.openWindow(url.href);
}

/** Whoever signs out is told nothing here any more. */
async function unsubscribe() {
  const mine = await self.registration.pushManager?.getSubscription().catch(() => null);
  await mine?.unsubscribe();
}

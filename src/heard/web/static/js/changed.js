/* Has what shows a topic ask for itself again when that changed, but never while somebody writes or has a menu open in it:
   `<div data-live="thread:1 community:2" hx-get="…" hx-trigger="heard:changed" hx-swap="outerMorph">`.
   What shows the topic `home` asks whenever a new thread stands anywhere that the page listens to. */
const SETTLE = 150, IN_USE = ":is(:is(input, textarea, select, [contenteditable]):focus, details.menu[open])";
const due = new WeakSet();

const isInUse = (shown) => shown.matches(IN_USE) || shown.querySelector(IN_USE);

function refresh(shown) {
  if (due.has(shown)) return;
  due.add(shown);
  const settled = () => isInUse(shown) ? setTimeout(settled, SETTLE) : ask(shown);
  setTimeout(settled, SETTLE);
}

function ask(shown) {
  due.delete(shown);
  shown.dispatchEvent(new CustomEvent("heard:changed"));
}

const isInView = (shown) => {
  const { top, bottom } = shown.getBoundingClientRect();
  return bottom >= 0 && top <= innerHeight;
};

document.addEventListener("heard:changed", ({ detail: { topic, name } }) => {
  const concerned = ({ dataset: { live, liveFor } }) => [topic, topic.startsWith("community:") && "home"]
    .some((one) => live.split(" ").includes(one)) && (!liveFor || liveFor.split(" ").includes(name));
  [...document.querySelectorAll("[data-live]")].filter(topic === "*" ? isInView : concerned).forEach(refresh);
});

/* An answer that is an error, or that comes when somebody has begun to use it, changes nothing. */
document.addEventListener("htmx:before:swap", (event) => {
  const shown = event.target, failed = event.detail.ctx.response?.status >= 400;
  if (!shown.matches?.("[data-live]") || !(failed || isInUse(shown))) return;
  event.preventDefault();
  if (!failed) refresh(shown);
});

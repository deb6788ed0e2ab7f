/* Has what shows a topic ask for itself again when that changed, but never while somebody writes in it:
   `<div data-live="thread:1 community:2" hx-get="…" hx-trigger="heard:changed" hx-swap="outerMorph">`.
   What shows the topic `home` asks whenever a new thread stands anywhere that the page listens to. */
const SETTLE = 150, WRITTEN_IN = ":is(input, textarea, select, [contenteditable]):focus";
const due = new WeakSet();

const isWrittenIn = (shown) => shown.matches(WRITTEN_IN) || shown.querySelector(WRITTEN_IN);

function refresh(shown) {
  if (due.has(shown)) return;
  due.add(shown);
  setTimeout(() => isWrittenIn(shown) ? shown.addEventListener("focusout", () => again(shown), { once: true }) : ask(shown), SETTLE);
}

function again(shown) {
  due.delete(shown);
  refresh(shown);
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

/* An answer that is an error, or that comes when somebody has begun to write, changes nothing. */
document.addEventListener("htmx:before:swap", (event) => {
  const shown = event.target, failed = event.detail.ctx.response?.status >= 400;
  if (!shown.matches?.("[data-live]") || !(failed || isWrittenIn(shown))) return;
  event.preventDefault();
  if (!failed) refresh(shown);
});

/* What somebody writes in keeps its place on the screen, whatever grows or goes above it. */
const WRITTEN_IN = ":is(input, textarea, select, [contenteditable])";
const top = (field) => field.getBoundingClientRect().top;

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const field = document.activeElement;
  if (field?.matches(WRITTEN_IN)) ctx.held = { field, at: top(field) };
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx: { held } } }) => {
  if (held?.field.isConnected) scrollBy({ top: top(held.field) - held.at, behavior: "instant" });
});

/* An answer that refuses changes nothing on the page; its sentence is shown where it was asked for.
   A composer that comes back with what is wrong in it is shown in place of the one that was sent. */
import { toast } from "./toast.js";

document.addEventListener("htmx:before:request", ({ target }) => target.querySelector?.(":scope > .refused")?.remove());

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail, asked = ctx.sourceElement;
  if (!(ctx.response?.status >= 400) || ctx.text.includes("<heard-composer")) return;
  event.preventDefault();
  if (asked.matches("[data-live]")) return;
  const answer = new DOMParser().parseFromString(ctx.text, "text/html");
  const said = answer.querySelector("[role=alert]") ?? answer.querySelector("main h1"), words = said?.textContent.trim();
  const form = asked.closest(".composer");
  if (!form || !words) return toast(words || ctx.response.raw.statusText);
  const line = Object.assign(document.createElement("p"), { className: "flash error refused" });
  line.setAttribute("role", "alert");
  line.append(...said.childNodes);
  form.prepend(line);
  line.scrollIntoView({ block: "nearest" });
});

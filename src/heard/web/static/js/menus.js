/* Menus are <details>: here they close when something else is clicked, and with Escape, as the choice of reactions does. */
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  if (event.target.closest?.("dialog")) return;
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  document.activeElement?.closest(".reactions")?.querySelector("[data-close]")?.click();
  for (const menu of open()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

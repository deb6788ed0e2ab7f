/* The page for speaking without a name: shows the face that the address names after `#`, and nothing of it leaves. */
import "./answering.js";
import "./carrying.js";
import "./keeping.js";
import "./starting.js";
import "./receipt.js";
import "./version.js";
import "./writing.js";
import { lead } from "./faces.js";

const faces = [...document.querySelectorAll("[data-face]")];
const isSafe = Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

function turn() {
  const [, name, argument = ""] = location.hash.match(/^#(\w+)(?:=(.*))?$/) ?? [];
  const wanted = faces.find(({ dataset }) => dataset.face === name) ?? faces.find(({ dataset }) => dataset.face === "start");
  const shown = isSafe || name === "know" ? wanted : faces.find(({ dataset }) => dataset.face === "plain");
  for (const face of faces) face.hidden = face !== shown;
  if (shown.open) shown.open(argument);
  else lead(shown);
}

/* The theme that was chosen on other pages; the page itself is the same for all. */
const theme = document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1];
if (theme) document.documentElement.dataset.theme = theme;
for (const button of document.querySelectorAll("[data-return]")) button.addEventListener("click", () => history.back());
addEventListener("hashchange", turn);
turn();

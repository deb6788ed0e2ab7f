/* The page for speaking without a name: shows the face that the address names after `#`, and nothing of it leaves. */
import "./answering.js";
import "./carrying.js";
import "./keeping.js";
import "./starting.js";
import "./receipt.js";
import "./version.js";
import "./writing.js";
import { followCalmly } from "./choosing.js";
import { lead } from "./faces.js";

const faces = [...document.querySelectorAll("[data-face]")];
const faceNamed = (name) => faces.find(({ dataset }) => dataset.face === name);
const isSafe = Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

function turn() {
  const [, name, argument = ""] = location.hash.match(/^#(\w+)(?:=(.*))?$/) ?? [];
  const shown = isSafe || name === "know" ? faceNamed(name) ?? faceNamed("start") : faceNamed("plain");
  open(shown, argument).catch(() => open(faceNamed("stuck")));
}

/* Shows a face alone, and has it do what it does when it is opened. */
async function open(face, argument) {
  for (const other of faces) other.hidden = other !== face;
  if (face.open) await face.open(argument);
  else lead(face);
}

/* The theme that was chosen on other pages; the page itself is the same for all. */
const theme = document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1];
if (theme) document.documentElement.dataset.theme = theme;
for (const button of document.querySelectorAll("[data-return]")) button.addEventListener("click", () => history.back());
document.querySelector("[data-late]").remove();
if (isSafe) followCalmly();
addEventListener("hashchange", turn);
turn();

/* The receipt that was just drawn. It is shown until its writer says that they have kept it: it is nowhere else. */
import { screen } from "./faces.js";
import { spaced } from "./receipts.js";

let digits = "";

export const isUnkept = () => Boolean(digits);

/* Shows a receipt in place of the form; below that of a report, by when an answer is due. */
export function showReceipt(face, drawn, isReport) {
  digits = spaced(drawn);
  const part = screen(face, "sent", { digits, address: `${location.origin}/speak/#receipt` });
  const ways = { print: () => print(), copy: () => copy(part), try: () => addEventListener("hashchange", typeIn, { once: true }), kept: () => leave(part) };
  for (const [name, way] of Object.entries(ways)) part.querySelector(`[data-${name}]`).addEventListener("click", way);
  part.querySelector("[data-report]").hidden = !isReport;
}

/* Where the browser forbids copying, the digits are marked instead. */
async function copy(part) {
  const isCopied = await Promise.resolve(navigator.clipboard?.writeText(digits).then(() => true)).catch(() => false);
  if (!isCopied) getSelection().selectAllChildren(part.querySelector(".secret"));
  part.querySelector("[data-copied]").hidden = !isCopied;
  part.querySelector("[data-marked]").hidden = Boolean(isCopied);
}

/* Once the face for coming back is open (speak.js); it has no field while a conversation is open there. */
function typeIn() {
  const field = document.querySelector("[data-face=receipt] [name=digits]");
  if (field) field.value = digits;
}

function leave(part) {
  digits = "";
  part.remove();
  location.hash = "start";
}

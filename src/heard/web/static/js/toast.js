/* One sentence that shows itself for a moment, and is read out. */
export function toast(words) {
  const line = document.createElement("p");
  line.textContent = words;
  document.getElementById("toasts")?.append(line);
  setTimeout(() => line.remove(), 6000);
}

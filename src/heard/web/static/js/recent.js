/* What somebody looked for, kept in this browser and nowhere else: noted when they open something that was found. */
const MOST = 8;
const kept = () => JSON.parse(localStorage.getItem("looked-for") ?? "[]");

class Recent extends HTMLElement {
  connectedCallback() {
    const links = kept().map((words) => {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("a"), { href: `?${new URLSearchParams({ q: words })}`, textContent: words, dir: "auto" }));
      return item;
    });
    this.querySelector("ul").replaceChildren(...links);
    this.hidden = !links.length;
    this.querySelector("button").onclick = () => {
      localStorage.removeItem("looked-for");
      this.hidden = true;
    };
  }
}

document.addEventListener("click", (event) => {
  const words = event.target.closest?.("heard-finding .hit a, heard-finding a.hit") && document.querySelector("#q")?.value.trim();
  if (words) localStorage.setItem("looked-for", JSON.stringify([words, ...kept().filter((one) => one !== words)].slice(0, MOST)));
});

customElements.define("heard-recent", Recent);

/* <heard-aside ballots="…">: what somebody is asked, which they can put aside in this browser, answered or not. Nobody is told,
   and as anybody may do so it says nothing of who answered. `data-asked` marks what goes then, `data-aside` what comes. */
const NAME = "asked-aside", MOST = 50;

function putAside() {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? [];
  } catch {
    return [];
  }
}

class Aside extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-not-now]")?.addEventListener("click", () => this.put());
    this.show();
  }

  get ballots() {
    return this.getAttribute("ballots").split(" ");
  }

  put() {
    localStorage.setItem(NAME, JSON.stringify([...new Set([...putAside(), ...this.ballots])].slice(-MOST)));
    for (const one of document.querySelectorAll("heard-aside")) one.show();
    this.querySelector("[data-aside]")?.focus();
  }

  show() {
    const away = putAside(), isAside = this.ballots.every((ballot) => away.includes(ballot));
    for (const part of this.querySelectorAll("[data-asked], [data-not-now]")) part.hidden = isAside;
    for (const part of this.querySelectorAll("[data-aside]")) part.hidden = !isAside;
  }
}

customElements.define("heard-aside", Aside);

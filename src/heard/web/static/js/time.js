/* Keeps every <time class="ago"> on the page fresh; its words come from the server. */
const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

class Time extends HTMLElement {
  connectedCallback() {
    this.refresh();
    this.ticking = setInterval(() => this.refresh(), MINUTE);
    document.addEventListener("htmx:after:swap", this);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    document.removeEventListener("htmx:after:swap", this);
  }

  handleEvent() {
    this.refresh();
  }

  refresh() {
    for (const time of document.querySelectorAll("time.ago")) {
      const words = this.words(Date.now() - Date.parse(time.dateTime));
      if (words && words !== time.textContent) time.textContent = words;
    }
  }

  words(passed) {
    const { now, minutes, hours, days } = this.dataset;
    if (passed < MINUTE) return now;
    if (passed < HOUR) return minutes.replace("%s", Math.floor(passed / MINUTE));
    if (passed < DAY) return hours.replace("%s", Math.floor(passed / HOUR));
    if (passed < 7 * DAY) return days.replace("%s", Math.floor(passed / DAY));
    return "";
  }
}

customElements.define("heard-time", Time);

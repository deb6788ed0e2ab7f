/* Hears from the stream which topics changed, and says so on the document: `heard:changed` with a topic and a name.
   It listens to the topics in its `src` and to those of everything on the page that shows one (`data-live`).
   The topic `*` says that anything may have changed: after a time without the stream, and while polling. */
const HIDDEN = 60_000, MOST = 75, EVERYTHING = { topic: "*", name: "poll" };
const moments = [[window, "pageshow"], [window, "pagehide"], [document, "visibilitychange"]];

class Live extends HTMLElement {
  connectedCallback() {
    for (const [on, moment] of moments) on.addEventListener(moment, this);
    this.open();
  }

  disconnectedCallback() {
    for (const [on, moment] of moments) on.removeEventListener(moment, this);
    this.close();
  }

  handleEvent({ type }) {
    clearTimeout(this.leaving);
    if (type === "pagehide") this.close();
    else if (document.hidden) this.leaving = setTimeout(() => this.close(), HIDDEN);
    else if (!this.stream) this.open();
  }

  address() {
    const shown = [...document.querySelectorAll("[data-live]")].flatMap((it) => it.dataset.live.split(" "));
    return [this.getAttribute("src"), ...[...new Set(shown)].slice(0, MOST)].join();
  }

  open() {
    this.stream = Object.assign(new EventSource(this.address(), { withCredentials: true }), {
      onmessage: ({ data }) => tell(JSON.parse(data)),
      onerror: () => { this.missed = true; this.pollAfter("poll-after", 5); },
      onopen: () => { this.down = clearTimeout(this.down); if (this.missed) tell(EVERYTHING); this.missed = false; },
    });
    this.pollAfter("poll-after", 5);
  }

  close() {
    this.stream = this.stream?.close();
    this.down = clearTimeout(this.down);
    this.missed = true;
  }

  pollAfter(attribute, usual) {
    this.down ??= setTimeout(() => {
      if (!document.hidden && navigator.onLine) tell(EVERYTHING);
      this.down = undefined;
      this.pollAfter("poll-every", 15);
      if (this.stream.readyState === EventSource.CLOSED) this.open();
    }, (this.getAttribute(attribute) || usual) * (1000 - Math.random() * 100));
  }
}

const tell = (detail) => document.dispatchEvent(new CustomEvent("heard:changed", { detail }));

customElements.define("heard-live", Live);

/* Asks, on a click and never before, whether this browser may show notices, and tells the server where to send them. */
import { toast } from "./toast.js";

const bytes = (key) => Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const SYSTEMS = { Windows: /Windows/, Android: /Android/, iPhone: /iPhone/, iPad: /iPad/, Mac: /Mac OS X/, Linux: /Linux/ };
const BROWSERS = { Edge: /Edg/, Opera: /OPR/, Firefox: /Firefox/, Chrome: /Chrome/, Safari: /Safari/ };
const named = (table) => Object.keys(table).find((name) => table[name].test(navigator.userAgent)) ?? "";

class Push extends HTMLElement {
  connectedCallback() {
    this.hidden = !("PushManager" in window && "serviceWorker" in navigator && this.dataset.key);
    this.addEventListener("submit", (event) => {
      if (this.isReady) return;
      event.preventDefault();
      this.ask(event.target);
    });
  }

  async ask(form) {
    if ((await Notification.requestPermission()) !== "granted") return toast(this.dataset.refused);
    try {
      const { keys, endpoint } = (await this.subscription()).toJSON();
      const label = [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(", ");
      for (const [name, value] of Object.entries({ endpoint, label, ...keys })) if (form.elements[name]) form.elements[name].value = value;
    } catch {
      return toast(this.dataset.failed);
    }
    this.isReady = true;
    form.requestSubmit();
  }

  /** The browser's own; one that was made for another key of the server is made anew. */
  async subscription() {
    const { pushManager } = await navigator.serviceWorker.ready;
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(this.dataset.key) };
    return pushManager.subscribe(wanted).catch(async () => {
      await (await pushManager.getSubscription())?.unsubscribe();
      return pushManager.subscribe(wanted);
    });
  }
}

customElements.define("heard-push", Push);

// The messenger's own browser: a sheet over the chat with one page in it, here the till's payment page.
import { el, icon } from "./dom.js";

const CLOSE = "M6 6l12 12M18 6 6 18";
const LOCK = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";
const RELOAD = "M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4";
const BANNER_MS = 9000;

export class Tab {
  /**
   * `on` is what the phone does: closed() after the person closed the tab; left(url) when the page itself leads away.
   * An app catches such addresses; the page in the frame tells us of them.
   */
  constructor(name, on) {
    Object.assign(this, { on, url: null });
    this.host = el("small", {});
    this.banner = el("div", { class: "banner", role: "status" });
    this.body = el("div", { class: "tab-page" });
    this.close = el("button", { type: "button", class: "tool", "aria-label": "Close the tab", onclick: () => this.shut() }, icon(CLOSE));
    this.element = el(
      "div", { class: "tab", role: "dialog", "aria-label": `Payment page on ${name}’s phone`, hidden: true },
      el(
        "div", { class: "tab-bar" },
        this.close,
        el("span", { class: "address" }, icon(LOCK), el("span", {}, el("b", {}, "Payment page"), this.host)),
        el("button", { type: "button", class: "tool", "aria-label": "Reload", onclick: () => this.load() }, icon(RELOAD)),
      ),
      this.body, this.banner,
    );
    this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") this.shut(); });
    window.addEventListener("message", (event) => this.heard(event));
  }

  get isOpen() {
    return this.url !== null;
  }

  open(url) {
    this.url = url;
    this.host.textContent = new URL(url).host;
    this.element.hidden = false;
    this.load();
    this.close.focus({ preventScroll: true });
  }

  /** A frame of its own for each look: what an older one still does is heard by nobody. */
  load() {
    this.frame = el("iframe", { src: this.url, title: "Payment page", sandbox: "allow-forms allow-scripts allow-same-origin" });
    this.body.replaceChildren(this.frame);
  }

  /** Close it without a word to the phone. */
  drop() {
    this.url = null;
    this.frame = null;
    this.element.hidden = true;
    this.body.replaceChildren();
    this.banner.replaceChildren();
  }

  shut() {
    this.drop();
    this.on.closed();
  }

  heard({ origin, source, data }) {
    if (!this.isOpen || source !== this.frame.contentWindow || origin !== new URL(this.url).origin) return;
    if (typeof data?.leave !== "string") return;
    this.drop();
    this.on.left(data.leave);
  }

  /** What the bot says meanwhile comes as a notification; a tap on it leads back to the chat. */
  notify(name, text) {
    clearTimeout(this.going);
    this.going = setTimeout(() => this.banner.replaceChildren(), BANNER_MS);
    this.banner.replaceChildren(el(
      "button", { type: "button", onclick: () => this.shut() },
      el("span", { class: "avatar", "aria-hidden": "true" }, icon("M17 3a9 9 0 1 0 4 12 8 8 0 0 1-4-12z")),
      el("span", {}, el("b", {}, name), el("span", {}, text)),
    ));
  }
}

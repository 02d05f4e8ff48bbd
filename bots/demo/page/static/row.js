// The phones side by side; where there is room for one only, tabs and a swipe lead from one to the next.
import { el, role } from "./dom.js";

const SWIPE_PX = 70;
const WHOSE = { client: "a client", photographer: "the photographer" };

export class Row {
  /** `grown()` is called when a phone was added. */
  constructor(grown) {
    Object.assign(this, { grown, phones: [], active: null, client: null, places: new Map() });
    let from = null;
    const row = role("phones");
    row.addEventListener("touchstart", ({ touches }) => { from = touches.length === 1 ? touches[0] : null; }, { passive: true });
    row.addEventListener("touchend", ({ changedTouches: [to] }) => { if (from) this.swiped(to.clientX - from.clientX, to.clientY - from.clientY); }, { passive: true });
  }

  /** Clients stand left of Luna. The first phone is looked at first, and then whoever comes later. */
  add(phone) {
    const first = phone.name.split(" ")[0];
    const place = el("div", { class: "place" }, el("h2", {}, `${first}, ${WHOSE[phone.role]}`), phone.element);
    const tab = el("button", { type: "button", "aria-pressed": "false", onclick: () => this.choose(phone) }, first, el("i", { class: "news", hidden: true }, el("span", { class: "unseen" }, ", something is new")));
    const after = phone.isLunas ? undefined : this.phones.findIndex((one) => one.isLunas);
    const next = after >= 0 ? this.places.get(this.phones[after]) : null;
    role("phones").insertBefore(place, next?.place ?? null);
    role("tabs").insertBefore(tab, next?.tab ?? null);
    this.phones.splice(after >= 0 ? after : this.phones.length, 0, phone);
    this.places.set(phone, { place, tab });
    for (const what of ["pointerdown", "focusin"]) phone.element.addEventListener(what, () => this.choose(phone));
    document.body.dataset.phones = String(this.phones.length);
    document.querySelector('[data-do="add_phone"]').closest("li").hidden = this.phones.length > 2;
    if (!this.active || !phone.isLunas) this.choose(phone);
    this.grown();
  }

  /** The phone that is seen where there is room for one only; links open on the client's that was chosen last. */
  choose(phone) {
    if (this.active === phone) return;
    this.active = phone;
    if (!phone.isLunas) this.client = phone;
    for (const [one, { tab }] of this.places) {
      one.element.classList.toggle("active", one === phone);
      one.element.classList.toggle("aside", !one.isLunas && one !== this.client);
      tab.setAttribute("aria-pressed", String(one === phone));
    }
    this.places.get(phone).tab.querySelector(".news").hidden = true;
  }

  /** Something is new on this phone: its tab says so as long as nobody looks. */
  changed(phone) {
    if (phone !== this.active) this.places.get(phone).tab.querySelector(".news").hidden = false;
  }

  swiped(x, y) {
    if (Math.abs(x) < SWIPE_PX || Math.abs(x) < 2 * Math.abs(y) || role("tabs").offsetParent === null) return;
    const next = this.phones[this.phones.indexOf(this.active) + (x < 0 ? 1 : -1)];
    if (next) this.choose(next);
  }
}

// What comes over the chat for a moment: a few words, or a box with one thing to do.
import { el } from "./dom.js";

const TOAST_MS = 3200;

export class Notices {
  /** `covered()` gives what cannot be reached while a box is open; the first of it has the focus afterwards. */
  constructor(covered) {
    this.covered = covered;
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.dialog = el("dialog", { class: "alert", "aria-label": "Notice" });
  }

  toast(text) {
    const note = el("p", {}, text);
    this.toasts.append(note);
    setTimeout(() => note.remove(), TOAST_MS);
  }

  /** A box over the chat with one thing to do; with `then` it can be declined. */
  ask(text, label, then) {
    const cover = (is) => { for (const part of this.covered()) part.inert = is; };
    const close = () => { this.dialog.close(); cover(false); this.covered()[0].focus(); };
    const agree = el("button", { type: "button", class: "key primary", onclick: () => { close(); then?.(); } }, label);
    const decline = then ? el("button", { type: "button", class: "key", onclick: close }, "Cancel") : null;
    this.dialog.replaceChildren(el("p", {}, text), el("div", { class: "keys-row" }, ...[decline, agree].filter(Boolean)));
    this.dialog.onkeydown = (event) => { if (event.key === "Escape") close(); };
    cover(true);
    this.dialog.show();
    agree.focus();
  }
}

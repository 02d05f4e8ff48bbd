// Where a person writes: the field that grows with its lines, what is answered, and words to begin with.
import { el, icon } from "./dom.js";

const SEND = "M4 12 20 4l-4 16-4-6zM12 14l8-10";
const CLOSE = "M6 6l12 12M18 6 6 18";
const TALLEST = 132; // px, about six lines

export class Composer {
  /** `on.said(text, answered)` gets what was written, and the id of the message that it answers or 0; `tools` stand before the field. */
  constructor(on, tools) {
    Object.assign(this, { on, answered: 0 });
    this.field = el("textarea", {
      "aria-label": "Message", placeholder: "Message", autocomplete: "off", enterKeyHint: "send", maxLength: 4096, rows: 1,
      oninput: () => this.grow(), onkeydown: (event) => this.key(event),
    });
    this.quote = el("p", {});
    this.answering = el(
      "div", { class: "answering", hidden: true },
      this.quote, el("button", { type: "button", class: "tool", "aria-label": "Answer nothing", onclick: () => this.answer(null) }, icon(CLOSE)),
    );
    this.sayings = el("div", { class: "sayings", role: "group", "aria-label": "Examples to send, or to change first", hidden: true });
    this.form = el(
      "form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.send(); } },
      ...tools, this.field, el("button", { type: "submit", class: "tool send", "aria-label": "Send" }, icon(SEND)),
    );
    this.element = el("div", { class: "writing" }, this.sayings, this.answering, this.form);
  }

  /** Enter sends; with Shift it begins a new line. */
  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  send() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.grow();
    this.on.said(text, this.answered);
    this.answer(null);
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, TALLEST)}px`;
  }

  /** The next text answers this message; null for none. */
  answer(message) {
    this.answered = message?.id ?? 0;
    this.answering.hidden = !message;
    this.quote.textContent = message ? `Answer to: ${message.text || "picture"}` : "";
    if (message) this.field.focus();
  }

  /** Words to begin with: a tap puts them into the field, where they can be changed. */
  suggest(texts) {
    this.sayings.hidden = texts.length === 0;
    this.sayings.replaceChildren(...texts.map((text) => el("button", { type: "button", onclick: () => this.begin(text) }, text)));
  }

  begin(text) {
    this.field.value = text;
    this.grow();
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
  }
}

// A phone: a home screen, and the chat with a bot.
import { el, icon } from "./dom.js";
import { albums, buttonElement, messageElement } from "./messages.js";
import { Composer } from "./composer.js";
import { confetti } from "./confetti.js";
import { deskScreen } from "./desk.js";
import { homeScreen } from "./home.js";
import { Notices } from "./notices.js";
import { Picker } from "./picker.js";
import { Tab } from "./tab.js";

const BACK = "M15 5 8 12l7 7";
const SLASH = "M15 4 9 20";
const CLIP = "M19.5 11.2l-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.6 1.6 0 0 1-2.2-2.2l7.2-7.2";
const PRESS_MS = 6000;

export class Phone {
  /** `send` sends a deed to the demo, `world` opens links and says moments on the studio's clock. */
  constructor({ id, name, role, bot }, send, world) {
    Object.assign(this, { id, name, role, bot, world, chat: null, pending: null, heard: null, drawn: new Map() });
    this.isLunas = role === "photographer";
    this.send = (deed, facts = {}) => send({ do: deed, phone: id, ...facts });
    this.on = {
      link: (url) => this.followLink(url),
      answer: this.isLunas ? (message) => this.composer.answer(message) : null,
      command: (text) => this.send("text", { text }),
      open: (document) => this.send("open_file", { message: document.message }),
      press: (message, row, column, button, key) => this.press(message, row, column, button, key),
    };
    this.build();
  }

  // --- what the person does ---------------------------------------------------------------------

  /** Follow a link of a bot, here or on the phone that chats with it. True where it was one. */
  followLink(url) {
    return this.world.open(url, this);
  }

  /** The chat opens, with START if the link brings something along or the chat is new, as the messenger does. */
  opens(payload) {
    if (payload || !this.started) this.pending = payload;
    this.show("chat");
    this.drawFoot();
    (this.start.hidden ? this.scroll : this.start).focus();
  }

  press(message, row, column, button, key) {
    if (button.kind === "url") {
      if (this.world.till && button.value.startsWith(`${this.world.till}/`)) this.openTab(button.value);
      else if (!this.followLink(button.value)) window.open(button.value, "_blank", "noopener");
    } else if (button.kind === "copy") {
      navigator.clipboard?.writeText(button.value).catch(() => {});
      this.notices.toast(`Copied: ${button.value}`);
    } else {
      key.classList.add("pressed");
      setTimeout(() => key.classList.remove("pressed"), PRESS_MS);
      this.send("press", { message: message.id, row, column });
    }
  }

  /** The payment page opens within the messenger; the chat is not to be reached meanwhile. */
  openTab(url) {
    this.send("open_page");
    this.room.inert = true;
    this.notices.toasts.replaceChildren();
    this.tab.open(url);
  }

  leaveTab() {
    this.room.inert = false;
    this.show("chat");
  }

  tapStart() {
    this.send("start", { payload: this.pending ?? "" });
    this.pending = null;
    this.started = true;
    this.drawFoot();
    this.composer.field.focus();
  }

  tapReply(button) {
    if (button.kind !== "contact") this.send("text", { text: button.text });
    else this.notices.ask(`Share your phone number with ${this.bot.name}?`, "Share", () => this.send("contact"));
  }

  pickPictures() {
    this.cover(true);
    this.picker.open();
  }

  /** While pictures are picked, nothing under the sheet can be reached. */
  cover(is) {
    for (const part of this.room.children) part.inert = is && part !== this.picker.element;
  }

  // --- what the person sees ---------------------------------------------------------------------

  build() {
    this.clock = el("span", { class: "status-time" });
    this.state = el("p", { class: "presence" }, "bot");
    this.title = el("h3", {});
    this.list = el("ol", { class: "messages" });
    this.scroll = el("div", { class: "chat", role: "log", "aria-live": "polite", "aria-label": `${this.name}’s chat`, tabIndex: 0 }, this.list);
    this.notices = new Notices(() => [this.scroll, this.composer.element]);
    this.commands = el("div", { class: "commands", hidden: true });
    this.start = el("button", { type: "button", class: "start", onclick: () => this.tapStart() }, "START");
    this.menu = el("button", { type: "button", class: "tool", "aria-label": "Commands", "aria-expanded": "false", onclick: () => this.toggleCommands() }, icon(SLASH));
    this.clip = el("button", { type: "button", class: "tool", "aria-label": this.isLunas ? "Send pictures or a text" : "Send pictures", onclick: () => this.pickPictures() }, icon(CLIP));
    this.picker = new Picker(this.id, this.name, this.isLunas ? "image/*,.txt,.md" : "image/*", {
      samples: () => this.world.samples.filter(({ type }) => this.isLunas || type.startsWith("image/")), toast: (text) => this.notices.toast(text), closed: () => { this.cover(false); this.clip.focus({ preventScroll: true }); },
    });
    this.composer = new Composer({ said: (text, answered) => this.send("text", answered ? { text, reply_to: answered } : { text }) }, [this.menu, this.clip]);
    this.drawSayings();
    this.replies = el("div", { class: "replies", hidden: true });
    const follow = (url) => this.followLink(url);
    this.home = this.isLunas ? deskScreen(follow) : homeScreen(this.id, follow);
    this.room = el(
      "div", { class: "room" },
      el(
        "div", { class: "bar" },
        el("button", { type: "button", class: "tool", "aria-label": this.isLunas ? "Back to the terminal" : "Back to the post", onclick: () => this.show("home") }, icon(BACK)),
        el("span", { class: "avatar", "aria-hidden": "true" }, icon("M17 3a9 9 0 1 0 4 12 8 8 0 0 1-4-12z")),
        el("div", {}, this.title, this.state),
      ),
      this.scroll, this.notices.toasts, this.commands, el("footer", {}, this.start, this.composer.element, this.replies), this.picker.element, this.notices.dialog,
    );
    this.tab = new Tab(this.name, {
      closed: () => { this.send("leave_page"); this.leaveTab(); this.newestKey().focus({ preventScroll: true }); },
      left: (url) => { this.leaveTab(); if (!this.followLink(url)) window.open(url, "_blank", "noopener"); },
    });
    this.element = el(
      "section", { class: this.isLunas ? "phone lunas" : "phone", "aria-label": `${this.name}’s phone`, "data-phone": String(this.id) },
      el("div", { class: "glass" }, el("div", { class: "status" }, this.clock, el("i", { class: "battery", "aria-hidden": "true" })), this.home.element, this.room, this.tab.element),
    );
    this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") this.toggleCommands(false); });
    new ResizeObserver(() => this.toEnd()).observe(this.scroll); // a keyboard came up, the window became smaller
    this.show("home");
  }

  show(screen) {
    this.element.dataset.screen = screen;
    this.home.element.hidden = screen !== "home";
    this.room.hidden = screen !== "chat";
    if (screen === "chat") this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  tick() {
    this.clock.textContent = this.world.time(this.world.now() / 1000);
  }

  /** Draw the newest view of the chat; what did not change stays the same element (focus, unfolded quotes, scroll). */
  update(chat) {
    const first = this.chat === null;
    const said = this.chat?.messages.length ?? 0;
    this.chat = chat;
    this.title.textContent = chat.bot_name;
    this.state.textContent = chat.typing ? "typing…" : "bot";
    this.state.classList.toggle("typing", chat.typing);
    if (chat.messages.length) this.started = true;
    if (chat.messages.length > said) this.show("chat");
    if (this.tab.isOpen) this.notify(chat.messages);
    this.drawMessages(first);
    this.drawFoot();
    this.drawCommands();
    this.hear(chat.toasts, first);
  }

  /** The newest words of the bot, where the payment page hides them. */
  notify(messages) {
    const newest = messages.findLast((message) => !message.mine);
    const before = newest && this.drawn.get(newest.id)?.print;
    if (newest && before !== JSON.stringify(albums([newest])[0])) this.tab.notify(this.bot.name, newest.text);
  }

  /** Say every time again, on another clock. */
  redraw() {
    this.drawn.clear();
    this.drawMessages(true);
  }

  drawMessages(first) {
    const atEnd = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < 120;
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
    const shown = albums(this.chat.messages).map((message) => this.withQuote(message));
    const wanted = shown.map((message) => this.elementOf(message, first));
    wanted.push(...this.aside());
    if (wanted.length !== this.list.children.length || wanted.some((item, i) => item !== this.list.children[i])) {
      this.list.replaceChildren(...wanted);
      this.release();
    }
    const now = new Set(shown.map((message) => message.id));
    for (const id of this.drawn.keys()) if (!now.has(id)) this.drawn.delete(id);
    if (focused && !this.list.contains(document.activeElement)) this.keepFocus(focused);
    if (atEnd || first) this.toEnd();
  }

  /** Scroll to the newest message, and once more when its picture has come. */
  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    for (const image of this.list.querySelectorAll("img")) {
      if (!image.complete) image.addEventListener("load", () => { this.scroll.scrollTop = this.scroll.scrollHeight; }, { once: true });
    }
  }

  /** What it answers goes along, as far as it is still there. */
  withQuote(message) {
    const answered = message.reply_to && this.chat.messages.find((one) => one.id === message.reply_to);
    return answered ? { ...message, quote: answered.text || "Picture" } : message;
  }

  elementOf(message, first) {
    const print = JSON.stringify(message);
    const before = this.drawn.get(message.id);
    if (before?.print === print) return before.element;
    const element = messageElement(message, this.on, this.world.time);
    if (before) element.classList.add("edited");
    else if (!first) {
      element.classList.add("new");
      if (message.effect) confetti(this.scroll);
    }
    this.drawn.set(message.id, { print, element });
    return element;
  }

  /** What stands in the chat without being a message: the bot's description, its typing. */
  aside() {
    if (this.chat.typing) return [el("li", { class: "message dots", "aria-label": "The bot is typing" }, el("div", { class: "bubble" }, el("i"), el("i"), el("i")))];
    if (this.chat.messages.length) return this.world.waking ? [el("li", { class: "pill" }, "The bot is waking: it answers in a moment.")] : [];
    const waking = "The real bot is just starting. Tap START already: it answers in a moment.";
    return [el("li", { class: "description" }, el("b", {}, "What can this bot do?"), el("p", {}, this.chat.description || waking))];
  }

  /** A card was drawn anew: the focus stays on the button if it says the same, else goes to the newest card's first. */
  keepFocus(lost) {
    const again = this.list.querySelector(`[data-key="${lost.dataset.key}"]`);
    (again?.textContent === lost.textContent ? again : this.newestKey()).focus({ preventScroll: true });
  }

  newestKey() {
    return this.list.querySelector("li:last-of-type .key") ?? this.scroll;
  }

  drawFoot() {
    const wantsStart = this.pending !== null || !this.started;
    this.start.hidden = !wantsStart;
    this.composer.element.hidden = wantsStart;
    const keyboard = this.chat?.reply_keyboard ?? null;
    this.composer.field.placeholder = keyboard?.placeholder || "Message";
    this.replies.hidden = wantsStart || keyboard === null;
    const print = JSON.stringify(keyboard);
    if (this.replies.dataset.print === print) return;
    this.replies.dataset.print = print;
    this.replies.replaceChildren(...(keyboard?.rows ?? []).map((row) => el(
      "div", { class: "keys-row" }, row.map((button) => buttonElement(button, () => this.tapReply(button))),
    )));
    this.toEnd();
  }

  drawSayings() {
    if (this.isLunas) this.composer.suggest(this.world.sayings);
  }

  drawCommands() {
    this.menu.hidden = this.chat.commands.length === 0;
    this.commands.replaceChildren(...this.chat.commands.map((command) => el(
      "button", { type: "button", onclick: () => { this.toggleCommands(false); this.send("text", { text: `/${command.command}` }); } },
      el("b", {}, `/${command.command}`), " ", el("span", {}, command.description),
    )));
  }

  toggleCommands(open = this.commands.hidden) {
    this.commands.hidden = !open;
    this.menu.setAttribute("aria-expanded", String(open));
    if (open) this.commands.querySelector("button")?.focus();
  }

  /** Show the answers to taps that came since the last look; those from before this page was opened are old. */
  hear(toasts, first) {
    if (first) this.heard = new Set(toasts.map((toast) => toast.id));
    for (const toast of toasts) {
      if (this.heard.has(toast.id)) continue;
      this.heard.add(toast.id);
      this.release();
      if (toast.text && toast.alert) this.notices.ask(toast.text, "OK");
      else if (toast.text) this.notices.toast(toast.text);
    }
  }

  /** The tap was answered: no button waits any more. */
  release() {
    for (const key of this.list.querySelectorAll(".pressed")) key.classList.remove("pressed");
  }
}

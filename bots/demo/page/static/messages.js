// One message of a chat as an element: bubble, picture, document, text, buttons.
import { el, icon } from "./dom.js";
import { richText } from "./entities.js";

const PIN = "M12 21s7-6.5 7-11a7 7 0 0 0-14 0c0 4.5 7 11 7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z";
const REPLY = "M10 6 4 12l6 6M4 12h9a7 7 0 0 1 7 7";
const MARKS = {
  url: "M8 16 17 7M10 7h7v7",
  copy: "M9 9h11v11H9zM5 15V4h11",
  contact: "M6 3h4l1 5-3 2a12 12 0 0 0 6 6l2-3 5 1v4a2 2 0 0 1-2 2A17 17 0 0 1 4 5a2 2 0 0 1 2-2z",
};

const ELSEWHERE = { target: "_blank", rel: "noopener noreferrer" };
const SEEN = new Set(["image/jpeg", "image/png", "image/webp", "image/gif"]);

/** Messages as people see them: what was sent together is one, with all its pictures or documents. */
export function albums(messages) {
  const shown = [];
  for (const message of messages) {
    const photos = message.photo_url ? [message.photo_url] : [];
    const documents = message.document ? [{ ...message.document, message: message.id }] : [];
    const last = shown.at(-1);
    if (!message.album || last?.album !== message.album) {
      shown.push({ ...message, photos, documents });
      continue;
    }
    last.photos.push(...photos);
    last.documents.push(...documents);
    last.reaction = message.reaction ?? last.reaction;
    if (!last.text) Object.assign(last, { text: message.text, entities: message.entities });
  }
  return shown;
}

/**
 * The element of a message or album. `on` is what the phone does: link(url), command(text), open(document),
 * press(message, row, column, button), and answer(message) where it can be answered.
 * `time(unix)` says a moment on the studio's clock.
 */
export function messageElement(message, on, time) {
  const parts = message.quote ? [el("p", { class: "quoted" }, message.quote)] : [];
  if (message.photos.length) parts.push(pictures(message));
  parts.push(...message.documents.map((document) => file(document, on)));
  if (message.location) parts.push(card(PIN, "Place", `${message.location.latitude}, ${message.location.longitude}`, mapAddress(message.location)));
  if (message.contact) parts.push(card(MARKS.contact, message.contact.name, message.contact.phone));
  if (message.text) parts.push(el("div", { class: "words" }, words(message, on)));
  parts.push(el("span", { class: "when" }, message.edited && message.mine ? "edited " : "", time(message.date)));
  const bubble = el("div", { class: message.photos.length && !message.text ? "bubble bare" : "bubble" }, parts);
  if (message.reaction) bubble.append(el("span", { class: "reaction", role: "img", "aria-label": `The bot reacted with ${message.reaction}` }, message.reaction));
  if (on.answer) bubble.append(el("button", { type: "button", class: "answer", "aria-label": "Answer this message", onclick: () => on.answer(message) }, icon(REPLY)));
  return el(
    "li", { class: message.mine ? "message mine" : "message", "data-id": String(message.id) },
    el("span", { class: "unseen" }, message.mine ? "You:" : "Bot:"),
    bubble,
    message.buttons?.length ? keyboard(message, on) : null,
  );
}

/** A button as people see it: its words, its colour, a mark for what it does besides answering. */
export function buttonElement(button, onclick, key) {
  const mark = MARKS[button.kind];
  return el(
    "button", { type: "button", class: `key ${button.style ?? ""}`, "data-key": key, "data-kind": button.kind, onclick },
    el("span", {}, button.text),
    mark ? icon(mark, "mark") : null,
  );
}

function keyboard(message, on) {
  return el("div", { class: "keys" }, message.buttons.map((row, y) => el(
    "div", { class: "keys-row" },
    row.map((button, x) => buttonElement(button, (event) => on.press(message, y, x, button, event.currentTarget), `${message.id}.${y}.${x}`)),
  )));
}

/** The text; of a tapped START link the messenger shows the command alone. */
function words(message, on) {
  if (message.mine && message.text.startsWith("/start ")) return ["/start"];
  return richText(message.text, message.entities, on);
}

/** Pictures side by side; each opens in a tab of its own. */
function pictures({ photos, mine }) {
  const label = mine ? "Picture that you sent" : "Picture";
  return el("div", { class: photos.length > 1 ? "photos several" : "photos" }, photos.map((url, i) => el(
    "a", { href: url, ...ELSEWHERE },
    el("img", { src: url, alt: photos.length > 1 ? `${label}, ${i + 1} of ${photos.length}` : label, loading: "lazy" }),
  )));
}

/** A document: what it is, its name, its size; the browser shows it in a tab, or saves what it cannot show. */
function file(document, on) {
  const kind = document.name.includes(".") ? document.name.split(".").at(-1).slice(0, 4).toUpperCase() : "FILE";
  const sign = SEEN.has(document.mime_type)
    ? el("img", { class: "sheet-icon", src: document.url, alt: "", loading: "lazy" })
    : el("span", { class: "sheet-icon paper", "data-kind": kind, "aria-hidden": "true" }, kind);
  const note = `${size(document.size)} · ${kind}`;
  return el(
    "a", { class: "document", href: document.url, ...ELSEWHERE, "aria-label": `Open ${document.name}, ${note}`, onclick: () => on.open(document) },
    sign, el("span", {}, el("b", {}, document.name), el("small", {}, note)),
  );
}

/** A place or contact: a sign, two lines, and where it leads. */
function card(path, title, note, href) {
  const inside = [el("span", { class: "sheet-icon" }, icon(path)), el("span", {}, el("b", {}, title), el("small", {}, note))];
  return href
    ? el("a", { class: "document", href, ...ELSEWHERE }, inside)
    : el("div", { class: "document" }, inside);
}

const size = (bytes) => (bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);
const mapAddress = ({ latitude, longitude }) => `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;

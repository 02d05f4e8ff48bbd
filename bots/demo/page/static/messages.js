// One message of a chat as an element: bubble, picture, document, text, buttons.
import { el, icon } from "./dom.js";
import { richText } from "./entities.js";

const DOCUMENT = "M6 2h8l5 5v15H6zM14 2v5h5M9 13h7M9 17h5";
const PIN = "M12 21s7-6.5 7-11a7 7 0 0 0-14 0c0 4.5 7 11 7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z";
const MARKS = {
  url: "M8 16 17 7M10 7h7v7",
  copy: "M9 9h11v11H9zM5 15V4h11",
  contact: "M6 3h4l1 5-3 2a12 12 0 0 0 6 6l2-3 5 1v4a2 2 0 0 1-2 2A17 17 0 0 1 4 5a2 2 0 0 1 2-2z",
};

/**
 * The element of a message. `on` is what the phone does: link(url), command(text), press(message, row, column, button).
 * `time(unix)` says a moment on the studio's clock.
 */
export function messageElement(message, on, time) {
  const parts = [];
  if (message.photo_url) parts.push(el("img", { src: message.photo_url, alt: "Picture", loading: "lazy" }));
  if (message.document) parts.push(card(DOCUMENT, message.document.name, size(message.document.size), message.document.url));
  if (message.location) parts.push(card(PIN, "Place", `${message.location.latitude}, ${message.location.longitude}`, mapAddress(message.location)));
  if (message.contact) parts.push(card(MARKS.contact, message.contact.name, message.contact.phone));
  if (message.text) parts.push(el("div", { class: "words" }, words(message, on)));
  parts.push(el("span", { class: "when" }, message.edited && message.mine ? "edited " : "", time(message.date)));
  const bubble = el("div", { class: "bubble" }, parts);
  if (message.reaction) bubble.append(el("span", { class: "reaction", role: "img", "aria-label": `The bot reacted with ${message.reaction}` }, message.reaction));
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

/** A file, place or contact: a sign, two lines, and where it leads. */
function card(path, title, note, href) {
  const inside = [el("span", { class: "sheet-icon" }, icon(path)), el("span", {}, el("b", {}, title), el("small", {}, note))];
  return href
    ? el("a", { class: "document", href, target: "_blank", rel: "noopener noreferrer" }, inside)
    : el("div", { class: "document" }, inside);
}

const size = (bytes) => (bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);
const mapAddress = ({ latitude, longitude }) => `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;

// What stands around the phones: links, time, events, and the strip of what happened inside.
import { el, icon, role } from "./dom.js";

const HOLD_MINUTES = 15; // the ring is full at a whole hold; an extended one stays full until then
const LINK_ICONS = {
  mini: "M4 7h4l2-3h4l2 3h4v12H4zM12 16a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  reservation: "M4 8h16v4H4zM6 12v8h12v-8M12 8v12M12 8C9 8 7 6.5 8 5s4 0 4 3c0-3 3-4.5 4-3s-1 3-4 3z",
  full: "M6 4h12v16H6zM9 9h6M9 13h6M9 17h3",
  page: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  claim: "M15 9a4 4 0 1 1-4-4 4 4 0 0 1 4 4zM13.5 11.5 20 18v3h-3l-1-1v-2h-2l-2-2",
  preview: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
};
const LINK_NOTES = {
  mini: "the link in a photographer’s bio",
  full: "nothing left to book",
  draft: "not published yet",
  claim: "the link that minis up printed",
  bot: "whatever is published",
  page: "in the browser, from the same program",
};

export function drawLinks(links, follow) {
  if (links.length) role("links").replaceChildren(...links.map((link, i) => el("li", {}, linkCard(link, i, follow))));
}

/** The public page opens in the browser, all else on a phone. */
function linkCard(link, place, follow) {
  const inside = [icon(LINK_ICONS[link.kind] ?? LINK_ICONS.mini), el("span", {}, el("b", {}, link.title), linkNote(link, place))];
  const main = place === 0 ? "card main" : "card";
  if (link.kind === "page") return el("a", { class: main, href: link.url, target: "_blank", rel: "noopener" }, inside);
  return el("button", { type: "button", class: main, onclick: () => follow(link.url) }, inside);
}

function linkNote(link, place) {
  const words = place > 0 && link.kind === "mini" ? "another mini" : LINK_NOTES[link.kind];
  return words ? el("small", {}, words) : null;
}

/** The way to another scene, as soon as there is something to leave. */
export function drawStartOver(begins, isThere) {
  role("start-over").hidden = !isThere;
  role("start-over").textContent = begins === "empty" ? "Back to the example studio" : "Start with an empty studio";
}

/** The bot's state in words, and the countdown while Telegram is down. */
export function drawState(state) {
  const words = {
    waking: "The bots are waking…",
    awake: state.telegram === "down" ? "Telegram is down" : "The bots are awake",
    down: "The bots have stopped",
  };
  const badge = role("bot-state");
  badge.dataset.state = state.bot === "awake" && state.telegram === "down" ? "trouble" : state.bot;
  if (badge.textContent !== words[state.bot]) badge.textContent = words[state.bot];
  role("trouble").hidden = !state.reason;
  role("trouble").textContent = state.reason;
}

/** What may go wrong: how long an outage lasts (`back`: when it ends), and what waits for its moment (`meant`). */
export function drawEvents({ meant, back }, now) {
  for (const button of document.querySelectorAll("[data-event]")) {
    const secondsLeft = Math.max(0, Math.ceil(((back[button.dataset.event] ?? 0) - now) / 1000));
    const waits = meant[button.dataset.event];
    const note = button.querySelector("small");
    const words = secondsLeft > 0 ? `${secondsLeft} s` : waits ? "waits" : "";
    if (note.textContent !== words) note.textContent = words;
    button.classList.toggle("running", secondsLeft > 0 || waits === true);
    if (waits !== undefined) button.setAttribute("aria-pressed", String(waits));
    button.disabled = secondsLeft > 0;
  }
}

const PAGES = {
  making: () => "making pay page…",
  open: (until) => `pay page until ${until}`,
  closing: () => "closing pay page…",
};

/** The product's clock, what is left of the first hold and whose that is, and how its payment page is; called every second. */
export function drawTime(now, { zone, holdUntil, whose, page }) {
  const format = (options, moment = now) => new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options }).format(moment);
  role("clock").textContent = format({ hour: "numeric", minute: "2-digit" });
  role("date").textContent = `${format({ weekday: "short", day: "numeric", month: "short" })} in ${zone.split("/").at(-1).replaceAll("_", " ")}`;
  const left = holdUntil === null ? 0 : Math.max(0, Math.ceil((holdUntil - now) / 1000));
  const lanes = role("hold");
  lanes.hidden = left === 0 && !page;
  lanes.classList.toggle("late", left <= 180);
  lanes.style.setProperty("--left", Math.min(1, left / (HOLD_MINUTES * 60)));
  lanes.dataset.page = page;
  role("hold-word").textContent = whose ? `${whose} spot: ` : "held for ";
  role("hold-text").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  role("page").hidden = !page;
  const words = PAGES[page]?.(format({ hour: "numeric", minute: "2-digit" }, holdUntil)) ?? "";
  if (role("page-text").textContent !== words) role("page-text").textContent = words;
  document.querySelector('[data-clock="hold_end"]').disabled = left === 0;
}

/** The newest lines of the strip, newest first; a line that stands there already keeps its element. */
export function drawStrip(lines, time) {
  const list = role("strip");
  if (!lines.length) return;
  const known = new Map([...list.children].map((item) => [item.dataset.id, item]));
  const wanted = lines.map((line) => known.get(String(line.id)) ?? el(
    "li", { "data-id": String(line.id), "data-tone": line.tone },
    el("p", {}, line.text), el("time", {}, time(Date.parse(line.at) / 1000)),
  )).reverse();
  list.replaceChildren(...wanted);
}

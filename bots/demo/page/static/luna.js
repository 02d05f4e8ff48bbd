// What the photographer sees: a card a booking, with its papers and answers; and the tabs where there is no room for both.
import { el, icon, role } from "./dom.js";

const SHEET = "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7";
const YES = "M5 12.5 10 17.5 19 7";
const NO = "M7 12h10";
const drawn = new Map();

/** The newest booking first; a card that says the same stays the same element. */
export function drawLuna(cards) {
  const list = role("luna");
  const wanted = cards.map((card) => {
    const print = JSON.stringify(card);
    const before = drawn.get(card.booking);
    if (before?.print === print) return before.element;
    const element = cardElement(card);
    keepFocus(before?.element, element);
    drawn.set(card.booking, { print, element });
    return element;
  });
  if (!cards.length && !drawn.size) return;
  const focused = document.activeElement;
  list.replaceChildren(...(wanted.length ? wanted : [el("li", { class: "nothing" }, "No bookings at the moment.")]));
  if (list.contains(focused)) focused.focus({ preventScroll: true });
  if (document.body.dataset.view !== "luna") role("luna-news").hidden = false;
}

/** Links of a card that is drawn anew are focused as before. */
function keepFocus(before, element) {
  const href = before?.contains(document.activeElement) && document.activeElement.getAttribute("href");
  if (href) requestAnimationFrame(() => element.querySelector(`[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true }));
}

function cardElement(card) {
  return el(
    "li", { class: "booking", "data-booking": card.code },
    el(
      "div", { class: "booking-head" },
      el("h3", {}, card.client || "A new client"), el("span", { class: "code" }, card.code),
      el("p", {}, card.when), el("p", {}, card.what), card.reach ? el("p", { class: "reach" }, card.reach) : null,
      el("p", { class: "marks" }, mark(card.state), mark(card.money)),
    ),
    card.papers.map(paper),
    card.asked.map(asked),
  );
}

const mark = ({ words, mood }) => el("span", { class: "mark-chip", "data-mood": mood }, words);

function paper({ title, state, signed, consents, copy }) {
  return el(
    "section", { class: "paper-part", "aria-label": title },
    el("h4", {}, title, mark(state)),
    signed ? el("p", { class: "signed" }, signed) : null,
    consents.length ? el("ul", { class: "consents" }, consents.map(({ label, allowed }) => el(
      "li", { "data-allowed": String(allowed) }, icon(allowed ? YES : NO), `${label}: ${allowed ? "yes" : "no"}`,
    ))) : null,
    copy ? el("a", { class: "open-copy", href: `/luna/copies/${copy}.pdf`, target: "_blank", rel: "noopener" }, icon(SHEET), "Open the signed copy") : null,
  );
}

function asked({ title, replies }) {
  return el(
    "section", { class: "paper-part", "aria-label": title },
    el("h4", {}, title),
    el("dl", {}, replies.flatMap((reply) => [el("dt", {}, reply.question), el("dd", {}, answer(reply))])),
  );
}

function answer({ question, words, photos }) {
  if (!photos.length) return words || el("span", { class: "skipped" }, "skipped");
  return el("span", { class: "shots" }, photos.map((photo, i) => el(
    "a", { href: `/luna/photos/${photo}.jpg`, target: "_blank", rel: "noopener" },
    el("img", { src: `/luna/photos/${photo}.jpg`, alt: `${question}, photo ${i + 1} of ${photos.length}`, loading: "lazy" }),
  )));
}

/** Where the window has no room for both, one of them is seen; a dot says that the other has news. */
export function watchViews() {
  for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => choose(button.dataset.view));
  choose("strip");
}

function choose(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll(".views [data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
  if (view === "luna") role("luna-news").hidden = true;
}

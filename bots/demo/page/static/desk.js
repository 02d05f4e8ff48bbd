// The first screen of Luna's phone: the terminal in which the program runs, with the link that makes her the owner.
import { el } from "./dom.js";

/** The screen, and `offer(url, label)` that puts the link there once the program printed it. */
export function deskScreen(follow) {
  const link = el("button", { type: "button", class: "bio-link", disabled: true }, "one moment…");
  const element = el(
    "div", { class: "home desk" },
    el("h3", {}, "Luna’s own bot"),
    el("p", {}, "Luna runs Minis on her computer. Its first start prints a link that works once: whoever opens it owns the studio."),
    el("div", { class: "terminal" }, el("p", {}, el("b", {}, "$ "), "minis up"), el("p", {}, "To become the studio’s owner, open this link in Telegram:"), link),
    el("p", { class: "bio" }, "From then on she makes her minis, days and prices in the chat, and sees who books."),
  );
  const offer = (url, label) => {
    link.disabled = false;
    link.textContent = url.replace(/^https?:\/\//, "");
    link.setAttribute("aria-label", `${label}: open the link`);
    link.onclick = () => follow(url);
  };
  return { element, offer };
}

// The phone's first screen: the photographer's post with the link that starts it all.
import { el, icon } from "./dom.js";

const HEART = "M12 20s-7-4.5-9-9a5 5 0 0 1 9-4 5 5 0 0 1 9 4c-2 4.5-9 9-9 9z";
const BUBBLE = "M4 5h16v11H9l-5 4z";

/** The screen, and `offer(url, label)` that puts a link under the post once there is one. */
export function homeScreen(phone, follow) {
  const link = el("button", { type: "button", class: "bio-link", disabled: true }, "one moment…");
  const headline = el("b", {}, "Luna Photo");
  const element = el(
    "div", { class: "home" },
    el("div", { class: "profile" }, el("span", { class: "avatar", "aria-hidden": "true" }, icon("M17 3a9 9 0 1 0 4 12 8 8 0 0 1-4-12z")), el("div", {}, headline, el("small", {}, "Portraits in Chicago"))),
    el("div", { class: "picture", role: "img", "aria-label": "Autumn trees by a lake at sunset" }, autumn(phone)),
    el("div", { class: "likes", "aria-hidden": "true" }, icon(HEART), icon(BUBBLE)),
    el("p", {}, "Autumn is at its best! Short portrait sessions in the park: pick a time yourself, right here in the chat."),
    el("p", { class: "bio" }, "Book here:", link),
  );
  const offer = (url, label) => {
    link.disabled = false;
    link.textContent = url.replace(/^https?:\/\//, "");
    link.setAttribute("aria-label", `${label}: open the link`);
    link.onclick = () => follow(url);
  };
  return { element, offer };
}

/** `phone` makes the gradients' ids unique: a hidden phone's gradients are not painted. */
function autumn(phone) {
  const box = document.createElement("div");
  // A constant drawing: nobody's words are in it, `phone` is our own number.
  box.innerHTML = `<svg viewBox="0 0 320 240" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    <defs><linearGradient id="sky-${phone}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f9c98b"/><stop offset=".55" stop-color="#f6a46c"/><stop offset="1" stop-color="#d9685c"/></linearGradient>
    <linearGradient id="lake-${phone}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#e88a63"/><stop offset="1" stop-color="#5a4560"/></linearGradient></defs>
    <rect width="320" height="240" fill="url(#sky-${phone})"/><circle cx="206" cy="112" r="30" fill="#fff1cf" opacity=".95"/>
    <path d="M0 140 60 110l50 26 62-38 70 36 78-30v60H0z" fill="#d3796f"/>
    <rect y="150" width="320" height="90" fill="url(#lake-${phone})"/><g stroke="#ffe3bd" stroke-width="2" opacity=".7"><path d="M180 160h52M188 168h38M194 177h26M199 186h16"/></g>
    <path d="M0 196c70-26 130-10 180 4s100 14 140-2v42H0z" fill="#4a2f3d"/>
    <g fill="#5d3328"><path d="M44 206V120h7v86zM92 210v-64h5v64zM272 208V112h8v96z"/></g>
    <g fill="#d2502f"><circle cx="48" cy="98" r="34"/><circle cx="26" cy="122" r="20"/><circle cx="70" cy="120" r="20"/></g>
    <g fill="#e5873a"><circle cx="94" cy="134" r="22"/><circle cx="60" cy="84" r="16"/></g>
    <g fill="#c6432e"><circle cx="276" cy="92" r="36"/><circle cx="252" cy="118" r="20"/></g><g fill="#ee9b3f"><circle cx="298" cy="114" r="20"/><circle cx="264" cy="78" r="16"/></g>
    <g fill="#2b1b26"><circle cx="158" cy="172" r="7"/><path d="M150 204c0-16 2-24 8-24s9 8 9 24z"/><circle cx="176" cy="180" r="5"/><path d="M170 206c0-12 2-19 6-19s7 7 7 19z"/></g>
  </svg>`;
  return box.firstElementChild;
}

// The messenger's confetti, for people who do not mind motion.
import { el } from "./dom.js";

const COLOURS = ["#e0793f", "#f2b544", "#4a9a6f", "#4a78c9", "#b4576a"];
const PIECES = 36;

export function confetti(over) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const cloud = el("div", { class: "confetti", "aria-hidden": "true" });
  for (let i = 0; i < PIECES; i++) {
    const piece = el("i");
    const angle = (i / PIECES) * Math.PI * 2;
    piece.style.setProperty("--x", `${Math.cos(angle) * (60 + (i % 5) * 26)}px`);
    piece.style.setProperty("--y", `${Math.sin(angle) * (70 + (i % 7) * 22) - 60}px`);
    piece.style.setProperty("--turn", `${180 + i * 40}deg`);
    piece.style.background = COLOURS[i % COLOURS.length];
    cloud.append(piece);
  }
  over.parentElement.append(cloud);
  setTimeout(() => cloud.remove(), 2200);
}

// Text with the Bot API's entities (offsets in UTF-16 units, as JavaScript counts) becomes elements.
import { el } from "./dom.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", date_time: "time", custom_emoji: "span",
};

/** The payload of a link to the bot itself, "" where it has none; null where the link leads elsewhere. */
export function startPayload(url, bot) {
  const found = /^(?:https?:\/\/)?t\.me\/([A-Za-z0-9_]+)\/?(?:\?start=([A-Za-z0-9_-]*))?$/.exec(url);
  return found && found[1].toLowerCase() === bot.toLowerCase() ? (found[2] ?? "") : null;
}

/**
 * Elements for a text. `on` is what the phone does with what can be tapped:
 * {link(url), command(text)}; links of the bot itself open in the phone.
 */
export function richText(text, entities, on) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, 0, text.length, sorted, on);
}

function between(text, start, end, entities, on) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    if (entity.offset < at) continue; // inside one that was drawn already
    const stop = Math.min(entity.offset + entity.length, end);
    const inner = entities.slice(i + 1).filter((other) => other.offset < stop);
    const isBlock = BLOCKS.has(entity.type); // it stands on lines of its own: the line ends beside it are no empty lines
    const before = isBlock ? text.slice(at, entity.offset).replace(/\n$/, "") : text.slice(at, entity.offset);
    if (before) nodes.push(before);
    nodes.push(drawn(entity, text.slice(entity.offset, stop), between(text, entity.offset, stop, inner, on), on));
    at = isBlock && stop < end && text[stop] === "\n" ? stop + 1 : stop;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function drawn(entity, words, children, on) {
  switch (entity.type) {
    case "text_link": return link(entity.url, children, on);
    case "url": return link(words, children, on);
    case "email": return el("a", { href: `mailto:${words}` }, children);
    case "phone_number": return el("a", { href: `tel:${words.replace(/[^+\d]/g, "")}` }, children);
    case "bot_command": return el("button", { type: "button", class: "command", onclick: () => on.command(words) }, children);
    case "spoiler": return spoiler(children);
    case "expandable_blockquote": return expandable(children);
    case "date_time": return el("time", { datetime: new Date(entity.unix_time * 1000).toISOString() }, children);
    default: return el(TAGS[entity.type] ?? "span", {}, children);
  }
}

function link(url, children, on) {
  const href = /^[a-z]+:/i.test(url) ? url : `https://${url}`;
  const opens = (event) => { if (on.link(href)) event.preventDefault(); };
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", onclick: opens }, children);
}

function spoiler(children) {
  const cover = el("button", { type: "button", class: "spoiler", "aria-label": "Hidden text, tap to show" }, el("span", {}, children));
  cover.addEventListener("click", () => { cover.classList.add("shown"); cover.removeAttribute("aria-label"); });
  return cover;
}

function expandable(children) {
  const quote = el("blockquote", { class: "folded" }, el("div", {}, children));
  const toggle = el("button", { type: "button", class: "unfold", "aria-expanded": "false" }, "Show all");
  toggle.addEventListener("click", () => {
    const folded = quote.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.textContent = folded ? "Show all" : "Show less";
  });
  quote.append(toggle);
  return quote;
}

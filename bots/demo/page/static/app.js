// The page's own wiring: one socket to the demo, the phones, and what stands around them.
import { el, role } from "./dom.js";
import { drawLuna, watchViews } from "./luna.js";
import { Phone } from "./phone.js";
import { drawEvents, drawLinks, drawState, drawStrip, drawTime } from "./sides.js";

const RETRY_MS = 1000;
const phones = new Map();
let active = null;
let socket = null;
let clock = { ahead: 0, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, holdUntil: null, page: "" };
let events = { meant: {}, back: {} };
let links = [];

const world = {
  bot: { name: "Luna Photo", username: "" },
  waking: true,
  till: "",
  samples: [],
  now: () => Date.now() + clock.ahead,
  time: (unix) => new Intl.DateTimeFormat("en-US", { timeZone: clock.zone, hour: "numeric", minute: "2-digit" }).format(unix * 1000),
};

const takes = {
  phones: ({ phones: views }) => { views.forEach(showPhone); drawTabs(); },
  clock: (message) => {
    const moved = clock.zone !== message.zone;
    clock = { ahead: Date.parse(message.now) - Date.now(), zone: message.zone, holdUntil: message.hold_until && Date.parse(message.hold_until), page: message.page };
    tick();
    if (moved) for (const phone of phones.values()) phone.redraw();
  },
  luna: ({ cards }) => drawLuna(cards),
  strip: ({ lines }) => drawStrip(lines, world.time),
  state: (message) => {
    world.bot = message.account;
    world.till = message.till;
    world.waking = message.bot === "waking";
    const back = (seconds) => Date.now() + seconds * 1000;
    events = { meant: message.meant, back: { down: back(message.seconds_left), stripe_down: back(message.stripe_seconds_left) } };
    drawState(message);
    tick();
    for (const phone of phones.values()) phone.drawMessages(false);
  },
  links: (message) => { links = message.links; drawLinks(links, (url) => active?.followLink(url)); offerLinks(); },
  samples: ({ samples }) => { world.samples = samples; },
  note: ({ text }) => active?.notices.toast(text),
};

function connect() {
  socket = new WebSocket(`ws://${location.host}/ws`);
  socket.onopen = () => { role("lost").hidden = true; };
  socket.onmessage = ({ data }) => { const message = JSON.parse(data); takes[message.type]?.(message); };
  socket.onclose = () => { role("lost").hidden = false; setTimeout(connect, RETRY_MS); };
}

function send(deed) {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(deed));
}

function showPhone(view) {
  let phone = phones.get(view.id);
  if (!phone) {
    phone = new Phone(view.id, view.name, send, world);
    phones.set(view.id, phone);
    role("phones").append(phone.element);
    for (const what of ["pointerdown", "focusin"]) phone.element.addEventListener(what, () => choose(phone));
    offerLinks();
    choose(phone);
    if (phones.size > 1) phone.element.scrollIntoView({ block: "nearest" });
  }
  phone.update(view.chat);
  phone.tick();
}

function offerLinks() {
  const main = links.find((link) => link.kind === "mini");
  if (main) for (const phone of phones.values()) phone.home.offer(main.url, main.title);
}

/** The phone that links open in, and the one that is seen where there is room for one only. */
function choose(phone) {
  if (active === phone) return;
  active = phone;
  for (const other of phones.values()) other.element.classList.toggle("active", other === phone);
  drawTabs();
}

function drawTabs() {
  const tabs = role("tabs");
  tabs.hidden = phones.size < 2;
  document.body.dataset.phones = String(phones.size);
  document.querySelector('[data-do="add_phone"]').closest("li").hidden = phones.size > 1;
  for (const phone of [...phones.values()].slice(tabs.children.length)) {
    tabs.append(el("button", { type: "button", "data-tab": String(phone.id), onclick: () => choose(phone) }, phone.name));
  }
  for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab.dataset.tab === String(active.id)));
}

function tick() {
  drawTime(world.now(), clock.zone, clock.holdUntil, clock.page);
  drawEvents(events, Date.now());
  for (const phone of phones.values()) phone.tick();
}

for (const button of document.querySelectorAll("[data-clock]")) {
  button.addEventListener("click", () => send({ do: "clock", by: button.dataset.clock }));
}
for (const button of document.querySelectorAll("[data-event]")) {
  button.addEventListener("click", () => send({ do: "event", event: button.dataset.event, phone: active?.id ?? 0 }));
}
document.querySelector('[data-do="add_phone"]').addEventListener("click", () => send({ do: "add_phone" }));
watchViews();
setInterval(tick, 1000);
connect();

// The page's own wiring: one socket to the demo, the phones, and what stands around them.
import { role } from "./dom.js";
import { startPayload } from "./entities.js";
import { drawLuna, watchViews } from "./luna.js";
import { Phone } from "./phone.js";
import { Row } from "./row.js";
import { drawEvents, drawLinks, drawStartOver, drawState, drawStrip, drawTime } from "./sides.js";

const RETRY_MS = 1000;
const row = new Row(() => offer());
let socket = null;
let clock = { ahead: 0, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, holdUntil: null, whose: "", page: "" };
let events = { meant: {}, back: {} };
let links = [];
let lines = [];
let scene = null;

const world = {
  waking: true,
  till: "",
  samples: [],
  sayings: [],
  now: () => Date.now() + clock.ahead,
  time: (unix) => new Intl.DateTimeFormat("en-US", { timeZone: clock.zone, hour: "numeric", minute: "2-digit" }).format(unix * 1000),
  /** Open a link of one of our bots on a phone that has it: on this one, else on the client's or Luna's. */
  open: (url, from) => {
    const having = row.phones.filter((phone) => startPayload(url, phone.bot.username) !== null);
    const phone = [from, row.client, ...having].find((one) => having.includes(one));
    if (!phone) return false;
    row.choose(phone);
    phone.opens(startPayload(url, phone.bot.username));
    return true;
  },
};

const takes = {
  phones: ({ phones: views }) => views.forEach(showPhone),
  clock: (message) => {
    const moved = clock.zone !== message.zone;
    clock = { ahead: Date.parse(message.now) - Date.now(), zone: message.zone, holdUntil: message.hold_until && Date.parse(message.hold_until), whose: message.whose, page: message.page };
    tick();
    if (!moved) return;
    for (const phone of row.phones) phone.redraw();
    role("strip").replaceChildren();
    drawStrip(lines, world.time);
  },
  luna: ({ cards }) => drawLuna(cards),
  strip: (message) => { lines = message.lines; drawStrip(lines, world.time); },
  state: (message) => {
    if (scene && scene.scene !== message.scene) location.reload(); // another one began where this one was
    scene = message;
    world.till = message.till;
    world.waking = message.bot === "waking";
    const back = (seconds) => Date.now() + seconds * 1000;
    events = { meant: message.meant, back: { down: back(message.seconds_left), stripe_down: back(message.stripe_seconds_left) } };
    drawState(message);
    offer();
    tick();
    for (const phone of row.phones) phone.drawMessages(false);
  },
  links: (message) => {
    links = message.links;
    drawLinks(links, (url) => world.open(url, row.client));
    drawStartOver(scene?.begins, links.length > 0);
    offer();
  },
  samples: ({ samples }) => { world.samples = samples; },
  sayings: ({ sayings }) => { world.sayings = sayings; for (const phone of row.phones) phone.drawSayings(); },
  note: ({ text }) => row.active?.notices.toast(text),
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
  let phone = row.phones.find((one) => one.id === view.id);
  const isNew = !phone;
  if (isNew) {
    phone = new Phone(view, send, world);
    row.add(phone);
  }
  const before = JSON.stringify(phone.chat?.messages);
  phone.update(view.chat);
  phone.tick();
  if (!isNew && JSON.stringify(view.chat.messages) !== before) row.changed(phone);
}

/** What the phones' first screens lead to. */
function offer() {
  if (!scene) return;
  const theirs = links.find(({ kind }) => kind === "mini") ?? links.find(({ kind }) => kind === "bot");
  for (const phone of row.phones) {
    if (phone.isLunas && scene.claim) phone.home.offer(scene.claim, "Become the owner");
    else if (!phone.isLunas && theirs) phone.home.offer(theirs.url, `Book ${theirs.title}`);
  }
}

function tick() {
  drawTime(world.now(), clock);
  drawEvents(events, Date.now());
  for (const phone of row.phones) phone.tick();
}

for (const button of document.querySelectorAll("[data-clock]")) {
  button.addEventListener("click", () => send({ do: "clock", by: button.dataset.clock }));
}
for (const button of document.querySelectorAll("[data-event]")) {
  button.addEventListener("click", () => send({ do: "event", event: button.dataset.event, phone: row.client?.id ?? 0 }));
}
document.querySelector('[data-do="add_phone"]').addEventListener("click", () => send({ do: "add_phone" }));
role("start-over").addEventListener("click", ({ currentTarget }) => {
  currentTarget.disabled = true;
  role("lost").textContent = "The stage is set anew. One moment…";
  send({ do: "start_over", begins: scene.begins === "empty" ? "example" : "empty" });
});
watchViews();
setInterval(tick, 1000);
connect();

// The sheet behind the paper clip: the phone's sample pictures and files of this machine, ticked and sent.
import { el, icon } from "./dom.js";
import { asPicture, thumbnail } from "./shrink.js";

const CLOSE = "M6 6l12 12M18 6 6 18";
const FOLDER = "M3 6h6l2 2h10v11H3zM12 11v5M9.5 13.5h5";
const SHEET = "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7";
const MOST = 10; // of an album
const LIMIT = 20 * 1024 * 1024; // bytes; what the demo takes at once, and the most a bot can fetch
const NOTE = "A picture goes without what is hidden in it, such as its place. A file stays as it is.";
const TOO_LARGE = "Together they are more than 20 MB: a bot cannot fetch as much.";

const isNoPicture = ({ file, picture, type }) => (file ? !picture : !type.startsWith("image/"));

export class Picker {
  /** `accepts`: what of this machine is offered; `on` is what the phone does: samples() that lie on it, toast(text), and closed() when the sheet is gone. */
  constructor(phone, name, accepts, on) {
    Object.assign(this, { phone, on, own: [], chosen: [] });
    this.list = el("ul", { class: "picks" });
    this.input = el("input", { type: "file", accept: accepts, multiple: true, hidden: true, "aria-label": "Files of this machine", onchange: () => this.addOwn() });
    this.note = el("p", { class: "picker-note", role: "status" });
    this.asFiles = el("button", { type: "button", class: "act", onclick: () => this.post("files") });
    this.asPictures = el("button", { type: "button", class: "act primary", onclick: () => this.post("pictures") });
    this.element = el(
      "div", { class: "picker", role: "dialog", "aria-label": `Send pictures from ${name}’s phone`, hidden: true },
      el(
        "div", { class: "picker-bar" },
        el("button", { type: "button", class: "tool", "aria-label": "Close the pictures", onclick: () => this.shut() }, icon(CLOSE)),
        el("b", {}, "Send pictures"),
      ),
      this.list,
      el("button", { type: "button", class: "own", onclick: () => this.input.click() }, icon(FOLDER), "Choose a file…"), this.input,
      this.note,
      el("div", { class: "keys-row" }, this.asFiles, this.asPictures),
    );
    this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); this.shut(); } });
  }

  open() {
    this.draw();
    this.element.hidden = false;
    this.list.querySelector("button").focus({ preventScroll: true });
  }

  shut() {
    this.own = [];
    this.chosen = [];
    this.element.hidden = true;
    this.on.closed();
  }

  async addOwn() {
    const files = [...this.input.files];
    this.input.value = "";
    for (const file of files) {
      const own = { key: `${file.name}/${file.size}/${file.lastModified}`, title: file.name, note: "of this machine", file };
      if (this.own.some((other) => other.key === own.key)) continue;
      own.picture = await createImageBitmap(file).catch(() => null);
      this.own.push(own);
      if (this.chosen.length < MOST) this.chosen.push(own.key);
    }
    this.draw();
    this.asPictures.focus();
  }

  get picks() {
    return [...this.on.samples().map((sample) => ({ ...sample, key: sample.name })), ...this.own];
  }

  draw() {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.pick : null;
    this.list.replaceChildren(...this.picks.map((pick) => this.pick(pick)));
    if (focused) this.list.querySelector(`[data-pick="${CSS.escape(focused)}"]`)?.focus();
    const chosen = this.picks.filter((pick) => this.chosen.includes(pick.key));
    const several = chosen.length > 1 ? chosen.length : "";
    this.asFiles.textContent = several ? `As ${several} files` : "As a file";
    this.asPictures.textContent = `Send ${several}`.trim();
    this.asFiles.disabled = !chosen.length;
    const unseen = chosen.find(isNoPicture);
    this.asPictures.disabled = !chosen.length || unseen !== undefined;
    this.note.textContent = unseen ? `${unseen.title} is no picture that this browser can show: it goes as a file only.` : NOTE;
  }

  pick(pick) {
    const place = this.chosen.indexOf(pick.key);
    const sight = isNoPicture(pick) ? icon(SHEET) : pick.file ? thumbnail(pick.picture) : el("img", { src: `/samples/${pick.name}`, alt: "" });
    return el("li", {}, el(
      "button", { type: "button", class: "pick", "aria-pressed": String(place >= 0), "data-pick": pick.key, onclick: () => this.toggle(pick.key) },
      el("span", { class: "sight" }, sight, el("i", { class: "tick", "aria-hidden": "true" }, place < 0 ? "" : String(place + 1))),
      el("b", {}, pick.title), pick.note ? el("small", {}, pick.note) : null,
    ));
  }

  toggle(key) {
    if (this.chosen.includes(key)) this.chosen = this.chosen.filter((other) => other !== key);
    else if (this.chosen.length < MOST) this.chosen.push(key);
    else this.on.toast(`${MOST} go together at most.`);
    this.draw();
  }

  /** Post what is chosen, in the order of the ticks; the server hands it over to the messenger. */
  async post(how) {
    const picks = new Map(this.picks.map((pick) => [pick.key, pick]));
    const form = new FormData();
    form.append("phone", String(this.phone));
    form.append("as", how);
    let size = 0;
    for (const { name, file, picture } of this.chosen.map((key) => picks.get(key))) {
      const data = file && (how === "files" ? file : await asPicture(picture));
      size += data?.size ?? 0;
      if (data) form.append("file", data, file.name);
      else form.append("sample", name);
    }
    if (size > LIMIT) return this.on.toast(TOO_LARGE);
    this.shut();
    const note = await answer(form);
    if (note) this.on.toast(note);
  }
}

/** Why nothing came of it, in words; null where it was sent. */
async function answer(form) {
  try {
    const response = await fetch("/files", { method: "POST", body: form });
    return response.ok ? (await response.json()).note : "This could not be sent.";
  } catch {
    return "The demo is out of reach: nothing was sent.";
  }
}

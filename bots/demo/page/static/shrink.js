// What a messenger's app makes of a picture before it sends it: a smaller JPEG with nothing but the picture in it.
import { el, icon } from "./dom.js";

const LONGER_SIDE = 1280; // pixels, as the apps have it
const QUALITY = 0.87;
const THUMBNAIL = 240;
const DOCUMENT = "M6 2h8l5 5v15H6zM14 2v5h5M9 13h7M9 17h5";

/** The picture as people send it: a JPEG, upright, on white where it was transparent. */
export function asPicture(picture) {
  const canvas = drawn(picture, LONGER_SIDE);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
}

/** A small sight of it; a sheet of paper for what is no picture. */
export function thumbnail(picture) {
  return picture ? drawn(picture, THUMBNAIL) : icon(DOCUMENT);
}

function drawn(picture, side) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = el("canvas", { width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)) });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

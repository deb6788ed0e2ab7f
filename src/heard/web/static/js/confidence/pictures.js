/* Pictures as they may travel: drawn anew, so that nothing is left of when, where and by which camera they were taken. */
import { b64 } from "./bytes.js";

const TAKEN = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/bmp"];
const MOST_BYTES = 20000000, LONGEST_SIDE = 1600, SMALL_ENOUGH = 340000;
export const MOST = 2;

/* `reason` is "type", "size", "unpicturable" or "many". */
export class PictureError extends Error {
  constructor(reason) {
    super(`picture: ${reason}`);
    this.reason = reason;
  }
}

/* [{ type, data }] of what was chosen. */
export async function drawnAnew(files) {
  if (files.length > MOST) throw new PictureError("many");
  const pictures = [];
  for (const file of files) pictures.push(await drawnOnce(file));
  return pictures;
}

async function drawnOnce(file) {
  if (!TAKEN.includes(file.type)) throw new PictureError("type");
  if (file.size > MOST_BYTES) throw new PictureError("size");
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new PictureError("unpicturable");
  });
  for (let side = LONGEST_SIDE; side > 200; side *= 0.75) {
    const blob = await jpeg(bitmap, Math.min(1, side / Math.max(bitmap.width, bitmap.height)));
    if (blob.size <= SMALL_ENOUGH) return { type: "image/jpeg", data: b64(new Uint8Array(await blob.arrayBuffer())) };
  }
  throw new PictureError("size");
}

function jpeg(bitmap, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.82));
}

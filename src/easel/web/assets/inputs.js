// Create: the input images and the mask of the form: what they are, how they are shown and put in order.
import { at } from "./api.js";
import { about, absolute, changed, facts, problemAt, prompt } from "./form.js";
import { veil } from "./drawing.js";
import { followInput, keepRatio } from "./ratio.js";
import { IMAGES, MASKS, fault, upload } from "./upload.js";

const FILES = location.origin + at("/files/");
const list = document.getElementById("inputs");
const faults = document.getElementById("faults");
const files = document.getElementById("files");
const unmask = document.getElementById("unmask");
const previews = new WeakMap(); // addresses of the pixels of files that were chosen here

// Each image and the mask: a name, and an address once it is on the server.
let images = facts.images.map((address) => ({ name: "", address }));
let mask = facts.mask ? { name: "From the earlier job", address: facts.mask } : null;
let maskOf = images[0];

export const masked = () => about().mask && images.length > 0;
export const taken = () => ({ images: images.map(plain), mask: mask && plain(mask) });
const plain = ({ name, address }) => ({ name, address });

export function take(draft) {
  images = draft.images.filter((image) => image.address);
  mask = draft.mask?.address ? draft.mask : null;
  maskOf = images[0];
  if (images.length) keepRatio();
}

// An address of the pixels of the first image; empty for an image of another server.
export const firstSource = () => (images.length ? pixelsOf(images[0]) : "");

const pixelsOf = (image) => previews.get(image) ?? (absolute(image.address).startsWith(FILES) ? absolute(image.address) : "");
const previewOf = (image) => previews.get(image)
  ?? (image.address && absolute(image.address).startsWith(FILES) ? at("/previews/") + absolute(image.address).slice(FILES.length) : "");

// ---- adding images: by address, or as files
function room() {
  return Math.max(0, about().images - images.length);
}

export function addAddresses(addresses) {
  const first = !images.length;
  const fitting = addresses.slice(0, room());
  images.push(...fitting.map((address) => ({ name: "", address })));
  if (fitting.length < addresses.length) tooMany(`${addresses.length - fitting.length} more images`);
  showImages();
  if (first) prompt.focus();
}

// What is being sent, until its address is in the form; each says whether it can be used.
const underway = new Set();
function tracked(work) {
  underway.add(work);
  work.finally(() => underway.delete(work));
  return work;
}

// Waits until all files are sent; false if one cannot be used.
export async function allSent() {
  let good = true;
  while (underway.size) good = (await Promise.all(underway)).every(Boolean) && good;
  return good;
}

export const addFiles = (chosen) => tracked(sendAll(chosen));
async function sendAll(chosen) {
  const fitting = chosen.slice(0, room());
  for (const file of chosen.slice(room())) tooMany(file.name);
  const waiting = fitting.map((file) => {
    const image = { name: file.name, address: "" };
    if (IMAGES[file.type]) previews.set(image, URL.createObjectURL(file));
    return image;
  });
  images.push(...waiting);
  showImages();
  for (const [index, file] of fitting.entries()) {
    const image = waiting[index];
    image.address = await upload(file, faults, IMAGES, Number(files.dataset.megabytes));
    if (!image.address) images = images.filter((one) => one !== image);
    if (image.address && images.length === 1) problemAt("input_images", "");
    showImages();
  }
  return waiting.every((image) => image.address);
}

const tooMany = (name) => fault(faults, name, `A request can have up to ${about().images} images.`);

// ---- showing them
export function showImages() {
  if (mask && images[0] !== maskOf) setMask(null, "The mask was removed: it belongs to another image.");
  list.replaceChildren(...images.map(itemOf));
  if (!images.length) followInput();
  showVeil();
  changed();
}

function itemOf(image, index) {
  const item = document.createElement("li");
  item.draggable = true;
  const source = previewOf(image);
  if (source) item.append(frameOf(image, source, index));
  else {
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = image.address ? image.address.replace(/^https?:\/\//, "") : `${image.name}…`;
    item.append(name);
  }
  if (!image.address) item.classList.add("sending");
  const moves = document.createElement("div");
  moves.className = "moves";
  if (images.length > 1) moves.append(move("←", "Move forward", index, index - 1), move("→", "Move back", index, index + 1));
  moves.append(move("✕", "Remove", index, null));
  item.append(moves);
  item.addEventListener("dragstart", (event) => { event.dataTransfer.setData("text/easel-input", String(index)); item.classList.add("dragged"); });
  item.addEventListener("dragend", () => item.classList.remove("dragged"));
  item.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("text/easel-input")) event.preventDefault(); });
  item.addEventListener("drop", (event) => {
    const from = event.dataTransfer.getData("text/easel-input");
    if (from === "") return;
    event.preventDefault();
    const [moved] = images.splice(Number(from), 1);
    images.splice(index, 0, moved);
    showImages();
  });
  return item;
}

function frameOf(image, source, index) {
  const frame = document.createElement("div");
  frame.className = "frame";
  const preview = document.createElement("img");
  preview.alt = `Input ${index + 1}`;
  preview.draggable = false; // the item is dragged, to put the images in order
  if (index === 0) preview.addEventListener("load", () => followInput(preview.naturalWidth, preview.naturalHeight));
  preview.src = source;
  frame.append(preview);
  return frame;
}

function move(text, label, index, to) {
  const one = document.createElement("button");
  one.type = "button";
  one.textContent = text;
  one.setAttribute("aria-label", `${label} input ${index + 1}`);
  one.disabled = to !== null && (to < 0 || to >= images.length);
  one.addEventListener("click", () => {
    const [moved] = images.splice(index, 1);
    if (to !== null) images.splice(to, 0, moved);
    showImages();
    (list.children[to ?? Math.min(index, images.length - 1)]?.querySelector("button:not(:disabled)") ?? document.getElementById("pick")).focus();
  });
  return one;
}

// ---- the mask of the first input image, for models and providers that have masks
export function setMask(chosen, sentence = "") {
  mask = chosen;
  maskOf = images[0];
  document.getElementById("mask-name").textContent = sentence;
  problemAt("mask", "");
}

export function showMask() {
  document.getElementById("mask-field").hidden = !masked();
  document.getElementById("draw").hidden = !firstSource();
  if (mask) document.getElementById("mask-name").textContent = mask.name + (mask.address ? "" : "…");
  unmask.hidden = !mask;
}

// An address of the mask's pixels; empty without a mask, and for one of another server.
export const maskSource = () => (mask && (mask.address || previews.has(mask)) ? pixelsOf(mask) : "");

// What the mask lets change, in colour over the first image.
async function showVeil() {
  const frame = list.querySelector(".frame");
  const wanted = mask;
  const source = maskSource();
  if (!frame || !source) return;
  const address = await veil(source);
  if (!address || wanted !== mask || !frame.isConnected) return;
  const image = document.createElement("img");
  image.className = "veil";
  image.alt = "Part that may change";
  image.addEventListener("load", () => URL.revokeObjectURL(address));
  image.src = address;
  frame.append(image);
}

// Send a mask and use it; whether that was possible.
export const sendMask = (file, name) => tracked(sendOne(file, name));
async function sendOne(file, name) {
  const chosen = { name, address: "" };
  previews.set(chosen, URL.createObjectURL(file));
  setMask(chosen);
  changed();
  const most = Number(document.getElementById("mask").dataset.megabytes);
  chosen.address = await upload(file, document.getElementById("mask-faults"), MASKS, most);
  if (!chosen.address && mask === chosen) setMask(null);
  showImages();
  return Boolean(chosen.address);
}

document.getElementById("mask").addEventListener("change", (event) => {
  const [file] = event.target.files;
  if (file) sendMask(file, file.name);
  event.target.value = "";
});
unmask.addEventListener("click", () => {
  setMask(null);
  showImages();
  document.getElementById("draw").focus();
});
files.addEventListener("change", (event) => {
  addFiles([...event.target.files]);
  event.target.value = "";
});

// Create: drawing a mask over the first input image, with mouse, pen, finger or keys.
import { doing } from "./api.js";
import { firstSource, maskSource, sendMask } from "./inputs.js";
import { Drawing } from "./drawing.js";

const dialog = document.getElementById("brush");
const board = document.getElementById("board");
const image = document.getElementById("brush-image");
const canvas = document.getElementById("brush-canvas");
const size = document.getElementById("brush-size");
const use = document.getElementById("brush-use");
const problem = dialog.querySelector(".problem");
const drawing = new Drawing(canvas);
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let tool = "brush";
let at = [0, 0]; // where the brush is, in pixels of the canvas
let stroke = null; // "pointer" or "keys" while something is drawn
let source = ""; // the image that is drawn over
let base = ""; // the mask that was there before

const width = () => Math.max(1, (size.value / 200) * drawing.longest);

// ---- opening: what was drawn over the same image before is still there
async function open() {
  problem.hidden = true;
  dialog.showModal();
  if (firstSource() !== source || maskSource() !== base) {
    source = firstSource();
    base = maskSource();
    image.src = source;
    await image.decode();
    board.style.setProperty("--ratio", image.naturalWidth / image.naturalHeight);
    await drawing.begin(image.naturalWidth, image.naturalHeight, base);
    at = [canvas.width / 2, canvas.height / 2];
  }
  show();
  canvas.focus();
}

function show() {
  board.style.setProperty("--tip", `${(width() / canvas.width) * 100}%`);
  board.style.setProperty("--x", `${(at[0] / canvas.width) * 100}%`);
  board.style.setProperty("--y", `${(at[1] / canvas.height) * 100}%`);
  if (stroke) return;
  dialog.querySelector("[data-step=undo]").disabled = !drawing.done.length;
  dialog.querySelector("[data-step=redo]").disabled = !drawing.undone.length;
  for (const button of dialog.querySelectorAll("[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset.tool === tool));
  const share = drawing.share() * 100;
  const words = share === 0 ? "Nothing is drawn yet." : `${share < 1 ? "Less than 1" : Math.round(share)}% of the image may change.`;
  document.getElementById("brush-share").textContent = words;
}

// ---- drawing
function begin(by, eraser) {
  stroke = by;
  problem.hidden = true;
  drawing.step({ tool: eraser ? "eraser" : tool, size: width(), points: [at] });
  show();
}

function go(point) {
  at = point;
  if (stroke) drawing.extend(point);
}

function end() {
  stroke = null;
  show();
}

function place(event) {
  const box = canvas.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * canvas.width, ((event.clientY - box.top) / box.height) * canvas.height];
}

canvas.addEventListener("pointerdown", (event) => {
  if (!event.isPrimary || stroke || ![0, 5].includes(event.button)) return;
  canvas.setPointerCapture(event.pointerId);
  at = place(event);
  begin("pointer", event.button === 5); // the other end of a pen
});
canvas.addEventListener("pointermove", (event) => {
  if (!event.isPrimary || stroke === "keys") return;
  const passed = event.getCoalescedEvents?.() ?? [];
  for (const one of passed.length ? passed : [event]) go(place(one));
  show();
});
for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { if (stroke === "pointer") end(); });

canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const direction = KEYS[event.key];
  if (event.key === " ") {
    event.preventDefault();
    if (!stroke && !event.repeat) begin("keys");
  } else if (direction && stroke !== "pointer") {
    event.preventDefault();
    const far = drawing.longest * (event.shiftKey ? 0.05 : 0.01);
    go([
      Math.min(canvas.width, Math.max(0, at[0] + direction[0] * far)),
      Math.min(canvas.height, Math.max(0, at[1] + direction[1] * far)),
    ]);
    show();
  }
});
canvas.addEventListener("keyup", (event) => { if (event.key === " " && stroke === "keys") end(); });
canvas.addEventListener("blur", () => { if (stroke === "keys") end(); });

// ---- tools
const steps = {
  undo: () => drawing.undo(),
  redo: () => drawing.redo(),
  invert: () => drawing.step({ tool: "invert" }),
  clear: () => drawing.step({ tool: "clear" }),
};

function run(name) {
  if (stroke) return;
  steps[name]();
  show();
}

function resize(by) {
  size.value = Number(size.value) + by;
  show();
}

dialog.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.step) run(button.dataset.step);
  if (button?.dataset.tool) { tool = button.dataset.tool; show(); }
  if (button && "close" in button.dataset) dialog.close();
});
dialog.addEventListener("keydown", (event) => {
  const letter = event.key.toLowerCase();
  const command = event.ctrlKey || event.metaKey;
  if (command && (letter === "z" || letter === "y")) {
    event.preventDefault();
    run(letter === "y" || event.shiftKey ? "redo" : "undo");
  } else if (!command && event.key === "[") resize(-4);
  else if (!command && event.key === "]") resize(4);
});
size.addEventListener("input", show);
document.getElementById("draw").addEventListener("click", open);
use.addEventListener("click", () => {
  if (!drawing.share()) {
    problem.textContent = "Draw over what may change first.";
    problem.hidden = false;
    canvas.focus();
    return;
  }
  doing(use, async () => {
    const file = new File([await drawing.file()], "mask.png", { type: "image/png" });
    if (await sendMask(file, "Drawn mask")) {
      base = maskSource();
      dialog.close();
    } else {
      problem.textContent = document.querySelector("#mask-faults li:last-child span").textContent;
      problem.hidden = false;
    }
  }, problem);
});

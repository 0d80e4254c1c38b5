// Create: painting a mask over the first input image, with mouse, pen, finger or keys.
import { doing } from "./api.js";
import { firstSource, maskSource, sendMask } from "./inputs.js";
import { Painting } from "./painting.js";

const dialog = document.getElementById("brush");
const board = document.getElementById("board");
const image = document.getElementById("brush-image");
const canvas = document.getElementById("brush-canvas");
const size = document.getElementById("brush-size");
const use = document.getElementById("brush-use");
const problem = dialog.querySelector(".problem");
const painting = new Painting(canvas);
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let tool = "brush";
let at = [0, 0]; // where the brush is, in pixels of the canvas
let stroke = null; // "pointer" or "keys" while something is painted
let source = ""; // the image that is painted over
let base = ""; // the mask that was there before

const width = () => Math.max(1, (size.value / 200) * painting.longest);

// ---- opening: what was painted over the same image before is still there
async function open() {
  problem.hidden = true;
  dialog.showModal();
  if (firstSource() !== source || maskSource() !== base) {
    source = firstSource();
    base = maskSource();
    image.src = source;
    await image.decode();
    board.style.setProperty("--ratio", image.naturalWidth / image.naturalHeight);
    await painting.begin(image.naturalWidth, image.naturalHeight, base);
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
  dialog.querySelector("[data-step=undo]").disabled = !painting.done.length;
  dialog.querySelector("[data-step=redo]").disabled = !painting.undone.length;
  for (const button of dialog.querySelectorAll("[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset.tool === tool));
  const share = painting.share() * 100;
  const words = share === 0 ? "Nothing is painted yet." : `${share < 1 ? "Less than 1" : Math.round(share)}% of the image may change.`;
  document.getElementById("brush-share").textContent = words;
}

// ---- painting
function begin(by, eraser) {
  stroke = by;
  problem.hidden = true;
  painting.step({ tool: eraser ? "eraser" : tool, size: width(), points: [at] });
  show();
}

function go(point) {
  at = point;
  if (stroke) painting.extend(point);
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
    const far = painting.longest * (event.shiftKey ? 0.05 : 0.01);
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
  undo: () => painting.undo(),
  redo: () => painting.redo(),
  invert: () => painting.step({ tool: "invert" }),
  clear: () => painting.step({ tool: "clear" }),
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
document.getElementById("paint").addEventListener("click", open);
use.addEventListener("click", () => {
  if (!painting.share()) {
    problem.textContent = "Paint over what may change first.";
    problem.hidden = false;
    canvas.focus();
    return;
  }
  doing(use, async () => {
    const file = new File([await painting.file()], "mask.png", { type: "image/png" });
    if (await sendMask(file, "Painted mask")) {
      base = maskSource();
      dialog.close();
    } else {
      problem.textContent = document.querySelector("#mask-faults li:last-child span").textContent;
      problem.hidden = false;
    }
  }, problem);
});

// Create: the aspect ratio follows the first input image, unless somebody has chosen one.
import { about, changed, form, model } from "./form.js";

const note = document.getElementById("ratio-note");
const asked = new URLSearchParams(location.search);
let chosen = asked.has("again") || asked.has("aspect_ratio");
let input = null; // width / height of the first input image

export function keepRatio() {
  chosen = true;
}

// To be called with the first input image, once its size is known; without one when there is none.
export function followInput(width, height) {
  const before = input;
  input = width && height ? width / height : null;
  if (!input) note.hidden = true;
  else if (input !== before) follow();
}

function follow() {
  const field = form.elements[`${model.value}.aspect_ratio`];
  if (!input || chosen || !field) return;
  const distance = ([width, height]) => Math.abs(Math.log(width / height / input));
  const [[name, size]] = Object.entries(about().sizes).sort(([, one], [, other]) => distance(one) - distance(other));
  field.value = name;
  note.textContent = `Aspect ratio set to ${name}, ${distance(size) < 0.01 ? "the same as" : "nearest to"} your image.`;
  note.hidden = false;
  (field[0] ?? field).dispatchEvent(new Event("change", { bubbles: true }));
  changed();
}

form.addEventListener("change", (event) => {
  if (event.target === model) follow();
  if (!event.isTrusted || !event.target.name?.endsWith(".aspect_ratio")) return;
  chosen = true;
  note.hidden = true;
});

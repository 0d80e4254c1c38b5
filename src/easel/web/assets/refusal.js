// Create: what is wrong with the form in its own words: checked before it is sent, or as the API says it.
import { about, facts, form, labelOf, numbers, problemAt, prompt, sentence } from "./form.js";
import { showShortage } from "./price.js";

// What is wrong with a number as it is shown; "" if nothing is.
function wrongNumber(input) {
  const { validity, min, max } = input;
  if (validity.valid) return "";
  const label = sentence(labelOf(input.closest("[data-field]").dataset.field));
  return validity.badInput || validity.stepMismatch
    ? `${label} must be a whole number from ${min} to ${max}.`
    : `${label} must be ${min} to ${max}.`;
}

export function checkNumber(input) {
  problemAt(input.closest("[data-field]").dataset.field, wrongNumber(input));
}

function wrongPrompt() {
  const length = [...prompt.value].length;
  const most = about().promptMax;
  if (!prompt.value.trim()) return "Describe the image you want.";
  if (length <= most) return "";
  return `The prompt has ${length.toLocaleString("en")} characters; ${about().label} takes ${most.toLocaleString("en")}.`;
}

// Whether the form can be sent; the first field that cannot gets the focus.
export function check() {
  const wrong = [];
  const at = (input, field, text) => { if (problemAt(field, text) && text) wrong.push(input); };
  at(prompt, "prompt", wrongPrompt());
  for (const input of numbers()) at(input, input.closest("[data-field]").dataset.field, wrongNumber(input));
  wrong[0]?.focus();
  return !wrong.length;
}

// The API's sentence with the labels of the form for the names of its fields.
export function inWords(text) {
  let words = text.replaceAll(`${about().field}.`, "");
  words = words.replace(/\binput_images\[(\d+)\]/g, (_, index) => `input image ${Number(index) + 1}`);
  for (const name of Object.keys(about().defaults)) words = words.replaceAll(name, labelOf(name));
  for (const [id, { label }] of Object.entries(facts.models)) words = words.replaceAll(new RegExp(`\\b${id}(?![\\w.-]*\\w)`, "g"), label);
  return sentence(words);
}

export function showRefusal(error) {
  const { details = {}, hint, code, creditsAvailable } = error.body;
  if (code === "insufficient_credits") {
    showShortage(creditsAvailable);
    return;
  }
  const rest = [];
  let placed = false;
  for (const [path, sentences] of Object.entries(details)) {
    const text = sentences.map(inWords).join(" ");
    const field = path.split(".").pop().replace(/\[.*/, "");
    if (problemAt(field, text)) placed = true;
    else rest.push(text);
  }
  if (!placed && !rest.length) rest.push(inWords(error.message).replace(/\.?$/, "."));
  if (hint && !placed) rest.push(inWords(hint));
  const place = document.getElementById("problem");
  place.textContent = rest.join(" ");
  place.hidden = !rest.length;
  form.querySelector(".problem:not([hidden])")?.scrollIntoView({ block: "center" });
}

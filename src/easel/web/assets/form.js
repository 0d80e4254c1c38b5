// Create: what the parts of the form share: its fields, their values and facts, and the problems beside its fields.
export const form = document.getElementById("create");
export const facts = JSON.parse(document.getElementById("facts").textContent);
export const { prompt, model } = form.elements;

export const about = () => facts.models[model.value];
export const params = () => form.querySelector(`[data-params="${CSS.escape(model.value)}"]`);
export const absolute = (address) => new URL(address, location.href).href;

// To be called after every change: price, count and code follow.
export const changed = () => form.dispatchEvent(new Event("changed"));

// ---- the parameters of the chosen model, by their names in the API
const nameOf = (input) => input.name.slice(model.value.length + 1);
const inputs = () => [...params().querySelectorAll("input[name]")];

// Their values as shown; hidden fields and empty numbers are left out.
export function settings() {
  const values = {};
  for (const input of inputs()) {
    const left = input.value === "" || (input.type === "radio" && !input.checked);
    if (left || input.closest("[data-field]").hidden) continue;
    values[nameOf(input)] = input.type === "number" ? Number(input.value) : input.value;
  }
  return values;
}

// Show these values; a value that the model does not have changes nothing.
export function fill(values) {
  for (const input of inputs()) {
    const name = nameOf(input);
    if (!(name in values) || values[name] === null) continue;
    if (input.type === "radio") input.checked ||= input.value === String(values[name]);
    else if (Number.isInteger(Number(values[name]))) input.value = clamped(input, Number(values[name]));
  }
}

export const clamped = (input, value) => Math.min(Number(input.max), Math.max(Number(input.min), value));

// The numbers in sight, and those of them that cannot be sent.
export const numbers = () => inputs().filter((input) => input.type === "number" && !input.closest("[hidden]"));
export const wrongNumbers = () => numbers().filter((input) => !input.validity.valid);

// The label of a parameter in a sentence: "number of images".
export const labelOf = (name) => name.replaceAll("_", " ");
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// ---- problems
// Show a sentence at a field; false when the field has no place for it.
export function problemAt(field, text) {
  const fields = [...form.querySelectorAll(`[data-field="${CSS.escape(field)}"]`)];
  const part = fields.find((one) => !one.closest("[hidden]"));
  const place = part?.querySelector(".problem");
  if (place) {
    place.textContent = text;
    place.hidden = !text;
    if (text && part.closest("details")) part.closest("details").open = true;
  }
  return Boolean(place);
}

export function clearProblems() {
  for (const place of form.querySelectorAll(".problem")) place.hidden = true;
}

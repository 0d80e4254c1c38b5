// Create: what the parts of the form share: its fields, its facts, and the problems beside its fields.
export const form = document.getElementById("create");
export const facts = JSON.parse(document.getElementById("facts").textContent);
export const { prompt, model } = form.elements;

export const about = () => facts.models[model.value];
export const params = () => form.querySelector(`[data-params="${CSS.escape(model.value)}"]`);
export const absolute = (address) => new URL(address, location.href).href;

// To be called after every change: price, count and code follow.
export const changed = () => form.dispatchEvent(new Event("changed"));

// Show a sentence at a field; false when the field has no place for it.
export function problemAt(field, sentence) {
  const part = [...form.querySelectorAll(`[data-field="${CSS.escape(field)}"]`)].find((one) => one.offsetParent);
  const place = part?.querySelector(".problem");
  if (place) {
    place.textContent = sentence;
    place.hidden = !sentence;
  }
  return Boolean(place);
}

export function clearProblems() {
  for (const place of form.querySelectorAll(".problem")) place.hidden = true;
}

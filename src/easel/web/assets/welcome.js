// Create without any image yet: an example is generated at once through the form; an edit is opened in it.
import { at, call, doing } from "./api.js";

const form = document.getElementById("create");

function set(name, value) {
  const field = form.elements[name];
  if (!field) return;
  field.value = value; // of a group of radio buttons too
  (field[0] ?? field).dispatchEvent(new Event("change", { bubbles: true }));
}

function generate({ model, quality, shape, try: prompt }) {
  set("model", model);
  set(`${model}.quality`, quality);
  set(`${model}.aspect_ratio`, shape);
  set("prompt", prompt);
  form.requestSubmit();
}

async function open({ model, quality, shape, image, try: prompt }) {
  const body = new FormData();
  body.append("file", await (await fetch(image)).blob(), "room.webp");
  const { url } = await call("POST", "/v2/uploads", body);
  location.href = at(`/studio/create?${new URLSearchParams({ model, quality, aspect_ratio: shape, prompt, image: url })}`);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-try]");
  if (!button) return;
  if (button.dataset.image) doing(button, () => open(button.dataset));
  else generate(button.dataset);
});

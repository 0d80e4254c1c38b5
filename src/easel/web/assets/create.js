// Create: the form, its request, and the jobs it starts.
import { Refusal, call, say } from "./api.js";
import { rememberSettings } from "./draft.js";
import { follow } from "./code.js";
import { about, absolute, changed, clamped, clearProblems, form, model, params, problemAt, prompt, settings } from "./form.js";
import { allSent, masked, showImages, showMask, taken } from "./inputs.js";
import { card, onEnd, watch } from "./live.js";
import { isShort, setBusy, showCredits } from "./price.js";
import { added } from "./recent.js";
import { check, checkNumber, showRefusal } from "./refusal.js";
import "./brush.js";
import "./drag.js";
import "./picker.js";

const button = document.getElementById("generate");

// ---- the request of the form; parameters at the API's default are omitted
function chosen() {
  const { defaults } = about();
  const values = Object.fromEntries(Object.entries(settings()).filter(([name, value]) => value !== defaults[name]));
  const { images, mask } = taken();
  if (images.length) values.input_images = images.map((image) => absolute(image.address));
  if (masked() && mask?.address) values.mask = absolute(mask.address);
  return values;
}

function request() {
  const values = chosen();
  const body = { model: model.value, prompt: prompt.value };
  return Object.keys(values).length ? { ...body, [about().field]: values } : body;
}
follow(request);

// ---- a parameter that a rule leaves only one value is hidden and omitted, as output_compression is for png
function showFields() {
  const values = { ...about().defaults, ...settings() };
  for (const { when, parameter, values: legal } of about().rules.filter((rule) => rule.values.length === 1)) {
    const applies = Object.entries(when).every(([name, value]) => values[name] === value);
    params().querySelector(`[data-field="${parameter}"]`).hidden = applies;
  }
}

// How many of the folded settings are not the usual ones.
function showFolded() {
  const { initial } = about();
  const rest = new Set([...params().querySelectorAll(".folded [data-field]")].map((part) => part.dataset.field));
  const count = Object.entries(settings()).filter(([name, value]) => rest.has(name) && value !== initial[name]).length;
  params().querySelector("[data-changed]").textContent = count ? `${count} changed` : "";
}

function showCount() {
  const length = [...prompt.value].length;
  const most = about().promptMax;
  const shown = length > most / 2 ? `${length.toLocaleString("en")} of ${most.toLocaleString("en")}` : length.toLocaleString("en");
  document.getElementById("count").textContent = length ? shown : "";
}

function growPrompt() {
  prompt.style.height = "auto";
  prompt.style.height = `${prompt.scrollHeight + 2}px`;
}

// One line of help: for the field that has the focus or the pointer, else the size of the images.
function showHint(event) {
  const field = event?.target.closest(".main [data-field]");
  const { aspect_ratio: ratio, number_of_images: count } = { ...about().defaults, ...settings() };
  const size = `${about().sizes[ratio].join(" × ")} pixels`;
  params().querySelector(".hint").textContent = field?.querySelector(".help").textContent ?? (count > 1 ? `${count} images, ${size} each` : size);
}
for (const event of ["focusin", "pointerover"]) form.addEventListener(event, showHint);
form.addEventListener("pointerleave", () => showHint({ target: document.activeElement }));

form.addEventListener("changed", () => {
  showFields();
  showMask();
  showFolded();
  showCount();
  growPrompt();
  showHint({ target: document.activeElement });
});

// ---- submitting: a request whose response was lost is sent again under its key, and is the same job
let sent = { text: "", key: "" };
function keyFor(body) {
  const text = JSON.stringify(body);
  if (text !== sent.text) sent = { text, key: Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join("-") };
  return { "Idempotency-Key": sent.key };
}

// The new card comes into sight: on a phone it is below the form.
async function showCard(jobId) {
  const made = await card(jobId);
  if (!made) return;
  const jobs = document.getElementById("jobs");
  jobs.prepend(made);
  document.getElementById("nothing").hidden = true;
  const { top, bottom } = jobs.firstElementChild.getBoundingClientRect();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (top < 0 || bottom > innerHeight) jobs.firstElementChild.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  watch();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.disabled || isShort()) return;  // Ctrl+Enter submits without the button
  clearProblems();
  if (!check()) return;
  setBusy(true);
  try {
    if (!await allSent()) return; // without one of them it would be another request
    const body = request();
    const { jobId } = await call("POST", "/v2/images/generate", body, keyFor(body));
    sent = { text: "", key: "" };
    rememberSettings();
    added();
    say("Queued");
    showCard(jobId);
    showCredits();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    showRefusal(error);
  } finally {
    setBusy(false);
  }
});
onEnd(showCredits);

// ---- the controls
form.addEventListener("input", (event) => {
  if (event.target === prompt) problemAt("prompt", "");
  if (event.target.type === "number") checkNumber(event.target);
  changed();
});
form.addEventListener("change", (event) => {
  const { target } = event;
  if (target.type === "number" && target.value === "" && !target.validity.badInput) target.value = target.defaultValue;
  changed();
});
form.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (!step) return;
  const input = step.parentElement.querySelector("input");
  input.value = clamped(input, Number(input.value) + Number(step.dataset.step));
  checkNumber(input);
  changed();
});
for (const folded of form.querySelectorAll(".folded")) {
  folded.addEventListener("toggle", () => { for (const other of form.querySelectorAll(".folded")) other.open = folded.open; });
}
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
});
if (/Mac|iPhone|iPad/.test(navigator.platform)) button.querySelector("kbd").textContent = "⌘ ↵";
showImages();

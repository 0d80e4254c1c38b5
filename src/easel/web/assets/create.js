// Create: the form, its price, its request as code, and the jobs it starts.
import { Refusal, at, call, say, showBalance } from "./api.js";
import { about, absolute, changed, clearProblems, facts, form, model, params, problemAt, prompt } from "./form.js";
import { masked, showImages, showMask, take, taken } from "./inputs.js";
import { card, onEnd, watch } from "./live.js";
import "./tabs.js";
import "./brush.js";
import "./drag.js";
import "./picker.js";

const button = document.getElementById("generate");
let credits = facts.credits;

// ---- the request of the form; parameters at their default are omitted
function chosen() {
  const { defaults } = about();
  const values = {};
  for (const input of params().querySelectorAll("input")) {
    const left = input.value === "" || (input.type === "radio" && !input.checked);
    if (left || input.closest("[data-field]").hidden) continue;
    const name = input.name.slice(model.value.length + 1);
    const value = input.type === "number" ? Number(input.value) : input.value;
    if (value !== defaults[name]) values[name] = value;
  }
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

// ---- a parameter that a rule leaves only one value is hidden and omitted, as output_compression is for png
function showFields() {
  const values = { ...about().defaults, ...chosen() };
  for (const { when, parameter, values: legal } of about().rules.filter((rule) => rule.values.length === 1)) {
    const applies = Object.entries(when).every(([name, value]) => values[name] === value);
    params().querySelector(`[data-field="${parameter}"]`).hidden = applies;
  }
}

// ---- update price, count and code after every change
function showPrice() {
  const { defaults } = about();
  const values = { ...defaults, ...chosen() };
  const cost = about().credits[values.quality] * values.number_of_images + about().partialCredits * (values.partial_images ?? 0);
  const after = credits - (facts.test ? 0 : cost);
  const price = document.getElementById("price");
  const sum = document.createElement("strong");
  sum.textContent = facts.test ? "Test mode: free" : `${cost.toLocaleString("en")} credits`;
  const rest = document.createElement("small");
  rest.textContent = facts.test ? "" : after < 0
    ? `Not enough credits (${Math.abs(after).toLocaleString("en")} short)`
    : `${after.toLocaleString("en")} left after this`;
  price.replaceChildren(sum, rest);
}

function showCount() {
  const length = [...prompt.value].length;
  const most = about().promptMax;
  const place = document.getElementById("count");
  place.textContent = length ? `${length.toLocaleString("en")} of ${most.toLocaleString("en")}` : "";
}

let asked = 0;
async function showCode() {
  const mine = ++asked;
  const code = await call("POST", "/studio/snippets", request()).catch(() => null);
  if (mine !== asked || !code) return;
  for (const place of document.querySelectorAll("#request [data-language]")) place.textContent = code[place.dataset.language];
}

let timer;
form.addEventListener("changed", () => {
  showFields();
  showMask();
  showPrice();
  showCount();
  clearTimeout(timer);
  timer = setTimeout(showCode, 120);
});

function showModel() {
  for (const part of form.querySelectorAll("[data-about]")) part.hidden = part.dataset.about !== model.value;
  for (const part of form.querySelectorAll("[data-params]")) part.hidden = part.dataset.params !== model.value;
  changed();
}

// ---- a session that ends while the form is filled in: the form is back after signing in, in this tab
const DRAFT = "easel-draft";
addEventListener("signin", () => {
  const draft = { user: facts.user, model: model.value, prompt: prompt.value, values: chosen(), ...taken() };
  sessionStorage.setItem(DRAFT, JSON.stringify(draft));
});

function restore() {
  const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
  sessionStorage.removeItem(DRAFT);
  if (draft?.user !== facts.user || ![...model.options].some((option) => option.value === draft.model)) return;
  model.value = draft.model;
  prompt.value = draft.prompt;
  take(draft);
  const values = { ...about().defaults, ...draft.values };
  for (const input of params().querySelectorAll("input")) {
    const value = String(values[input.name.slice(model.value.length + 1)] ?? "");
    if (input.type === "radio") input.checked = input.value === value;
    else input.value = value;
  }
  showModel();
}

// ---- submitting: a request whose response was lost is sent again under its key, and is the same job
let sent = { text: "", key: "" };
function keyFor(body) {
  const text = JSON.stringify(body);
  if (text !== sent.text) sent = { text, key: Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join("-") };
  return { "Idempotency-Key": sent.key };
}

function showRefusal(error) {
  const { details = {}, hint, code } = error.body;
  let placed = false;
  for (const [path, sentences] of Object.entries(details)) {
    placed = problemAt(path.split(".").pop().replace(/\[.*/, ""), sentences.join(" ")) || placed;
  }
  if (placed) {
    form.querySelector(".problem:not([hidden])").scrollIntoView({ block: "center" });
    return;
  }
  const place = document.getElementById("problem");
  const rest = code === "insufficient_credits" ? "Choose a lower quality or fewer images, or ask your administrator for credits." : "";
  place.textContent = [error.message.replace(/\.?$/, "."), hint, rest].filter(Boolean).join(" ");
  place.hidden = false;
}

async function showCard(jobId) {
  const made = await card(jobId);
  if (!made) return;
  document.getElementById("jobs").prepend(made);
  document.getElementById("nothing").hidden = true;
  watch();
}

async function showCredits() {
  credits = await showBalance() ?? credits;
  showPrice();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.disabled) return;  // Ctrl+Enter submits without the button
  clearProblems();
  const { images, mask } = taken();
  if (images.some((image) => !image.address)) {
    problemAt("input_images", "An image is still uploading. Try again in a moment.");
    return;
  }
  if (masked() && mask && !mask.address) {
    problemAt("mask", "The mask is still uploading. Try again in a moment.");
    return;
  }
  button.disabled = true;
  try {
    const body = request();
    const { jobId } = await call("POST", "/v2/images/generate", body, keyFor(body));
    sent = { text: "", key: "" };
    say("Queued");
    showCard(jobId);
    showCredits();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    showRefusal(error);
  } finally {
    button.disabled = false;
  }
});
onEnd((message) => {
  const count = message.result?.images?.length ?? 0;
  const page = at(`/studio/jobs/${message.jobId}`);
  if (message.event === "completed") say(count === 1 ? "1 image ready." : `${count} images ready.`, page);
  else say(`Job ${message.event}. ${message.error ?? ""}`, page);
  showCredits();
});

form.addEventListener("input", changed);
form.addEventListener("change", changed);
model.addEventListener("change", showModel);
form.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (!step) return;
  const input = step.parentElement.querySelector("input");
  input.value = Math.min(Number(input.max), Math.max(Number(input.min), Number(input.value) + Number(step.dataset.step)));
  changed();
});
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
});
restore();
showImages();

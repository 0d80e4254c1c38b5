// Create: the draft of this tab survives navigation, a reload and the end of the session; it ends with signing out.
// The settings of the last request of this user are what the form shows at first in this browser.
import { about, changed, facts, fill, form, model, prompt, settings } from "./form.js";
import { take, taken } from "./inputs.js";
import { keepRatio } from "./ratio.js";
import { keepUnsent } from "./recent.js";

const DRAFT = "easel-draft";
const LAST = `easel-settings-${facts.user}`;
const known = (id) => id in facts.models;

function keepDraft() {
  const draft = { user: facts.user, at: location.search, model: model.value, prompt: prompt.value, values: settings(), ...taken() };
  sessionStorage.setItem(DRAFT, JSON.stringify(draft));
}

export function rememberSettings() {
  const { number_of_images: _, ...values } = settings(); // a count multiplies the price: it is one again
  localStorage.setItem(LAST, JSON.stringify({ model: model.value, values }));
}

// Another model gets the same settings, where it has them; what was usual for the one is what is usual for the other.
let before = model.value;
model.addEventListener("change", () => {
  const now = model.value;
  model.value = before;
  const usual = about().initial;
  const kept = Object.entries(settings()).filter(([name, value]) => value !== usual[name]);
  choose(now);
  fill(about().initial);
  fill(Object.fromEntries(kept));
  changed();
});

function choose(id) {
  if (!known(id)) return;
  model.value = id;
  before = id;
  for (const part of form.querySelectorAll("[data-params]")) part.hidden = part.dataset.params !== id;
  for (const part of form.querySelectorAll("[data-about]")) part.hidden = part.dataset.about !== id;
}

function put(draft) {
  choose(draft.model);
  prompt.value = draft.prompt;
  take(draft);
  if (draft.values.aspect_ratio !== about().initial.aspect_ratio) keepRatio();
  fill({ ...about().initial, ...draft.values });
}

// A link fills in the form unless the page is only loaded again; else the draft does, or the settings of last time.
function restore() {
  const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
  const mine = draft?.user === facts.user && known(draft.model);
  const { link } = facts;
  const [navigation] = performance.getEntriesByType("navigation");
  const back = ["reload", "back_forward"].includes(navigation?.type) && draft?.at === location.search;
  if (mine && (!link || back)) {
    put(draft);
    return;
  }
  if (mine && draft.prompt.trim() && draft.prompt !== prompt.value) keepUnsent(draft.prompt);
  const last = JSON.parse(localStorage.getItem(LAST) ?? "null");
  if (!last || link?.again) return;
  if (!known(link?.model)) choose(last.model);
  fill({ ...last.values, ...link?.values });
}

restore();
form.addEventListener("changed", keepDraft);

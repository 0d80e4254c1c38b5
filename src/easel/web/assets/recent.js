// Create: prompts to use again: starred ones, those of this tab that were never sent, and those of the latest jobs.
import { call } from "./api.js";
import { changed, facts, form, prompt } from "./form.js";

const UNSENT = "easel-unsent";
const STARRED = `easel-starred-${facts.user}`;
const MOST = 50; // prompts
const button = document.getElementById("recall");
const panel = document.getElementById("prompts");
const list = panel.querySelector("ul");
const star = document.getElementById("star");

const read = (storage, key) => JSON.parse(storage.getItem(key) ?? "[]");
const starred = () => read(localStorage, STARRED);
const unsent = () => read(sessionStorage, UNSENT).filter((one) => one.user === facts.user).map((one) => one.prompt);

// A prompt that something else takes the place of is not lost.
export function keepUnsent(text) {
  const others = read(sessionStorage, UNSENT).filter((one) => one.prompt !== text);
  sessionStorage.setItem(UNSENT, JSON.stringify([{ user: facts.user, prompt: text }, ...others].slice(0, MOST)));
}

function toggle(text) {
  const others = starred().filter((one) => one !== text);
  const next = others.length === starred().length ? [text, ...others].slice(0, MOST) : others;
  localStorage.setItem(STARRED, JSON.stringify(next));
  showStar();
}

function paint(element, on) {
  element.textContent = on ? "★" : "☆";
  element.setAttribute("aria-pressed", String(on));
}

function showStar() {
  star.hidden = !prompt.value.trim();
  paint(star, starred().includes(prompt.value));
}

// ---- the list
let sent = null;
async function load() {
  const { jobs = [] } = await call("GET", `/v2/jobs?limit=${MOST}`).catch(() => ({}));
  sent = [...new Set(jobs.map((job) => job.prompt))];
}
export const added = () => { sent = null; };

const recent = () => [...new Set([...unsent(), ...sent ?? []])];

function rows() {
  const template = document.getElementById("prompt-row");
  return [...new Set([...starred(), ...recent()])].slice(0, MOST).map((text) => {
    const row = template.content.cloneNode(true);
    row.querySelector("[data-use] span").textContent = text;
    const mark = row.querySelector("[data-star]");
    paint(mark, starred().includes(text));
    mark.setAttribute("aria-label", `Star: ${text.slice(0, 60)}`);
    return row;
  });
}

async function open() {
  button.setAttribute("aria-expanded", "true");
  panel.hidden = false;
  note(sent ? "" : "Loading…");
  if (!sent) await load();
  if (panel.hidden) return;
  list.replaceChildren(...rows());
  note(list.children.length ? "" : "No prompts yet.");
  list.querySelector("button")?.focus();
}

function note(text) {
  const place = document.getElementById("no-prompts");
  place.textContent = text;
  place.hidden = !text;
}

function close() {
  panel.hidden = true;
  button.setAttribute("aria-expanded", "false");
}

function use(text) {
  if (prompt.value.trim() && !recent().includes(prompt.value)) keepUnsent(prompt.value);
  prompt.value = text;
  changed();
}

button.addEventListener("click", () => (button.getAttribute("aria-expanded") === "true" ? close() : open()));
star.addEventListener("click", () => toggle(prompt.value));
list.addEventListener("click", (event) => {
  const row = event.target.closest("li");
  const text = row?.querySelector("[data-use]").textContent;
  if (event.target.closest("[data-star]")) {
    toggle(text);
    paint(event.target.closest("[data-star]"), starred().includes(text));
  } else if (event.target.closest("[data-use]")) {
    use(text);
    close();
    prompt.focus();
  }
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { close(); button.focus(); }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = [...list.querySelectorAll("[data-use]")];
  const now = all.indexOf(event.target.closest("li")?.querySelector("[data-use]"));
  if (!step || now < 0) return;
  event.preventDefault();
  all[(now + step + all.length) % all.length].focus();
});
document.addEventListener("click", (event) => { if (!panel.contains(event.target) && event.target !== button) close(); });

// ---- ↑ in an empty prompt is the latest one, ↑ and ↓ the ones before and after it
let shown = -1;
prompt.addEventListener("keydown", async (event) => {
  const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const recalled = shown >= 0 && prompt.value === recent()[shown];
  if (!step || event.isComposing || (prompt.value && !recalled) || (step < 0 && !recalled)) return;
  event.preventDefault();
  if (!sent) await load();
  shown = Math.min(recalled ? shown + step : 0, recent().length - 1);
  prompt.value = recent()[shown] ?? "";
  changed();
});
form.addEventListener("changed", showStar);

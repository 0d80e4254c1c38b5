// Live job cards: one stream of server-sent events for all cards whose jobs have not ended.
// A hidden page closes its stream: the server limits streams, and over HTTP/1.1 a browser opens six connections only.
import { Refusal, at, call, doing, fragment, showBalance } from "./api.js";
import "./copy.js";

const STAGES = { queued: "Queued", inputs: "Fetching input images", generating: "Generating…", storing: "Storing…" };
const PAUSES = [1, 2, 4, 8, 15, 30]; // seconds before each further attempt
const LONGEST = 90_000; // milliseconds; the server ends streams after 60 s, so an older one is dead: the computer slept
const note = document.getElementById("connection");
let stream = null;
let listening = "";
let opened = 0;
let failures = 0;
let timer;
const ended = new EventTarget();

const alive = () => [...document.querySelectorAll("[data-live]")];

function progressText(message) {
  const parts = [STAGES[message.stage] ?? STAGES.generating];
  if (message.position) parts.push(message.position === 1 ? "next in queue" : `number ${message.position} in queue`);
  if (message.secondsLeft) parts.push(`about ${Math.max(1, Math.round(message.secondsLeft))} s left`);
  return parts.join(parts[0].endsWith("…") ? " " : ", ");
}

function progress(event) {
  const message = JSON.parse(event.data);
  for (const card of document.querySelectorAll(`[data-live][data-job="${CSS.escape(message.jobId)}"]`)) {
    const bar = card.querySelector("progress");
    if (bar) bar.value = message.progress;
    const stage = card.querySelector("[data-stage]");
    if (stage) stage.textContent = progressText(message);
  }
}

// A partial image takes the place of the placeholder, or of the one before it.
function partial(event) {
  const { jobId, index } = JSON.parse(event.data);
  for (const pending of document.querySelectorAll(`[data-live][data-job="${CSS.escape(jobId)}"] .pending`)) {
    const shown = pending.querySelector(".partial");
    if (shown && Number(shown.dataset.index) >= index) continue;
    const image = new Image();
    image.className = "partial";
    image.alt = `Partial image ${index + 1}`;
    image.dataset.index = index;
    image.addEventListener("load", () => {
      const now = pending.querySelector(".partial");
      if (!now) pending.querySelector(".over").before(image);
      else if (Number(now.dataset.index) < index) now.replaceWith(image);
    });
    image.src = at(`/v2/jobs/${jobId}/partials/${index}`);
  }
}

const pause = (tries) => PAUSES[Math.min(tries, PAUSES.length - 1)] * 1000 * (0.8 + 0.4 * Math.random());

// The card of a job, as soon as the server answers; null if the job was deleted.
export async function card(jobId) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await fragment(at(`/studio/jobs/${jobId}/card`));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 404) return null;
    }
    await new Promise((resolve) => { setTimeout(resolve, pause(tries)); });
  }
}

async function finish(event) {
  const message = JSON.parse(event.data);
  const cards = [...document.querySelectorAll(`[data-live][data-job="${CSS.escape(message.jobId)}"]`)];
  for (const each of cards) each.removeAttribute("data-live");
  watch();
  for (const each of cards) {
    if (each.matches("article")) each.replaceWith(await card(message.jobId) ?? each);
    else each.querySelector("[data-stage]").textContent = message.event;
  }
  ended.dispatchEvent(new CustomEvent("ended", { detail: message }));
  showBalance();
}

export function watch() {
  const ids = [...new Set(alive().map((each) => each.dataset.job))].slice(0, 50);
  const wanted = ids.join();
  if (wanted === listening && stream) return;
  leave();
  if (!ids.length || document.hidden) {
    tell("");
    return;
  }
  listening = wanted;
  opened = Date.now();
  const mine = new EventSource(at(`/v2/watch?${ids.map((id) => `id=${id}`).join("&")}`));
  stream = mine;
  let answered = false;
  mine.addEventListener("open", () => { answered = true; tell(""); });
  const heard = (action) => (event) => { failures = 0; action(event); };
  mine.addEventListener("progress", heard(progress));
  mine.addEventListener("partialImage", heard(partial));
  for (const kind of ["completed", "failed", "cancelled"]) mine.addEventListener(kind, heard(finish));
  mine.addEventListener("error", () => { if (mine === stream) lost(answered); });
}

function leave() {
  clearTimeout(timer);
  stream?.close();
  stream = null;
  listening = "";
}

// A browser gives up after an error status such as a proxy's 502, so connecting again is our own task.
function lost(answered) {
  leave();
  timer = setTimeout(watch, pause(failures));
  failures += 1;
  if (!answered && failures > 1) sayWhy();
}

async function sayWhy() {
  tell("Reconnecting…");
  const me = await fetch(at("/v2/me"), { redirect: "manual" }).catch(() => null);
  if (me?.status === 401) tell("You are signed out. Reload the page to sign in.");
}

function tell(sentence) {
  if (!note) return;
  note.textContent = sentence;
  note.hidden = !sentence;
}

function again() {
  leave();
  watch();
}

export const onEnd = (action) => ended.addEventListener("ended", (event) => action(event.detail));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-cancel]");
  if (button) doing(button, () => call("POST", `/v2/jobs/${button.dataset.cancel}/cancel`));
});
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : watch()));
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => { if (event.persisted) watch(); });
addEventListener("online", again);
setInterval(() => { if (stream && Date.now() - opened > LONGEST) again(); }, 15_000);
watch();

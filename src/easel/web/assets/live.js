// Live job cards: one stream of server-sent events for all cards whose jobs have not ended.
// A hidden page opens it for a moment now and then: the server limits streams, and over HTTP/1.1 a browser opens six
// connections only.
import { announce } from "./announce.js";
import { Refusal, at, call, doing, fragment, showBalance } from "./api.js";
import "./copy.js";
import { progressText } from "./progress.js";

// The part of a page that takes the place of a job's live ones when it ends, by their kind.
const PARTS = { card: (id) => at(`/studio/jobs/${id}/card`), tile: (id) => at(`/studio/gallery/tiles?status=ALL&search=${id}`) };
const PAUSES = [1, 2, 4, 8, 15, 30]; // seconds before each further attempt
const LONGEST = 90_000; // milliseconds; the server ends streams after 60 s, so an older one is dead: the computer slept
const GLANCE = 3_000; // how long a hidden page listens,
const REST = 20_000; // and how long it does not
const DECODING = 3_000; // how long images are waited for before their placeholders go
const note = document.getElementById("connection");
let stream = null;
let listening = "";
let opened = 0;
let failures = 0;
let timer;
const ended = new EventTarget();
const heardOf = new Map(); // by job: its last progress, and when it came

const alive = () => [...document.querySelectorAll("[data-live]")];

const ofJob = (jobId) => [...document.querySelectorAll(`[data-live][data-job="${CSS.escape(jobId)}"]`)];

function progress(event) {
  const message = JSON.parse(event.data);
  heardOf.set(message.jobId, { message, at: Date.now() });
  showProgress(message.jobId);
}

// Also every second between two messages: the time goes on.
function showProgress(jobId) {
  const { message, at: came } = heardOf.get(jobId);
  const words = progressText(message, (Date.now() - came) / 1000);
  for (const part of ofJob(jobId)) {
    const bar = part.querySelector("progress");
    if (bar) bar.value = message.progress;
    const stage = part.querySelector("[data-stage]");
    if (stage && stage.textContent !== words) stage.textContent = words;
  }
}

// A partial image takes the place of the placeholder, or of the one before it.
function partial(event) {
  const { jobId, index } = JSON.parse(event.data);
  for (const slot of ofJob(jobId).map((part) => part.querySelector(".slot")).filter(Boolean)) {
    const shown = slot.querySelector(".partial");
    if (shown && Number(shown.dataset.index) >= index) continue;
    const image = new Image();
    image.className = "partial";
    image.alt = `Partial image ${index + 1}`;
    image.dataset.index = index;
    image.addEventListener("load", () => {
      const now = slot.querySelector(".partial");
      if (!now) slot.append(image);
      else if (Number(now.dataset.index) < index) now.replaceWith(image);
    });
    image.src = at(`/v2/jobs/${jobId}/partials/${index}`);
  }
}

const pause = (tries) => PAUSES[Math.min(tries, PAUSES.length - 1)] * 1000 * (0.8 + 0.4 * Math.random());

// The card of a job, as soon as the server answers; null if the job was deleted.
export const card = (jobId) => partOf("card", jobId);

async function partOf(kind, jobId) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await fragment(PARTS[kind](jobId));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 404) return null;
    }
    await new Promise((resolve) => { setTimeout(resolve, pause(tries)); });
  }
}

async function finish(event) {
  const message = JSON.parse(event.data);
  const parts = Map.groupBy(ofJob(message.jobId), (part) => part.dataset.live);
  if (!parts.size) return;
  for (const part of [...parts.values()].flat()) part.removeAttribute("data-live");
  heardOf.delete(message.jobId);
  watch();
  const made = new Map();
  for (const kind of parts.keys()) if (kind in PARTS) made.set(kind, await partOf(kind, message.jobId));
  const unchanged = [...made.values()].map((part) => part?.querySelector("[data-unchanged]")?.dataset.unchanged).find(Boolean);
  announce(message, unchanged);
  for (const [kind, part] of made) await swap(parts.get(kind), part);
  ended.dispatchEvent(new CustomEvent("ended", { detail: message }));
  showBalance();
}

// The placeholders of a job go when its images can be shown.
async function swap(places, made) {
  const images = [...(made?.querySelectorAll("img") ?? [])].map((image) => {
    const early = new Image();
    early.src = image.getAttribute("src");
    return early.decode();
  });
  await Promise.race([Promise.allSettled(images), new Promise((resolve) => { setTimeout(resolve, DECODING); })]);
  const [first, ...others] = places;
  first.replaceWith(made ?? "");
  for (const other of others) other.remove();
}

export function watch() {
  const ids = [...new Set(alive().map((each) => each.dataset.job))].slice(0, 50);
  const wanted = ids.join();
  if (wanted === listening && stream) return;
  leave();
  if (!ids.length) {
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
  if (document.hidden) timer = setTimeout(rest, GLANCE);
}

function rest() {
  leave();
  timer = setTimeout(watch, REST);
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
document.addEventListener("visibilitychange", () => (document.hidden ? rest() : again()));
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => { if (event.persisted) watch(); });
addEventListener("online", again);
setInterval(() => { if (stream && Date.now() - opened > LONGEST) again(); }, 15_000);
setInterval(() => { if (!document.hidden) for (const jobId of heardOf.keys()) showProgress(jobId); }, 1_000);
watch();

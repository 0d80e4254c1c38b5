// Live job cards: one stream of server-sent events for all cards whose jobs have not ended.
// A hidden page closes its stream: the server limits streams, and over HTTP/1.1 a browser opens six connections only.
import { call, doing, fragment, showBalance } from "./api.js";
import "./copy.js";

const STAGES = { queued: "Queued", inputs: "Fetching input images", generating: "Generating…", storing: "Storing…" };
const RETRY_DELAY = 10_000; // milliseconds
let stream = null;
let listening = "";
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
    image.src = `/v2/jobs/${jobId}/partials/${index}`;
  }
}

async function finish(event) {
  const message = JSON.parse(event.data);
  const cards = document.querySelectorAll(`[data-live][data-job="${CSS.escape(message.jobId)}"]`);
  for (const card of cards) card.removeAttribute("data-live");
  ended.dispatchEvent(new CustomEvent("ended", { detail: message }));
  watch();
  for (const card of cards) {
    if (!card.matches("article")) {
      card.querySelector("[data-stage]").textContent = message.event;
      continue;
    }
    try {
      card.replaceWith(await fragment(`/studio/jobs/${message.jobId}/card`));
    } catch { /* the job was deleted: leave the card until the page is reloaded */ }
  }
  showBalance();
}

export function watch() {
  const ids = [...new Set(alive().map((card) => card.dataset.job))].slice(0, 50);
  const wanted = ids.join();
  if (wanted === listening && stream?.readyState !== EventSource.CLOSED) return;
  leave();
  if (!ids.length || document.hidden) return;
  listening = wanted;
  stream = new EventSource(`/v2/watch?${ids.map((id) => `id=${id}`).join("&")}`);
  stream.addEventListener("progress", progress);
  stream.addEventListener("partialImage", partial);
  for (const kind of ["completed", "failed", "cancelled"]) stream.addEventListener(kind, finish);
  stream.addEventListener("error", refused);
}

function leave() {
  stream?.close();
  stream = null;
  listening = "";
}

// A browser reconnects by itself when a stream breaks off, but not after an error status such as 429 or 503.
function refused(event) {
  if (event.target.readyState === EventSource.CLOSED && event.target === stream) setTimeout(watch, RETRY_DELAY);
}

export const onEnd = (action) => ended.addEventListener("ended", (event) => action(event.detail));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-cancel]");
  if (button) doing(button, () => call("POST", `/v2/jobs/${button.dataset.cancel}/cancel`));
});
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : watch()));
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => { if (event.persisted) watch(); });
watch();

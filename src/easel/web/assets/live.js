// Jobs as they live: one stream of server-sent events for all cards that are not final, until each has ended.
// A page nobody sees has none: streams are counted, and a browser keeps only six connections to a server of HTTP/1.1.
import { call, doing, fragment, showBalance } from "./api.js";
import "./copy.js";

const STAGES = { queued: "Waiting", inputs: "Fetching the inputs", generating: "Generating", storing: "Storing" };
const AGAIN = 10_000;
let stream = null;
let listening = "";
const ended = new EventTarget();

const alive = () => [...document.querySelectorAll("[data-live]")];

function words(news) {
  const parts = [STAGES[news.stage] ?? "Painting"];
  if (news.position) parts.push(`${news.position === 1 ? "next" : `number ${news.position}`} in line`);
  if (news.secondsLeft) parts.push(`about ${Math.max(1, Math.round(news.secondsLeft))} s`);
  return parts.join(", ");
}

function progress(event) {
  const news = JSON.parse(event.data);
  for (const card of document.querySelectorAll(`[data-live][data-job="${CSS.escape(news.jobId)}"]`)) {
    const bar = card.querySelector("progress");
    if (bar) bar.value = news.progress;
    const stage = card.querySelector("[data-stage]");
    if (stage) stage.textContent = words(news);
  }
}

async function finish(event) {
  const news = JSON.parse(event.data);
  const cards = document.querySelectorAll(`[data-live][data-job="${CSS.escape(news.jobId)}"]`);
  for (const card of cards) card.removeAttribute("data-live");
  ended.dispatchEvent(new CustomEvent("ended", { detail: news }));
  watch();
  for (const card of cards) {
    if (!card.matches("article")) {
      card.querySelector("[data-stage]").textContent = news.event;
      continue;
    }
    try {
      card.replaceWith(await fragment(`/studio/jobs/${news.jobId}/card`));
    } catch { /* deleted meanwhile: the card stays as it is until the next visit */ }
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
  for (const kind of ["completed", "failed", "cancelled"]) stream.addEventListener(kind, finish);
  stream.addEventListener("error", refused);
}

function leave() {
  stream?.close();
  stream = null;
  listening = "";
}

// A browser connects again by itself when a stream breaks off, but not when it was refused, as 429 or 503 do.
function refused(event) {
  if (event.target.readyState === EventSource.CLOSED && event.target === stream) setTimeout(watch, AGAIN);
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

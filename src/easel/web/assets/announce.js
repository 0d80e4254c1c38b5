// Jobs that have ended: one toast for all of them. While the page is hidden, its title counts them, and a notification
// is shown if the user has asked for notifications with the button.
import { at, say } from "./api.js";

const TOGETHER = 6_000; // milliseconds within which images are counted together
const title = document.title;
const button = document.querySelector("[data-notify]");
let ready = { images: 0, jobs: new Set(), until: 0 };
let missed = 0;
let waiting = null; // what to say once the page is visible

// `unchanged`: the reason why an edit changed nothing, if it did not.
export function announce(message, unchanged) {
  const [words, link] = message.event === "completed" ? completed(message, unchanged) : other(message);
  if (!document.hidden) {
    say(words, link);
    return;
  }
  missed += 1;
  waiting = [words, link];
  document.title = `(${missed}) ${title}`;
  notify(words, link);
}

function completed({ jobId, result }, unchanged) {
  if (unchanged) return [`Nothing was changed. ${unchanged}`, at(`/studio/jobs/${jobId}`)];
  if (Date.now() > ready.until && !missed) ready = { images: 0, jobs: new Set() };
  ready.images += result.images.length;
  ready.jobs.add(jobId);
  ready.until = Date.now() + TOGETHER;
  const link = ready.jobs.size === 1 ? at(`/studio/jobs/${jobId}`) : at("/studio/gallery");
  return [ready.images === 1 ? "1 image ready." : `${ready.images} images ready.`, link];
}

function other({ event, error, jobId }) {
  const words = event === "cancelled" ? "Cancelled. Not charged." : `Generation failed. Not charged. ${error ?? ""}`;
  return [words.trim(), at(`/studio/jobs/${jobId}`)];
}

function notify(words, link) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  try {
    const made = new Notification(words, { tag: "easel", icon: document.querySelector("link[rel=icon]")?.href });
    made.addEventListener("click", () => { window.focus(); location.href = link; });
  } catch {
    // Browsers on phones allow notifications to service workers only: the title has to do.
  }
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden || !waiting) return;
  say(...waiting);
  missed = 0;
  waiting = null;
  document.title = title;
});

if (button && "Notification" in window && isSecureContext) {
  button.hidden = Notification.permission !== "default";
  button.addEventListener("click", async () => {
    const answer = await Notification.requestPermission();
    button.hidden = answer !== "default";
    if (answer === "granted") say("You will be notified when images are ready and this page is in the background.");
  });
}

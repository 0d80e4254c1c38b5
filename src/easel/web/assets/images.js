// Actions on one image, wherever it is shown: mark it as a favourite, delete it or its whole job.
import { Refusal, at, call, say } from "./api.js";
import { card } from "./live.js";

const jobs = new Map();

// The job with all its images, asked for once: a promise.
export function jobOf(id) {
  if (!jobs.has(id)) {
    const asked = call("GET", `/v2/jobs/${id}`);
    asked.catch(() => jobs.delete(id));
    jobs.set(id, asked);
  }
  return jobs.get(id);
}

// The path of an absolute address of this server.
export const pathOf = (url) => { const { pathname, search } = new URL(url, location.href); return pathname + search; };
export const fileOf = (preview) => at("/files/") + pathOf(preview).slice(at("/previews/").length);

const tilesOf = (name) => document.querySelectorAll(`.tile[data-name="${CSS.escape(name)}"]`);
export const isFavourite = (name) => [...tilesOf(name)].some((tile) => "favourite" in tile.dataset);

// What went wrong is said; returns whether it went well.
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say([error.message, error.body.hint].filter(Boolean).join(" "));
    return false;
  }
}

export function favour(name, on) {
  return attempt(async () => {
    await call(on ? "PUT" : "DELETE", `/v2/favourites/${name}`);
    jobs.delete(name.slice(0, name.lastIndexOf("-")));
    for (const tile of tilesOf(name)) tile.toggleAttribute("data-favourite", on);
  });
}

// Ask before deleting: `one` and `all` are the labels of the buttons. Returns "image", "job", or "" for neither.
export function confirmed(title, one, all) {
  const dialog = document.getElementById("remove");
  document.getElementById("remove-title").textContent = title;
  for (const [button, label] of [[dialog.querySelector("[data-one]"), one], [dialog.querySelector("[data-all]"), all]]) {
    button.textContent = label;
    button.hidden = !label;
  }
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => { dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }); });
}

// Delete some images of a job, or all of it if these are all; the page then shows neither.
export async function erase(job, numbers, count) {
  if (numbers.length >= count) {
    await call("DELETE", `/v2/jobs/${job}`);
    await gone(job, null);
    return;
  }
  for (const number of numbers) {
    await call("DELETE", `/v2/jobs/${job}/images/${number}`);
    await gone(job, number);
  }
}

async function gone(job, number) {
  jobs.delete(job);
  for (const tile of document.querySelectorAll(`.tile[data-job="${CSS.escape(job)}"]`)) {
    if (number === null || tile.dataset.name === `${job}-${number}`) tile.remove();
    else tile.dataset.count -= 1;
  }
  for (const article of document.querySelectorAll(`article.job[data-job="${CSS.escape(job)}"]`)) {
    const now = number === null ? null : await card(job);
    if (now) article.replaceWith(now);
    else article.remove();
  }
  document.dispatchEvent(new CustomEvent("images-deleted"));
}

// Ask whether the image or all of its job is deleted, and do it. Returns whether something was.
export async function discard(job, number, count) {
  const answer = count > 1
    ? await confirmed(`Delete only this image, or all ${count} images of this job?`, "Delete image", `Delete all ${count} images`)
    : await confirmed("Delete this image, with its job and prompt?", "", "Delete image");
  if (!answer) return false;
  const deleted = await attempt(() => erase(job, [number], answer === "job" ? 0 : count));
  if (deleted) say("Deleted.");
  return deleted;
}

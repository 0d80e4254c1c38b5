// The gallery: load more tiles on scrolling, and actions on the selected tiles.
import { Refusal, at, call, doing, fragment } from "./api.js";
import "./live.js";

const tiles = document.getElementById("tiles");
const tray = document.getElementById("tray");

// ---- load the next page before its link is visible
const observer = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) more(entry.target);
}, { rootMargin: "1200px" });

async function more(item) {
  observer.unobserve(item);
  const link = item.querySelector("[data-more]");
  try {
    const next = await fragment(link.getAttribute("href"));
    item.replaceWith(next);
    observeLinks();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    link.textContent = `Loading failed. ${error.message}`;
  }
}
tiles.addEventListener("click", (event) => {
  const link = event.target.closest("[data-more]");
  if (link) { event.preventDefault(); more(link.parentElement); }
});
function observeLinks() {
  for (const item of tiles.querySelectorAll(".more")) observer.observe(item);
}
observeLinks();

// ---- selecting
const selected = () => [...tiles.querySelectorAll(".tile.on")];

function offer(id, on, href) {
  const link = document.getElementById(id);
  link.setAttribute("aria-disabled", String(!on));
  if (on) link.href = href;
  else link.removeAttribute("href");
}

function show() {
  const chosen = selected();
  tray.hidden = !chosen.length;
  tiles.classList.toggle("picking", chosen.length > 0);
  document.getElementById("picked").textContent = `${chosen.length} selected`;
  const query = (name, part) => chosen.map((tile) => `${name}=${encodeURIComponent(tile.dataset[part])}`).join("&");
  offer("compare", chosen.length >= 2 && chosen.length <= 4, at(`/studio/compare?${query("image", "name")}`));
  offer("use", chosen.length <= 16, at(`/studio/create?${query("image", "file")}`));
  const names = chosen.map((tile) => `name=${tile.dataset.file.split("/").pop()}`).join("&");
  offer("zip", chosen.length <= 200, at(`/v2/archive?${names}`));
}

tiles.addEventListener("change", (event) => {
  event.target.closest(".tile").classList.toggle("on", event.target.checked);
  show();
});
document.getElementById("clear").addEventListener("click", () => {
  for (const tile of selected()) {
    tile.classList.remove("on");
    tile.querySelector("input").checked = false;
  }
  show();
});
document.getElementById("delete").addEventListener("click", (event) => {
  const jobs = new Set(selected().map((tile) => tile.dataset.job));
  const all = [...tiles.querySelectorAll(".tile")].filter((tile) => jobs.has(tile.dataset.job));
  if (!confirm(`Delete ${jobs.size === 1 ? "this job" : `these ${jobs.size} jobs`} with ${all.length} image${all.length === 1 ? "" : "s"}? This cannot be undone.`)) return;
  doing(event.target, async () => {
    for (const job of jobs) {
      await call("DELETE", `/v2/jobs/${job}`);
      for (const tile of all) if (tile.dataset.job === job) tile.remove();
      show();
    }
  });
});
document.getElementById("filters").addEventListener("change", (event) => {
  if (event.target.matches("select")) event.currentTarget.requestSubmit();
});

// Selecting images of the gallery: one by one, a range, or all; and what can be done with those selected.
import { at, doing, say } from "./api.js";
import { attempt, confirmed, erase } from "./images.js";

const root = document.getElementById("tiles");
const tray = document.getElementById("tray");
const button = document.getElementById("select");
let last = null; // where a range begins
let picking = false; // whether a click selects, as it also does once something is selected

const all = () => [...root.querySelectorAll(".tile[data-name]")];
export const selected = () => [...root.querySelectorAll(".tile.on")];
const images = (count) => `${count} image${count === 1 ? "" : "s"}`;

function mark(tile, on) {
  tile.classList.toggle("on", on);
  tile.querySelector(".mark input").checked = on;
}

// Select a tile, or put it back; with a range, all from the one before.
export function pick(tile, on, range = false) {
  const tiles = range && last?.isConnected ? all() : [];
  const [from, to] = [tiles.indexOf(last), tiles.indexOf(tile)].sort((one, other) => one - other);
  for (const each of tiles.length ? tiles.slice(from, to + 1) : [tile]) mark(each, on);
  last = tile;
  show();
}

export function pickAll(on) {
  for (const tile of on ? all() : selected()) mark(tile, on);
  show();
}

// A link with its label; when it is not possible, it says what is.
function offer(id, possible, href, otherwise) {
  const link = document.getElementById(id);
  link.setAttribute("aria-disabled", String(!possible));
  link.textContent = possible ? link.dataset.label : otherwise;
  if (possible) link.href = href;
  else link.removeAttribute("href");
}

export function show() {
  const chosen = selected();
  tray.hidden = !chosen.length;
  root.classList.toggle("picking", picking || chosen.length > 0);
  button.setAttribute("aria-pressed", String(picking));
  button.textContent = picking ? "Stop selecting" : "Select";
  document.getElementById("picked").textContent = `${chosen.length} selected`;
  const query = (name, part) => chosen.map((tile) => `${name}=${encodeURIComponent(tile.dataset[part])}`).join("&");
  offer("compare", chosen.length >= 2 && chosen.length <= 4, at(`/studio/compare?${query("image", "name")}`), "Compare 2 to 4 images");
  offer("use", chosen.length <= 16, at(`/studio/create?${query("image", "file")}`), "Edit up to 16 images");
  const names = chosen.map((tile) => `name=${tile.dataset.file.split("/").pop()}`).join("&");
  offer("zip", chosen.length <= 200, at(`/v2/archive?${names}`), "Download up to 200 images");
  root.dispatchEvent(new CustomEvent("picked", { detail: chosen.length }));
}

root.addEventListener("click", (event) => {
  const tile = event.target.closest(".tile[data-name]");
  if (!tile || event.target.closest(".card")) return;
  if (event.target.matches(".mark input")) pick(tile, event.target.checked, event.shiftKey);
  else if (event.target.closest("a") && (event.shiftKey || picking || selected().length) && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    pick(tile, !tile.classList.contains("on"), event.shiftKey);
  }
});

addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
  if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    pickAll(true);
  } else if (event.key === "Escape") stop();
});

// Put all back, and let clicks open images again.
export function stop() {
  picking = false;
  pickAll(false);
}
button.addEventListener("click", () => {
  if (picking) stop();
  else {
    picking = true;
    show();
  }
});

document.getElementById("clear").addEventListener("click", () => {
  stop();
  root.querySelector(".tile > a[tabindex='0']")?.focus();
});

document.getElementById("delete").addEventListener("click", async (event) => {
  const chosen = selected();
  const jobs = Map.groupBy(chosen, (tile) => tile.dataset.job);
  const answer = await confirmed(`Delete ${images(chosen.length)}?`, `Delete ${images(chosen.length)}`, "");
  if (!answer) return;
  const deleted = await doing(event.target, () => attempt(async () => {
    for (const [job, tiles] of jobs) {
      const numbers = tiles.map((tile) => tile.dataset.name.slice(job.length + 1));
      await erase(job, numbers, Number(tiles[0].dataset.count));
      show();
    }
  }));
  if (deleted) say(`${images(chosen.length)} deleted.`);
});
document.addEventListener("images-deleted", show);

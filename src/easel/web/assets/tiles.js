// The tiles of the gallery: the card over the one that is pointed at or has the focus, and the keys to go through them.
// Only one tile can be reached by Tab; its card follows, then what is below the tiles.
import { at } from "./api.js";
import { discard, favour } from "./images.js";
import { pick } from "./select.js";

const SAME_ROW = 4; // pixels
const root = document.getElementById("tiles");
const card = document.getElementById("card").content.firstElementChild;
const deed = (name) => card.querySelector(`[data-deed="${name}"]`);
let here = null;

// ---- the card
function carry(tile) {
  if (!tile?.dataset.name) { card.remove(); return; }
  if (card.parentElement !== tile) tile.append(card);
  const made = new Date(tile.dataset.at).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  card.querySelector(".words").textContent = tile.querySelector("img").alt;
  card.querySelector(".facts").textContent = `${tile.dataset.cost}${Number(tile.dataset.count) > 1 ? ` for ${tile.dataset.count}` : ""} · ${made}`;
  deed("favourite").setAttribute("aria-pressed", String("favourite" in tile.dataset));
  deed("download").href = `${tile.dataset.file}?download=1`;
  deed("edit").href = at(`/studio/create?image=${encodeURIComponent(tile.dataset.file)}`);
}

const deeds = {
  favourite: async (tile) => { if (await favour(tile.dataset.name, !("favourite" in tile.dataset)) && card.parentElement === tile) carry(tile); },
  delete: async (tile) => {
    const next = tile.nextElementSibling ?? tile.previousElementSibling;
    const { job, name, count } = tile.dataset;
    if (await discard(job, Number(name.slice(job.length + 1)), Number(count)) && next) go(next);
  },
};
card.addEventListener("click", (event) => deeds[event.target.closest("[data-deed]")?.dataset.deed]?.(card.parentElement));

root.addEventListener("pointerover", (event) => {
  const tile = event.target.closest(".tile");
  if (event.pointerType !== "mouse" || !tile || card.parentElement === tile) return;
  if (card.contains(document.activeElement)) here?.querySelector("a").focus({ preventScroll: true });
  carry(tile);
});
root.addEventListener("pointerleave", () => {
  if (!root.contains(document.activeElement)) card.remove();
});
root.addEventListener("focusin", (event) => {
  const tile = event.target.closest(".tile");
  if (!tile) return;
  reach(tile);
  carry(tile);
});
root.addEventListener("load", (event) => event.target.classList.add("loaded"), true);

// ---- keys
function reach(tile) {
  here?.querySelector("a").setAttribute("tabindex", "-1");
  here = tile;
  tile.querySelector("a").setAttribute("tabindex", "0");
}

function go(tile) {
  if (tile) tile.querySelector("a").focus();
}

// Tiles that are new on the page; the first can be reached if none can.
export function adopt(tiles) {
  for (const tile of tiles) {
    for (const control of tile.querySelectorAll("a, input")) control.tabIndex = -1;
    const image = tile.querySelector("img");
    if (image?.complete) image.classList.add("loaded");
  }
  if (!here?.isConnected) {
    here = null;
    const first = root.querySelector(".tile");
    if (first) reach(first);
  }
}
document.addEventListener("images-deleted", () => adopt([]));

// The tile in the next row that is nearest.
function across(tiles, from, by) {
  const box = tiles[from].getBoundingClientRect();
  const middle = (one) => (one.left + one.right) / 2;
  let [best, row] = [null, null];
  for (let index = from + by; tiles[index]; index += by) {
    const other = tiles[index].getBoundingClientRect();
    if (Math.abs(other.top - box.top) < SAME_ROW) continue;
    row ??= other.top;
    if (Math.abs(other.top - row) > SAME_ROW) break;
    const distance = Math.abs(middle(other) - middle(box));
    if (!best || distance < best.distance) best = { tile: tiles[index], distance };
  }
  return best?.tile;
}

const MOVES = {
  ArrowLeft: (tiles, index) => tiles[index - 1],
  ArrowRight: (tiles, index) => tiles[index + 1],
  ArrowUp: (tiles, index) => across(tiles, index, -1),
  ArrowDown: (tiles, index) => across(tiles, index, 1),
  Home: (tiles) => tiles[0],
  End: (tiles) => tiles.at(-1),
};
const KEYS = {
  " ": (tile, event) => pick(tile, !tile.classList.contains("on"), event.shiftKey),
  f: deeds.favourite,
  d: () => deed("download").click(),
  e: () => deed("edit").click(),
  Delete: deeds.delete,
};

root.addEventListener("keydown", (event) => {
  const tile = event.target.matches(".tile > a") ? event.target.parentElement : null;
  if (!tile || event.ctrlKey || event.metaKey || event.altKey) return;
  if (MOVES[event.key]) {
    event.preventDefault();
    const tiles = [...root.querySelectorAll(".tile")];
    const next = MOVES[event.key](tiles, tiles.indexOf(tile));
    if (event.shiftKey && next?.dataset.name) { pick(tile, true); pick(next, true); }
    go(next);
  } else if (KEYS[event.key] && tile.dataset.name) {
    event.preventDefault();
    KEYS[event.key](tile, event);
  }
});

const keys = document.getElementById("keys");
document.getElementById("show-keys").addEventListener("click", () => keys.showModal());
addEventListener("keydown", (event) => {
  if (event.key === "?" && !document.querySelector("dialog[open]") && !event.target.matches("input, textarea, select")) keys.showModal();
});

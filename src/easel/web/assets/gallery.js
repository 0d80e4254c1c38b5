// The gallery: images under headings of days and months, further ones on scrolling, and a search while typing.
import { Refusal, at, call, doing, fragment, say } from "./api.js";
import { confirmed } from "./images.js";
import { continueWith } from "./lightbox.js";
import { onEnd, watch } from "./live.js";
import "./collections.js";
import { show } from "./select.js";
import { adopt } from "./tiles.js";

const MOST = 240; // tiles of one list: what is laid out again when some are added
const PAUSE = 250; // milliseconds after the last key before a search
const root = document.getElementById("tiles");
const form = document.getElementById("filters");
const rest = document.getElementById("more");
let shown = ""; // the last heading

// ---- headings, by the reader's own days
const MONTH = new Intl.DateTimeFormat("en", { month: "long", year: "numeric" });
const midnight = (time) => new Date(time).setHours(0, 0, 0, 0);

function heading(time) {
  const days = Math.round((midnight(Date.now()) - midnight(time)) / 86_400_000);
  if (days <= 0) return "Today";
  return days === 1 ? "Yesterday" : MONTH.format(new Date(time));
}

function newList() {
  const list = document.createElement("ul");
  list.className = "tiles";
  root.append(list);
  return list;
}

// The list for the next tile. A full one is followed by another, which begins with its last row.
function listFor(time) {
  const title = heading(time);
  if (title !== shown) {
    shown = title;
    const line = document.createElement("h2");
    line.textContent = title;
    root.append(line);
    return newList();
  }
  const list = root.lastElementChild;
  if (list.children.length < MOST) return list;
  const row = [...list.children].filter((tile) => tile.offsetTop === list.lastElementChild.offsetTop);
  const next = newList();
  next.append(...row);
  return next;
}

function place(nodes) {
  const tiles = nodes.filter((node) => node.matches(".tile"));
  for (const tile of tiles) listFor(tile.dataset.at).append(tile);
  const link = nodes.at(-1)?.querySelector("[data-more]");
  rest.hidden = !link;
  rest.replaceChildren(...(link ? [link] : []));
  adopt(tiles);
  tell();
  watch();
  observer.unobserve(rest);
  if (link) observer.observe(rest);
}

function tell() {
  const count = root.querySelectorAll(".tile[data-name]").length;
  const picked = root.querySelectorAll(".tile.on").length;
  const jobs = root.querySelectorAll(".tile:not([data-name])").length;
  const images = !count && jobs ? `${jobs}${rest.hidden ? "" : "+"} job${jobs === 1 ? "" : "s"}` : `${count.toLocaleString("en")}${rest.hidden ? "" : "+"} image${count === 1 && rest.hidden ? "" : "s"}`;
  document.getElementById("count").textContent = picked ? `${images}, ${picked} selected` : images;
  const none = !root.querySelector(".tile");
  const filtered = [...new FormData(form)].some(([, value]) => value);
  document.getElementById("nothing").hidden = !none || !rest.hidden;
  document.querySelector("[data-filtered]").hidden = !filtered;
  document.querySelector("[data-empty]").hidden = filtered;
}
root.addEventListener("picked", tell);
onEnd(() => {
  adopt([...root.querySelectorAll(".tile:not(:has(> a[tabindex]))")]); // images in place of their placeholders
  tell();
});
document.addEventListener("images-deleted", tell);

// ---- further images, before their link can be seen
const observer = new IntersectionObserver((entries) => {
  if (entries.some((entry) => entry.isIntersecting)) load();
}, { rootMargin: "1500px" });

let loading = null;
function load() {
  loading ??= more().finally(() => { loading = null; });
  return loading;
}
async function more() {
  const link = rest.querySelector("[data-more]");
  if (!link) return false;
  try {
    const found = await fragment(link.getAttribute("href"));
    if (link.isConnected) place([...found.children]);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    link.textContent = `Loading failed. ${error.message}`;
    return false;
  }
}
rest.addEventListener("click", (event) => { event.preventDefault(); load(); });
continueWith({ any: () => !rest.hidden, load });

// ---- filters
const search = form.elements.search;
let asked = 0;

async function refresh() {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const mine = ++asked;
  try {
    const found = await fragment(at(`/studio/gallery/tiles?${query}`));
    if (mine !== asked) return;
    history.replaceState(null, "", at(`/studio/gallery${query.size ? `?${query}` : ""}`));
    shown = "";
    root.replaceChildren();
    place([...found.children]);
    show();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (mine === asked) say(error.message);
  }
}

let timer;
search.addEventListener("input", () => {
  unsearch.hidden = !search.value;
  clearTimeout(timer);
  timer = setTimeout(refresh, PAUSE);
});
const unsearch = document.getElementById("unsearch");
unsearch.hidden = !search.value;
unsearch.addEventListener("click", () => {
  search.value = "";
  unsearch.hidden = true;
  refresh();
  search.focus();
});
form.addEventListener("change", (event) => { if (event.target.matches("select")) refresh(); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); refresh(); });

// ---- jobs without images
document.getElementById("clear-ended")?.addEventListener("click", async (event) => {
  const { status, scope } = event.target.dataset;
  if (!await confirmed(`Delete all ${status.toLowerCase()} jobs${scope === "team" ? " of the team" : ""}?`, "Delete jobs", "")) return;
  const done = await doing(event.target, () => call("DELETE", `/v2/jobs?status=${status}&scope=${scope}`));
  if (done) location.href = at("/studio/gallery");
});

const first = root.firstElementChild;
first.remove();
place([...first.children]);

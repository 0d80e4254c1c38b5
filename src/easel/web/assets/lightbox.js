// The lightbox: look at one image after the other over the page. The address is that of the image's own page meanwhile,
// so that links, reloading and Back work.
import { at } from "./api.js";
import { copy } from "./copy.js";
import { attempt, discard, favour, fileOf, isFavourite, jobOf, pathOf } from "./images.js";
import { LINKS } from "./opener.js";
import { zoomable } from "./zoom.js";

const AHEAD = 8; // further images are loaded when so few are left
const box = document.getElementById("lightbox");
const part = (name) => document.getElementById(`box-${name}`);
const deed = (name) => box.querySelector(`[data-deed="${name}"]`);
const image = part("image");
const known = new Map(); // jobs that have arrived
let current = null;
let further = { any: () => false, load: async () => false };

// Where further images come from: any() says whether there are some, load() adds them to the page.
export function continueWith(source) { further = source; }

// ---- the images of the page, in its order
export const entryOf = (link) => ({ link, job: link.closest("[data-job]").dataset.job, number: Number(new URL(link.href).searchParams.get("image")) });
const same = (one, other) => one.job === other.job && one.number === other.number;
export const nameShown = () => nameOf(current);
const nameOf = (entry) => `${entry.job}-${entry.number}`;

// They are looked up again when the page has others: with thousands that takes a while.
let listed = null;
const outside = (records) => { if (records.some((record) => !box.contains(record.target))) listed = null; };
const changes = new MutationObserver(outside);
changes.observe(document.getElementById("main"), { childList: true, subtree: true });

function entries() {
  outside(changes.takeRecords());
  listed ??= lookUp();
  return listed;
}

function lookUp() {
  const found = [];
  for (const link of document.querySelectorAll(LINKS)) {
    if (link.closest("dialog") || !link.querySelector("img")) continue;
    const entry = entryOf(link);
    found.push(entry);
    const siblings = link.closest("article.job")?.querySelectorAll("a[href*='image=']");
    if (siblings && siblings[siblings.length - 1] === link) found.push(...beyond(entry)); // a card shows four at the most
  }
  return found;
}
function know(job) {
  if (!known.has(job.id) && job.images.length > 4) listed = null;
  known.set(job.id, job);
}
function beyond({ job, number, link }) {
  const images = known.get(job)?.images ?? [];
  return images.slice(images.findIndex((one) => one.number === number) + 1).map((one) => ({ job, number: one.number, link }));
}

// ---- showing one
const stage = zoomable(part("stage"), image, {
  percent: (number) => { part("percent").textContent = `${number}%`; },
  swiped: (by) => step(by),
  dismissed: () => box.close(),
});

export function open(entry) {
  if (!box.open) {
    history.pushState({ lightbox: nameOf(entry) }, "", addressOf(entry));
    box.showModal();
    part("close").focus();
  }
  show(entry);
}
const addressOf = (entry) => at(`/studio/jobs/${entry.job}?image=${entry.number}`);

async function show(entry) {
  current = entry;
  history.replaceState({ lightbox: nameOf(entry) }, "", addressOf(entry));
  const list = entries();
  showPlace(list);
  const own = entry.link && same(entryOf(entry.link), entry);
  if (own) {
    const preview = entry.link.querySelector("img");
    part("prompt").textContent = preview.alt;
    draw(entry, preview.getAttribute("src"), fileOf(preview.getAttribute("src")), preview.getAttribute("width"), preview.getAttribute("height"));
  }
  showDeeds();
  if (!known.has(entry.job)) { part("facts").textContent = ""; part("shown").textContent = ""; }
  let job = null;
  await attempt(async () => { job = await jobOf(entry.job); });
  if (current !== entry || !box.open) return;
  if (!job) return;
  know(job);
  const shown = job.images.find((one) => one.number === entry.number);
  if (!own && shown) draw(entry, pathOf(shown.preview), pathOf(shown.url), job.width, job.height);
  showDetails(job);
  prepare(list);
}

// The preview at once, and the image itself when it is there.
function draw(entry, preview, file, width, height) {
  image.classList.remove("loaded");
  image.alt = part("prompt").textContent;
  image.src = preview;
  stage.show(Number(width), Number(height));
  const whole = new Image();
  whole.src = file;
  whole.decode().then(() => {
    if (current !== entry) return;
    image.src = file;
    image.classList.add("loaded");
    stage.show(whole.naturalWidth, whole.naturalHeight);
  }, () => {});
  entry.file = file;
}

function showPlace(list) {
  const index = list.findIndex((one) => same(one, current));
  part("count").textContent = `${index + 1} of ${list.length}${further.any() ? "+" : ""} ${box.dataset.of}`;
  part("back").disabled = index <= 0;
  part("on").disabled = index === list.length - 1 && !further.any();
  if (index >= list.length - AHEAD && further.any()) further.load().then(() => { if (box.open && current) showPlace(entries()); });
}

function showDeeds() {
  const file = current.file ?? "";
  deed("download").href = `${file}?download=1`;
  deed("edit").href = at(`/studio/create?image=${encodeURIComponent(file)}`);
  deed("favourite").setAttribute("aria-pressed", String(isFavourite(nameOf(current))));
  part("details").href = addressOf(current);
  part("vary").href = at(`/studio/jobs/${current.job}?vary=1&image=${current.number}#vary`); // not this address: the page is loaded
}

function showDetails(job) {
  const shown = job.images.find((one) => one.number === current.number);
  part("prompt").textContent = job.prompt;
  image.alt = job.prompt.slice(0, 300);
  const made = new Date(job.createdAt).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const credits = job.creditCost === 1 ? "1 credit" : `${job.creditCost.toLocaleString("en")} credits`;
  const price = job.count > 1 ? `${credits} for ${job.images.length === job.count ? `${job.count} images` : "the job"}` : credits;
  const drawn = job.provider === "sketch" ? `${job.model} (drawn by sketch)` : job.model;
  part("facts").textContent = [drawn, `${job.width} × ${job.height}`, price, made].join(" · ");
  part("shown").textContent = listsOf(job.brief).join(" · ");
  if (shown) current.file = pathOf(shown.url);
  showDeeds();
  if (shown?.favourite !== undefined) deed("favourite").setAttribute("aria-pressed", String(shown.favourite));
  part("vary").hidden = job.provider === "sketch" && job.inputs.length > 0; // its edits are the same every time
  part("strip").replaceChildren(...(job.images.length > 1 ? job.images.map((one) => thumbnail(job, one)) : []));
  part("strip").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

// What became of the things that the prompt asks for.
function listsOf(brief) {
  const near = (brief?.near ?? []).map((one) => `${one.asked} (${one.drawn_as})`);
  const lists = [["Drawn", brief?.drawn], ["Drawn as something near", near], ["Not drawn", brief?.missing]];
  return lists.filter(([, things]) => things?.length).map(([name, things]) => `${name}: ${[...new Set(things)].join(", ")}`);
}

function thumbnail(job, { number, preview }) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", `Image ${job.images.findIndex((one) => one.number === number) + 1} of ${job.images.length}`);
  if (number === current.number) button.setAttribute("aria-current", "true");
  const small = document.createElement("img");
  small.src = pathOf(preview);
  small.alt = "";
  button.append(small);
  button.addEventListener("click", () => toImage(number));
  return button;
}

// Load the neighbours, so that the next step is instant.
function prepare(list) {
  const index = list.findIndex((one) => same(one, current));
  for (const next of [list[index + 1], list[index - 1], list[index + 2]]) {
    if (!next || !same(entryOf(next.link), next)) continue;
    new Image().src = fileOf(next.link.querySelector("img").getAttribute("src"));
    jobOf(next.job).then(know, () => {});
  }
}

// ---- moving
async function step(by) {
  const find = () => { const list = entries(); return list[list.findIndex((one) => same(one, current)) + by]; };
  const next = find() ?? (by > 0 && further.any() && await further.load() ? find() : null);
  if (next && box.open) show(next);
}

function toImage(number) {
  show(entries().find((one) => same(one, { job: current.job, number })) ?? { job: current.job, number, link: current.link });
}

async function withinJob(by) {
  const entry = current;
  const job = await jobOf(entry.job).catch(() => null);
  const numbers = job?.images.map((one) => one.number) ?? [];
  const next = numbers[numbers.indexOf(entry.number) + by];
  if (next && current === entry) toImage(next);
}

// ---- doing
async function remove() {
  const entry = current;
  const job = known.get(entry.job);
  const list = entries();
  const others = list.slice(list.findIndex((one) => same(one, entry)) + 1);
  const before = list.slice(0, list.findIndex((one) => same(one, entry))).reverse();
  if (!await discard(entry.job, entry.number, job?.images.length ?? 1)) return;
  known.delete(entry.job);
  listed = null;
  const left = entries();
  const next = [...others, ...before].map((one) => left.find((kept) => same(kept, one))).find(Boolean);
  if (next) show(next);
  else box.close();
}

const deeds = {
  favourite: async () => {
    const name = nameOf(current);
    const button = deed("favourite");
    const on = button.getAttribute("aria-pressed") !== "true";
    if (await favour(name, on) && nameOf(current) === name) button.setAttribute("aria-pressed", String(on));
  },
  copy: () => copy(part("prompt").textContent, deed("copy")),
  delete: remove,
  keys: () => document.getElementById("keys").showModal(),
};

box.addEventListener("click", (event) => {
  const way = event.target.closest("[data-zoom]")?.dataset.zoom;
  if (way === "whole") stage.fit();
  else if (way) stage.zoom(way === "in" ? 1.5 : 1 / 1.5);
  deeds[event.target.closest("[data-deed]")?.dataset.deed]?.();
});
part("back").addEventListener("click", () => step(-1));
part("on").addEventListener("click", () => step(1));
part("close").addEventListener("click", () => box.close());

const KEYS = {
  ArrowLeft: () => step(-1), ArrowRight: () => step(1), ArrowUp: () => withinJob(-1), ArrowDown: () => withinJob(1),
  "+": () => stage.zoom(1.5), "=": () => stage.zoom(1.5), "-": () => stage.zoom(1 / 1.5), 0: () => stage.fit(),
  f: deeds.favourite, c: deeds.copy, d: () => deed("download").click(), e: () => deed("edit").click(), Delete: remove, "?": deeds.keys,
};
box.addEventListener("keydown", (event) => {
  const action = KEYS[event.key];
  if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
});

// ---- closing and Back
box.addEventListener("close", () => {
  if (box.open) return; // Forward has opened it again before this event came
  const link = entries().find((one) => same(one, current))?.link;
  if (history.state?.lightbox) {
    addEventListener("popstate", () => back(link), { once: true });
    history.back();
  } else back(link);
});
function back(link) {
  requestAnimationFrame(() => {
    link?.focus({ preventScroll: true });
    link?.scrollIntoView({ block: "nearest" });
  });
}
addEventListener("popstate", () => {
  const name = history.state?.lightbox;
  if (!name) box.close();
  else {
    const entry = entries().find((one) => nameOf(one) === name);
    if (!entry) { location.reload(); return; }
    if (!box.open) box.showModal();
    show(entry);
  }
});

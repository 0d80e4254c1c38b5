// Create: choosing images of the gallery as inputs: by prompt, several at once, more of them on scrolling.
import { Refusal, at, fragment } from "./api.js";
import { addAddresses } from "./inputs.js";

const dialog = document.getElementById("picker");
const list = document.getElementById("picker-images");
const search = document.getElementById("picker-search");
const add = document.getElementById("picker-add");
const problem = dialog.querySelector(".problem");
const chosen = new Set(); // addresses, in the order of choosing
let asked = 0;
let timer;

const observer = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) more(entry.target);
}, { root: dialog, rootMargin: "600px" });

function shown() {
  for (const box of list.querySelectorAll("input")) box.checked = chosen.has(box.value);
  for (const item of list.querySelectorAll(".more")) observer.observe(item);
  add.disabled = !chosen.size;
  add.textContent = chosen.size > 1 ? `Add ${chosen.size} images` : chosen.size ? "Add 1 image" : "Add images";
  const found = list.querySelector("input") ? "" : search.value ? "No image has these words in its prompt." : "No images yet.";
  document.getElementById("picker-count").textContent = found || (chosen.size ? `${chosen.size} selected` : "");
}

async function load() {
  const mine = ++asked;
  const query = new URLSearchParams({ search: search.value.trim() });
  problem.hidden = true;
  try {
    const page = await fragment(`${at("/studio/picker")}?${query}`);
    if (mine !== asked) return;
    list.replaceChildren(page);
    dialog.scrollTop = 0;
    shown();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problem.textContent = error.message;
    problem.hidden = false;
  }
}

async function more(item) {
  observer.unobserve(item);
  const link = item.querySelector("[data-more]");
  const mine = asked;
  try {
    const page = await fragment(link.getAttribute("href"));
    if (mine !== asked) return;
    item.replaceWith(page);
    shown();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    link.textContent = `Loading failed. ${error.message} Try again`;
  }
}

document.getElementById("pick").addEventListener("click", () => {
  chosen.clear();
  search.value = "";
  dialog.showModal();
  load();
});
search.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(load, 200);
});
search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
list.addEventListener("change", (event) => {
  if (event.target.checked) chosen.add(event.target.value);
  else chosen.delete(event.target.value);
  shown();
});
list.addEventListener("click", (event) => {
  const link = event.target.closest("[data-more]");
  if (link) { event.preventDefault(); more(link.parentElement); }
});
dialog.querySelector("form").addEventListener("submit", () => {
  const addresses = [...chosen];
  setTimeout(() => { if (addresses.length) addAddresses(addresses); });  // once the dialog is closed and gives up the focus
});
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

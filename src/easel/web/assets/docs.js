// The documentation: search while typing, and "Copy page"; with copy buttons, tabs and the section in view.
import { copy } from "./copy.js";
import "./onpage.js";
import { excerpt, marked, prepare, search } from "./search.js";
import "./tabs.js";

const field = document.getElementById("search");
const list = document.getElementById("results");
let index = null;
let at = -1;

async function load() {
  index ??= fetch(`${document.documentElement.dataset.root}/docs/search.json`)
    .then((response) => response.json())
    .then(prepare);
  return index;
}

async function find() {
  const query = field.value;
  if (query.trim().length < 2) return close();
  const results = search(await load(), query);
  if (query !== field.value) return;
  list.replaceChildren(...results.map(shown));
  if (!results.length) {
    const none = document.createElement("li");
    none.role = "option";
    none.textContent = "No results.";
    list.append(none);
  }
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
  mark(0);
}

function shown({ section, terms }, number) {
  const item = document.createElement("li");
  item.id = `result-${number}`;
  item.role = "option";
  item.dataset.at = section.at;
  const title = document.createElement("strong");
  const name = section.title === section.page ? section.page : `${section.page}: ${section.title}`;
  title.append(...pieces(marked(name, terms)));
  const text = document.createElement("span");
  text.append(...pieces(excerpt(section.text, terms)));
  item.append(title, text);
  return item;
}

function pieces(parts) {
  return parts.map(([text, isMarked]) => {
    if (!isMarked) return text;
    const piece = document.createElement("mark");
    piece.textContent = text;
    return piece;
  });
}

function mark(number) {
  const items = [...list.querySelectorAll("[data-at]")];
  if (!items.length) { at = -1; field.removeAttribute("aria-activedescendant"); return; }
  at = (number + items.length) % items.length;
  items.forEach((item, each) => item.setAttribute("aria-selected", String(each === at)));
  field.setAttribute("aria-activedescendant", items[at].id);
  items[at].scrollIntoView({ block: "nearest" });
}

function close() {
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function go(address, event) {
  if (event.metaKey || event.ctrlKey) return open(address);
  close();
  location.href = address;
}

field.addEventListener("focus", load);
field.addEventListener("input", find);
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
  if (event.key === "ArrowUp") { event.preventDefault(); mark(at - 1); }
  if (event.key === "Escape") close();
  if (event.key === "Enter") {
    const item = list.querySelectorAll("[data-at]")[at];
    if (item && !list.hidden) go(item.dataset.at, event);
  }
});
list.addEventListener("click", (event) => {
  const item = event.target.closest("[data-at]");
  if (item) go(item.dataset.at, event);
});
document.addEventListener("click", (event) => { if (!event.target.closest(".search")) close(); });
document.addEventListener("keydown", (event) => {
  const slash = event.key === "/" && !event.target.closest("input, textarea, select");
  const command = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!slash && !command) return;
  event.preventDefault();
  field.focus();
  field.select();
});

for (const button of document.querySelectorAll("[data-copy-page]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const address = document.querySelector("link[type='text/markdown']").href;
    const response = await fetch(address).catch(() => null);
    if (response?.ok) copy(await response.text(), button);
    else location.href = address;
  });
}

// The documentation: search while typing, copy buttons, language tabs.
import "./copy.js";
import "./tabs.js";

const field = document.getElementById("search");
const list = document.getElementById("results");
let index = null;
let at = -1;

async function load() {
  index ??= fetch(`${document.documentElement.dataset.root}/docs/search.json`).then((response) => response.json());
  return index;
}

function score(entry, words) {
  let sum = 0;
  const title = entry.title.toLowerCase();
  const text = entry.text.toLowerCase();
  for (const word of words) {
    const inTitle = title.includes(word);
    const inText = text.includes(word);
    if (!inTitle && !inText && !entry.page.toLowerCase().includes(word)) return 0;
    const often = Math.min(3, text.split(word).length - 1);
    sum += (title === word ? 12 : 0) + (inTitle ? 6 : 0) + often;
  }
  return sum;
}

function around(text, word) {
  const index = text.toLowerCase().indexOf(word);
  return text.slice(Math.max(0, index - 30), Math.max(0, index - 30) + 120).trim();
}

async function find() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return close();
  const results = (await load())
    .map((entry) => [score(entry, words), entry])
    .filter(([points]) => points)
    .sort((one, other) => other[0] - one[0])
    .slice(0, 8);
  list.replaceChildren(...results.map(([, entry], number) => {
    const item = document.createElement("li");
    item.id = `result-${number}`;
    item.role = "option";
    item.dataset.at = entry.at;
    const title = document.createElement("strong");
    title.textContent = entry.title === entry.page ? entry.page : `${entry.page}: ${entry.title}`;
    const text = document.createElement("span");
    text.textContent = around(entry.text, words[0]);
    item.append(title, text);
    return item;
  }));
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

function mark(number) {
  const items = [...list.querySelectorAll("[data-at]")];
  if (!items.length) { at = -1; return; }
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

field.addEventListener("focus", load);
field.addEventListener("input", find);
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
  if (event.key === "ArrowUp") { event.preventDefault(); mark(at - 1); }
  if (event.key === "Escape") close();
  if (event.key === "Enter") {
    const item = list.querySelectorAll("[data-at]")[at];
    if (item) location.href = item.dataset.at;
  }
});
list.addEventListener("click", (event) => {
  const item = event.target.closest("[data-at]");
  if (item) location.href = item.dataset.at;
});
document.addEventListener("click", (event) => { if (!event.target.closest(".search")) close(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select")) { event.preventDefault(); field.focus(); }
});

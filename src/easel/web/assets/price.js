// Create: what the form costs, and what can be done when the team has too few credits.
import { call, showBalance } from "./api.js";
import { about, changed, facts, fill, form, params, sentence, settings } from "./form.js";

let credits = facts.credits;
const note = document.getElementById("short");
const button = document.getElementById("generate");
const many = (count) => `${count.toLocaleString("en")} ${count === 1 ? "image" : "images"}`;
const plain = (count) => count.toLocaleString("en");

function cost(values) {
  const all = { ...about().defaults, ...values };
  return about().credits[all.quality] * all.number_of_images + about().partialCredits * (all.partial_images ?? 0);
}

const affordable = (values) => facts.test || cost(values) <= credits;

export const isShort = () => !affordable(settings());

export function showPrice() {
  const values = settings();
  const due = cost(values);
  const price = document.getElementById("price");
  const sum = document.createElement("strong");
  sum.textContent = facts.test ? "Test mode: free" : `${plain(due)} credits`;
  const rest = document.createElement("small");
  rest.textContent = facts.test || due > credits ? "" : `${plain(credits - due)} left after this`;
  price.replaceChildren(sum, rest);
  markQualities(values);
  showWays(values, due);
}

function markQualities(values) {
  for (const input of params().querySelectorAll("[data-field=quality] input")) {
    const short = !affordable({ ...values, quality: input.value });
    input.parentElement.classList.toggle("short", short);
    input.parentElement.title = short ? "Not enough credits" : "";
    input.parentElement.querySelector("[data-short]").hidden = !short;
  }
}

// ---- too few credits
function showWays(values, due) {
  const short = !affordable(values);
  note.hidden = !short;
  setReady();
  if (!short) return;
  const left = Math.max(0, credits);
  note.querySelector("strong").textContent = `Not enough credits: ${plain(due)} needed, ${plain(left)} left`;
  offer(ways(values).map(([text, changes]) => [`${text} (${plain(cost({ ...values, ...changes }))})`, changes]));
  if (!facts.leads) showWhom();
}

// The same buttons stay: a click begins with the change of the field that it leaves.
let offered = "";
function offer(found) {
  if (JSON.stringify(found) === offered) return;
  offered = JSON.stringify(found);
  document.getElementById("ways").replaceChildren(...found.map(([text, changes]) => {
    const way = document.createElement("button");
    way.type = "button";
    way.className = "little";
    way.textContent = text;
    way.addEventListener("click", () => {
      fill(changes);
      changed();
      button.focus();
    });
    return way;
  }));
}

// The dearest requests within the credits: another quality, fewer images, or both.
function ways(values) {
  const now = { ...about().defaults, ...values };
  const cheaper = Object.keys(about().credits)
    .filter((quality) => about().credits[quality] < about().credits[now.quality])
    .sort((one, other) => about().credits[other] - about().credits[one]);
  const most = (quality) => {
    let count = now.number_of_images;
    while (count && !affordable({ ...values, quality, number_of_images: count })) count -= 1;
    return count;
  };
  const found = [];
  const quality = cheaper.find((one) => affordable({ ...values, quality: one }));
  if (quality) found.push([`Use ${sentence(quality)}`, { quality }]);
  const fewer = most(now.quality);
  if (fewer) found.push([`Use ${many(fewer)}`, { number_of_images: fewer }]);
  const lowest = cheaper.at(-1);
  if (!found.length && lowest && most(lowest)) {
    found.push([`Use ${sentence(lowest)}, ${many(most(lowest))}`, { quality: lowest, number_of_images: most(lowest) }]);
  }
  return found;
}

let asked = false;
async function showWhom() {
  if (asked) return;
  asked = true;
  const { people = [] } = await call("GET", "/v2/people").catch(() => ({}));
  const owners = people.filter((person) => person.role === "OWNER").slice(0, 3);
  const links = owners.flatMap(({ email }, index) => {
    const link = document.createElement("a");
    link.href = `mailto:${email}?subject=${encodeURIComponent("Credits for image generation")}`;
    link.textContent = email;
    return index ? [", ", link] : [link];
  });
  document.getElementById("ask").replaceChildren("Ask for credits: ", ...(links.length ? links : ["an owner of your team."]));
}

// ---- Generate is off while it is being sent, and while it cannot be paid
let busy = false;
const setReady = () => { button.disabled = busy || isShort(); };
export function setBusy(on) {
  busy = on;
  setReady();
}

export async function showCredits() {
  credits = await showBalance() ?? credits;
  showPrice();
}

// The API found fewer credits than this page knew of.
export function showShortage(available) {
  credits = available ?? credits;
  showPrice();
}

form.addEventListener("changed", showPrice);
addEventListener("focus", () => { if (isShort()) showCredits(); });

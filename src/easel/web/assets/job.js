// One job: zoom, before and after, variations, download in another format, delete; reload when the job ends.
import { at, call, doing, showBalance } from "./api.js";
import { card, onEnd, watch } from "./live.js";
import "./tabs.js";

const look = document.getElementById("look");
const zoom = document.getElementById("zoom");
const problem = document.getElementById("problem");

function setZoom(full) {
  look.classList.toggle("full", full);
  zoom.setAttribute("aria-pressed", String(full));
  zoom.textContent = full ? "Fit" : "Full size";
}

if (look) {
  zoom.addEventListener("click", () => {
    if (look.hidden) document.getElementById("before").click();
    setZoom(!look.classList.contains("full"));
  });
  look.addEventListener("click", (event) => {
    const box = look.querySelector("img").getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    setZoom(!look.classList.contains("full"));
    look.scrollTo(x * look.scrollWidth - look.clientWidth / 2, y * look.scrollHeight - look.clientHeight / 2);
  });
  look.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") setZoom(true);
    if (event.key === "-" || event.key === "Escape") setZoom(false);
  });
}

const before = document.getElementById("before");
if (before) {
  const slider = document.getElementById("slider");
  const range = slider.querySelector("input");
  const move = () => slider.style.setProperty("--at", `${range.value}%`);
  range.addEventListener("input", move);
  before.addEventListener("click", () => {
    slider.hidden = !slider.hidden;
    look.hidden = !slider.hidden;
    before.setAttribute("aria-pressed", String(!slider.hidden));
    setZoom(false);
    move();
    if (!slider.hidden) range.focus();
  });
}

const format = document.getElementById("format");
format?.addEventListener("change", () => {
  const link = document.getElementById("download");
  const file = document.getElementById("image").dataset.file;
  link.href = `${file}?download=1${format.value ? `&format=${format.value}` : ""}`;
});

// ---- new variations: the same request with another number; sent again under its key until it is answered
const again = document.getElementById("again");
const number = () => 1 + (crypto.getRandomValues(new Uint32Array(1))[0] % 1_000_000);
let sending = null;

document.getElementById("vary")?.addEventListener("click", (event) => {
  sending ??= {
    body: { ...JSON.parse(again.textContent), variation: number() },
    key: Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join("-"),
  };
  doing(event.currentTarget, async () => {
    const { body, key } = sending;
    const { jobId } = await call("POST", "/v2/images/generate", body, { "Idempotency-Key": key });
    sending = null;
    showBalance();
    const made = await card(jobId);
    if (!made) return;
    const place = document.getElementById("variations");
    place.hidden = false;
    place.querySelector(".jobs").prepend(made);
    place.scrollIntoView({ block: "nearest" });
    watch();
  }, problem);
});

const favourite = document.getElementById("favourite");
favourite?.addEventListener("click", () => doing(favourite, async () => {
  const on = favourite.getAttribute("aria-pressed") === "false";
  await call(on ? "PUT" : "DELETE", `/v2/favourites/${favourite.dataset.image}`);
  favourite.setAttribute("aria-pressed", String(on));
}, problem));

// ---- delete
const deletion = document.getElementById("deletion");
document.getElementById("delete")?.addEventListener("click", () => deletion.showModal());
deletion?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button && "close" in button.dataset) deletion.close();
  if (!button?.dataset.delete) return;
  doing(button, async () => {
    await call("DELETE", button.dataset.delete);
    sessionStorage.setItem("say", "Deleted.");
    location.href = at(button.dataset.next);
  }, deletion.querySelector(".problem"));
});

onEnd((message) => {
  if (message.jobId !== document.getElementById("stage").dataset.own) return;
  if (!document.hidden) location.reload();
  else document.addEventListener("visibilitychange", () => location.reload(), { once: true });
});

// Where a lightbox had this address and the page was reloaded, a browser takes Back for a change within this page.
const { pathname } = location;
addEventListener("popstate", () => { if (location.pathname !== pathname) location.reload(); });

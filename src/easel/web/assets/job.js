// One job: zoom, before and after, download in another format, delete; reload when the job ends.
import { at, call, doing } from "./api.js";
import { onEnd } from "./live.js";
import "./tabs.js";

const look = document.getElementById("look");
const zoom = document.getElementById("zoom");

function setZoom(full) {
  look.classList.toggle("full", full);
  zoom.setAttribute("aria-pressed", String(full));
  zoom.textContent = full ? "Fit" : "Full size";
}

if (look) {
  zoom.addEventListener("click", () => setZoom(!look.classList.contains("full")));
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

document.getElementById("delete")?.addEventListener("click", (event) => {
  if (!confirm("Delete this job, its images and prompt? This cannot be undone.")) return;
  doing(event.target, async () => {
    await call("DELETE", `/v2/jobs/${event.target.dataset.job}`);
    location.href = at("/studio/gallery");
  });
});
onEnd(() => location.reload());

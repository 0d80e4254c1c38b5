// The API reference: the call in view is marked in the list, a link opens what it leads into, and calls can be tried.
import { setUpTrying } from "./trying.js";

const links = new Map([...document.querySelectorAll(".calls a")].map((link) => [link.hash.slice(1), link]));

function mark(id) {
  const link = links.get(id);
  if (!link || link.hasAttribute("aria-current")) return;
  document.querySelector(".calls [aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "location");
  const list = link.closest(".contents");
  const place = link.getBoundingClientRect();
  if (place.top < 80 || place.bottom > innerHeight - 20) list.scrollTop += place.top - innerHeight / 2;
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) mark(entry.target.id);
}, { rootMargin: "-70px 0px -75% 0px" });
for (const section of document.querySelectorAll("section.op")) seen.observe(section);

// Phones show the calls first: all fields are folded, and the call of the address is in view again.
if (matchMedia("(max-width: 800px)").matches) {
  for (const details of document.querySelectorAll(".fold")) details.open = false;
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

// Paper has no folds.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll(".reference details:not(.try)")) details.open = true;
});

setUpTrying();

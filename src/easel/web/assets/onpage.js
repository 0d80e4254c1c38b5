// "On this page" marks the section in view: the last heading above a third of the window, or the first.
const links = new Map();
for (const link of document.querySelectorAll(".onpage a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) links.set(heading, link);
}

function follow() {
  const bottom = innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
  const headings = [...links.keys()];
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
  const current = bottom ? headings.at(-1) : passed.at(-1) ?? headings[0];
  for (const [heading, link] of links) {
    if (heading !== current) link.removeAttribute("aria-current");
    else if (!link.hasAttribute("aria-current")) {
      link.setAttribute("aria-current", "location");
      const box = link.closest(".onpage");
      const place = link.getBoundingClientRect(), around = box.getBoundingClientRect();
      if (place.top < around.top || place.bottom > around.bottom) box.scrollTop += place.top - around.top - 80;
    }
  }
}

if (links.size) {
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
  follow();
}

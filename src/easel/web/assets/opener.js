// Opens the lightbox when an image is clicked. It is loaded then: until somebody looks closer, a page does without it.
export const LINKS = "#main [data-job] a[href*='/studio/jobs/'][href*='image=']";
let loading = null;

function load() {
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = new URL("lightbox.css", import.meta.url);
  const styled = new Promise((resolve, reject) => {
    styles.addEventListener("load", resolve);
    styles.addEventListener("error", reject);
  });
  document.head.append(styles);
  return Promise.all([import("./lightbox.js"), styled]).then(([lightbox]) => lightbox);
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest(LINKS);
  if (!link?.querySelector("img") || link.closest("dialog") || event.defaultPrevented) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  loading ??= load();
  try {
    const { entryOf, open } = await loading;
    open(entryOf(link));
  } catch {
    location.href = link.href; // the image's own page
  }
});

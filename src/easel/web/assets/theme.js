// Light or dark theme: the saved choice, or the system's setting. Runs before the first paint.
(() => {
  const chosen = localStorage.getItem("easel-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  addEventListener("DOMContentLoaded", () => {
    const here = document.querySelector(".top nav [aria-current]");
    if (here) here.parentElement.scrollLeft = here.offsetLeft - 48;
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      const dark = () => {
        const theme = document.documentElement.dataset.theme;
        return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      };
      const label = () => {
        const words = dark() ? "Use light theme" : "Use dark theme";
        const shown = button.querySelector("[data-label]");
        if (shown) shown.textContent = words;
        else button.setAttribute("aria-label", words);
      };
      button.hidden = false;
      button.addEventListener("click", () => {
        const next = dark() ? "light" : "dark";
        document.documentElement.dataset.theme = next;
        localStorage.setItem("easel-theme", next);
        label();
      });
      label();
    }
  });
})();

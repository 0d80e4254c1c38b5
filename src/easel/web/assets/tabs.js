// Groups of tabs: [data-tabs] holds a tablist of buttons and one panel per button. The last choice is remembered.
const KEY = "easel-language";

function show(group, name, focus) {
  const tabs = [...group.querySelectorAll("[role=tab]")];
  const wanted = tabs.find((tab) => tab.textContent.trim() === name) ?? tabs[0];
  for (const tab of tabs) {
    const on = tab === wanted;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !on;
    if (on && focus) tab.focus();
  }
}

export function setUpTabs(root = document) {
  for (const group of root.querySelectorAll("[data-tabs]")) {
    show(group, localStorage.getItem(KEY));
    group.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) choose(tab);
    });
    group.addEventListener("keydown", (event) => {
      const tab = event.target.closest("[role=tab]");
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!tab || !step) return;
      const tabs = [...group.querySelectorAll("[role=tab]")];
      choose(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length], true);
    });
  }
}

function choose(tab, focus) {
  const name = tab.textContent.trim();
  localStorage.setItem(KEY, name);
  for (const group of document.querySelectorAll("[data-tabs]")) show(group, name, focus && group.contains(tab));
}

setUpTabs();

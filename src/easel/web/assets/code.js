// Create: the request of the form as code, with a test key if the user wants one.
import { call, doing } from "./api.js";
import { facts, form, wrongNumbers } from "./form.js";
import "./tabs.js";

const PLACEHOLDER = "afk_your_api_key_here";
const KEY = "easel-test-key"; // kept for this tab, until signing out
const place = document.getElementById("request");
let snippets = null;

const secret = () => {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  return kept?.user === facts.user ? kept.secret : null;
};

function show() {
  const key = secret();
  for (const code of place.querySelectorAll("[data-language]")) {
    code.textContent = snippets?.[code.dataset.language].replaceAll(PLACEHOLDER, key ?? PLACEHOLDER) ?? "";
  }
  const insert = document.getElementById("insert-key");
  if (!insert || !key) return;
  insert.hidden = true;
  document.getElementById("key-note").textContent = "With a test key: calls are free. Delete it on the Team page when you are done.";
}

let asked = 0;
let timer;
export function follow(request) {
  form.addEventListener("changed", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (wrongNumbers().length) return;
      const mine = ++asked;
      const code = await call("POST", "/studio/snippets", request()).catch(() => null);
      if (mine !== asked || !code) return;
      snippets = code;
      show();
    }, 120);
  });
}

document.getElementById("insert-key")?.addEventListener("click", (event) => doing(event.target, async () => {
  const made = await call("POST", "/v2/keys", { name: "View code", test: true });
  sessionStorage.setItem(KEY, JSON.stringify({ user: facts.user, secret: made.secret }));
  show();
}));

// Calls the API with the session of the signed-in user. An error response is thrown as a Refusal. When the session has
// ended, the page is told ("signin") before it is left.
import { meaning, unanswered } from "./answers.js";

export class Refusal extends Error {
  constructor(status, body, sentence) {
    super(body.error ?? sentence);
    this.status = status;
    this.body = body;
  }
}

const token = document.querySelector("meta[name=csrf]")?.content ?? "";
const root = document.documentElement.dataset.root;

// The address of one of this server's paths, which may all be below a path such as /easel.
export const at = (path) => root + path;

async function ask(address, options) {
  try {
    return await fetch(address, { ...options, redirect: "manual" });
  } catch {
    throw new Refusal(0, {}, unanswered(options.body));
  }
}

// The JSON of a response; null if it has none of Easel's.
async function read(response) {
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return null;
  const body = await response.json().catch(() => null);
  return body && (response.ok || typeof body.error === "string") ? body : null;
}

export async function call(method, path, body, more = {}) {
  const headers = { "X-CSRF-Token": token, ...more };
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  const response = await ask(at(path), { method, headers, body: form || body === undefined ? body : JSON.stringify(body) });
  if (response.status === 204) return {};
  const answer = await read(response);
  if (response.status === 401 && answer) {
    dispatchEvent(new Event("signin"));
    const here = location.pathname.slice(root.length) + location.search;
    location.href = at(`/studio/signin?next=${encodeURIComponent(here)}`);
    return new Promise(() => {});
  }
  if (!response.ok || !answer) throw new Refusal(response.status, answer ?? {}, meaning(response));
  return answer;
}

// A part of a page, by its address. The pages of a proxy are not mistaken for one.
export async function fragment(address) {
  const response = await ask(address, {});
  const ours = response.headers.get("X-Request-Id");
  if (!response.ok || !ours) throw new Refusal(response.status, {}, ours ? "Something went wrong. Try again." : meaning(response));
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  return template.content;
}

export function say(text, link) {
  const toast = document.getElementById("toast");
  toast.replaceChildren(text);
  if (link) {
    const view = document.createElement("a");
    view.href = link;
    view.textContent = "View";
    toast.append(" ", view);
  }
  toast.hidden = false;
  if (toast.matches(":popover-open")) toast.hidePopover();
  toast.showPopover(); // above an open dialog too
  fade(toast, link ? 10_000 : 6_000);
}

// It stays for as long as it is pointed at, or its link has the focus.
function fade(toast, milliseconds) {
  clearTimeout(say.timer);
  say.timer = setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) fade(toast, milliseconds);
    else {
      toast.hidePopover();
      toast.hidden = true;
    }
  }, milliseconds);
}

// Run a button's action: the button is disabled meanwhile, and an error is shown.
export async function doing(button, action, problem) {
  if (problem) problem.hidden = true;
  button.disabled = true;
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const words = [error.message, error.body.hint].filter(Boolean).join(" ");
    if (problem) {
      problem.textContent = words;
      problem.hidden = false;
    } else say(words);
    return undefined;
  } finally {
    button.disabled = false;
  }
}

// Returns the credits; nothing when the server does not answer.
export async function showBalance() {
  const me = await call("GET", "/v2/me").catch(() => null);
  if (!me) return undefined;
  for (const element of document.querySelectorAll("[data-balance]")) element.textContent = me.team.credits.toLocaleString("en");
  return me.team.credits;
}

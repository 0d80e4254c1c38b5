// Calls the API with the session of the signed-in user. An error response is thrown as a Refusal. When the session has
// ended, the page is told ("signin") before it is left.
export class Refusal extends Error {
  constructor(status, body) {
    super(body.error ?? "The server is unreachable. Try again.");
    this.status = status;
    this.body = body;
  }
}

const token = document.querySelector("meta[name=csrf]")?.content ?? "";

export async function call(method, path, body, more = {}) {
  const headers = { "X-CSRF-Token": token, ...more };
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, { method, headers, body: form || body === undefined ? body : JSON.stringify(body) });
  } catch {
    throw new Refusal(0, {});
  }
  if (response.status === 401) {
    dispatchEvent(new Event("signin"));
    location.href = `/studio/signin?next=${encodeURIComponent(location.pathname + location.search)}`;
    return new Promise(() => {});
  }
  const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer);
  return answer;
}

export async function fragment(path) {
  const response = await fetch(path);
  if (!response.ok || response.redirected) throw new Refusal(response.status, {});
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
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { toast.hidden = true; }, 5000);
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

export async function showBalance() {
  const me = await call("GET", "/v2/me");
  for (const element of document.querySelectorAll("[data-balance]")) element.textContent = me.team.credits.toLocaleString("en");
  return me.team.credits;
}

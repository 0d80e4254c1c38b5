// The forms below "Try it": send the call with a key, or as the signed-in user, and show the response.
import { show, showFailure } from "./response.js";

const root = document.documentElement.dataset.root;
const KEPT = "easel-reference-key"; // a key lives as long as the tab
const TEST = "afk_test_";
const field = document.getElementById("key-field");
let session = null;

const key = () => field.value.trim();
const isFree = () => (key() ? key().startsWith(TEST) : session?.test);

// Who is signed in to the Studio, with the token that changes need; null without a session. False where there is no
// server that could answer a call: these pages can be files.
async function readSession() {
  const response = await fetch(`${root}/studio/session`, { redirect: "manual", cache: "no-store" }).catch(() => null);
  if (!response || response.status === 404) return false;
  return response.ok ? response.json() : null;
}

function sentence(needsKey) {
  if (!needsKey) return "No key is sent.";
  if (key()) return isFree() ? "With your test key: free." : "With your key: jobs are charged.";
  if (session) return `Without a key, calls use your session as ${session.email}, and jobs are ${isFree() ? "free (test key)" : "charged"}.`;
  return "Enter an API key at the top of the page, or sign in to the Studio.";
}

function showCaller() {
  document.getElementById("caller").textContent = sentence(true);
  document.getElementById("make-key").hidden = !session || session.test || Boolean(key());
  document.getElementById("forget-key").hidden = !key();
  for (const form of document.querySelectorAll(".try form")) {
    form.querySelector("[data-caller]").textContent = sentence("key" in form.dataset);
  }
}

function keep(text) {
  field.value = text;
  if (text) sessionStorage.setItem(KEPT, text);
  else sessionStorage.removeItem(KEPT);
  showCaller();
}

// Headers and cookies of a call: a key goes without the cookie, so that the response is the one a program gets.
function asCaller(headers) {
  if (key()) return { headers: { ...headers, "X-API-Key": key() }, credentials: "omit" };
  return { headers: session ? { ...headers, "X-CSRF-Token": session.csrf } : headers, credentials: "same-origin" };
}

function requestOf(form) {
  const headers = {};
  const query = new URLSearchParams();
  let path = form.dataset.path;
  let body;
  for (const input of form.querySelectorAll("[data-in]")) {
    const value = input.value.trim();
    const place = input.dataset.in;
    if (place === "file") {
      body ??= new FormData();
      body.append(input.name, input.files[0]);
    } else if (place === "body") body = value;
    else if (!value) continue;
    else if (place === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(value));
    else if (place === "header") headers[input.name] = value;
    else for (const one of "many" in input.dataset ? value.split(/[\s,]+/) : [value]) query.append(input.name, one);
  }
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  const { headers: all, credentials } = "key" in form.dataset ? asCaller(headers) : { headers, credentials: "omit" };
  const options = { method: form.dataset.method, headers: all, credentials, body, cache: "no-store" };
  return [`${root}${path}${query.size ? `?${query}` : ""}`, options];
}

function agreed(form) {
  if (form.dataset.asks === "charge") return isFree() || confirm("This call is charged. Send it?");
  if (form.dataset.asks === "lasting") return confirm("This call changes or deletes data of your team. Send it?");
  return true;
}

// The job that was just made is the one to ask about next.
function fillIn(job) {
  for (const form of document.querySelectorAll("form[data-job]")) form.elements.id.value = job;
}

function linkTo(job) {
  const line = document.createElement("p");
  const link = document.createElement("a");
  link.href = `${root}/studio/jobs/${encodeURIComponent(job)}`;
  link.textContent = "Open the job";
  line.append(link);
  return line;
}

async function send(form) {
  if (!agreed(form)) return;
  const stop = form.querySelector("[data-stop]");
  const place = form.querySelector("[data-response]");
  const aborting = new AbortController();
  const start = performance.now();
  stop.hidden = false;
  stop.onclick = () => aborting.abort();
  try {
    const [address, options] = requestOf(form);
    const response = await fetch(address, { ...options, signal: aborting.signal });
    const body = await show(place, response, Math.round(performance.now() - start));
    if (body?.jobId) fillIn(body.jobId);
    if (body?.jobId && response.status === 202) place.append(linkTo(body.jobId));
  } catch (error) {
    showFailure(place, aborting.signal.aborted ? "Stopped." : `No response: ${error.message}`);
  } finally {
    stop.hidden = true;
  }
}

async function makeKey() {
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": session.csrf };
  const body = JSON.stringify({ name: "API reference", test: true });
  const response = await fetch(`${root}/v2/keys`, { method: "POST", headers, body });
  const answer = await response.json();
  if (response.ok) keep(answer.secret);
  else document.getElementById("caller").textContent = answer.error;
}

export async function setUpTrying() {
  session = await readSession();
  if (session === false) return;
  field.value = sessionStorage.getItem(KEPT) ?? "";
  showCaller();
  document.getElementById("key").hidden = false;
  for (const details of document.querySelectorAll(".try")) details.hidden = false;
  field.addEventListener("input", () => keep(key()));
  document.getElementById("make-key").addEventListener("click", makeKey);
  document.getElementById("forget-key").addEventListener("click", () => keep(""));
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.closest(".try")) send(event.target);
  });
  // Another tab may have signed in or out.
  addEventListener("focus", async () => {
    session = await readSession() || null;
    showCaller();
  });
}

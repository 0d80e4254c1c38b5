// Keys and members.
import { call, doing, fragment, say } from "./api.js";
import "./copy.js";

const named = (id) => document.getElementById(id);

// Show the keys and members as they are now, and mark a row.
async function refresh(row) {
  const fresh = await fragment(location.href);
  for (const id of ["keys", "people"]) named(id).replaceWith(fresh.getElementById(id));
  if (row) document.querySelector(`[data-row="${row}"]`)?.classList.add("new");
}

// Ask before something that is hard to undo.
function agreed(title, text, verb) {
  const dialog = named("question");
  named("question-title").textContent = title;
  named("question-text").textContent = text;
  named("question-verb").textContent = verb;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

// The limits in a form. All models are no limit: models that come later are among them.
function limitsIn(form) {
  const { elements } = form;
  const boxes = [...form.querySelectorAll("[name=models]")];
  const models = boxes.filter((box) => box.checked).map((box) => box.value);
  return {
    expiresAt: elements.expires.value || null,
    monthlyCredits: elements.credits.value === "" ? null : Number(elements.credits.value),
    models: models.length === boxes.length ? null : models,
  };
}

named("new-key")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const { name, test, user } = form.elements;
  doing(event.submitter, async () => {
    const body = { name: name.value, test: test.checked, ...(user ? { user: user.value } : {}), ...limitsIn(form) };
    const made = await call("POST", "/v2/keys", body);
    named("secret-text").textContent = made.secret;
    named("secret").hidden = false;
    form.reset();
    await refresh(made.id);
  }, named("key-problem"));
});

named("secret-done").addEventListener("click", () => {
  named("secret").hidden = true;
  named("secret-text").textContent = "";
  named("key-name")?.focus();
});

const QUESTIONS = {
  revoke: ["Revoke", "Applications that use it stop working immediately. This cannot be undone."],
  deactivate: ["Disable", "It is the key you are signed in with. An admin, or the command line, can enable it again."],
};

async function change(button) {
  const { key, name, change: what, own } = button.dataset;
  if (what === "revoke" || (what === "deactivate" && own !== undefined)) {
    const [verb, text] = QUESTIONS[what];
    const leave = own === undefined ? "" : " You will be signed out.";
    if (!await agreed(`${verb} ${name}?`, text + leave, verb)) return;
  }
  await doing(button, async () => {
    await call("POST", `/v2/keys/${key}/${what}`);
    if (own !== undefined) location.reload();
    else await refresh();
  }, named("key-problem"));
}

async function remove(button) {
  const { remove: id, email, own } = button.dataset;
  const leave = own === undefined ? "" : " You will be signed out.";
  const text = `All keys of ${email} are revoked and all sessions end. Running jobs finish; jobs and images stay with the team.${leave}`;
  if (!await agreed(`Remove ${email}?`, text, "Remove member")) return;
  await doing(button, async () => {
    await call("DELETE", `/v2/people/${id}`);
    for (const option of [...named("key-user")?.options ?? []]) if (option.value === email) option.remove();
    if (own !== undefined) location.reload();
    else await refresh();
  }, named("person-problem"));
}

function openLimits(button) {
  const form = named("limits-form");
  const { expiresAt, monthlyCredits, models } = JSON.parse(button.dataset.limits);
  form.reset();
  named("limits-name").textContent = button.dataset.name;
  named("limits-problem").hidden = true;
  form.elements.expires.value = expiresAt ? expiresAt.slice(0, 10) : "";
  form.elements.credits.value = monthlyCredits ?? "";
  for (const box of form.querySelectorAll("[name=models]")) box.checked = !models || models.includes(box.value);
  form.dataset.key = button.dataset.key;
  form.dataset.before = JSON.stringify(limitsIn(form));
  named("limits").showModal();
}

named("limits-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const before = JSON.parse(form.dataset.before);
  const changed = Object.entries(limitsIn(form)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]));
  doing(event.submitter, async () => {
    if (changed.length) await call("PATCH", `/v2/keys/${form.dataset.key}`, Object.fromEntries(changed));
    named("limits").close();
    await refresh();
  }, named("limits-problem"));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.change) change(button);
  else if (button.dataset.remove) remove(button);
  else if (button.dataset.limits) openLimits(button);
  else if (button.dataset.close !== undefined) button.closest("dialog").close();
});

named("new-person")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const { email, role } = form.elements;
  doing(event.submitter, async () => {
    await call("POST", "/v2/people", { email: email.value, role: role.value });
    location.reload();
  }, named("person-problem"));
});

// A name is saved when its field is left, or with Enter.
document.addEventListener("change", (event) => {
  const { rename, person } = event.target.dataset;
  if (rename) {
    doing(event.target, async () => {
      const key = await call("PATCH", `/v2/keys/${rename}`, { name: event.target.value });
      event.target.defaultValue = key.name;
      for (const button of event.target.closest("tr").querySelectorAll("[data-name]")) {
        button.dataset.name = key.name;
        button.setAttribute("aria-label", `${button.textContent} ${key.name}`);
      }
      say("Renamed.");
    }, named("key-problem"));
  }
  if (person) {
    doing(event.target, async () => {
      await call("POST", `/v2/people/${person}/role`, { role: event.target.value });
      location.reload();
    }, named("person-problem"));
  }
});

document.addEventListener("keydown", (event) => {
  if (!event.target.dataset?.rename) return;
  if (event.key === "Enter") event.target.blur();
  if (event.key === "Escape") event.target.value = event.target.defaultValue;
});

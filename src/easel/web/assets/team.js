// Keys and members.
import { call, doing } from "./api.js";
import "./copy.js";

const named = (id) => document.getElementById(id);

named("new-key").addEventListener("submit", (event) => {
  event.preventDefault();
  const { name, test, user } = event.target.elements;
  doing(event.submitter, async () => {
    const body = { name: name.value, test: test.checked, ...(user ? { user: user.value } : {}) };
    const made = await call("POST", "/v2/keys", body);
    named("secret-text").textContent = made.secret;
    named("secret").hidden = false;
    event.target.reset();
  }, named("key-problem"));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-change]");
  if (!button) return;
  const { key, change } = button.dataset;
  if (change === "revoke" && !confirm("Revoke this key permanently? Applications that use it stop working immediately.")) return;
  doing(button, async () => {
    await call("POST", `/v2/keys/${key}/${change}`);
    location.reload();
  }, named("key-problem"));
});

named("new-person")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { email, role } = event.target.elements;
  doing(event.submitter, async () => {
    await call("POST", "/v2/people", { email: email.value, role: role.value });
    location.reload();
  }, named("person-problem"));
});

document.addEventListener("change", (event) => {
  const choice = event.target.closest("[data-person]");
  if (!choice) return;
  doing(choice, async () => {
    await call("POST", `/v2/people/${choice.dataset.person}/role`, { role: choice.value });
    location.reload();
  }, named("person-problem"));
});

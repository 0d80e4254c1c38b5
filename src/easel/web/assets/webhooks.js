// Webhooks: try a receiver, send again, a new secret.
import { call, doing, say } from "./api.js";
import "./copy.js";

document.getElementById("try").addEventListener("submit", (event) => {
  event.preventDefault();
  doing(event.submitter, async () => {
    await call("POST", "/v2/webhooks/test", { url: event.target.elements.url.value });
    location.href = "/studio/webhooks";
  }, document.getElementById("try-problem"));
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-resend], #resend-failed, #rotate");
  if (!button) return;
  if (button.id === "rotate" && !confirm("Make a new secret? For a day the one before signs too.")) return;
  doing(button, async () => {
    if (button.id === "rotate") await call("POST", "/v2/webhooks/secret/rotate");
    else if (button.id === "resend-failed") say(`${(await call("POST", "/v2/webhooks/resend-failed")).count} will be sent again.`);
    else await call("POST", `/v2/webhooks/deliveries/${button.dataset.resend}/resend`);
    if (button.id !== "resend-failed") location.reload();
  });
});

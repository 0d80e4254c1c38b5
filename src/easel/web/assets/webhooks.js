// Webhooks: test an endpoint, resend deliveries, rotate the secret.
import { Refusal, at, call, doing, say } from "./api.js";
import "./copy.js";

// The form has one field, which is not labelled with the name that it has in the API.
function inOwnWords(error) {
  if (!(error instanceof Refusal) || !error.body.details?.url) throw error;
  throw new Refusal(error.status, { ...error.body, error: error.message.replace(/^url /, "The endpoint URL ") });
}

document.getElementById("try").addEventListener("submit", (event) => {
  event.preventDefault();
  doing(event.submitter, async () => {
    await call("POST", "/v2/webhooks/test", { url: event.target.elements.url.value }).catch(inOwnWords);
    location.href = at("/studio/webhooks");
  }, document.getElementById("try-problem"));
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-resend], #resend-failed, #rotate");
  if (!button) return;
  if (button.id === "rotate" && !confirm("Rotate the secret? The old secret keeps working for 24 hours.")) return;
  doing(button, async () => {
    if (button.id === "rotate") await call("POST", "/v2/webhooks/secret/rotate");
    else if (button.id === "resend-failed") say(`${(await call("POST", "/v2/webhooks/resend-failed")).count} queued for retry.`);
    else await call("POST", `/v2/webhooks/deliveries/${button.dataset.resend}/resend`);
    if (button.id !== "resend-failed") location.reload();
  });
});

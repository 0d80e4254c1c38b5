// What an answer means that is not Easel's: it comes from a proxy in front of it, or from nowhere.
// The same table for the command line is in cli/answers.py.
const PROXY = "The proxy in front of Easel";
const MEANINGS = {
  401: `${PROXY} asks for a sign-in of its own. Reload the page to sign in there.`,
  403: `${PROXY} refuses this request.`,
  404: `${PROXY} does not pass this address on to Easel.`,
  405: `${PROXY} does not pass this kind of request on to Easel.`,
  407: `${PROXY} asks for a sign-in of its own. Reload the page to sign in there.`,
  408: `${PROXY} did not receive the request in time. Try again.`,
  413: `${PROXY} refuses bodies of this size. Operators: raise its limit, with nginx client_max_body_size.`,
  414: `${PROXY} refuses addresses of this length.`,
  429: `${PROXY} limits requests. Try again in a moment.`,
  431: `${PROXY} refuses headers of this size.`,
  502: "Easel is restarting or not running: the proxy in front of it cannot reach it. Try again in a moment.",
  503: "Easel is restarting or not running: the proxy in front of it cannot reach it. Try again in a moment.",
  504: `${PROXY} did not wait for the response. Operators: raise its time-out, with nginx proxy_read_timeout.`,
};
const SIGN_IN = "Another page came instead of Easel's response, such as a sign-in. Reload the page.";
const LARGE = 1_000_000; // bytes; nginx refuses more by default

// A sentence for a response that is not Easel's JSON.
export function meaning(response) {
  if (response.type === "opaqueredirect" || response.redirected || response.ok) return SIGN_IN;
  const sentence = MEANINGS[response.status] ?? (response.status >= 500 ? MEANINGS[502] : `${PROXY} refuses this request.`);
  return `${sentence} (HTTP ${response.status})`;
}

// A sentence for a request without any response.
export function unanswered(body) {
  if (navigator.onLine === false) return "You are offline. Try again when you are connected.";
  const file = body instanceof FormData ? [...body.values()].find((value) => value instanceof File) : null;
  return file?.size > LARGE
    ? "The server cannot be reached, or a proxy in front of it refuses files of this size. Try again, or choose a smaller file."
    : "The server cannot be reached. Try again.";
}

// The response of a tried call: status, duration, headers and body; text as it arrives, an image as an image.
const MOST = 200_000; // characters of text that are shown

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

export function showFailure(place, text) {
  place.className = "response";
  if (place.querySelector("pre")) place.append(element("p", text, "small quiet"));
  else place.replaceChildren(element("p", text, "bad"));
}

function head(response, milliseconds) {
  const line = element("p");
  line.append(element("b", `${response.status} ${response.statusText}`.trim(), response.ok ? "good" : "bad"));
  line.append(element("span", ` in ${milliseconds.toLocaleString("en")} ms`, "quiet"));
  const details = element("details");
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  details.append(element("summary", "Headers"), code(headers, "Response headers"));
  return [element("h4", "Response to this call"), line, details];
}

function code(text, label) {
  const box = element("div", undefined, "code");
  const pre = element("pre");
  pre.tabIndex = 0;
  pre.setAttribute("aria-label", label);
  pre.append(element("code", text));
  box.append(pre);
  return box;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

// The whole text; each part of a stream is shown when it comes.
async function read(response, shown) {
  let text = "";
  if (!response.body) return text;
  for (const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    shown.textContent = text.slice(0, MOST);
  }
}

// Shows the response and returns its JSON, if that is what it is.
export async function show(place, response, milliseconds) {
  place.className = "response";
  place.replaceChildren(...head(response, milliseconds));
  const kind = response.headers.get("Content-Type") ?? "";
  if (kind.startsWith("image/")) {
    const image = element("img");
    image.alt = "The image of the response";
    image.src = URL.createObjectURL(await response.blob());
    place.append(image);
    return undefined;
  }
  if (kind && !/json|text|xml/.test(kind)) {
    const size = (await response.blob()).size;
    place.append(element("p", `${size.toLocaleString("en")} bytes of ${kind}`));
    return undefined;
  }
  const box = code("", "Response body");
  place.append(box);
  const text = await read(response, box.querySelector("code"));
  if (!text) box.remove();
  if (!kind.includes("json")) return undefined;
  box.querySelector("code").textContent = pretty(text).slice(0, MOST);
  return response.ok ? JSON.parse(text) : undefined;
}

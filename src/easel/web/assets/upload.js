// Create: files are checked before they are sent, and sent. Each that cannot be used has a line with its name and ✕.
import { Refusal, call } from "./api.js";

export const IMAGES = { "image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WebP", "image/gif": "GIF", "image/avif": "AVIF" };
export const MASKS = { "image/png": "PNG" };
const MEGABYTE = 1_000_000;
const UNTOLD = ["", "application/octet-stream"]; // the server looks at the content

const megabytes = (bytes) => (bytes / MEGABYTE).toLocaleString("en", { maximumFractionDigits: 1 });

// What is wrong with a file, as far as the browser knows; nothing if it may be fine.
function problemOf(file, kinds, most) {
  if (!file.size) return "The file is empty.";
  if (!UNTOLD.includes(file.type) && !kinds[file.type]) {
    const [kind] = file.type.startsWith("image/") ? [file.type.slice(6).replace(/\+.*/, "").toUpperCase()] : [];
    const names = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(Object.values(kinds));
    return `${kind ? `${kind} is not supported here` : "The file is not an image"}. Use ${names}.`;
  }
  if (file.size > most * MEGABYTE) return `The file has ${megabytes(file.size)} MB; the maximum is ${most} MB.`;
  return "";
}

// A line about a file, which stays until it is dismissed.
export function fault(list, name, sentence) {
  const line = document.createElement("li");
  const words = document.createElement("span");
  const title = document.createElement("strong");
  title.textContent = name;
  words.append(title, `: ${sentence}`);
  const dismiss = document.createElement("button");
  dismiss.type = "button";
  dismiss.className = "plain icon";
  dismiss.textContent = "✕";
  dismiss.setAttribute("aria-label", `Dismiss: ${name}`);
  dismiss.addEventListener("click", () => {
    const next = line.nextElementSibling ?? line.previousElementSibling;
    line.remove();
    next?.querySelector("button").focus();
  });
  line.append(words, dismiss);
  list.append(line);
}

// The address of a file that was sent; nothing if it cannot be used, and then `list` has a line about it.
export async function upload(file, list, kinds, most) {
  let sentence = problemOf(file, kinds, most);
  if (!sentence) {
    const body = new FormData();
    body.append("file", file);
    try {
      return (await call("POST", "/v2/uploads", body)).url;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sentence = error.message;
    }
  }
  fault(list, file.name || "Pasted image", sentence);
  return "";
}

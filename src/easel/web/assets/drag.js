// Create: images that are dropped on the form or pasted: files, images of this page, and those of other pages of ours.
import { Refusal, at, call } from "./api.js";
import { form } from "./form.js";
import { addAddresses, addFiles } from "./inputs.js";

const OURS = "text/easel-image";
const drop = document.getElementById("drop");
const job = new RegExp(`^${location.origin}${at("/studio/jobs/")}([0-9a-f-]{36})(?:\\?image=(\\d+))?$`);

// The file of an image that is shown as a preview or as itself; nothing for other images.
function fileOf(address) {
  const path = address.startsWith(location.origin) ? address.slice(location.origin.length).replace(/[?#].*/, "") : "";
  if (path.startsWith(at("/files/"))) return path;
  return path.startsWith(at("/previews/")) ? at("/files/") + path.slice(at("/previews/").length) : "";
}

// The file behind a link to an image or to the page of a job, as a tile of another window is one.
async function behind(link) {
  const [, id, number] = job.exec(link) ?? [];
  if (!id) return fileOf(link);
  try {
    const { images } = await call("GET", `/v2/jobs/${id}`);
    return images.find((one) => one.number === Number(number ?? 1))?.url ?? "";
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return "";
  }
}

document.addEventListener("dragstart", (event) => {
  if (!(event.target instanceof Element) || event.target.closest("#inputs")) return;
  const image = event.target.closest("img") ?? event.target.closest("a")?.querySelector("img");
  const file = image ? fileOf(image.currentSrc || image.src) : "";
  if (file) event.dataTransfer.setData(OURS, file);
});

const carries = (event, type) => event.dataTransfer?.types.includes(type) ?? false;
const inForm = (event) => event.target instanceof Element && event.target.closest("#create") === form;

// Files may fall anywhere; what else is dragged may only fall on the form, and text on its fields as ever.
function welcome(event) {
  if (carries(event, "text/easel-input")) return false;
  if (carries(event, OURS)) return inForm(event);
  return carries(event, "Files") || (carries(event, "text/uri-list") && inForm(event) && !event.target.closest("textarea, input"));
}

addEventListener("dragover", (event) => {
  const wanted = welcome(event);
  drop.classList.toggle("over", wanted);
  if (wanted) event.preventDefault();
});
for (const name of ["dragend", "drop"]) addEventListener(name, () => drop.classList.remove("over"));
addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
addEventListener("drop", async (event) => {
  if (!welcome(event)) return;
  event.preventDefault();
  const { dataTransfer } = event;
  const file = dataTransfer.getData(OURS);
  const [link] = dataTransfer.getData("text/uri-list").split(/\r?\n/).filter((line) => line && !line.startsWith("#"));
  const files = [...dataTransfer.files];
  const address = file || (link ? await behind(link) : "");
  if (address) addAddresses([address]);
  else if (files.length) addFiles(files);
});
addEventListener("paste", (event) => {
  const files = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
  if (files.length) { event.preventDefault(); addFiles(files); }
});

// Create: the input images and the mask of the form: chosen, dropped, pasted, or taken from the gallery.
import { Refusal, at, call, doing, fragment } from "./api.js";
import { about, absolute, changed, facts, problemAt } from "./form.js";

let images = facts.images.map((address) => ({ address }));
let mask = facts.mask ? { name: "From the earlier job", address: facts.mask } : null;

export const masked = () => about().mask && images.length > 0;
export const taken = () => ({ images, mask });

export function take(draft) {
  images = draft.images.filter((image) => image.address);
  mask = draft.mask?.address ? draft.mask : null;
}

// ---- input images
const list = document.getElementById("inputs");

export function showImages() {
  list.replaceChildren(...images.map((image, index) => {
    const item = document.createElement("li");
    item.draggable = true;
    const files = location.origin + at("/files/");
    const address = absolute(image.address);
    if (address.startsWith(files)) {
      const preview = document.createElement("img");
      preview.src = at("/previews/") + new URL(address).pathname.slice(at("/files/").length);
      preview.alt = `Input ${index + 1}`;
      item.append(preview);
    } else {
      const name = document.createElement("span");
      name.className = "name";
      name.textContent = image.address ? image.address.replace(/^https?:\/\//, "") : `${image.name}…`;
      item.append(name);
    }
    const moves = document.createElement("div");
    moves.className = "moves";
    const move = (text, label, to) => {
      const one = document.createElement("button");
      one.type = "button";
      one.textContent = text;
      one.setAttribute("aria-label", `${label} input ${index + 1}`);
      one.disabled = to !== null && (to < 0 || to >= images.length);
      one.addEventListener("click", () => {
        const [moved] = images.splice(index, 1);
        if (to !== null) images.splice(to, 0, moved);
        showImages();
        (list.children[to ?? Math.min(index, images.length - 1)]?.querySelector("button:not(:disabled)") ?? document.getElementById("pick")).focus();
      });
      return one;
    };
    moves.append(move("←", "Move forward", index - 1), move("→", "Move back", index + 1), move("✕", "Remove", null));
    item.append(moves);
    item.addEventListener("dragstart", (event) => { event.dataTransfer.setData("text/easel-input", String(index)); item.classList.add("dragged"); });
    item.addEventListener("dragend", () => item.classList.remove("dragged"));
    item.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("text/easel-input")) event.preventDefault(); });
    item.addEventListener("drop", (event) => {
      const from = event.dataTransfer.getData("text/easel-input");
      if (from === "") return;
      event.preventDefault();
      const [moved] = images.splice(Number(from), 1);
      images.splice(index, 0, moved);
      showImages();
    });
    return item;
  }));
  changed();
}

async function add(files) {
  for (const file of files) {
    const image = { name: file.name, address: "" };
    images.push(image);
    showImages();
    const body = new FormData();
    body.append("file", file);
    try {
      image.address = (await call("POST", "/v2/uploads", body)).url;
      problemAt("input_images", "");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      images = images.filter((one) => one !== image);
      problemAt("input_images", `${file.name}: ${error.message}`);
    }
    showImages();
  }
}

// ---- the mask of the first input image, for models and providers that have masks
export function showMask() {
  document.getElementById("mask-field").hidden = !masked();
  document.getElementById("mask-name").textContent = mask ? mask.name + (mask.address ? "" : "…") : "";
  document.getElementById("unmask").hidden = !mask;
}

document.getElementById("mask").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  const chosen = { name: file.name, address: "" };
  mask = chosen;
  changed();
  const body = new FormData();
  body.append("file", file);
  try {
    chosen.address = (await call("POST", "/v2/uploads", body)).url;
    problemAt("mask", "");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (mask === chosen) mask = null;
    problemAt("mask", `${file.name}: ${error.message}`);
  }
  changed();
});
document.getElementById("unmask").addEventListener("click", () => {
  mask = null;
  problemAt("mask", "");
  changed();
  document.getElementById("mask").focus();
});

document.getElementById("files").addEventListener("change", (event) => {
  add([...event.target.files]);
  event.target.value = "";
});
const drop = document.getElementById("drop");
const carries = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => { if (carries(event)) { event.preventDefault(); drop.classList.add("over"); } });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
addEventListener("drop", (event) => {
  drop.classList.remove("over");
  if (!carries(event)) return;
  event.preventDefault();
  add([...event.dataTransfer.files]);
});
addEventListener("paste", (event) => {
  const files = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
  if (files.length) { event.preventDefault(); add(files); }
});

const picker = document.getElementById("picker");
document.getElementById("pick").addEventListener("click", async (event) => {
  const problem = document.querySelector("[data-field=input_images] .problem");
  const tiles = document.getElementById("picker-tiles");
  const found = await doing(event.target, () => fragment(at("/studio/gallery/tiles?status=COMPLETED")), problem);
  if (!found) return;
  tiles.replaceChildren(found);
  for (const rest of tiles.querySelectorAll(".more, .wordy")) rest.remove();
  if (!tiles.children.length) tiles.textContent = "No images yet.";
  picker.showModal();
});
picker.addEventListener("click", (event) => {
  const tile = event.target.closest(".tile");
  if (!tile) return;
  event.preventDefault();
  images.push({ address: tile.dataset.file });
  picker.close();
  showImages();
});

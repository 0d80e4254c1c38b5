// Collections: make, rename and delete one; add the selected images to one, or remove them from the one that is shown.
import { at, call, doing, say } from "./api.js";
import { attempt, confirmed } from "./images.js";
import { pickAll, selected } from "./select.js";

const naming = document.getElementById("naming");
const field = document.getElementById("naming-name");
const into = document.getElementById("collect-into");
const images = (count) => `${count} image${count === 1 ? "" : "s"}`;
const open = (id) => { location.href = at(`/studio/gallery${id ? `?collection=${id}` : ""}`); };

// The name that is typed; nothing if the dialog is cancelled.
function named(title, name) {
  document.getElementById("naming-title").textContent = title;
  field.value = name;
  naming.returnValue = "";
  naming.showModal();
  field.select();
  return new Promise((resolve) => {
    naming.addEventListener("close", () => resolve(naming.returnValue === "save" ? field.value.trim() : ""), { once: true });
  });
}

async function make(button) {
  const name = await named("New collection", "");
  return name ? doing(button, () => call("POST", "/v2/collections", { name })) : undefined;
}

document.getElementById("new-collection").addEventListener("click", async (event) => {
  const made = await make(event.target);
  if (made) open(made.id);
});
document.getElementById("rename-collection")?.addEventListener("click", async ({ target }) => {
  const name = await named("Rename collection", target.dataset.name);
  if (name && await doing(target, () => call("PATCH", `/v2/collections/${target.dataset.collection}`, { name }))) location.reload();
});
document.getElementById("delete-collection")?.addEventListener("click", async ({ target }) => {
  if (!await confirmed(`Delete the collection “${target.dataset.name}”? Its images stay.`, "Delete collection", "")) return;
  if (await doing(target, () => call("DELETE", `/v2/collections/${target.dataset.collection}`))) open("");
});

// ---- the selected images
async function showCounts() {
  const { collections } = await call("GET", "/v2/collections");
  for (const { id, images: count } of collections) {
    for (const place of document.querySelectorAll(`[data-images-in="${CSS.escape(id)}"]`)) place.textContent = count;
  }
}

async function add(id) {
  const chosen = selected();
  const button = document.getElementById("collect");
  const added = await doing(button, () => attempt(async () => {
    for (const tile of chosen) await call("PUT", `/v2/collections/${id}/images/${tile.dataset.name}`);
  }));
  if (!added) return;
  pickAll(false);
  say(`${images(chosen.length)} added.`, at(`/studio/gallery?collection=${id}`));
  await attempt(showCounts);
}

document.getElementById("collect").addEventListener("click", async (event) => {
  if (into.querySelector("[data-into]")) into.showModal();
  else {
    const made = await make(event.target);
    if (made) add(made.id);
  }
});
into.addEventListener("click", (event) => {
  const id = event.target.closest("[data-into]")?.dataset.into;
  if (!id) return;
  into.close();
  add(id);
});
document.getElementById("collect-new").addEventListener("click", async (event) => {
  into.close();
  const made = await make(event.target);
  if (made) add(made.id);
});
document.getElementById("uncollect")?.addEventListener("click", ({ target }) => doing(target, () => attempt(async () => {
  for (const tile of selected()) {
    await call("DELETE", `/v2/collections/${target.dataset.collection}/images/${tile.dataset.name}`);
    tile.remove();
  }
  document.dispatchEvent(new CustomEvent("images-deleted"));
  await showCounts();
})));

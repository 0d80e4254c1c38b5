// Collections: make, rename and delete one; add the selected images to one, or remove them from the one that is shown.
import { at, call, doing, fragment, say } from "./api.js";
import { attempt, confirmed } from "./images.js";
import { nameShown } from "./lightbox.js";
import { selected, stop } from "./select.js";

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

// ---- the selected images, or the one that is looked at
let names = [];
let asker = null;

// The chips of the collections, and the list to choose from, as they are now.
async function showCollections() {
  const query = new URLSearchParams(new FormData(document.getElementById("filters")));
  const fresh = await fragment(at(`/studio/gallery?${query}`));
  for (const part of [".shelves nav", ".collect"]) document.querySelector(part).replaceWith(fresh.querySelector(part));
}

async function add(id) {
  const added = await doing(asker, () => attempt(async () => {
    for (const name of names) await call("PUT", `/v2/collections/${id}/images/${name}`);
  }));
  if (added) {
    stop();
    say(`${images(names.length)} added.`, at(`/studio/gallery?collection=${id}`));
  }
  await attempt(showCollections);
}

async function collect(button, chosen) {
  names = chosen;
  asker = button;
  if (into.querySelector("[data-into]")) {
    into.showModal();
    return;
  }
  const made = await make(button);
  if (made) await add(made.id);
}

document.getElementById("collect").addEventListener("click", ({ target }) => collect(target, selected().map((tile) => tile.dataset.name)));
document.getElementById("box-collect").addEventListener("click", ({ target }) => collect(target, [nameShown()]));
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
  stop();
  await showCollections();
})));

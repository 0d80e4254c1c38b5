// Copy buttons beside blocks of code. A button says "Copied" only when it is true.
export async function copy(text, button, source) {
  const copied = await written(text) || commanded(text);
  button.dataset.label ??= button.textContent;
  let field = null;
  if (!copied) field = source ? select(source) : offer(text, button);
  button.textContent = copied ? "Copied" : `Press ${/Mac|iPhone|iPad/.test(navigator.platform) ? "⌘C" : "Ctrl+C"}`;
  setTimeout(() => {
    button.textContent = button.dataset.label;
    field?.remove();
  }, copied ? 1500 : 8000);
}

// Browsers have a clipboard for https and loopback addresses only.
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function commanded(text) {
  const area = document.createElement("textarea");
  area.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(area); // below a dialog nothing can be selected
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
  }
}

function select(source) {
  if (source.select) source.select();
  else getSelection().selectAllChildren(source);
  return null;
}

// The text in a field of its own, selected, for a while.
function offer(text, button) {
  const field = document.createElement("input");
  field.readOnly = true;
  field.value = text;
  field.setAttribute("aria-label", "Text to copy");
  button.after(field);
  field.select();
  return field;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = button.dataset.copy ? document.getElementById(button.dataset.copy) : null;
  copy(source ? (source.value ?? source.textContent) : button.dataset.copyText, button, source);
});

// Digits by finger: large keys beside the field of a PIN or a dose, on devices that are touched. And Enter in a proof signs.

const touch = window.matchMedia("(pointer: coarse)");

for (const field of document.querySelectorAll("[data-pad]")) {
  if (field.dataset.pad === "open") open(field);
  else if (field.dataset.pad !== "dose") for (const kind of ["focus", "pad"]) field.addEventListener(kind, () => { if (touch.matches) open(field); });
}

// A tap anywhere else puts the keys of a signature away again.
document.addEventListener("pointerdown", (event) => {
  const pad = document.querySelector(".bar .pad");
  if (pad && !event.target.closest(".bar")) pad.remove();
});

// The field of a dose comes anew with the page's parts, so the page listens for it.
document.addEventListener("focusin", (event) => {
  if (touch.matches && event.target.dataset?.pad === "dose") openForDose(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !["proof_secret", "proof_name"].includes(event.target.name)) return;
  const button = event.target.closest(".bar, form")?.querySelector("button.go, button:not([type=button])");
  if (!button) return;
  event.preventDefault();
  button.click();
});

function open(field) {
  if (field.nextElementSibling?.matches(".pad")) return;
  const pad = keys(["clear", "0", "back"], (key) => button(field, key));
  field.after(pad);
  if (touch.matches) field.inputMode = "none"; // the keys of the system would lie over ours
}

// The unit stays; the first key begins the number anew. Nothing moves under the finger: the keys go with Done alone.
function openForDose(field) {
  const place = field.closest(".stepper");
  if (field.inputMode === "text" || place.nextElementSibling?.matches(".pad")) return;
  let begun = false;
  const press = (key) => {
    const [, number, unit] = field.value.match(/^([\d.,]*)\s*(.*)$/);
    const stood = begun ? number.replaceAll(",", "") : "";
    begun = true;
    const now = key === "back" ? stood.slice(0, -1) : key !== "." ? stood + key : stood.includes(".") ? stood : `${stood || 0}.`;
    field.value = `${now} ${unit || field.dataset.unit}`.trim();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const leave = (key) => {
    pad.remove();
    field.inputMode = key === "Letters" ? "text" : "none";
    if (key === "Letters") field.focus();
  };
  const pad = keys([".", "0", "back", "Letters", "Done"], (key) => made(key, ["Letters", "Done"].includes(key) ? leave : press));
  place.after(pad);
  field.inputMode = "none";
}

function keys(last, key) {
  const pad = document.createElement("div");
  pad.className = "pad";
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", "Digits");
  pad.append(...["1", "2", "3", "4", "5", "6", "7", "8", "9", ...last].map(key));
  return pad;
}

function button(field, key) {
  return made(key, () => {
    if (key === "clear") field.value = "";
    else if (key === "back") field.value = field.value.slice(0, -1);
    else if (field.value.length < (field.maxLength > 0 ? field.maxLength : 6)) field.value += key;
  });
}

function made(key, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = { clear: "Clear", back: "⌫" }[key] ?? key;
  if (key === "back") button.setAttribute("aria-label", "Delete the last digit");
  button.addEventListener("click", () => press(key));
  return button;
}

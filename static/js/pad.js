// A PIN by finger: ten large keys beside the field, on devices that are touched. And Enter in a proof signs.

const touch = window.matchMedia("(pointer: coarse)");

for (const field of document.querySelectorAll("[data-pad]")) {
  if (field.dataset.pad === "open") open(field);
  else for (const kind of ["focus", "pad"]) field.addEventListener(kind, () => { if (touch.matches) open(field); });
}

// A tap anywhere else puts the keys of a signature away again.
document.addEventListener("pointerdown", (event) => {
  const pad = document.querySelector(".bar .pad");
  if (pad && !event.target.closest(".bar")) pad.remove();
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
  const pad = document.createElement("div");
  pad.className = "pad";
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", "Digits");
  for (const key of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "back"]) pad.append(button(field, key));
  field.after(pad);
  if (touch.matches) field.inputMode = "none"; // the keys of the system would lie over ours
}

function button(field, key) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = { clear: "Clear", back: "⌫" }[key] ?? key;
  if (key === "back") made.setAttribute("aria-label", "Delete the last digit");
  made.addEventListener("click", () => {
    if (key === "clear") field.value = "";
    else if (key === "back") field.value = field.value.slice(0, -1);
    else if (field.value.length < (field.maxLength > 0 ? field.maxLength : 6)) field.value += key;
  });
  return made;
}

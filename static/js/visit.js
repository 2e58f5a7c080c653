// After signing: the offer to undo goes when its minute is over, and the note can be printed.

const MINUTE = 60_000;

for (const form of document.querySelectorAll("[data-minute]")) {
  setTimeout(() => form.remove(), MINUTE);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

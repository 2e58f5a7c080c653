// Co-signing by the key "s". For a second after the page came, nothing is signed: a finger may still be on its way.

const QUIET = 1000;
const form = document.querySelector("form[data-cosign]");
const came = performance.now();
let sent = false;

form?.addEventListener("submit", (event) => {
  if (sent || performance.now() - came < QUIET) event.preventDefault();
  else sent = true;
});

document.addEventListener("keydown", (event) => {
  if (!form || event.key !== "s" || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  const secret = form.querySelector("[name=proof_secret]");
  if (secret && !secret.value) secret.focus();
  else form.requestSubmit();
});

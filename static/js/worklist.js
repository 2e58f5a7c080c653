// Charge review by keyboard. Single keys act only while a row of the list has the focus, and can be switched off.

const list = document.getElementById("worklist");
const OFF = "deltoid-single-keys-off";
const switchOff = document.querySelector("[data-keys-off]");
let afterG = false;
let waiting = null; // a key that came before its row had arrived in the right half

const rows = () => [...list.querySelectorAll("[data-row]")];
const current = () => document.activeElement.closest?.("[data-row]");
const wanted = (key) => document.querySelector(`#pane [data-key="${key}"], .last [data-key="${key}"]`);

const keysAreOff = () => {
  try { return localStorage.getItem(OFF) === "yes"; } catch { return false; }
};

function mark(row) {
  for (const other of rows()) {
    other.classList.toggle("on", other === row);
    if (other === row) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  history.replaceState(null, "", row.href);
}

function move(step) {
  waiting = null;
  const all = rows();
  const next = all[all.indexOf(current()) + step];
  if (next) { next.focus(); next.click(); }
  else list.querySelector(step > 0 ? '[rel="next"]' : '[rel="prev"]')?.focus();
}

// A key is about the row that has the focus, never about the one that still stands on the right.
const arrived = () => {
  const shown = document.querySelector("#pane [data-shown]")?.dataset.shown;
  return !current() || shown === current().dataset.row;
};

function press(key) {
  if (key !== "u" && !arrived()) { waiting = key; return; }
  const control = wanted(key);
  if (!control) return;
  control.click();
  const field = control.closest("details")?.querySelector("input:not([type=hidden]), select, textarea");
  field?.focus();
}

function fix() {
  const link = document.querySelector("#pane [data-fix]");
  if (link) link.focus(); else press("q");
}

function tab(key) {
  const place = { w: "work", r: "ready", h: "held", z: "snoozed", s: "sent" }[key];
  const link = place && document.querySelector(`.tab[href*="tab=${place}"]`);
  link?.click();
}

const KEYS = {
  j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
  a: () => press("a"), h: () => press("h"), q: () => press("q"), z: () => press("z"), u: () => press("u"),
  f: fix, g: () => { afterG = true; }, "/": () => document.getElementById("q").focus(),
  "?": () => document.querySelector(".all-keys summary").click(),
};

list?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !current()) return;
  if (keysAreOff() && event.key.length === 1) return;
  if (event.repeat && !["j", "k", "ArrowDown", "ArrowUp"].includes(event.key)) return;
  if (afterG) { afterG = false; event.preventDefault(); tab(event.key); return; }
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// A row shows its visit without leaving the list; the address follows, so that a reload stands on the same row.
list?.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey) mark(row);
});
// A refused or lost answer becomes the whole page; one that a later row overtook is nobody's loss.
for (const trouble of ["htmx:responseError", "htmx:sendError"]) {
  list?.addEventListener(trouble, (event) => window.location.assign(event.detail.elt.href ?? window.location.href));
}
document.getElementById("pane")?.addEventListener("htmx:afterSwap", () => {
  document.querySelector(".review").classList.add("chosen");
  document.getElementById("pane").scrollTop = 0;
  if (waiting && arrived()) { const key = waiting; waiting = null; press(key); }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest("#pane")) {
    event.target.closest("details")?.removeAttribute("open");
    list.querySelector(".on")?.focus();
  }
  const digits = event.target.closest?.("[data-digits]");
  if (digits && /^[1-9]$/.test(event.key) && event.target.type === "radio") {
    const choice = digits.querySelectorAll('input[type="radio"]')[Number(event.key) - 1];
    if (choice) { choice.checked = true; choice.focus(); }
  }
});

if (switchOff) {
  switchOff.checked = keysAreOff();
  switchOff.addEventListener("change", () => {
    try { localStorage.setItem(OFF, switchOff.checked ? "yes" : "no"); } catch { /* the switch lasts for this page */ }
  });
}

// After an act the address names the next row: the keys work at once.
if (new URLSearchParams(window.location.search).has("at") && !document.getElementById("problems")) {
  (document.getElementById("refusal") ?? list?.querySelector(".on"))?.focus({ preventScroll: false });
}

// Charting: every change is saved at once, in order, and the page says when. Without this file the Save button does it.

import "./photo.js";
import { guard } from "./guard.js";
import { listen } from "./scan.js";
import { sound } from "./tone.js";

const form = document.getElementById("dose");
const saver = document.getElementById("saver");
const PAUSE = 400; // after the last key
const AT_ONCE = 60; // after a tap
const STAYS = ["again", "ago", "step"]; // buttons that fill something in and leave nothing
const LOOK = 5000; // between two looks whether a colleague was quicker
const TOO_LARGE = 413; // what the server answers to a photo that it does not take

let timer = null;
let saving = false;
let waiting = null; // the button that was tapped while a save was under way
let lastSaved = "";

const saved = () => document.getElementById("saved");
const mayLeave = guard(document.getElementById("sign"), document.getElementById("inert"));

function save(delay) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    timer = null;
    saving = true;
    saver.dispatchEvent(new CustomEvent("save"));
  }, delay);
}

function scan(text) {
  const box = document.getElementById("id_scan");
  if (!box) {
    scanAnother(text);
    return;
  }
  box.value = text;
  save(0);
}

// A vial is on the page already: what is scanned now takes its place.
function scanAnother(text) {
  const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "scan", value: text });
  document.getElementById("vial").append(hidden);
  save(0);
}

// What a button says goes with the next save, once.
function tapped({ name, value }) {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", className: "tapped", name, value }));
  save(0);
}

form.addEventListener("input", (event) => {
  if (event.target.id === "id_scan" || event.target.matches("[type=radio], [type=checkbox], [type=file], select")) return;
  save(PAUSE);
});

form.addEventListener("change", (event) => {
  if (event.target.id !== "id_scan" && event.target.type !== "file") save(AT_ONCE);
  // what to do first must not open behind the bar
  if (event.target.matches("[data-reaction]")) document.querySelector(".when-reaction").scrollIntoView({ block: "nearest" });
});

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  if (event.target.id === "id_scan" && !event.target.value.trim()) return;
  save(0);
});

// Buttons of the vial stay on the page; those that leave it wait until what was typed is saved.
form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (STAYS.includes(button?.name)) {
    event.preventDefault();
    tapped(button);
    return;
  }
  if (form.dataset.sent || unsaved() || !mayLeave(button)) {
    event.preventDefault();
    return;
  }
  clearTimeout(timer);
  if (saving) {
    event.preventDefault();
    waiting = button;
    return;
  }
  form.dataset.sent = "yes";
});

document.addEventListener("htmx:afterRequest", (event) => {
  const from = event.detail.elt;
  if (from !== saver && from.id !== "id_photo") return;
  saving = false;
  const kept = event.detail.xhr.getResponseHeader("X-Draft-Version");
  if (kept) {
    emptyScanBox();
    for (const tap of form.querySelectorAll(".tapped")) if (event.detail.requestConfig.formData.has(tap.name)) tap.remove();
    lastSaved = saved().textContent.trim();
    if (document.getElementById("inert").textContent.startsWith("Not saved")) document.getElementById("inert").textContent = "";
    openPad();
  } else if (event.detail.xhr.status === TOO_LARGE && from.id === "id_photo") {
    document.getElementById("id_scan_error").textContent = "This photo is too large. Take it again with a lower resolution";
    emptyScanBox();
  } else if (event.detail.xhr.status !== 422) {
    lost(event.detail.xhr.status === 401);
  }
  if (waiting) {
    const button = waiting;
    waiting = null;
    form.requestSubmit(button);
  }
});

// The vial's part of the page was replaced: the next scan goes into its box again.
document.addEventListener("htmx:oobAfterSwap", (event) => {
  const place = event.detail.target;
  if (place?.id === "vial") document.getElementById("id_scan")?.focus();
  if (place?.id === "conflict") conflict()?.scrollIntoView({ block: "center" });
});

// A colleague was quicker: wherever on the page somebody types, this comes into sight.
const conflict = () => document.querySelector("#conflict section");

// What could not be read stands in the message and sounds low, twice; the box is ready for the next try.
function emptyScanBox() {
  const box = document.getElementById("id_scan");
  const photo = document.getElementById("id_photo");
  const unread = document.getElementById("id_scan_error")?.textContent.trim();
  if (unread && (box?.value || photo?.value)) sound(220, 0, 0.3);
  if (photo) photo.value = "";
  if (box && unread) box.value = "";
}

// Nothing is left but the PIN: on a device that is touched its keys come by themselves.
function openPad() {
  const pin = document.querySelector(".bar [data-pad]");
  if (pin && document.querySelector("#left .all-there")) pin.dispatchEvent(new Event("pad"));
}

// Leaving this page now would lose what the server has not got: every button that leaves says so and waits.
function unsaved() {
  const place = saved();
  if (!place.classList.contains("not-saved")) return false;
  document.getElementById("inert").textContent = `${place.textContent.split(".")[0]}. Signing waits for that.`;
  return true;
}

// Keep the page, say so, and try again: the connection comes back, or the person does.
function lost(locked) {
  const place = saved();
  place.classList.add("not-saved");
  const since = lastSaved.replace("Draft saved", "").trim();
  const what = locked ? "The screen is locked." : "Keep this page open.";
  place.textContent = `Not saved${since ? ` since ${since}` : ""}. ${what}`;
  setTimeout(() => renewToken().catch(() => {}).then(() => save(0)), 5000);
}

// Signing in again gives the browser a new token against forged forms; the form takes it over.
async function renewToken() {
  const answer = await fetch(form.dataset.page);
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#dose [name=csrfmiddlewaretoken]");
  if (fresh) form.querySelector("[name=csrfmiddlewaretoken]").value = fresh.value;
}

// A colleague took this chart over, signed it or threw it away: saving once says so and shows what was typed here.
// A vial in hand that is recalled or put on hold meanwhile: saving once brings the stop.
let told = "";
let stopped = false;
let left = 0;
async function look() {
  const version = form.elements.version.value;
  const own = () => timer || saving || form.dataset.sent || form.elements.version.value !== version || Date.now() - left < LOOK;
  if (document.hidden || own()) return;
  const answer = await fetch(form.dataset.drafts, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const drafts = await answer.json();
  const now = String(drafts[form.dataset.draft] ?? "gone");
  const stops = Boolean(drafts.stopped?.includes(Number(form.dataset.draft)));
  const news = (now !== version && now !== told) || (stops && !stopped);
  stopped = stops;
  if (!news || own()) return;
  told = now;
  save(0);
}
setInterval(look, LOOK);
document.addEventListener("visibilitychange", look);
window.addEventListener("beforeunload", () => { left = Date.now(); }); // what this page itself does to the draft is no news

lastSaved = saved().textContent.trim();
listen(scan);
openPad();

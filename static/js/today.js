// Today by itself: a line that changed is renewed where it stands, and what is new is only announced.
// Nothing on the list moves under a finger: order and place change when the person asks for it.

import { sound } from "./tone.js";

const EVERY = 10_000;
const list = document.getElementById("lines");
const news = document.getElementById("news");
let asleep = false; // the screen is locked: nothing is asked until somebody touches it
let held = null; // the line under a finger

document.addEventListener("pointerdown", (event) => { asleep = false; held = event.target.closest("[data-line]"); });
for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, () => { held = null; });
document.addEventListener("keydown", () => { asleep = false; });
if (list) setInterval(look, EVERY);

async function look() {
  if (asleep || document.hidden || document.getElementById("locked")?.open) return;
  const answer = await fetch(list.dataset.versions, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected) { asleep = answer?.status === 401; return; }
  const { lines, counts } = await answer.json();
  for (const place of document.querySelectorAll("[data-count]")) {
    if (place.dataset.count !== "to-sign") place.textContent = counts[place.dataset.count] ?? 0;
  }
  await renew(lines);
  announce(lines);
}

const shown = () => [...list.querySelectorAll("[data-line]")];
const busy = (line) => line === held || line.contains(document.activeElement);

async function renew(lines) {
  const old = shown().filter((line) => lines[line.dataset.line] && lines[line.dataset.line][1] !== line.dataset.version && !busy(line));
  for (const line of shown()) if (!lines[line.dataset.line]) line.classList.add("elsewhere");
  if (!old.length) return;
  const asked = new URLSearchParams(old.map((line) => ["line", line.dataset.line]));
  const answer = await fetch(`${list.dataset.lines}?${asked}`, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const line of old) {
    const now = fresh.querySelector(`[data-line="${line.dataset.line}"]`);
    if (!now || busy(line)) continue;
    now.classList.toggle("elsewhere", lines[line.dataset.line][0] !== list.dataset.tab);
    const due = now.querySelector(".chip.warn") && !line.querySelector(".chip.warn") && list.dataset.tab === "watching";
    swap(line, document.adoptNode(now));
    if (due) call(now);
  }
}

// The new line takes exactly the room of the old one. One that needs more would push the others down: the old one
// stays, and the change waits with what is new.
function swap(line, now) {
  const edge = end(line);
  line.replaceWith(now);
  const grown = end(now) - edge;
  if (grown > 0.5) {
    now.replaceWith(line);
    line.dataset.version = now.dataset.version;
    line.dataset.changed = "yes";
  } else if (grown < 0) {
    box(now).style.minHeight = `${box(now).getBoundingClientRect().height - grown}px`;
  }
}

const box = (line) => line.querySelector(".row") ?? line;
const end = (line) => {
  const next = line.nextElementSibling;
  return next ? box(next).getBoundingClientRect().top : 0; // the last one pushes nobody
};

function announce(lines) {
  const here = new Set(shown().map((line) => line.dataset.line));
  const fresh = Object.entries(lines).filter(([key, [tab]]) => tab === list.dataset.tab && !here.has(key)).length;
  const changed = shown().filter((line) => line.dataset.changed).length;
  const told = [fresh && `${fresh} new`, changed && `${changed} changed`].filter(Boolean).join(", ");
  const words = told && `${told}: show`;
  if ((news.querySelector("a")?.textContent ?? "") === words) return;
  news.replaceChildren();
  if (!words) return;
  const link = document.createElement("a");
  link.className = "btn";
  link.href = location.href;
  link.textContent = words;
  news.append(link);
}

// The wait of one patient is over: said to a screen reader, and sounded where this page was touched before.
function call(line) {
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.textContent = `${line.querySelector(".who b").textContent}: the wait is over`;
  news.append(told);
  sound(440, 0);
}

// A wristband is read by a scanner that types: many keys in a short time and Enter, wherever the focus is.
const GAP = 35;
const search = document.getElementById("q");
let typed = "";
let last = 0;
document.addEventListener("keydown", (event) => {
  const now = event.timeStamp;
  if (now - last > GAP) typed = "";
  last = now;
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) typed += event.key;
  if (event.key !== "Enter" || typed.length < 4) return;
  event.preventDefault();
  search.value = typed;
  document.getElementById("by").value = "scan";
  search.form.submit();
}, { capture: true });

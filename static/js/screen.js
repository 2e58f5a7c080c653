// The screen that waits for its person: it warns two minutes before, locks in place, and goes on where it was.
// The server decides; this file only shows what it says, and never keeps anything that was typed.

const dialog = document.getElementById("locked");
const soon = document.getElementById("soon");
const passkey = document.getElementById("locked_passkey");
const LOOK = 5000; // milliseconds between two looks at the clock of this page
const WARN = 120_000;
const QUIET = 30_000; // at most one word to the server in this time, and only after a touch or a key
const AGAIN = 30_000;

if (dialog) watch();

function watch() {
  const allowed = Number(dialog.dataset.minutes) * 60_000;
  const form = dialog.querySelector("form");
  const waiting = new Map(); // what was refused while the screen was locked: element -> its request
  let ends = Date.now() + allowed;
  let told = Date.now();
  let asked = 0;
  let touched = false;

  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => { touched = !dialog.open; }, { capture: true, passive: true });
  }
  soon.querySelector("button").addEventListener("click", () => stay());
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  form.addEventListener("submit", (event) => { event.preventDefault(); back(); });
  passkey.addEventListener("click", byPasskey);
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) seen();
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 401) return;
    waiting.set(event.detail.elt, event.detail.requestConfig);
    lock(read(event.detail.xhr.responseText));
  });

  function look() {
    const left = ends - Date.now();
    if (touched && Date.now() - told > QUIET) stay();
    soon.hidden = dialog.open || left > WARN;
    if (left <= 0 && !dialog.open && Date.now() - asked > AGAIN) ask();
  }

  function seen() {
    ends = Date.now() + allowed;
    told = Date.now();
    touched = false;
    soon.hidden = true;
  }

  // Another tab may have been used meanwhile: the server knows.
  async function ask() {
    asked = Date.now();
    const answer = await fetch(dialog.dataset.state, { cache: "no-store" }).catch(() => null);
    const said = answer?.ok ? await answer.json() : null;
    if (said?.state === "open" && said.who === dialog.dataset.who) ends = Date.now() + said.seconds * 1000;
    else if (said) lock(said);
  }

  async function stay() {
    told = Date.now();
    touched = false;
    const answer = await post(dialog.dataset.stay, {}).catch(() => null);
    if (answer?.ok) seen();
    else if (answer?.status === 401) lock(read(await answer.text()));
  }

  // Whose sign-in has ended shows who they are in full; only a shared device is content with the PIN.
  function lock(said) {
    soon.hidden = true;
    if (said.state === "gone" && !said.pin) askInFull();
    if (!dialog.open) dialog.showModal();
  }

  async function byPasskey() {
    const { answer, whatIsWrong } = await import("./passkey.js");
    try {
      await back({ passkey: await answer(passkey.dataset.question) });
    } catch (problem) {
      tell("code", whatIsWrong(problem));
    }
  }

  async function back(shown = { secret: value("secret"), code: value("code") }) {
    const fields = { secret: "", who: dialog.dataset.who, ...shown };
    const answer = await post(dialog.dataset.back, fields).catch(() => null);
    const said = answer && /json/.test(answer.headers.get("content-type")) ? await answer.json() : null;
    if (answer?.ok && said) { goOn(said.token); return; }
    const errors = said?.errors ?? { back_secret: "That did not reach the server. Try again" };
    tell("secret", errors.back_secret ?? errors.back_who);
    tell("code", errors.back_code);
  }

  function goOn(token) {
    renew(token);
    for (const name of ["secret", "code"]) { document.getElementById(`locked_${name}`).value = ""; tell(name); }
    dialog.close();
    seen();
    const again = [...waiting];
    waiting.clear();
    for (const [element, request] of again) repeat(element, request);
  }
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const value = (name) => document.getElementById(`locked_${name}`).value;

function tell(name, text) {
  const place = document.getElementById(`locked_${name}_error`);
  place.textContent = text ?? "";
  place.hidden = !text;
  const field = document.getElementById(`locked_${name}`);
  field.toggleAttribute("aria-invalid", Boolean(text));
  if (name === "code" && text) askInFull();
  if (text) field.focus();
}

function askInFull() {
  document.getElementById("locked_code_field").hidden = false;
  passkey.hidden = !window.PublicKeyCredential;
}

function repeat(element, request) {
  if (!element.isConnected) return;
  const cause = request.triggeringEvent?.type;
  if (cause && cause !== "load") window.htmx.trigger(element, cause);
  else window.htmx.ajax(request.verb, request.path, { source: element, target: request.target });
}

// Who signs in anew gets a new token against forged forms.
function renew(token) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

function post(address, fields) {
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const headers = { "X-CSRFToken": token, "HX-Request": "true" };
  return fetch(address, { method: "POST", headers, body: new URLSearchParams(fields) });
}

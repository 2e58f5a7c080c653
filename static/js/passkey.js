// Passkeys: the browser asks the person, and what it answers goes to the server with the form.
// Nothing of this is shown where the browser knows no passkeys, or the address is not a secure one.

const unpack = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const pack = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => list?.map((one) => ({ ...one, id: unpack(one.id) }));

const SAID = {
  InvalidStateError: "This device or key has a passkey of yours already.",
  SecurityError: "Passkeys do not work at this address. Open Deltoid by the name your practice uses for it.",
};
const NOTHING = "No passkey was used. Try again.";

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) prepare(form);
  for (const button of document.querySelectorAll("[data-passkey-back]")) comeBack(button);
  for (const part of document.querySelectorAll("[data-passkey-only]")) part.hidden = false;
} else {
  for (const part of document.querySelectorAll("[data-passkey-missing]")) part.hidden = false;
}

function prepare(form) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    tell(form, "");
    try {
      const { publicKey } = await question(form.action);
      const made = form.dataset.passkey === "add" ? await add(publicKey) : await use(publicKey);
      form.elements.credential.value = JSON.stringify(made);
      form.submit();
    } catch (problem) {
      tell(form, whatIsWrong(problem));
      button.disabled = false;
    }
  });
}

// Beside a form that waits for its person: the passkey goes with everything that was typed.
function comeBack(button) {
  const form = button.form;
  button.hidden = false;
  button.addEventListener("click", async () => {
    tell(form, "");
    try {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "back_passkey", value: await answer(button.dataset.passkeyBack) });
      form.append(field);
      form.submit();
    } catch (problem) {
      tell(form, whatIsWrong(problem));
    }
  });
}

// What a passkey answers, as text; what to tell the person where it answers nothing.
export async function answer(address) {
  const { publicKey } = await question(address);
  return JSON.stringify(await use(publicKey));
}

export const whatIsWrong = (problem) => SAID[problem.name] ?? NOTHING;

// The sign-in page asks only when somebody wants to: a question is good for one answer.
async function question(address) {
  const written = document.getElementById("passkey-question");
  if (written) return JSON.parse(written.textContent);
  const asked = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
  return (await asked.json()).request_options;
}

async function add(asked) {
  const publicKey = {
    ...asked,
    challenge: unpack(asked.challenge),
    user: { ...asked.user, id: unpack(asked.user.id) },
    excludeCredentials: known(asked.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey });
  return said(made, { attestationObject: pack(made.response.attestationObject) });
}

async function use(asked) {
  const publicKey = { ...asked, challenge: unpack(asked.challenge), allowCredentials: known(asked.allowCredentials) };
  const used = await navigator.credentials.get({ publicKey });
  const { authenticatorData, signature, userHandle } = used.response;
  return said(used, {
    authenticatorData: pack(authenticatorData),
    signature: pack(signature),
    userHandle: userHandle && pack(userHandle),
  });
}

function said(credential, response) {
  const { id, type } = credential;
  response.clientDataJSON = pack(credential.response.clientDataJSON);
  return { id, rawId: id, type, response, clientExtensionResults: {} };
}

function tell(form, text) {
  const place = form.querySelector("[data-passkey-problem]");
  place.textContent = text;
  place.hidden = !text;
}

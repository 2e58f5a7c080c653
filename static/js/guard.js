// Nobody signs what has just changed under the finger: for a second after the page came, or after something new stands
// on it that has to be read, the Sign button only says so. What was merely ticked off holds up nobody.

const QUIET = 1000; // milliseconds
const TOLD = ["left", "stops"]; // where the page says what is in the way

export function guard(button, words) {
  let until = performance.now() + QUIET;
  let told = lines();
  rest();

  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (!TOLD.includes(event.detail.target?.id)) return;
    const now = lines();
    if ([...now].some((line) => !told.has(line))) {
      until = performance.now() + QUIET;
      rest();
    }
    told = now;
  });

  // Asked for every button of the form; only the signature waits.
  return (submitter) => {
    if (submitter !== button || performance.now() >= until) return true;
    words.textContent = "This page changed just now. Look at it, then sign.";
    return false;
  };

  function rest() {
    button.setAttribute("aria-disabled", "true");
    setTimeout(() => {
      if (performance.now() < until) return;
      button.removeAttribute("aria-disabled");
      words.textContent = "";
    }, QUIET + 20);
  }
}

// Each thing that is left, each stop and each warning. How many are left changes with every tick and is nothing new.
function lines() {
  const found = document.querySelectorAll("#left li, #left .gap.soft, #stops h2");
  return new Set([...found].map((line) => line.textContent.trim()));
}

// A scanner types like a very fast person and ends with Enter. Wherever the focus is, what it typed belongs in the scan box.

const BREAK = 500; // milliseconds without a key: what comes now is something else
const FAST = 120; // milliseconds for each key of a burst, on average
const CODE = /^[^\s]*$/; // a code has no spaces,
const DIGITS = /[0-9]/g; // and many digits
const FEWEST = 8;
const SEPARATOR = "\u001d"; // between two parts of a GS1 code; some scanners send it as Ctrl+]

export function listen(deliver) {
  let keys = [];
  let began = 0;
  let last = 0;
  let kept = null; // the field that had the focus, and what stood in it before the burst

  document.addEventListener("keydown", onKey, true);

  function onKey(event) {
    const separator = (event.ctrlKey && event.key === "]") || event.key === SEPARATOR;
    if (separator) event.preventDefault();
    if (event.target.id === "id_scan" || event.target.matches?.("[data-scan]")) {
      if (separator) event.target.value += SEPARATOR;
      return; // the box itself has every key
    }
    if (event.timeStamp - last > BREAK || !keys.length) begin(event);
    last = event.timeStamp;
    if (event.key === "Enter") {
      if (isCode(event)) finish(event);
      keys = [];
    } else if (separator) {
      keys.push(SEPARATOR);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      keys.push(event.key);
    }
  }

  function begin(event) {
    keys = [];
    began = event.timeStamp;
    kept = remember(event.target);
  }

  // Somebody who types a sentence is slower and uses spaces: that is never taken away.
  function isCode(event) {
    const text = keys.join("").replaceAll(SEPARATOR, "");
    const fast = (event.timeStamp - began) / Math.max(keys.length, 1) < FAST;
    return fast && CODE.test(text) && (text.match(DIGITS) || []).length >= FEWEST;
  }

  function finish(event) {
    event.preventDefault();
    event.stopPropagation();
    if (kept) kept.field.value = kept.text;
    deliver(keys.join(""));
  }
}

function remember(field) {
  return field.matches?.("input[type=text], input[type=password], input:not([type]), textarea") ? { field, text: field.value } : null;
}

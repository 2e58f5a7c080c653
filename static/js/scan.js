// A scanner types like a very fast person and ends with Enter. Wherever the focus is, what it typed belongs in the scan box.

const FAST = 70; // milliseconds between two keys of a scanner; few people reach that for a whole code
const SHORTEST = 8;
const SEPARATOR = "\u001d"; // between two parts of a GS1 code; some scanners send it as Ctrl+]

export function listen(deliver) {
  let keys = [];
  let last = 0;
  let kept = null; // the field that had the focus, and what stood in it before the burst

  document.addEventListener("keydown", onKey, true);

  function onKey(event) {
    const separator = (event.ctrlKey && event.key === "]") || event.key === SEPARATOR;
    if (separator) event.preventDefault();
    if (event.target.id === "id_scan") {
      if (separator) event.target.value += SEPARATOR;
      return; // the box itself has every key
    }
    const now = performance.now();
    if (now - last > FAST) {
      keys = [];
      kept = remember(event.target);
    }
    last = now;
    if (event.key === "Enter") {
      if (keys.length >= SHORTEST) finish(event);
      keys = [];
    } else if (separator) {
      keys.push(SEPARATOR);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      keys.push(event.key);
    }
  }

  function finish(event) {
    event.preventDefault();
    event.stopPropagation();
    if (kept) kept.field.value = kept.text;
    deliver(keys.join(""));
  }
}

function remember(field) {
  return field.matches?.("input[type=text], input:not([type]), textarea") ? { field, text: field.value } : null;
}

// A scanner types like a very fast person and ends with Enter. Wherever the focus is, what it typed belongs in the scan box.

const FAST = 35; // milliseconds between two keys of a scanner
const SHORTEST = 8;
const SEPARATOR = "\u001d";

export function listen(deliver) {
  let keys = [];
  let last = 0;
  let kept = null; // the field that had the focus, and what stood in it before the burst

  document.addEventListener(
    "keydown",
    (event) => {
      const now = performance.now();
      if (now - last > FAST) {
        keys = [];
        kept = remember(event.target);
      }
      last = now;
      if (event.key === "Enter") {
        if (keys.length >= SHORTEST) finish(event);
        keys = [];
        return;
      }
      if (event.ctrlKey && event.key === "]") {
        event.preventDefault();
        keys.push(SEPARATOR);
      } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
        keys.push(event.key);
      }
    },
    true,
  );

  function finish(event) {
    event.preventDefault();
    event.stopPropagation();
    if (kept && kept.field.id !== "id_scan") kept.field.value = kept.text;
    deliver(keys.join(""));
  }
}

function remember(field) {
  return field.matches?.("input[type=text], input[type=search], textarea") ? { field, text: field.value } : null;
}

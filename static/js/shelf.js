// The pages of the shelf have one box for a code: a scan goes there wherever the focus is, and is sent at once, as is
// a photo of the code.

import "./photo.js";
import { listen } from "./scan.js";

const box = document.querySelector("[data-scan]");

if (box) {
  listen((code) => {
    box.value = code;
    box.form.requestSubmit();
  });
  document.getElementById("id_photo")?.addEventListener("change", () => box.form.requestSubmit());
  // The next scan takes the place of the last one.
  box.addEventListener("focus", () => box.select());
}

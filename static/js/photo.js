// A camera makes far more pixels than a code needs. A large photo is made smaller here, so that it is sent within seconds.

const SIDE = 2400; // pixels: at this size the server looks for codes
const SMALL = 1_500_000; // bytes: what is no larger goes as it is

// Wherever a photo is chosen: nobody else on the page hears of it before it is small.
document.addEventListener("change", (event) => {
  const box = event.target;
  const [photo] = (box.matches?.("[data-photo]") && box.files) || [];
  if (!photo || photo.size <= SMALL || box.dataset.small) return;
  event.stopImmediatePropagation();
  smaller(photo).then((made) => {
    const files = new DataTransfer();
    files.items.add(made);
    box.files = files.files;
    box.dataset.small = "yes";
    box.dispatchEvent(new Event("change", { bubbles: true }));
    delete box.dataset.small;
  });
}, true);

// What this browser cannot read or cannot make smaller goes as it is: the server says what is wrong with it.
async function smaller(photo) {
  const whole = await createImageBitmap(photo).catch(() => null);
  if (!whole) return photo;
  const part = Math.min(1, SIDE / Math.max(whole.width, whole.height));
  const sheet = Object.assign(document.createElement("canvas"), { width: whole.width * part, height: whole.height * part });
  sheet.getContext("2d").drawImage(whole, 0, 0, sheet.width, sheet.height);
  const made = await new Promise((done) => sheet.toBlob(done, "image/jpeg", 0.9));
  return made && made.size < photo.size ? new File([made], "photo.jpg", { type: made.type }) : photo;
}

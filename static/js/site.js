// What every page does: forms go once, and the summary of problems takes the focus.

const problems = () => document.getElementById("problems")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

// A page that comes back from the browser's memory may be old, and its forms must work again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.querySelector?.("#problems")) problems();
});

// A field that comes again in another shape holds what was typed into it meanwhile.
let typed = new Map();
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.matches("[data-keeps]")) typed = new Map(fields(detail.target).map((field) => [field.name, field.value]));
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!detail.target.matches("[data-keeps]")) return;
  for (const field of fields(detail.target)) {
    const before = typed.get(field.name);
    const fits = !field.options || [...field.options].some((option) => option.value === before);
    if (before && fits) field.value = before;
  }
});
const fields = (place) => [...place.querySelectorAll("input, select, textarea")];

// A link of the summary leads to a control: show the part of the page it is folded into.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target || !target.matches("input, select, textarea, button, [tabindex]")) return;
  target.closest("details")?.setAttribute("open", "");
  event.preventDefault();
  target.focus();
  (target.closest(".tile, .field") || target).scrollIntoView({ block: "center" });
});

problems();

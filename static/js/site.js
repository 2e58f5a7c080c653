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

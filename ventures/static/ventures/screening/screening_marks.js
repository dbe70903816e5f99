// A field of the application is marked by its button or by a click on it; the marks are the list that is sent. They survive a
// saved checklist, as whatever is typed and not sent does (common/saving/kept.js, which the page has loaded before).
import { say } from "../../common/site.js";

const desk = document.querySelector("[data-screening]");
const form = desk.querySelector("form[data-pins]");
const rows = new Map([...form.querySelectorAll("[data-pin]")].map((row) => [row.dataset.pin, row]));
const fields = new Map();
desk.querySelectorAll("[data-pinnable] [data-path]").forEach((field) => {
  if (rows.has(field.dataset.path)) fields.set(field.dataset.path, field);
});
const show = (path) => {
  const marked = rows.get(path).querySelector("[type=checkbox]").checked;
  const field = fields.get(path);
  rows.get(path).hidden = !marked && path !== "stamp"; // the stamped form has no place in the application to click on
  if (field) {
    field.classList.toggle("pinned", marked);
    field.querySelector(".pin-button").setAttribute("aria-pressed", String(marked));
  }
};
const mark = (path) => {
  const row = rows.get(path);
  row.querySelector("[type=checkbox]").checked = true;
  show(path);
  row.querySelector("textarea").focus();
  row.dispatchEvent(new Event("input", { bubbles: true })); // it is kept
};

fields.forEach((field, path) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm pin-button";
  button.textContent = desk.dataset.pinLabel;
  button.setAttribute("aria-label", say(desk.dataset.pinOf, { field: field.dataset.label }));
  const label = field.querySelector("dt");
  if (label.classList.contains("visually-hidden")) field.querySelector("dd").prepend(button);
  else label.append(" ", button);
  field.classList.add("pinnable");
  field.addEventListener("click", (event) => {
    const onButton = event.target.closest(".pin-button");
    if (!onButton && (event.target.closest("a, button, summary") || String(window.getSelection()))) return;
    mark(path);
  });
});
rows.forEach((row, path) => {
  show(path);
  row.addEventListener("input", () => show(path));
  row.addEventListener("change", () => show(path));
});

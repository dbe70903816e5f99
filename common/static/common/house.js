// Small manners of every page. No inline scripts anywhere: the site runs under a strict CSP.
import { logOut } from "./saving/copies.js";
import "./saving/kept.js";
import { count, countAll, csrfToken } from "./site.js";

// What cannot be undone asks once, naming the thing and the consequence (data-ask).
document.addEventListener("submit", (event) => {
  const form = event.target;
  const ask = (event.submitter && event.submitter.dataset.ask) || form.dataset.ask;
  if (ask && !window.confirm(ask)) {
    event.preventDefault();
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault(); // a second click while the first is on its way
    return;
  }
  form.dataset.sent = "1";
  delete form.dataset.dirty;
});

// Back from the browser's cache: the form may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Leaving a form with unsaved words asks the browser's question.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) form.dataset.dirty = "1";
  count(event.target);
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty]")) event.preventDefault();
});

// Who fills in a long form is there, though nothing was sent: the login does not end under the hands.
const TELL_EVERY = 5 * 60 * 1000; // milliseconds; less than the shortest limit (accounts/session_limits.py)
let told = Date.now();
document.addEventListener("input", () => {
  const typing = document.getElementById("typing");
  if (!typing || Date.now() - told < TELL_EVERY) return;
  told = Date.now();
  typing.dispatchEvent(new Event("typing"));
});

countAll(document);

document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));

// The error summary takes the focus, so that a keyboard or a screen reader starts there.
const summary = document.getElementById("error-summary");
if (summary) summary.focus();

// On phones the present page may lie beyond the edge of its row of tabs.
document.querySelectorAll(".venture-tabs .active").forEach((here) => {
  const row = here.closest(".nav");
  row.scrollLeft = here.offsetLeft - row.offsetLeft - 16;
});

// A menu of the desk closes when something else is clicked, and by Escape, which leads back to it.
const closeMenus = (except) => document.querySelectorAll(".nav-group[open]").forEach((menu) => {
  if (menu !== except) menu.open = false;
});
document.addEventListener("click", (event) => closeMenus(event.target.closest(".nav-group")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest && event.target.closest(".nav-group[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// On logging out nothing of what was typed stays in this browser (saving/copies.js).
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && (event.target.getAttribute("action") || "").endsWith("/logout/")) logOut();
});

// A login in another tab has renewed the CSRF token: what this page sends carries the new one.
document.addEventListener("submit", (event) => {
  const field = event.target.querySelector("[name=csrfmiddlewaretoken]");
  if (field) field.value = csrfToken();
}, true);
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRFToken"] = csrfToken();
  delete detail.parameters.csrfmiddlewaretoken; // Django reads it first
});

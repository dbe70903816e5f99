// What is typed into a form and not sent yet is kept until the server has it: after a lost session, a lost network, a crash
// or a closed page it stands in the form again. Of every form that carries a token (`{% once %}`); in the tab alone, unless
// the form says that it may stay in the browser (data-keep="browser"). A sheet that saves itself keeps its own (sheet.js).
import * as rows from "../row_editor.js";
import { bar, button, make, say } from "../site.js";
import * as copies from "./copies.js";

const PAUSE = 250; // milliseconds between two copies
const says = document.getElementById("background").dataset;
const SEEN = /^(once|version|base_digest.*)$/; // hidden fields that say what the page was made from

const isTyped = (c) => c.name && !c.closest("[data-rows]") && !["hidden", "password", "file", "submit", "button"].includes(c.type);
const isTicked = (c) => c.type === "checkbox" || c.type === "radio";

// {typed: name → values, seen: name → value, tables: prefix → rows}
const read = (form) => {
  const found = { typed: {}, seen: {}, tables: {} };
  [...form.elements].forEach((c) => {
    if (c.type === "hidden" && SEEN.test(c.name)) found.seen[c.name] = c.value;
    if (!isTyped(c)) return;
    const values = found.typed[c.name] || (found.typed[c.name] = []);
    if (c.type === "select-multiple") values.push(...[...c.selectedOptions].map((o) => o.value));
    else if (!isTicked(c) || c.checked) values.push(c.value);
  });
  form.querySelectorAll("[data-rows]").forEach((editor) => { found.tables[editor.dataset.rows] = rows.read(editor); });
  return found;
};
// What the page was made from. On "back" browsers restore what was typed into the page that comes anew: it belongs to that.
const fillSeen = (form, seen) => {
  [...form.elements].forEach((c) => { if (c.type === "hidden" && SEEN.test(c.name) && c.name in seen) c.value = seen[c.name]; });
};
const fill = (form, entry) => {
  fillSeen(form, entry.seen);
  [...form.elements].forEach((c) => {
    const values = isTyped(c) && entry.typed[c.name];
    if (!values) return;
    if (c.type === "select-multiple") [...c.options].forEach((o) => { o.selected = values.includes(o.value); });
    else if (isTicked(c)) c.checked = values.includes(c.value);
    else if (values.length) [c.value] = values;
    c.dispatchEvent(new Event("input", { bubbles: true }));
    c.dispatchEvent(new Event("change", { bubbles: true }));
  });
  form.querySelectorAll("[data-rows]").forEach((editor) => {
    if (entry.tables[editor.dataset.rows]) rows.fill(editor, entry.tables[editor.dataset.rows]);
  });
};
const plain = ({ typed, tables }) => JSON.stringify([typed, tables]).replace(/\\r/g, "");

const timeOf = (milliseconds) => new Date(milliseconds).toTimeString().slice(0, 5);
const forms = new Map(); // form → {key, place, first: what the page came with, timer, note}

const keep = (form) => {
  const about = forms.get(form);
  window.clearTimeout(about.timer);
  about.timer = 0;
  const now = read(form);
  if (plain(now) === plain(about.first)) copies.remove(about.place, about.key);
  else copies.write(about.place, about.key, { ...now, once: now.seen.once });
};
const soon = (form) => {
  const about = forms.get(form);
  if (!about.timer) about.timer = window.setTimeout(keep, PAUSE, form);
};
const keepAll = () => forms.forEach((about, form) => { if (about.timer) keep(form); });

const forget = (form) => {
  const about = forms.get(form);
  about.note.remove();
  fill(form, about.first);
  keep(form);
};
const putBack = (form, entry) => {
  const about = forms.get(form);
  fill(form, entry);
  const details = form.closest("details");
  if (details) details.open = true;
  about.note = make("div", "alert alert-info note-kept");
  about.note.setAttribute("role", "status");
  about.note.append(make("span", "me-2", say(says.saysPutBack, { time: timeOf(entry.at) })), button(says.saysDiscard, () => forget(form)));
  const body = form.querySelector(".card-body") || form;
  body.prepend(about.note);
};
const take = (form, entry) => {
  // What another open tab is at is that tab's.
  if (forms.get(form).place === "tab") putBack(form, entry);
  else copies.whenAsked([entry.page], (open) => {
    if (!open.has(entry.page)) putBack(form, entry);
  });
};

const isBack = window.performance.getEntriesByType("navigation").some(({ type }) => type === "back_forward");
const seenBefore = (isBack && window.history.state && window.history.state.seen) || {};

const count = new Map();
document.querySelectorAll("form").forEach((form) => {
  if (!form.elements.namedItem("once") || "sheet" in form.dataset) return;
  const address = new URL(form.getAttribute("action") || window.location.href, window.location.href).pathname;
  const n = count.get(address) || 0;
  count.set(address, n + 1);
  const place = form.dataset.keep === "browser" ? "browser" : "tab";
  const key = `${copies.PREFIX}${copies.user}:kept:${address}:${n || ""}`;
  if (key in seenBefore) fillSeen(form, seenBefore[key]);
  forms.set(form, { key, place, first: read(form), timer: 0, note: null });
  const entry = copies.all(place, key).get("");
  if (!entry) return;
  if (plain(entry) === plain(read(form))) soon(form); // it came back with what is wrong: the copy goes on from here
  else take(form, entry);
});

const seenNow = {};
forms.forEach(({ key, first }) => { seenNow[key] = first.seen; });
window.history.replaceState({ ...window.history.state, seen: seenNow }, "");

const typed = ({ target }) => {
  const form = target.closest && target.closest("form");
  if (form && forms.has(form)) soon(form);
};
document.addEventListener("input", typed);
document.addEventListener("change", typed);
document.addEventListener("rows:changed", typed);
window.addEventListener("pagehide", keepAll);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keepAll(); });

// Without a network nothing is sent into the void: the page stays, and says so.
const trouble = bar(document.getElementById("background"));
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!forms.has(form)) return;
  keep(form);
  if (navigator.onLine !== false) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  trouble.tell(copies.works() ? says.saysNotSent : says.saysNotSentNoCopy);
  document.getElementById("background").scrollIntoView({ block: "center" });
}, true);
window.addEventListener("online", trouble.calm);

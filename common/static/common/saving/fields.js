// The fields of a sheet that saves itself: what stands in them, what of it is not stored yet, and what is said at them.
import * as rows from "../row_editor.js";
import { countAll, make } from "../site.js";
import { texts } from "./texts.js";

export const form = document.querySelector("form[data-sheet]");
export const all = new Map(); // path → {element, table, edits, stored, failed, clash, original}
const controls = (f) => [...f.element.querySelectorAll("input, select, textarea")].filter((c) => c.name === f.path);

export const rawOf = (f) => {
  if (f.table) return rows.read(f.table);
  const found = controls(f);
  const [first] = found;
  if (!first) return "";
  if (first.type === "checkbox") return found.filter((c) => c.checked).map((c) => c.value);
  if (first.type === "radio") return (found.find((c) => c.checked) || { value: "" }).value;
  return first.value;
};
export const setRaw = (f, raw) => {
  if (f.table) {
    rows.fill(f.table, raw);
  } else {
    controls(f).forEach((c) => {
      if (c.type === "checkbox") c.checked = raw.includes(c.value);
      else if (c.type === "radio") c.checked = c.value === raw;
      else c.value = raw;
    });
  }
  countAll(f.element);
  ask();
  f.element.dispatchEvent(new Event("filled", { bubbles: true }));
};
export const inWords = (f, raw) => {
  const line = (row) => Object.values(row).filter(Boolean).join(" · ");
  const text = f.table ? raw.map(line).join("\n") : Array.isArray(raw) ? raw.join("、") : raw;
  return text || texts.nothing;
};

const field = (element) => {
  const f = {
    path: element.dataset.path, element, table: element.querySelector("[data-rows]"),
    baseDigest: element.querySelector("[data-base-digest]"), notes: element.querySelector("[data-notes]"),
    edits: 0, stored: 0, failed: 0, clash: null,
    unanswered: [], // what was sent and of which nobody knows whether it arrived
  };
  f.original = rawOf(f);
  f.firstBaseDigest = f.baseDigest.value;
  return f;
};
form.querySelectorAll("[data-path]").forEach((element) => {
  if (!("locked" in element.dataset)) all.set(element.dataset.path, field(element));
});
export const at = (target) => {
  const element = target.closest && target.closest("[data-path]");
  return element && all.get(element.dataset.path);
};
export const isUnsaved = (f) => f.edits > f.stored;
export const isToSend = (f) => isUnsaved(f) && f.edits > f.failed && !f.clash;
export const some = (is) => [...all.values()].some(is);

// Conditions: a question that is not put is hidden; what was answered stays.
export const ask = () => {
  form.querySelectorAll("[data-asked-if]").forEach((element) => {
    const on = all.get(element.dataset.askedIf);
    if (!on) return;
    const answer = rawOf(on);
    const wanted = element.dataset.askedValue;
    element.hidden = Array.isArray(answer) ? !answer.includes(wanted) : answer !== wanted;
  });
};

export const note = (f, kind, ...children) => {
  f.notes.querySelectorAll(`.note-${kind}`).forEach((n) => n.remove());
  if (!children.length) return;
  const line = make("div", `note note-${kind}`);
  line.append(...children);
  f.notes.append(line);
};
export const errors = (f, sentences) => {
  f.element.querySelectorAll(".field-error").forEach((e) => e.remove());
  sentences.forEach((sentence) => {
    const line = make("div", "field-error", sentence);
    line.setAttribute("role", "alert");
    f.notes.before(line);
  });
};
export const focus = (f) => {
  const [first] = f.table ? f.table.querySelectorAll("[data-cell]") : controls(f);
  if (first) first.focus();
};

// A page that came back with its clash or its errors shows what was typed already.
form.querySelectorAll("[data-clash], .field-error").forEach((sign) => {
  const f = at(sign);
  if (f) {
    f.edits += 1;
    f.failed = f.edits;
  }
});
ask();

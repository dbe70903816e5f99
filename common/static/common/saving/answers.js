// What the server answers to a saving, field by field. Nothing is written over what somebody else has written meanwhile:
// both texts are shown at the field, and one is chosen.
import * as rows from "../row_editor.js";
import { say } from "../site.js";
import * as fields from "./fields.js";
import * as copy from "./sheet_copy.js";
import { texts } from "./texts.js";

const { note, errors, isUnsaved } = fields;

const element = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
};

// True when something of what was sent is still open, and marked.
export const take = (sent, answer) => {
  sent.forEach((s) => settle(s, answer));
  Object.keys(answer.fresh).forEach((path) => {
    const f = fields.all.get(path);
    if (!f || isUnsaved(f)) return; // what is being typed stays; saving it will show both
    renew(f, answer.fresh[path].html);
    const { by, at } = answer.fresh[path];
    note(f, "renewed", say(texts.renewed, { who: by, at }));
  });
  document.dispatchEvent(new CustomEvent("sheet:answer", { detail: answer })); // for what else the page shows
  return fields.some((f) => f.clash || (isUnsaved(f) && f.failed === f.edits));
};

const settle = ({ f, edits }, answer) => {
  const path = f.path;
  f.unanswered = [];
  errors(f, answer.errors[path] || []);
  if (f.table) rows.tell(f.table, answer.cells[path] || []);
  if (answer.errors[path] || answer.cells[path]) {
    f.failed = Math.max(f.failed, edits);
  } else if (answer.clashes[path]) {
    clash(f, answer.clashes[path]);
  } else if (path in answer.base_digests) {
    f.baseDigest.value = answer.base_digests[path];
    f.stored = Math.max(f.stored, edits);
    note(f, "restored");
    note(f, "renewed");
    if (isUnsaved(f)) copy.write(path, fields.rawOf(f), f.baseDigest.value);
    else copy.remove(path);
  }
};

// The field as the server renders it, taken into the one that is here (which may have the focus).
const renew = (f, html) => {
  const fresh = element(html);
  const there = { path: f.path, element: fresh, table: fresh.querySelector("[data-rows]") };
  fields.setRaw(f, fields.rawOf(there));
  f.original = fields.rawOf(f);
  const baseDigest = fresh.querySelector("[data-base-digest]");
  if (baseDigest) f.baseDigest.value = baseDigest.value;
  errors(f, []);
  if (f.table) rows.tell(f.table, []);
  f.stored = f.edits;
  copy.remove(f.path);
  note(f, "restored");
};

const clash = (f, told) => {
  f.clash = told;
  f.notes.querySelectorAll("[data-clash]").forEach((c) => c.remove());
  f.notes.prepend(element(told.html));
  note(f, "restored");
};
// True when the choice is to be saved.
export const choose = (f, which) => {
  const told = f.clash;
  f.notes.querySelectorAll("[data-clash]").forEach((c) => c.remove());
  f.clash = null;
  if (which === "theirs") {
    renew(f, told.fresh);
  } else {
    f.baseDigest.value = told.theirs; // what was shown; a third text would be shown again
    f.edits += 1;
    copy.write(f.path, fields.rawOf(f), f.baseDigest.value);
  }
  fields.focus(f);
  return which === "mine";
};

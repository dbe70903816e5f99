// After a crash: what this browser has of this sheet and the server has not. What another open tab is about to save is
// that tab's.
import { button, make, say } from "../site.js";
import * as fields from "./fields.js";
import * as copy from "./sheet_copy.js";
import * as saving from "./saving.js";
import { texts } from "./texts.js";

const told = (kind, text) => {
  const alert = make("div", `alert alert-${kind}`, text);
  saving.top.append(alert);
  return alert;
};

// The server gives back 5000 as 5000.00 and drops blanks around words: that is the same.
const plain = (value) => {
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === "object") return Object.keys(value).sort().map((name) => [name, plain(value[name])]);
  const text = String(value).normalize("NFKC").trim();
  return /^[\d,]+(\.\d*)?$/.test(text) ? String(Number(text.replace(/,/g, ""))) : text;
};
const same = (a, b) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));
const timeOf = (milliseconds) => new Date(milliseconds).toTimeString().slice(0, 8);

const undo = (f, server) => {
  fields.setRaw(f, server);
  f.baseDigest.value = f.firstBaseDigest;
  f.stored = f.edits;
  fields.note(f, "restored");
};
const putBack = (f, entry) => {
  const server = f.original;
  fields.setRaw(f, entry.v);
  f.baseDigest.value = entry.baseDigest; // when the server has moved on since, saving shows both
  f.edits += 1;
  const shown = make("details", "mb-1");
  shown.append(make("summary", "", texts.onServer), make("div", "words", fields.inWords(f, server)));
  const useServer = button(texts.takeServer, () => {
    undo(f, server);
    copy.remove(f.path);
  });
  fields.note(f, "restored", make("div", "", say(texts.restored, { time: timeOf(entry.at) })), shown, useServer);
  return { f, entry, server, edits: f.edits };
};
const leftBehind = (path, entry) => {
  const element = fields.form.querySelector(`[data-path="${CSS.escape(path)}"]`);
  if (!element) {
    copy.remove(path);
    return;
  }
  const text = Array.isArray(entry.v) ? JSON.stringify(entry.v) : entry.v;
  told("warning", say(texts.leftLocked, { field: element.dataset.label })).append(make("div", "words", text));
};

let back = [];
copy.all().forEach((entry, path) => {
  const f = fields.all.get(path);
  if (!f) leftBehind(path, entry);
  else if (same(entry.v, fields.rawOf(f))) copy.remove(path);
  else back.push(putBack(f, entry));
});

const labels = (entries) => entries.map((b) => b.f.element.dataset.label).join("、");
const tellSum = (sum) => {
  const time = timeOf(Math.max(...back.map((b) => b.entry.at)));
  sum.textContent = say(texts.restoredTop, { time, fields: labels(back) });
};
const tellAll = () => {
  const sum = told("info", "");
  tellSum(sum);
  saving.schedule();
  copy.whenAsked(back.map((b) => b.entry.page), (open) => {
    const others = back.filter((b) => open.has(b.entry.page) && b.f.edits === b.edits && b.f.stored < b.edits);
    if (!others.length) return;
    others.forEach((b) => undo(b.f, b.server));
    back = back.filter((b) => !others.includes(b));
    if (back.length) tellSum(sum);
    else sum.remove();
    told("info", say(texts.openElsewhere, { fields: labels(others) }));
  });
};
if (back.length) tellAll();

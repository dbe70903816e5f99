// The row editor (common/row_editor.html): rows are added, moved, removed and pasted with keys or buttons; what a table
// holds is read and filled here. Without this script the same buttons send the form, and the server moves the rows.
// After every change the table hears a bubbling "input", and "rows:changed" when rows came, went or were filled anew.
import { make, say } from "./site.js";

const bodyOf = (editor) => editor.querySelector("tbody");
const cells = (row) => [...row.querySelectorAll("[data-cell]")];
const typable = (row) => cells(row).filter((c) => c.type !== "hidden" && !c.disabled);
const isEmpty = (cell) => (cell.type === "checkbox" ? !cell.checked : cell.value.trim() === "");
export const isBlank = (row) => cells(row).every((c) => "preset" in c.dataset || isEmpty(c));

const changed = (editor) => bodyOf(editor).dispatchEvent(new Event("input", { bubbles: true }));

// --- Rows -----------------------------------------------------------------------------------------------------------------

// The order of the page is the order that is sent; the indexes in the names say nothing.
const number = (editor) => {
  const rows = [...bodyOf(editor).rows];
  rows.forEach((row, n) => {
    const [place, order] = [row.querySelector("[data-n]"), row.querySelector("[data-order]")];
    const [up, down] = [row.querySelector("[data-up]"), row.querySelector("[data-down]")];
    if (place) place.textContent = String(n + 1);
    if (order) order.value = String(n + 1);
    if (up) up.disabled = n === 0;
    if (down) down.disabled = n === rows.length - 1;
    [up, down].forEach((b) => { if (b) b.tabIndex = -1; }); // Tab goes through the cells; Alt+↑ and Alt+↓ move
  });
  const total = editor.querySelector("[name$='-TOTAL_FORMS']");
  if (total) total.value = String(Math.max(0, ...rows.map((row) => Number(row.dataset.row) + 1)));
  bodyOf(editor).dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
};

const add = (editor) => {
  const template = editor.querySelector("template");
  const body = bodyOf(editor);
  if (!template || body.rows.length >= Number(editor.dataset.most)) return null;
  const taken = [...body.rows].map((row) => row.dataset.row);
  let free = 0;
  while (taken.includes(String(free))) free += 1;
  const holder = make("tbody");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", String(free));
  const row = holder.rows[0];
  body.append(row);
  number(editor);
  return row;
};

const focus = (row, name) => {
  const target = typable(row).find((c) => c.dataset.cell === name) || typable(row)[0];
  target.focus();
  if (target.select) target.select();
};

const move = (editor, row, by) => {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other || !row.querySelector("[data-up]")) return;
  const was = row.rowIndex;
  if (by < 0) other.before(row);
  else other.after(row);
  editor.querySelectorAll(".moved").forEach((r) => r.classList.remove("moved"));
  row.classList.add("moved");
  number(editor);
  const out = editor.querySelector("[data-moved]");
  out.textContent = say(out.dataset.says, { row: was, place: row.rowIndex });
  changed(editor);
};

const remove = (editor, row) => {
  if (!row.querySelector("[data-remove]")) return;
  const near = row.nextElementSibling || row.previousElementSibling;
  row.remove();
  const next = near || add(editor);
  number(editor);
  changed(editor);
  if (next) focus(next);
};

// --- What a table holds ------------------------------------------------------------------------------------------------------

// Rows as typed, blank ones left out: [{name: text, …}, …].
export const read = (editor) =>
  [...bodyOf(editor).rows]
    .filter((row) => !isBlank(row))
    .map((row) => Object.fromEntries(cells(row).map((c) => [c.dataset.cell, c.value])));

export const fill = (editor, rows) => {
  const body = bodyOf(editor);
  while (body.rows.length < rows.length && add(editor));
  while (body.rows.length > rows.length) body.rows[body.rows.length - 1].remove();
  rows.forEach((values, n) => {
    if (body.rows[n]) cells(body.rows[n]).forEach((c) => { c.value = values[c.dataset.cell] || ""; });
  });
  if (!add(editor)) number(editor);
};

// Rows as a formset reads them.
export const put = (data, prefix, rows) => {
  data.set(`${prefix}-TOTAL_FORMS`, String(rows.length));
  data.set(`${prefix}-INITIAL_FORMS`, "0");
  rows.forEach((row, n) => Object.keys(row).forEach((name) => data.set(`${prefix}-${n}-${name}`, row[name])));
};

// What the server says of cells: row (counted without blank ones), name, sentences.
export const tell = (editor, problems) => {
  editor.querySelectorAll(".field-error").forEach((e) => e.remove());
  const rows = [...bodyOf(editor).rows].filter((row) => !isBlank(row));
  problems.forEach(({ row, cell, sentences }) => {
    const input = rows[row] && rows[row].querySelector(`[data-cell="${cell}"]`);
    if (!input || input === document.activeElement) return;
    sentences.forEach((sentence) => input.closest("td").append(make("div", "field-error", sentence)));
  });
};

// --- Hands --------------------------------------------------------------------------------------------------------------------

const onClick = (editor, event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const row = button.closest("tr");
  const { add: isAdd, up, down, remove: isRemove } = button.dataset;
  if ([isAdd, up, down, isRemove].every((verb) => verb === undefined)) return;
  event.preventDefault();
  if (isAdd !== undefined) {
    const last = bodyOf(editor).lastElementChild;
    const made = last && isBlank(last) ? last : add(editor);
    if (made) focus(made);
  } else if (isRemove !== undefined) {
    remove(editor, row);
  } else {
    move(editor, row, up === undefined ? 1 : -1);
    (button.disabled ? row.querySelector(up === undefined ? "[data-up]" : "[data-down]") : button).focus();
  }
};

const onKey = (editor, event) => {
  const cell = event.target;
  if (!cell.dataset.cell || event.isComposing) return;
  const row = cell.closest("tr");
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    move(editor, row, event.key === "ArrowUp" ? -1 : 1);
    cell.focus();
  } else if (event.altKey && event.key === "Delete") {
    event.preventDefault();
    remove(editor, row);
  } else if (event.key === "Enter" && !event.altKey && !event.ctrlKey && cell.tagName !== "TEXTAREA") {
    // Down the column, and to a new row behind the last; the form is not sent.
    event.preventDefault();
    const below = row.nextElementSibling || (isBlank(row) ? null : add(editor));
    if (below) focus(below, isBlank(below) ? "" : cell.dataset.cell);
  }
};

// A cell of a sheet into a cell of the page: a choice is found by its word, a day in whatever way it is written.
const paste = (cell, value) => {
  if (!cell) return;
  const [, year, month, day] = value.match(/^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/) || [];
  if (cell.tagName === "SELECT") for (const o of cell.options) cell.value = o.text.trim() === value ? o.value : cell.value;
  else if (cell.type === "date") cell.value = day ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
  else cell.value = value;
  cell.dispatchEvent(new Event("change", { bubbles: true }));
};

// Rows copied from a sheet: each line goes into a row, each column into the next cell.
const onPaste = (editor, event) => {
  const from = event.target.dataset.cell;
  const text = (event.clipboardData.getData("text/plain") || "").replace(/\r/g, "").replace(/\n+$/, "");
  if (!from || event.target.tagName === "TEXTAREA" || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  let row = event.target.closest("tr");
  for (const line of text.split("\n")) {
    row = row || add(editor);
    if (!row) break; // the table is full
    const into = typable(row).filter((c) => c.type !== "checkbox");
    const first = into.findIndex((c) => c.dataset.cell === from);
    line.split("\t").forEach((value, n) => paste(into[first + n], value.trim()));
    row = row.nextElementSibling;
  }
  changed(editor);
};

document.querySelectorAll("[data-rows]").forEach((editor) => {
  if (!editor.querySelector("template")) return; // locked: only read
  const body = bodyOf(editor);
  editor.addEventListener("click", (event) => onClick(editor, event));
  body.addEventListener("keydown", (event) => onKey(editor, event));
  body.addEventListener("paste", (event) => onPaste(editor, event));
  number(editor);
});

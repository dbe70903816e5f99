// The set-up of a round: what belongs to some kinds only is shown to these (data-for), and sums while typing.
import "../common/row_editor.js";
import { hundredths } from "../common/site.js";

const isFor = (part, kind) => part.dataset.for.split(" ").includes(kind.value);

// Rows whose kind decides which of their cells are filled in.
const fit = (row) => {
  const kind = row.querySelector('[data-cell="kind"]');
  row.querySelectorAll("td[data-for]").forEach((cell) => cell.classList.toggle("hollow", !isFor(cell, kind)));
  row.querySelectorAll("input[data-for]").forEach((box) => { box.closest("label").hidden = !isFor(box, kind); });
};

// What adds up to 100; nonsense counts as 0. Less may be meant where a cell is left empty.
const sum = (total) => {
  const cells = total.closest("table").querySelectorAll(`[data-cell="${total.dataset.sumOf}"]`);
  const all = [...cells].reduce((n, cell) => n + (hundredths(cell.value) || 0), 0);
  total.textContent = `${all / 100} / 100`;
  const open = all < 10000 && [...cells].some((cell) => !cell.value.trim());
  total.className = all === 10000 ? "num right" : open ? "num" : "num wrong";
};

document.querySelectorAll("[data-rows]").forEach((editor) => {
  const total = editor.querySelector("[data-sum-of]");
  const show = () => {
    editor.querySelectorAll("[data-row]").forEach(fit);
    if (total) sum(total);
  };
  ["input", "change", "rows:changed"].forEach((kind) => editor.addEventListener(kind, show));
  show();
});

// A question: options and limits are shown only to the kinds that have them.
document.querySelectorAll("[data-question]").forEach((form) => {
  const kind = form.querySelector("#id_kind");
  const show = () => form.querySelectorAll("[data-for]").forEach((part) => { part.hidden = !isFor(part, kind); });
  kind.addEventListener("change", show);
  show();
});

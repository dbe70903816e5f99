// Filling in a section of an application: what its page shows beside the sheet that saves itself.
import * as fields from "../../common/saving/fields.js";
import { settleFirst } from "../../common/saving/sheet.js";

const element = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
};
const replace = (id, html) => {
  const old = document.getElementById(id);
  if (!old || !html) return;
  const focused = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
  old.replaceWith(element(html));
  if (focused) {
    const link = document.querySelector(`#${id} a[href="${CSS.escape(focused)}"]`);
    if (link) link.focus();
  }
};
document.addEventListener("sheet:answer", ({ detail: answer }) => {
  replace("steps", answer.steps);
  replace("points", answer.points);
  const version = document.getElementById("version");
  if (version) version.textContent = answer.version;
});

// Before a workbook is taken over what is typed is saved; then it replaces what this page has seen last.
document.addEventListener("submit", (event) => {
  const baseDigest = event.target.querySelector("[name=base_digest][data-table]");
  if (!baseDigest || settleFirst(event.target, event)) return;
  if (fields.all.has(baseDigest.dataset.table)) {
    baseDigest.value = fields.all.get(baseDigest.dataset.table).baseDigest.value;
  }
}, true);

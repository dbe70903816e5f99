// A sheet that saves itself (form[data-sheet]): what is touched is saved after a pause, on leaving a field and on leaving the page, field by field.
import { make, say } from "../site.js";
import { choose } from "./answers.js";
import * as fields from "./fields.js";
import * as copy from "./sheet_copy.js";
import "./restore.js";
import * as saving from "./saving.js";
import { texts } from "./texts.js";

const { form, isUnsaved, isToSend } = fields;

const SOON = 150; // milliseconds
const COPY = 250;

// --- A copy in this browser of what is typed ------------------------------------------------------------------------

let toldOfCopies = false;
const copies = new Set();
let copyTimer = 0;
const copyAll = () => {
  window.clearTimeout(copyTimer);
  copyTimer = 0;
  copies.forEach((f) => { if (isUnsaved(f)) copy.write(f.path, fields.rawOf(f), f.baseDigest.value); });
  if (copies.size && !copy.works() && !toldOfCopies) {
    toldOfCopies = true;
    saving.top.append(make("div", "alert alert-info", texts.noCopy));
  }
  copies.clear();
};

// --- Typing ---------------------------------------------------------------------------------------------------------

form.addEventListener("input", (event) => {
  const f = fields.at(event.target);
  if (!f) return;
  f.edits += 1;
  fields.note(f, "renewed");
  copies.add(f);
  if (!copyTimer) copyTimer = window.setTimeout(copyAll, COPY);
  fields.ask();
  saving.schedule();
});
form.addEventListener("change", (event) => {
  const f = fields.at(event.target);
  if (f && !f.table && isToSend(f)) saving.schedule(SOON);
});
form.addEventListener("focusout", (event) => {
  const f = fields.at(event.target);
  if (!f || !isToSend(f)) return;
  const scope = f.table ? event.target.closest("tr") : f.element;
  if (!scope || !scope.contains(event.relatedTarget)) saving.schedule(SOON);
});

// Two have written the same: one is chosen.
form.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-choose]");
  const f = chosen && fields.at(chosen);
  if (!f || !f.clash) return; // of a page that came with its clash: the button sends the form
  event.preventDefault();
  if (choose(f, chosen.dataset.choose)) saving.save();
});

// --- Leaving --------------------------------------------------------------------------------------------------------

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") {
    copyAll();
    saving.save();
  } else saving.backFromLogin();
});
window.addEventListener("focus", saving.backFromLogin);
window.addEventListener("pagehide", () => {
  copyAll();
  saving.leave();
});
window.addEventListener("beforeunload", (event) => {
  copyAll();
  if (!copy.works() && fields.some(isUnsaved)) event.preventDefault();
});

// The buttons: a save that is on its way is waited for; the page is left only when everything is stored.
// A sheet that is handed in (data-hands-in) is sent then, as any form.
const handsIn = "handsIn" in form.dataset;
form.addEventListener("submit", async (event) => {
  const pressed = event.submitter || document.activeElement; // older browsers do not tell the button
  if (pressed && pressed.dataset.choose) return;
  // Sent again from within its own event a form stays where it is, in silence: what has nothing to save goes at once.
  if (form.dataset.settled || (handsIn && !fields.some(isUnsaved))) {
    delete form.dataset.settled;
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  fields.all.forEach((f) => { f.failed = 0; });
  let done = await saving.save();
  while (!done && fields.some(isToSend) && !saving.isInTrouble()) done = await saving.save();
  if (!done) showStuck();
  else if (handsIn) {
    form.dataset.settled = "1";
    form.requestSubmit();
  } else if (pressed && pressed.name === "next") window.location.assign(form.dataset.next);
  else saving.status(say(texts.saved, { time: new Date().toTimeString().slice(0, 8) }));
});
const showStuck = () => {
  const stuck = [...fields.all.values()].find((f) => f.clash || isUnsaved(f));
  if (!stuck) return;
  if (saving.isInTrouble()) saving.status(texts.waiting, true);
  else saving.status(stuck.clash ? texts.chooseFirst : texts.correctFirst, true);
  stuck.element.scrollIntoView({ block: "center" });
  const button = stuck.element.querySelector(".clash button");
  const first = "[data-cell], .form-control, .form-select, .form-check-input";
  const control = button || stuck.element.querySelector(first);
  if (control) control.focus();
};

// Before logging out what is typed is saved; then nothing stays in this browser (house.js).
export const settleFirst = (other, event) => {
  if (other.dataset.settled || !fields.some(isToSend)) return false;
  event.preventDefault();
  event.stopPropagation();
  saving.save().then(() => {
    other.dataset.settled = "1";
    other.requestSubmit();
  });
  return true;
};
document.addEventListener("submit", (event) => {
  if ((event.target.getAttribute("action") || "").endsWith("/logout/")) settleFirst(event.target, event);
}, true);

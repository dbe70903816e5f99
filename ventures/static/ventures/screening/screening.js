// Screening by keyboard: j next, k previous, a accept, r return.
const desk = document.querySelector("[data-screening]");
const form = desk.querySelector("form[data-pins]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (event.key === "r" && form) {
    event.preventDefault();
    const first = form.querySelector("[data-pin]:not([hidden]) textarea") || form.querySelector("textarea[name=reason]");
    if (first) first.focus();
    return;
  }
  const target = desk.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});

const all = desk.querySelector("[data-all-met]");
if (all) {
  all.hidden = false;
  all.addEventListener("click", () => {
    desk.querySelectorAll("input[type=radio][value=yes][name^=met_]").forEach((radio) => { radio.checked = true; });
  });
}

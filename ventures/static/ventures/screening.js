// Screening by keyboard: j next, k previous, a accept; a click on a heading of the application starts a remark on it.
(() => {
  "use strict";
  const desk = document.querySelector("[data-screening]");
  if (!desk) return;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]")) return;
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
      desk.querySelectorAll("input[type=radio][value=yes]").forEach((radio) => { radio.checked = true; });
    });
  }

  const reason = desk.querySelector("textarea[name=reason]");
  if (reason) {
    desk.querySelectorAll("[data-pinnable] h2.h3, [data-pinnable] dt").forEach((heading) => {
      heading.classList.add("pinnable");
      heading.addEventListener("click", () => {
        const start = `${reason.value && !reason.value.endsWith("\n") ? "\n" : ""}【${heading.textContent.trim()}】`;
        reason.value += start;
        reason.focus();
        reason.dispatchEvent(new Event("input", { bubbles: true }));
      });
    });
  }
})();

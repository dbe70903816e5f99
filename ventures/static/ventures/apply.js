// Filling in an application: counters that do not cut, autosave that does not race with the button, printing.
(() => {
  "use strict";

  // Counters: a text that is too long is told, never cut.
  const count = (field) => {
    const max = Number(field.dataset.max);
    const length = [...field.value].length;
    let out = field.nextElementSibling;
    if (!out || !out.classList.contains("counter")) {
      out = document.createElement("small");
      out.className = "counter form-hint text-end";
      field.after(out);
    }
    out.textContent = `${length} / ${max}`;
    out.classList.toggle("too-long", length > max);
  };
  document.querySelectorAll("textarea[data-max]").forEach((field) => {
    count(field);
    field.addEventListener("input", () => count(field));
  });

  // Saving by hand waits for an autosave that is on its way, else it would come with the version before it.
  const form = document.getElementById("step-form");
  if (form) {
    let saving = false;
    let waiting = null;
    form.addEventListener("htmx:beforeRequest", () => { saving = true; });
    form.addEventListener("htmx:afterRequest", (event) => {
      saving = false;
      if (event.detail.successful && !document.querySelector("#saved .text-danger")) delete form.dataset.dirty;
      if (waiting) {
        const button = waiting;
        waiting = null;
        form.requestSubmit(button);
      }
    });
    form.addEventListener("submit", (event) => {
      if (!saving) return;
      event.preventDefault();
      event.stopPropagation();
      waiting = event.submitter;
    });
  }

  document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
})();

// What all scripts of an application share: its sentences, and counters below texts (one that is too long is told, never cut).
(() => {
  "use strict";
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const given = document.getElementById("apply-texts");
  const texts = given ? JSON.parse(given.textContent) : {};

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  const count = (field) => {
    const max = Number(field.dataset.max);
    const length = [...field.value].length;
    let out = field.nextElementSibling;
    if (!out || !out.classList.contains("counter")) {
      out = make("small", "counter form-hint text-end");
      field.after(out);
    }
    out.textContent = `${length} / ${max}`;
    out.classList.toggle("too-long", length > max);
  };
  const countAll = (element) => element.querySelectorAll("[data-max]").forEach(count);
  countAll(document);

  document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));

  window.applyWords = { say, texts, make, count, countAll };
})();

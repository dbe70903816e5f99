// The tables of the set-up: add, move and remove rows without leaving the page, and sums while typing. Without this
// script the same buttons send the form, and the server answers with the rows rearranged.
(() => {
  "use strict";
  const MOST = 60;

  const say = (card, words, row, place) => {
    const out = card.querySelector("[data-moved]");
    if (out) out.textContent = words.replace("{row}", row).replace("{place}", place);
  };

  // Whole hundredths, so that nothing is lost to binary fractions; nothing or nonsense counts as 0.
  const hundredths = (text) => {
    const plain = text.normalize("NFKC").replace(/[%,\s]/g, "");
    return /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : 0;
  };

  // A cell of a sheet into a cell of the page; a choice is found by its word.
  const put = (cell, value) => {
    if (!cell) return;
    if (cell.tagName !== "SELECT") cell.value = value;
    else for (const option of cell.options) if (option.text.trim() === value) cell.value = option.value;
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const prepare = (card) => {
    const body = card.querySelector("tbody");
    const template = card.querySelector("template");
    const total = card.querySelector("[data-sum-of]");

    const number = () => {
      [...body.rows].forEach((row, n) => {
        row.querySelector("[data-n]").textContent = String(n + 1);
        const [up, down] = [row.querySelector("[data-up]"), row.querySelector("[data-down]")];
        if (up) up.disabled = n === 0; // limits of kinds of expense have no order of their own
        if (down) down.disabled = n === body.rows.length - 1;
      });
    };

    const sum = () => {
      if (!total) return;
      const all = [...body.querySelectorAll(`[data-cell="${total.dataset.sumOf}"]`)].reduce((n, c) => n + hundredths(c.value), 0);
      total.textContent = `${all / 100} / 100`;
      total.className = all === 10000 ? "num right" : "num wrong";
    };

    const changed = (near) => {
      number();
      sum();
      // The page asks before it is left: an order that is not saved is a change too.
      near.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const nextNumber = () => Math.max(0, ...[...body.querySelectorAll("[data-number]")].map((i) => Number(i.value) || 0)) + 1;

    const add = () => {
      if (body.rows.length >= MOST) return null;
      const holder = document.createElement("tbody");
      holder.innerHTML = template.innerHTML.replaceAll("__n__", String(nextNumber()));
      const row = holder.rows[0];
      body.append(row);
      fit(row);
      changed(body);
      return row;
    };

    const firstCell = (row) => row.querySelector("select, input:not([type=hidden]):not(:disabled), textarea");

    card.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const row = button.closest("[data-row]");
      if ("add" in button.dataset) {
        event.preventDefault();
        const made = add();
        if (made) firstCell(made).focus();
      } else if (row && ("up" in button.dataset || "down" in button.dataset)) {
        event.preventDefault();
        const was = [...body.rows].indexOf(row) + 1;
        if ("up" in button.dataset && row.previousElementSibling) row.previousElementSibling.before(row);
        else if ("down" in button.dataset && row.nextElementSibling) row.nextElementSibling.after(row);
        body.querySelectorAll(".moved").forEach((r) => r.classList.remove("moved"));
        row.classList.add("moved");
        changed(body);
        const out = card.querySelector("[data-moved]");
        say(card, out.dataset.words, was, [...body.rows].indexOf(row) + 1);
        (button.disabled ? row.querySelector("up" in button.dataset ? "[data-down]" : "[data-up]") : button).focus();
      } else if (row && "remove" in button.dataset) {
        event.preventDefault();
        const next = row.nextElementSibling || row.previousElementSibling;
        row.remove();
        changed(body);
        (next ? firstCell(next) : card.querySelector("[data-add]")).focus();
      }
    });

    // Enter goes down the column and makes a new row at the end, as in a sheet; it does not send the form.
    body.addEventListener("keydown", (event) => {
      const cell = event.target.dataset.cell;
      if (event.key !== "Enter" || !cell || event.isComposing || event.target.tagName === "TEXTAREA") return;
      event.preventDefault();
      const below = event.target.closest("tr").nextElementSibling || add();
      const target = below && (below.querySelector(`[data-cell="${cell}"]`) || firstCell(below));
      if (target) target.focus();
    });
    // Rows copied from a sheet: each line goes into a row, each column into the next cell.
    body.addEventListener("paste", (event) => {
      const from = event.target.dataset.cell;
      const text = (event.clipboardData.getData("text/plain") || "").replace(/\r/g, "").replace(/\n+$/, "");
      if (!from || event.target.tagName === "TEXTAREA" || !/[\t\n]/.test(text)) return;
      event.preventDefault();
      let row = event.target.closest("tr");
      for (const line of text.split("\n").slice(0, MOST)) {
        row = row || add();
        if (!row) break;
        const cells = [...row.querySelectorAll("[data-cell]:not([type=checkbox]):not([type=hidden])")];
        const first = cells.findIndex((c) => c.dataset.cell === from);
        line.split("\t").forEach((value, n) => put(cells[first + n], value.trim()));
        row = row.nextElementSibling;
      }
      changed(body);
    });
    body.addEventListener("input", sum);
    number();
    sum();
  };

  // A choice that decides what else is asked (data-governs): each of its options says what it takes, the rest is put away.
  const fit = (whole) => {
    const choice = whole.querySelector("[data-governs]");
    if (!choice) return;
    const show = () => {
      const takes = ((choice.selectedOptions[0] || choice).dataset.takes || "").split(" ");
      choice.dataset.governs.split(" ").forEach((name) => whole.querySelector(`[data-part="${name}"]`).classList.toggle("hollow", !takes.includes(name)));
    };
    choice.addEventListener("change", show);
    show();
  };

  document.querySelectorAll("[data-rows]").forEach((card) => {
    card.querySelectorAll("[data-row]").forEach(fit);
    prepare(card);
  });
  document.querySelectorAll("[data-question]").forEach(fit);
})();

// Tables to type through: rows are added, moved and removed with keys or buttons. What they hold is read and filled here.
(() => {
  "use strict";
  const cells = (row) => [...row.querySelectorAll("[data-cell]")];
  const isPreset = (cell) => cell.tagName === "SELECT";
  const isBlank = (row) => cells(row).every((c) => isPreset(c) || c.value.trim() === "");
  const changed = (table) => table.dispatchEvent(new Event("input", { bubbles: true }));

  const add = (table) => {
    const template = table.parentNode.querySelector("template[data-row]");
    const body = table.tBodies[0];
    if (!template || body.rows.length >= Number(table.dataset.most)) return null;
    // Ids are counted on, so that no two are the same however often rows come and go.
    table.dataset.next = String(Number(table.dataset.next || body.rows.length) + 1);
    const holder = document.createElement("tbody");
    holder.innerHTML = template.innerHTML.replace(/__n__/g, table.dataset.next);
    const row = holder.rows[0];
    body.append(row);
    return row;
  };

  // Rows as typed, blank ones left out: [{name: text, …}, …].
  const read = (table) =>
    [...table.tBodies[0].rows]
      .filter((row) => !isBlank(row))
      .map((row) => Object.fromEntries(cells(row).map((c) => [c.dataset.cell, c.value])));

  const fill = (table, rows) => {
    const body = table.tBodies[0];
    while (body.rows.length < rows.length && add(table));
    while (body.rows.length > rows.length) body.rows[body.rows.length - 1].remove();
    rows.forEach((values, n) => {
      if (body.rows[n]) cells(body.rows[n]).forEach((c) => { c.value = values[c.dataset.cell] || ""; });
    });
    add(table);
    table.dispatchEvent(new CustomEvent("rows:filled", { bubbles: true }));
  };

  // What the server says of cells: row (counted without blank ones), name, sentences.
  const tell = (table, problems) => {
    table.querySelectorAll(".field-error").forEach((e) => e.remove());
    const rows = [...table.tBodies[0].rows].filter((row) => !isBlank(row));
    problems.forEach(({ row, cell, sentences }) => {
      const input = rows[row] && rows[row].querySelector(`[data-cell="${cell}"]`);
      if (!input || input === document.activeElement) return;
      sentences.forEach((sentence) => {
        const line = document.createElement("div");
        line.className = "field-error";
        line.textContent = sentence;
        input.closest("td").append(line);
      });
    });
  };

  const put = (data, path, rows) => {
    data.set(`${path}-rows`, String(rows.length));
    rows.forEach((row, n) => Object.keys(row).forEach((name) => data.set(`${path}-${n}-${name}`, row[name])));
  };

  const focus = (row, name) => {
    const target = row.querySelector(`[data-cell="${name}"]`) || cells(row)[0];
    target.focus();
    if (target.select) target.select();
  };

  const move = (row, by) => {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
  };

  const remove = (table, row) => {
    const near = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    const next = near || add(table);
    changed(table);
    if (next) focus(next);
  };

  document.querySelectorAll("table[data-rows]").forEach((table) => {
    table.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const row = button.closest("tr");
      if ("remove" in button.dataset) remove(table, row);
      if (button.dataset.move) {
        move(row, Number(button.dataset.move));
        button.focus();
        changed(table);
      }
    });
    table.addEventListener("keydown", (event) => {
      const cell = event.target;
      if (!cell.dataset.cell || event.isComposing) return;
      const row = cell.closest("tr");
      if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
        event.preventDefault();
        move(row, event.key === "ArrowUp" ? -1 : 1);
        cell.focus();
        changed(table);
      } else if (event.altKey && event.key === "Delete") {
        event.preventDefault();
        remove(table, row);
      } else if (event.key === "Enter" && !event.altKey && !event.ctrlKey) {
        // Down the column, and to a new row behind the last; the form is not sent.
        event.preventDefault();
        const below = row.nextElementSibling || (isBlank(row) ? null : add(table));
        if (below) focus(below, isBlank(below) ? "" : cell.dataset.cell);
      }
    });
    const button = table.parentNode.querySelector("[data-add]");
    if (button) button.addEventListener("click", () => {
      const last = table.tBodies[0].rows[table.tBodies[0].rows.length - 1];
      const row = last && isBlank(last) ? last : add(table);
      if (row) focus(row);
    });
  });

  window.applyRows = { read, fill, tell, put, isBlank };
})();

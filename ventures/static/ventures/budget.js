// The budget table: rows, sums and shares while typing. The server is the truth; this only tells early.
(() => {
  "use strict";
  const table = document.getElementById("budget");
  if (!table) return;
  const body = table.tBodies[0];
  const counter = document.getElementById("budget-rows");
  const rowTemplate = document.getElementById("budget-row");
  const shares = document.getElementById("budget-shares");
  const rules = JSON.parse(document.getElementById("budget-rules").textContent);
  const MOST = 40;

  // Whole 分 and hundredths, so that nothing is lost to binary fractions.
  const hundredths = (text, empty) => {
    const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
    if (plain === "") return empty;
    return /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : NaN;
  };
  const yuan = (cents) =>
    (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const cell = (row, name) => row.querySelector(`[data-cell="${name}"]`);
  const isBlank = (row) =>
    [...row.querySelectorAll("[data-cell]")].every((c) => c.dataset.cell === "category" || c.value.trim() === "");

  const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const tell = (text, bad) => {
    const line = document.createElement("li");
    line.className = bad ? "share bad" : "share";
    line.textContent = text;
    shares.append(line);
  };

  const compute = () => {
    const sum = { amount: 0, own: 0, grant: 0 };
    const by = {};
    for (const row of body.rows) {
      const price = hundredths(cell(row, "unit_price").value, 0);
      const quantity = hundredths(cell(row, "quantity").value, 100);
      const own = hundredths(cell(row, "from_own").value, 0);
      const amount = isBlank(row) ? 0 : Math.round((price * quantity) / 100);
      const grant = amount - own;
      const known = Number.isFinite(amount) && Number.isFinite(own);
      row.querySelector('[data-out="amount"]').textContent = Number.isFinite(amount) ? yuan(amount) : "—";
      const out = row.querySelector('[data-out="grant"]');
      out.textContent = known ? yuan(grant) : "—";
      out.classList.toggle("text-danger", known && grant < 0);
      if (!known) continue;
      sum.amount += amount;
      sum.own += own;
      sum.grant += grant;
      const category = cell(row, "category").value;
      by[category] = (by[category] || 0) + grant;
    }
    table.querySelectorAll("[data-sum]").forEach((c) => { c.textContent = yuan(sum[c.dataset.sum]); });
    tellShares(sum, by);
  };

  const tellShares = (sum, by) => {
    shares.replaceChildren();
    for (const rule of rules.shares) {
      const spent = by[rule.category] || 0;
      const allowed = (sum.grant * Number(rule.max)) / 100;
      const share = sum.grant ? ((spent * 100) / sum.grant).toFixed(1) : "0.0";
      if (spent > allowed) tell(say(rule.over, { spent: yuan(spent), share, over: yuan(Math.round(spent - allowed)) }), true);
      else tell(`${rule.label} ${share}% / ${rule.max}%`, false);
    }
    if (sum.grant > Number(rules.cap) * 100) tell(say(rules.cap_over, { asked: yuan(sum.grant) }), true);
    const least = Math.round((sum.amount * Number(rules.own_min)) / 100);
    if (sum.own < least) {
      const share = sum.amount ? ((sum.own * 100) / sum.amount).toFixed(1) : "0.0";
      tell(say(rules.own_under, { own: yuan(sum.own), share, least: yuan(least) }), true);
    }
  };

  const addRow = () => {
    const n = Number(counter.value);
    if (n >= MOST) return null;
    const holder = document.createElement("tbody");
    holder.innerHTML = rowTemplate.innerHTML.replaceAll("__n__", String(n));
    const row = holder.rows[0];
    body.append(row);
    counter.value = String(n + 1);
    return row;
  };

  table.addEventListener("input", compute);
  table.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    const row = button.closest("tr");
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    compute();
    table.dispatchEvent(new Event("input", { bubbles: true }));
    if (next) cell(next, "detail").focus();
  });
  // Enter goes down the column and makes a new row at the end; it does not send the form.
  table.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.dataset.cell) return;
    event.preventDefault();
    const here = event.target.closest("tr");
    const below = here.nextElementSibling || (isBlank(here) ? null : addRow());
    if (!below) return;
    const target = cell(below, here.nextElementSibling === below && !isBlank(below) ? event.target.dataset.cell : "category");
    target.focus();
    if (target.select) target.select();
    compute();
  });
  document.getElementById("budget-add").addEventListener("click", () => {
    const row = addRow();
    if (row) cell(row, "category").focus();
    compute();
  });

  if (!body.rows.length) addRow();
  compute();
})();

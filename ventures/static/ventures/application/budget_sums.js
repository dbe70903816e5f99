// The budget's sums and shares while one types. The server is the truth; this only tells early.
import { isBlank } from "../../common/row_editor.js";
import { handed, hundredths, make, say, yuan } from "../../common/site.js";

const table = document.getElementById("budget");
const shares = document.getElementById("budget-shares");
const rules = handed("budget-rules");

const cell = (row, name) => row.querySelector(`[data-cell="${name}"]`);
const tell = (text, bad) => shares.append(make("li", bad ? "share bad" : "share", text));

// Beside its limit a share has the digits that decide (common.money.percent_beside): 9.96, not 10.0, where 10 is allowed.
const beside = (part, whole, limit) => {
  if (!whole) return "0.0";
  const side = Math.sign(part * 100 - limit * whole);
  for (let places = 1; places < 12; places += 1) {
    const shown = ((part * 100) / whole).toFixed(places);
    if (Math.sign(Number(shown) - limit) === side) return shown;
  }
  return String((part * 100) / whole);
};

const compute = () => {
  const sum = { amount: 0, from_own: 0, from_grant: 0 };
  const by = {};
  const rows = {};
  for (const row of table.tBodies[0].rows) {
    const price = hundredths(cell(row, "unit_price").value);
    const quantity = hundredths(cell(row, "quantity").value, 100);
    const own = hundredths(cell(row, "from_own").value);
    const amount = isBlank(row) ? 0 : Math.round((price * quantity) / 100);
    const grant = amount - own;
    const known = Number.isFinite(amount) && Number.isFinite(own);
    row.querySelector('[data-out="amount"]').textContent = Number.isFinite(amount) ? yuan(amount) : "—";
    const out = row.querySelector('[data-out="from_grant"]');
    out.textContent = known ? yuan(grant) : "—";
    out.classList.toggle("text-danger", known && grant < 0);
    if (!known) continue;
    sum.amount += amount;
    sum.from_own += own;
    sum.from_grant += grant;
    const category = cell(row, "category").value;
    by[category] = (by[category] || 0) + grant;
    (rows[category] = rows[category] || []).push(row);
  }
  table.querySelectorAll("[data-sum]").forEach((c) => { c.textContent = yuan(sum[c.dataset.sum]); });
  tellShares(sum, by, rows);
};

const tellShares = (sum, by, rows) => {
  shares.textContent = "";
  table.querySelectorAll("tr.over").forEach((row) => row.classList.remove("over"));
  for (const rule of rules.shares) {
    const spent = by[rule.category] || 0;
    const allowed = (sum.from_grant * Number(rule.max)) / 100;
    const share = beside(spent, sum.from_grant, Number(rule.max));
    if (spent > allowed && rule.max < 100) {
      tell(say(rule.over, {
        spent: yuan(spent),
        share,
        over: yuan(Math.ceil(spent - allowed)),
        // What is asked for less here makes the grant smaller, of which it is a share.
        less: yuan(Math.ceil(((spent - allowed) * 100) / (100 - rule.max))),
      }), true);
      (rows[rule.category] || []).forEach((row) => row.classList.add("over"));
    } else tell(`${rule.label} ${share}% / ${rule.max}%`, false);
  }
  if (sum.from_grant > Number(rules.cap) * 100) tell(say(rules.cap_over, { asked: yuan(sum.from_grant) }), true);
  const least = Math.round((sum.amount * Number(rules.own_min)) / 100);
  if (sum.from_own < least) {
    const share = beside(sum.from_own, sum.amount, Number(rules.own_min));
    tell(say(rules.own_under, { own: yuan(sum.from_own), share, least: yuan(least) }), true);
  }
};

if (table && shares && rules) {
  table.addEventListener("input", compute);
  table.addEventListener("rows:changed", compute);
  compute();
}

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
  const lines = [];
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
    lines.push({ row, head: cell(row, "head").value, quantity, amount, grant });
  }
  table.querySelectorAll("[data-sum]").forEach((c) => { c.textContent = yuan(sum[c.dataset.sum]); });
  shares.textContent = "";
  table.querySelectorAll("tr.over").forEach((row) => row.classList.remove("over"));
  rules.rules.forEach((rule) => tellRule(rule, lines, sum));
  tellSums(sum);
};

// What so many units (in hundredths) may cost, in 分: rounds.budget.checking.allowed_by.
const allowedBy = (steps, quantity) => {
  let allowed = 0;
  let begun = 0;
  for (const step of steps) {
    const end = step.to === null ? quantity : Math.min(quantity, Number(step.to) * 100);
    if (end > begun) {
      allowed += (end - begun) * Number(step.price);
      begun = end;
    }
  }
  return allowed;
};

const tellRule = (rule, lines, sum) => {
  const own = lines.filter((line) => rule.heads.includes(line.head));
  const part = (line) => (rule.base === "grant" ? line.grant : line.amount);
  const counted = own.reduce((all, line) => all + part(line), 0);
  const whole = { total: sum.amount, grant: sum.from_grant, own: sum.from_own }[rule.base];
  for (const limit of rule.limits) {
    const value = Number(limit.value);
    let allowed = limit.is_percent ? (whole * value) / 100 : value * 100;
    let beyond = limit.is_least ? allowed - counted : counted - allowed;
    if (limit.kind === "steps") {
      beyond = own.reduce((all, line) => all + Math.max(part(line) - allowedBy(rule.steps, line.quantity), 0), 0);
      allowed = counted - beyond;
    }
    const share = limit.is_percent ? beside(counted, whole, value) : "";
    // Less than a millionth of 分 is the script's arithmetic, not the budget.
    if (beyond > 1e-6) {
      const up = (amount) => yuan(Math.ceil(amount - 1e-6));
      tell(say(limit.broken, {
        counted: yuan(counted), allowed: yuan(Math.round(allowed)), beyond: up(beyond), share,
        // What is asked for less here makes the whole smaller, of which it is a share.
        less: limit.tells_less ? up((beyond * 100) / (100 - value)) : "",
      }), true);
      if (!limit.is_least) own.forEach((line) => line.row.classList.add("over"));
    } else if (limit.is_percent) tell(`${rule.name} ${share}% / ${limit.value}%`, false);
    else if (limit.kind !== "steps") tell(`${rule.name} ${yuan(counted)} / ${yuan(allowed)} 元`, false);
  }
};

const tellSums = (sum) => {
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

// One box that ticks all boxes of a name: <label data-tick-all="objections" hidden><input type="checkbox"> … </label>
document.querySelectorAll("[data-tick-all]").forEach((holder) => {
  const all = holder.querySelector("input");
  const boxes = [...holder.closest("form").querySelectorAll(`input[type=checkbox][name="${holder.dataset.tickAll}"]`)];
  const show = () => {
    const n = boxes.filter((box) => box.checked).length;
    all.checked = n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
  };
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  boxes.forEach((box) => box.addEventListener("change", show));
  holder.hidden = false;
  show();
});

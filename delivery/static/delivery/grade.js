// The grade that a score gives, live, from the marks of the round (data-marks: "85:优秀;75:良好;60:合格;0:不合格").
const out = document.querySelector("[data-marks]");
const field = document.querySelector("input[name=score]");
const marks = (out ? out.dataset.marks : "").split(";").map((pair) => pair.split(":"));
const show = () => {
  const value = Number.parseFloat(field.value);
  const mark = Number.isNaN(value) ? null : marks.find(([from]) => value >= Number.parseFloat(from));
  out.textContent = mark ? mark[1] : "—";
};
if (out && field) {
  field.addEventListener("input", show);
  show();
}

// The sum lives beside the points; sliders for the tablet, numbers for the keyboard, both the same value.
const form = document.getElementById("score-form");
const numbers = [...form.querySelectorAll("input.points")];
const sum = document.getElementById("sum");

const show = () => {
  const filled = numbers.filter((n) => n.value !== "");
  const total = filled.reduce((all, n) => all + Number(n.value), 0);
  sum.textContent = filled.length ? total.toFixed(1) : "—";
  // The server says what is wrong with a number; here it is only marked, while autosave refuses it.
  numbers.forEach((n) => {
    const bad = n.value !== "" && (Number(n.value) < 0 || Number(n.value) > Number(n.dataset.max));
    n.closest(".criterion").classList.toggle("field-bad", bad);
  });
  sum.classList.toggle("text-secondary", filled.length < numbers.length);
};

form.addEventListener("input", (event) => {
  const field = event.target;
  if (field.dataset.for) {
    document.getElementById(field.dataset.for).value = field.value;
  } else if (field.classList.contains("points")) {
    const slider = form.querySelector(`[data-for="${field.id}"]`);
    if (slider && field.value !== "") slider.value = field.value;
  }
  show();
});
const follow = () => {
  numbers.forEach((n) => {
    const slider = form.querySelector(`[data-for="${n.id}"]`);
    if (slider) slider.value = n.value === "" ? 0 : n.value;
  });
  show();
};
form.addEventListener("filled", follow); // by what another tab has saved, or put back
follow();

// The grade that a score gives, live, from the bands of the round (data-band: its mark and its name, the best first).
const out = document.querySelector("[data-grade]");
const field = document.querySelector("input[name=score]");
const bands = [...document.querySelectorAll("[data-band]")];
const show = () => {
  const value = Number.parseFloat(field.value);
  const band = Number.isNaN(value) ? null : bands.find((b) => value >= Number.parseFloat(b.value));
  out.textContent = band ? band.textContent : "—";
};
if (out && field) {
  field.addEventListener("input", show);
  show();
}

// The time that is left in the last day of a call, second by second, by the server's clock.
import { handed, say } from "../../common/site.js";

const texts = handed("apply-texts");

const out = document.getElementById("time-left");
const DAY = 86400;
const given = out ? out.dataset : {};
const closes = Number(given.closes);
let ahead = Number(given.now) - Date.now(); // of the server before this computer
document.addEventListener("sheet:answer", ({ detail }) => { ahead = detail.now - Date.now(); });

const two = (n) => String(n).padStart(2, "0");
const show = () => {
  const left = Math.ceil((closes - Date.now() - ahead) / 1000);
  if (left > DAY) return;
  const clock = [left / 3600, (left % 3600) / 60, left % 60].map((part) => two(Math.floor(part))).join(":");
  out.textContent = left < 0 ? texts.over : say(texts.timeLeft, { clock });
  out.classList.toggle("fw-bold", left < 3600);
};
if (out) {
  show();
  window.setInterval(show, 1000);
}

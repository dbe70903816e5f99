// The time that is left in the last day of a call, second by second, by the server's clock.
(() => {
  "use strict";
  const out = document.getElementById("time-left");
  const given = document.getElementById("apply-texts");
  if (!out || !given) return;
  const texts = JSON.parse(given.textContent);
  const DAY = 86400;
  const closes = Number(out.dataset.closes);
  let ahead = Number(out.dataset.now) - Date.now(); // of the server before this computer
  document.addEventListener("apply:now", (event) => { ahead = event.detail - Date.now(); });

  const two = (n) => String(n).padStart(2, "0");
  const show = () => {
    const left = Math.ceil((closes - Date.now() - ahead) / 1000);
    if (left > DAY) return;
    const parts = { h: two(Math.floor(left / 3600)), m: two(Math.floor((left % 3600) / 60)), s: two(left % 60) };
    out.textContent = left < 0 ? texts.over : texts.timeLeft.replace(/\{(\w)\}/g, (_, name) => parts[name]);
    out.classList.toggle("fw-bold", left < 3600);
  };
  show();
  window.setInterval(show, 1000);
})();

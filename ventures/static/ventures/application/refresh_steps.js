// After an upload the steps and what is open are fetched anew, so that nothing is asked for that is there already.
(() => {
  "use strict";
  const PARTS = ["steps", "points", "open-points", "late-stamp"];
  let last = 0;

  const renew = async () => {
    last += 1;
    const turn = last;
    const here = document.querySelector("#steps [aria-current]");
    const response = await window.fetch(here.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok || turn !== last) return;
    PARTS.forEach((id) => {
      const old = document.getElementById(id);
      const fresh = page.getElementById(id);
      if (old && fresh && !old.contains(document.activeElement)) old.replaceWith(fresh);
    });
  };
  document.addEventListener("uploaded", () => renew().catch(() => {})); // without it a reload tells
})();

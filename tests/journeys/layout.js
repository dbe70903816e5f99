/* What is wrong with how the page stands at this width: a list of sentences. Only what people see is measured. */
() => {
  const said = new Map();
  const edge = document.documentElement.clientWidth;
  const phone = edge < 992;
  const HAN = /\p{Script=Han}/gu;
  const SLACK = 1.5;  // px: halves of pixels, and letters that lean out of their box

  const named = (element) => {
    const classes = [...element.classList].join(".");
    const text = (element.innerText || element.value || "").trim().replace(/\s+/g, " ").slice(0, 24);
    return `<${element.localName}${classes && "." + classes}> ${text}`;
  };
  const say = (what, element, more = "") => {
    const sentence = `${what}: ${named(element)}${more && " " + more}`;
    if (!said.has(what)) said.set(what, []);
    if (said.get(what).length < 5) said.get(what).push(sentence);
  };
  const styles = new Map();
  const style = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })
    && !element.closest(".visually-hidden, .visually-hidden-focusable, .skip, svg *");
  // Declared: what is wider scrolls, or ends in three dots.
  const scrolls = (element) => /auto|scroll|hidden|clip/.test(style(element).overflowX);

  if (document.documentElement.scrollWidth > edge) {
    said.set("edge", [`the page is ${document.documentElement.scrollWidth - edge} px wider than the screen`]);
  }

  const BOXES = ".card, .card-body, .card-footer, .card-header, .alert, .list-group-item, .next-step, td, th, .btn, .badge";
  for (const element of document.body.querySelectorAll("*")) {
    if (!shown(element)) continue;
    const at = element.getBoundingClientRect();
    if (at.width === 0 || at.height === 0) continue;

    let around = element.parentElement, free = true;
    let box = null;
    for (; around && around !== document.body; around = around.parentElement) {
      if (scrolls(around)) { free = false; break; }
      if (!box && around.matches(BOXES)) box = around;
    }
    if (free && at.right > edge + SLACK) say("beyond the edge", element, `by ${Math.round(at.right - edge)} px`);
    if (free && at.left < -SLACK) say("beyond the left edge", element);
    if (box && !/absolute|fixed/.test(style(element).position)) {
      const its = box.getBoundingClientRect();
      if (at.right > its.right + SLACK || at.left < its.left - SLACK) say("sticks out at the side", element, `of ${named(box)}`);
      if (at.bottom > its.bottom + SLACK && style(element).display !== "inline") say("sticks out below", element, `of ${named(box)}`);
    }

    if (element.matches("button, .btn, .badge, .nav-link, summary, h1, h2, h3, .navbar-brand, label")
        && /hidden|clip/.test(style(element).overflowX) && style(element).textOverflow !== "ellipsis"
        && element.scrollWidth > element.clientWidth + SLACK) say("clipped", element);

    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const glyphs = own.map((node) => node.data).join("").match(HAN) || [];
    if (glyphs.length >= 4 && style(element).writingMode === "horizontal-tb") {
      const lines = new Map();
      for (const node of own) {
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const part of range.getClientRects()) {
          const top = Math.round(part.top);
          lines.set(top, (lines.get(top) || 0) + part.width);
        }
      }
      const size = parseFloat(style(element).fontSize);
      const widest = Math.max(...lines.values());
      if (lines.size >= 3 && widest < 1.7 * size) say("one glyph a line", element);
      else if (lines.size >= 4 && widest < 2.7 * size) say("two glyphs a line", element);
    }

    if (phone && element.matches("button, .btn, select, input:not([type=checkbox], [type=radio], [type=hidden]), summary, .nav-link, .page-link")
        && !element.closest("p, .inline-verb") && at.height < 43.5) say("a target under 44 px", element, `${Math.round(at.height)} px`);
  }
  for (const option of document.querySelectorAll("option")) {
    if (/^[-—\s]{3,}$/.test(option.textContent)) say("an empty choice without a word", option.closest("select"), option.closest("select").name);
  }
  const titles = [...document.querySelectorAll("h1")];  // of the home page nobody sees it, but who listens hears it
  if (titles.length !== 1) said.set("titles", [`${titles.length} titles of the page`]);
  const title = titles.length ? titles[0].innerText.trim() : "";
  for (const heading of document.querySelectorAll("h2, h3")) {
    if (shown(heading) && !heading.querySelector("a") && heading.innerText.trim() === title) say("the title again", heading);
  }
  return [...said.values()].flat();
}

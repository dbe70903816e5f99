// Words that this browser has for other sections of the application. What another open tab is about to save is that tab's.
import { handed, make, say } from "../../common/site.js";
import * as copy from "../../common/saving/sheet_copy.js";

const texts = handed("apply-texts");
const labelOf = (slug) => {
  const link = document.querySelector(`#steps [data-step="${CSS.escape(slug)}"] span:nth-child(2)`);
  return link ? link.firstChild.textContent.trim() : "";
};
const elsewhere = copy.elsewhere();
copy.whenAsked([...elsewhere.values()].flat(), (open) => {
  const left = [...elsewhere.keys()].filter((slug) => elsewhere.get(slug).some((page) => !open.has(page)));
  const names = left.map(labelOf).filter(Boolean);
  if (!names.length) return;
  const text = say(texts.leftElsewhere, { sections: names.join("、") });
  document.getElementById("apply-top").append(make("div", "alert alert-warning", text));
});

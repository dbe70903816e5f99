// The copies of a sheet: one entry for a field, by account, thing and part of it (data-thing, data-part).
import * as copies from "./copies.js";

const sheet = document.querySelector("form[data-thing]");
const about = sheet ? sheet.dataset : {};
const place = about.keep === "tab" ? "tab" : "browser";
const ours = `${copies.PREFIX}${copies.user}:${about.thing}:`;
const here = `${ours}${about.part || ""}:`;
export const page = copies.page;
export const works = copies.works;
export const whenAsked = copies.whenAsked;

// Path → {v: what is typed, at: milliseconds, baseDigest: digest of what it was typed over, page: where}.
export const all = () => copies.all(place, here);
export const write = (path, value, baseDigest) => copies.write(place, here + path, { v: value, baseDigest });
export const remove = (path) => copies.remove(place, here + path);

// Other parts of this thing that have entries → the pages that wrote them.
export const elsewhere = () => {
  const parts = new Map();
  copies.all(place, ours).forEach((entry, key) => {
    const part = key.split(":")[0];
    if (part !== (about.part || "")) parts.set(part, (parts.get(part) || []).concat(entry.page || ""));
  });
  return parts;
};

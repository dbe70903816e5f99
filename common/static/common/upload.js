// Uploads with real progress. Works on every page that loads this file; without it the form is an ordinary one.
//
// The contract:
//   <form id="…" data-upload data-target="#papers" data-limit="20971520" method="post" action="…" enctype="multipart/form-data">
//     <input type="file" name="file">          one, with `multiple` several; as soon as chosen they go one after another,
//                                              each in a request of its own with the other fields of the form
//     <ul data-upload-list>, <div role="status" data-upload-status>, data-says-…: see common/upload.html
//   <div id="papers"> … </div>                 stands beside the form or around it
// Each request carries `X-Upload: 1` (common.site.background.wants_fragment). The server answers
//   200  an HTML fragment whose element #papers replaces the one on the page (lists of files on their way move along),
//   422  the same; the sentences of its [role=alert] or .field-error are shown at the field, beside the name of the file,
//   else (401, 403, 409, 413 …) words of the house: the sentences of its [role=alert] are shown at the field.
// After each file that was stored the target hears a bubbling event "uploaded".
import { make, say } from "./site.js";

const queue = []; // {form, file, row}
let going = null; // the XMLHttpRequest of the file that is on its way,
let current = null; // and its item

const megabytes = (size) => (size / 1024 / 1024).toFixed(1);

// A row of the list: name, bar, words, cancel.
const rowFor = (form, file) => {
  const row = make("li", "upload-row mb-2");
  const head = make("div", "d-flex gap-2 align-items-center");
  const name = make("span", "text-break flex-fill", file.name);
  const words = make("span", "text-secondary text-nowrap", form.dataset.saysWaiting);
  const cancel = make("button", "btn btn-sm", form.dataset.saysCancel);
  cancel.type = "button";
  cancel.setAttribute("aria-label", `${form.dataset.saysCancel} ${file.name}`);
  const bar = make("progress", "w-100");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  head.append(name, words, cancel);
  row.append(head, bar);
  form.querySelector("[data-upload-list]").append(row);
  return { row, words, cancel, bar };
};

const announce = (form, text) => {
  form.querySelector("[data-upload-status]").textContent = text;
};

// The end of a row: its sentences stay until the next choice.
const end = (item, sentences, good) => {
  const { row, words, cancel, bar } = item.row;
  const hadFocus = cancel === document.activeElement;
  cancel.remove();
  bar.remove();
  words.textContent = good ? sentences[0] : "";
  if (!good) {
    row.dataset.refused = "1";
    // The name of the file stands above it already.
    for (const s of sentences) row.append(make("div", "field-error", s.startsWith(`${item.file.name}: `) ? s.slice(item.file.name.length + 2) : s));
  }
  announce(item.form, `${item.file.name}: ${sentences.join(" ")}`);
  const input = item.form.querySelector("input[type=file]");
  if (!good) {
    input.classList.add("is-invalid");
    input.setAttribute("aria-invalid", "true");
  }
  if (!hadFocus) return;
  if (input.isConnected) input.focus();
  else document.getElementById("main").focus(); // the form is gone: no further file is taken
};

const sentencesIn = (root) =>
  [...root.querySelectorAll("[role=alert], .field-error")]
    .filter((element) => !element.parentElement.closest("[role=alert], .field-error"))
    .map((element) => element.textContent.trim().replace(/\s+/g, " "))
    .filter((text, n, all) => text && all.indexOf(text) === n);

// Put the fresh element in the place of the old one. Forms in it take over the lists of theirs and who waits in them.
const replaced = (old, fresh) => {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.querySelectorAll("form[data-upload]").forEach((before) => {
    const after = fresh.querySelector(`[id="${before.id}"]`);
    const list = before.querySelector("[data-upload-list]");
    if (!after || !list.children.length) return;
    after.querySelector("[data-upload-list]").replaceWith(list);
    after.querySelectorAll(":scope > .field-error").forEach((double) => double.remove()); // the list tells it
    for (const item of [current, ...queue]) if (item && item.form === before) item.form = after;
  });
  old.replaceWith(fresh);
  if (window.htmx) window.htmx.process(fresh);
  ready(document);
  const heir = focused && ((focused.id && document.getElementById(focused.id)) || focused);
  if (heir) heir.focus();
  return fresh;
};

const answered = (item, request) => {
  const { form } = item;
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const fresh = page.querySelector(form.dataset.target);
  const old = document.querySelector(form.dataset.target);
  let sentences = sentencesIn(page.querySelector("main") || page);
  if (request.status === 200 || request.status === 422) {
    if (!fresh || !old || page.querySelector("main")) {
      end(item, [form.dataset.saysStrange], false); // a page, not a fragment: the login, after a long pause
      return;
    }
    const mine = fresh.querySelector(`[id="${form.id}"]`);
    sentences = mine && sentencesIn(mine).length ? sentencesIn(mine) : sentencesIn(fresh);
    const here = replaced(old, document.importNode(fresh, true));
    if (request.status === 200) {
      end(item, [form.dataset.saysDone], true);
      here.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail: { name: item.file.name } }));
      return;
    }
  }
  end(item, sentences.length ? sentences : [form.dataset.saysStrange], false);
};

const send = (item) => {
  const { form, file } = item;
  const { words, cancel, bar } = item.row;
  const input = form.querySelector("input[type=file]");
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (name !== input.name) body.append(name, value);
  body.append(input.name, file, file.name);
  const request = new XMLHttpRequest();
  going = request;
  current = item;
  words.textContent = `0.0 / ${megabytes(file.size)} MB`;
  request.open("POST", form.action);
  request.setRequestHeader("X-Upload", "1");
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.upload.onprogress = (event) => {
    if (!event.lengthComputable) return;
    bar.max = event.total;
    bar.value = event.loaded;
    words.textContent = `${megabytes(event.loaded)} / ${megabytes(event.total)} MB`;
    if (event.loaded === event.total) words.textContent = form.dataset.saysChecking;
  };
  request.onload = () => answered(item, request);
  request.onerror = () => end(item, [form.dataset.saysLost], false);
  request.ontimeout = request.onerror;
  request.onabort = () => end(item, [form.dataset.saysCancelled], false);
  request.onloadend = () => {
    going = current = null;
    next();
  };
  cancel.onclick = () => request.abort();
  request.send(body);
};

const next = () => {
  if (!going && queue.length) send(queue.shift());
};

const chosen = (form, files) => {
  const input = form.querySelector("input[type=file]");
  input.classList.remove("is-invalid");
  input.removeAttribute("aria-invalid");
  // What was refused before has been read; a new choice begins a new list.
  if (!going) form.querySelector("[data-upload-list]").textContent = "";
  form.querySelectorAll(".field-error[role=alert]").forEach((old) => old.remove());
  const limit = Number(form.dataset.limit) || Infinity;
  for (const file of files) {
    const item = { form, file, row: rowFor(form, file) };
    if (file.size > limit) {
      end(item, [say(form.dataset.saysLarge, { size: `${Math.ceil((file.size * 10) / 1024 / 1024) / 10} MB` })], false);
      continue;
    }
    item.row.cancel.onclick = () => {
      queue.splice(queue.indexOf(item), 1);
      end(item, [form.dataset.saysCancelled], false);
    };
    queue.push(item);
  }
  input.value = ""; // so that the same file can be chosen again
  next();
};

// Files go as soon as they are chosen, so the button is for those without this script. Forms may come later (htmx).
const ready = (root) => {
  root.querySelectorAll("form[data-upload]").forEach((form) => {
    const button = form.querySelector(".upload-send");
    if (button) button.hidden = true;
  });
};

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-upload]");
  if (form && event.target.type === "file" && event.target.files.length) chosen(form, [...event.target.files]);
});
document.addEventListener("htmx:load", (event) => ready(event.target.parentElement || document));
window.addEventListener("beforeunload", (event) => {
  if (going) event.preventDefault();
});
ready(document);

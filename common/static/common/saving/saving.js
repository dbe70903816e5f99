// Saving a sheet: one request at a time, again and again until it arrives; what stands in the way is told on top.
import * as rows from "../row_editor.js";
import { bar, button, make, post, retryDelay, say } from "../site.js";
import { take } from "./answers.js";
import * as fields from "./fields.js";
import * as copy from "./sheet_copy.js";
import { user } from "./copies.js";
import { texts } from "./texts.js";

const { form } = fields;
export const top = document.querySelector("[data-saving-top]");
const PAUSE = 2000; // milliseconds without a key until what is typed is saved
const TIMEOUT = 20000;
const KEEPALIVE_MOST = 20000; // characters; a request that outlives its page may carry 64 KB

// --- The line below the form, and one bar on top with what can be done ----------------------------------------------

const saved = document.getElementById("saved");
export const status = (text, bad) => {
  saved.textContent = text;
  saved.className = `ms-auto ${bad ? "text-danger fw-bold" : "text-secondary"}`;
};
const trouble = bar(top);
export const isInTrouble = trouble.isShown;

// --- What is sent ---------------------------------------------------------------------------------------------------

let sequence = 0;
const body = (sent) => {
  const data = new FormData();
  sequence = Math.max(sequence + 1, Date.now());
  data.set("user", user);
  data.set("page", copy.page);
  data.set("sequence", String(sequence));
  fields.all.forEach((f) => data.set(`base_digest-${f.path}`, f.baseDigest.value));
  sent.forEach(({ f, raw }) => {
    data.append("only", f.path);
    if (f.table) rows.put(data, f.path, raw);
    else [].concat(raw).forEach((value) => data.append(f.path, value));
    f.unanswered.forEach((value) => data.append(`before-${f.path}`, value)); // it may have arrived all the same
  });
  return data;
};
const toSend = () =>
  [...fields.all.values()].filter(fields.isToSend).map((f) => ({ f, edits: f.edits, raw: fields.rawOf(f) }));

// --- When it is sent ------------------------------------------------------------------------------------------------

let timer = 0;
let retryTimer = 0;
let attempts = 0;
let running = null;
let waitsForLogin = false;

export const schedule = (delay = PAUSE) => {
  window.clearTimeout(timer);
  timer = window.setTimeout(save, delay);
};

// True when everything that could be sent is stored.
export const save = async () => {
  window.clearTimeout(timer);
  while (running) await running;
  const sent = toSend();
  if (!sent.length) return !fields.some(fields.isUnsaved);
  running = send(sent);
  try {
    return await running;
  } finally {
    running = null;
  }
};

const send = async (sent) => {
  status(texts.saving);
  const stop = new AbortController();
  const limit = window.setTimeout(() => stop.abort(), TIMEOUT);
  let answer;
  try {
    const data = body(sent);
    sent.forEach(({ f, raw }) => { if (typeof raw === "string" && !f.unanswered.includes(raw)) f.unanswered.push(raw); });
    const response = await post(form.dataset.url, data, { signal: stop.signal });
    answer = await understand(response);
  } catch (error) {
    lost(navigator.onLine === false || error.name !== "AbortError" ? texts.offline : texts.busy);
    return false;
  } finally {
    window.clearTimeout(limit);
  }
  if (!answer) return false;
  attempts = 0;
  window.clearTimeout(retryTimer);
  trouble.calm();
  const open = take(sent, answer);
  status(say(open ? texts.partly : texts.saved, { time: answer.time }), open);
  if (fields.some(fields.isToSend)) schedule();
  return !fields.some(fields.isUnsaved);
};

const understand = async (response) => {
  const isJson = (response.headers.get("Content-Type") || "").includes("json");
  if (response.ok && isJson) return response.json();
  if (response.status === 401 && isJson) loggedOut((await response.json()).login);
  // Something between this browser and the server asks for another login.
  else if (response.type === "opaqueredirect" || response.status === 401 || (response.status === 403 && !isJson)) loggedOut();
  else if (response.status >= 500 || response.status === 429) lost(texts.busy);
  else refused(isJson ? (await response.json()).problem : "");
  return null;
};

// --- When it does not arrive ----------------------------------------------------------------------------------------

const again = () => {
  attempts = 0;
  save();
};
const retry = () => button(texts.retry, again);
const lost = (text) => {
  status(texts.unsaved, true);
  trouble.tell(copy.works() ? text : texts.offlineNoCopy, retry());
  window.clearTimeout(retryTimer);
  retryTimer = window.setTimeout(save, retryDelay(attempts));
  attempts += 1;
};
const offline = () => trouble.tell(copy.works() ? texts.offline : texts.offlineNoCopy, retry());
const loggedOut = (url) => {
  status(texts.unsaved, true);
  waitsForLogin = true;
  const link = make("a", "alert-link me-2", texts.logIn);
  link.href = url || `${form.dataset.login}?next=${encodeURIComponent(window.location.pathname)}`;
  link.target = "_blank";
  link.rel = "noopener";
  trouble.tell(texts.loggedOut, link, retry());
};
const refused = (sentence) => {
  status(texts.unsaved, true);
  if (sentence) {
    waitsForLogin = true; // the reason may lie in another tab
    trouble.tell(sentence, retry());
  } else {
    trouble.tell(texts.stale, button(texts.reload, () => window.location.reload()));
  }
};

// The page is going: nobody waits for the answer, the copy in this browser is behind it.
export const leave = () => {
  const sent = toSend();
  if (!sent.length) return;
  const size = sent.reduce((n, s) => n + JSON.stringify(s.raw).length, 0);
  post(form.dataset.url, body(sent), { keepalive: size < KEEPALIVE_MOST }).catch(() => {});
};
export const backFromLogin = () => {
  if (!waitsForLogin) return;
  waitsForLogin = false;
  again();
};

window.addEventListener("online", again);
window.addEventListener("offline", offline);
if (navigator.onLine === false) offline();

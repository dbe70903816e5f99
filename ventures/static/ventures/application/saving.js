// Saving a section: one request at a time, again and again until it arrives; what stands in the way is told on top.
(() => {
  "use strict";
  const fields = window.applyFields;
  if (!fields) return;
  const { form } = fields;
  const { texts, make } = window.applyWords;
  const keep = window.applyKeep;
  const top = document.getElementById("apply-top");

  const PAUSE = 2000; // milliseconds without a key until what is typed is saved
  const RETRIES = [2000, 4000, 8000, 15000, 30000, 60000];
  const TIMEOUT = 20000;
  const KEEPALIVE_MOST = 20000; // characters; a request that outlives its page may carry 64 KB

  // --- The line below the form, and one bar on top with what can be done ----------------------------------------------

  const saved = document.getElementById("saved");
  const status = (text, bad) => {
    saved.textContent = text;
    saved.className = `ms-auto ${bad ? "text-danger fw-bold" : "text-secondary"}`;
  };
  let bar = null;
  const trouble = (text, ...children) => {
    if (!bar) {
      bar = make("div", "alert alert-warning apply-bar");
      bar.setAttribute("role", "alert");
      top.append(bar);
    }
    if (bar.dataset.text === text) return;
    bar.dataset.text = text;
    bar.textContent = "";
    bar.append(make("span", "me-2", text), ...children);
  };
  const calm = () => {
    if (bar) bar.remove();
    bar = null;
  };

  // --- What is sent ---------------------------------------------------------------------------------------------------

  let turn = 0;
  const token = () => {
    const cookie = document.cookie.match(/csrftoken=([^;]+)/);
    return cookie ? cookie[1] : form.querySelector("[name=csrfmiddlewaretoken]").value;
  };
  const body = (sent) => {
    const data = new FormData();
    turn = Math.max(turn + 1, Date.now());
    data.set("user", form.dataset.user);
    data.set("page", keep.page);
    data.set("turn", String(turn));
    fields.all.forEach((f) => data.set(`seen-${f.path}`, f.seen.value));
    sent.forEach(({ f, raw }) => {
      data.append("only", f.path);
      if (f.table) window.applyRows.put(data, f.path, raw);
      else [].concat(raw).forEach((value) => data.append(f.path, value));
    });
    return data;
  };
  const toSend = () =>
    [...fields.all.values()].filter(fields.isToSend).map((f) => ({ f, edits: f.edits, raw: fields.rawOf(f) }));
  const post = (sent, more) => {
    const headers = { "X-CSRFToken": token(), Accept: "application/json" };
    return window.fetch(form.dataset.url, {
      method: "POST", body: body(sent), headers, credentials: "same-origin", redirect: "manual", ...more,
    });
  };

  // --- When it is sent ------------------------------------------------------------------------------------------------

  let timer = 0;
  let retryTimer = 0;
  let attempts = 0;
  let running = null;
  let waitsForLogin = false;

  const schedule = (delay = PAUSE) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, delay);
  };

  // True when everything that could be sent is stored.
  const save = async () => {
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
      const response = await post(sent, { signal: stop.signal });
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
    calm();
    window.applyAnswers.take(sent, answer);
    return !fields.some(fields.isUnsaved);
  };

  const understand = async (response) => {
    const isJson = (response.headers.get("Content-Type") || "").includes("json");
    if (response.ok && isJson) return response.json();
    // Without its cookies a request is refused before anybody asks who sends it.
    if (response.type === "opaqueredirect" || response.status === 401 || (response.status === 403 && !isJson)) loggedOut();
    else if (response.status >= 500 || response.status === 429) lost(texts.busy);
    else refused(isJson ? (await response.json()).problem : "");
    return null;
  };

  // --- When it does not arrive ----------------------------------------------------------------------------------------

  const again = () => {
    attempts = 0;
    save();
  };
  const retry = () => fields.button(texts.retry, again);
  const lost = (text) => {
    status(texts.unsaved, true);
    trouble(keep.works() ? text : texts.offlineNoCopy, retry());
    window.clearTimeout(retryTimer);
    retryTimer = window.setTimeout(save, RETRIES[Math.min(attempts, RETRIES.length - 1)]);
    attempts += 1;
  };
  const offline = () => trouble(keep.works() ? texts.offline : texts.offlineNoCopy, retry());
  const loggedOut = () => {
    status(texts.unsaved, true);
    waitsForLogin = true;
    const link = make("a", "alert-link me-2", texts.logIn);
    link.href = `${form.dataset.login}?next=${encodeURIComponent(window.location.pathname)}`;
    link.target = "_blank";
    link.rel = "noopener";
    trouble(texts.loggedOut, link, retry());
  };
  const refused = (sentence) => {
    status(texts.unsaved, true);
    if (sentence) {
      waitsForLogin = true; // the reason may lie in another tab
      trouble(sentence, retry());
    } else {
      trouble(texts.stale, fields.button(texts.reload, () => window.location.reload()));
    }
  };

  // The page is going: nobody waits for the answer, the copy in this browser is behind it.
  const leave = () => {
    const sent = toSend();
    if (!sent.length) return;
    const size = sent.reduce((n, s) => n + JSON.stringify(s.raw).length, 0);
    post(sent, { keepalive: size < KEEPALIVE_MOST }).catch(() => {});
  };
  const backFromLogin = () => {
    if (!waitsForLogin) return;
    waitsForLogin = false;
    again();
  };

  window.addEventListener("online", again);
  window.addEventListener("offline", offline);
  if (navigator.onLine === false) offline();

  window.applySaving = { save, schedule, leave, backFromLogin, status, isInTrouble: () => Boolean(bar) };
})();

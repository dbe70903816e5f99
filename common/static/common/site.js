// What the scripts of all rooms share: small elements, sentences with placeholders, amounts, counters, requests.

export const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};

// --- Sentences ----------------------------------------------------------------------------------------------------------

// The server writes them, in the reader's language, with {…} for what only the script knows.
export const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// What the page hands to its scripts (json_script), or null.
export const handed = (id) => {
  const element = document.getElementById(id);
  return element && JSON.parse(element.textContent);
};

// --- Amounts ------------------------------------------------------------------------------------------------------------

// Whole 分 and hundredths, so that nothing is lost to binary fractions. `empty`: what nothing counts as; NaN: nonsense.
export const hundredths = (text, empty = 0) => {
  // As common.normal_forms.plain_number reads them: 1，000元, ￥1000.00, 5万.
  const plain = text.normalize("NFKC").replace(/[%,\s]|^(rmb|cny|人民币|¥)|(元整?|圆整?|rmb|cny)$/gi, "");
  if (plain === "") return empty;
  if (/^\d+(\.\d{1,6})?万$/.test(plain)) return Math.round(Number(plain.slice(0, -1)) * 1000000);
  return /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : NaN;
};
export const yuan = (cents) =>
  (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

// --- Counters below texts: characters, not bytes; a text that is too long is told, never cut -------------------------------

const COUNTED = "textarea[maxlength], [data-counted]";
export const count = (field) => {
  if (!field.matches || !field.matches(COUNTED)) return;
  const max = Number(field.dataset.counted || field.getAttribute("maxlength"));
  const length = [...field.value].length;
  let out = field.nextElementSibling;
  if (!out || !out.classList.contains("counter")) {
    out = make("small", "counter form-hint text-end");
    field.after(out);
  }
  out.textContent = `${length} / ${max}`;
  out.classList.toggle("too-long", length > max);
};
export const countAll = (element) => element.querySelectorAll(COUNTED).forEach(count);

// --- What goes wrong in the background: one bar, with what can be done -----------------------------------------------------

export const bar = (holder) => {
  let shown = null;
  return {
    isShown: () => Boolean(shown),
    tell: (text, ...actions) => {
      if (shown && shown.dataset.text === text) return; // a screen reader is not told the same twice
      if (!shown) {
        shown = make("div", "alert alert-warning trouble");
        shown.setAttribute("role", "alert");
        holder.append(shown);
      }
      shown.dataset.text = text;
      shown.textContent = "";
      shown.append(make("span", "me-2", text), ...actions);
    },
    calm: () => {
      if (shown) shown.remove();
      shown = null;
    },
  };
};
export const button = (text, action) => {
  const made = make("button", "btn btn-sm btn-outline-secondary", text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
};

// --- Requests -------------------------------------------------------------------------------------------------------------

// Of the cookie, which a login in another tab has renewed; else of the page.
export const csrfToken = () => {
  const cookie = document.cookie.match(/csrftoken=([^;]+)/);
  const field = document.querySelector("[name=csrfmiddlewaretoken]");
  return cookie ? cookie[1] : field ? field.value : "";
};
// When a request that failed is sent again.
const RETRIES = [2000, 4000, 8000, 15000, 30000, 60000]; // milliseconds
export const retryDelay = (attempts) => RETRIES[Math.min(attempts, RETRIES.length - 1)];
// A redirect is not followed: what the server has to say to a script it says in JSON, with its status.
export const post = (url, data, more) => {
  const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" };
  return window.fetch(url, { method: "POST", body: data, headers, credentials: "same-origin", redirect: "manual", ...more });
};

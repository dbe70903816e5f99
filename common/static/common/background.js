// What htmx asks in the background: a failure is said on top of the page, tried again, and told no more when it is over.
// A refusal is told in the server's words. Who is logged out keeps the page and goes on after logging in, in another tab.
import { bar, button, retryDelay } from "./site.js";

const holder = document.getElementById("background");
const says = holder.dataset;
const trouble = bar(holder);
const failed = new Map(); // element → {config of its request, attempts, timer}

const isPolling = (element) => (element.getAttribute("hx-trigger") || "").includes("every ");
const forget = (element) => {
  if (failed.has(element)) window.clearTimeout(failed.get(element).timer);
  failed.delete(element);
  if (!failed.size) trouble.calm();
};
const send = (element) => {
  const { config, timer } = failed.get(element);
  window.clearTimeout(timer);
  if (!element.isConnected) forget(element);
  else window.htmx.ajax(config.verb, config.path, { source: element }).catch(() => {}); // the events below tell
};
const sendAll = () => [...failed.keys()].forEach(send);
const retry = () => button(says.saysRetry, sendAll);

const remember = (config) => {
  const before = failed.get(config.elt) || { attempts: 0, timer: 0 };
  window.clearTimeout(before.timer);
  const now = { config, attempts: before.attempts + 1, timer: 0 };
  failed.set(config.elt, now);
  return now;
};
const lost = (config) => {
  const now = remember(config);
  trouble.tell(navigator.onLine === false ? says.saysOffline : says.saysBusy, retry());
  if (!isPolling(config.elt)) now.timer = window.setTimeout(send, retryDelay(now.attempts - 1), config.elt);
};
const loggedOut = (config, link) => {
  remember(config);
  link.target = "_blank";
  link.rel = "noopener";
  link.className = "alert-link me-2";
  trouble.tell(says.saysLoggedOut, link, retry());
};

document.addEventListener("htmx:responseError", ({ detail }) => {
  const page = new DOMParser().parseFromString(detail.xhr.responseText, "text/html");
  const link = page.querySelector("[data-login]");
  if (detail.xhr.status >= 500 || detail.xhr.status === 429) lost(detail.requestConfig);
  else if (link) loggedOut(detail.requestConfig, document.importNode(link, true));
  else {
    forget(detail.requestConfig.elt);
    const words = [...page.querySelectorAll("[role=alert]")].map((e) => e.textContent.trim().replace(/\s+/g, " "));
    trouble.tell(words.join(" ") || says.saysRefused, button(says.saysReload, () => window.location.reload()));
  }
});
["htmx:sendError", "htmx:timeout"].forEach((kind) => document.addEventListener(kind, ({ detail }) => lost(detail.requestConfig)));
document.addEventListener("htmx:afterOnLoad", ({ detail }) => { if (detail.successful) forget(detail.requestConfig.elt); });

// Back from the login in another tab, or from a tunnel.
window.addEventListener("online", sendAll);
window.addEventListener("focus", sendAll);

// What somebody is at is not replaced under the hands.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target.contains(document.activeElement)) event.detail.shouldSwap = false;
});

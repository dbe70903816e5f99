// Copies in this browser of what is typed and has not arrived: by account, so that nobody is shown another one's words.
// In the tab alone ("tab"), where they end with it, or in the browser ("browser"), where they survive a crash. They are taken
// away when the server has the words, and on logging out.
export const PREFIX = "hc:";
const MOST_DAYS = 30; // of an entry that nobody came back for
export const user = document.body.dataset.user || "";
export const page = Math.random().toString(36).slice(2) + Date.now().toString(36); // names this page among all that save
const PLACES = ["tab", "browser"];
let usable = true;
export const works = () => usable;

const attempt = (place, action) => {
  try {
    return action(place === "tab" ? window.sessionStorage : window.localStorage);
  } catch (error) { // full, switched off, or not ours
    usable = false;
    return null;
  }
};

// Key behind `begins` → {at: milliseconds, page: where it was typed, …}.
export const all = (place, begins) => {
  const found = new Map();
  attempt(place, (storage) => {
    for (const key of Object.keys(storage)) {
      if (!key.startsWith(begins)) continue;
      try {
        found.set(key.slice(begins.length), JSON.parse(storage.getItem(key)));
      } catch (error) {
        storage.removeItem(key);
      }
    }
  });
  return found;
};
let isOver = false; // logged out: the page is going, and what it still hears is not kept
export const write = (place, key, entry) =>
  !isOver && attempt(place, (storage) => {
    storage.setItem(key, JSON.stringify({ ...entry, at: Date.now(), page }));
    usable = true;
    return true;
  });
export const remove = (place, key) => attempt(place, (storage) => storage.removeItem(key));

const removeWhere = (is) => PLACES.forEach((place) => {
  all(place, PREFIX).forEach((entry, key) => { if (is(entry, key, place)) remove(place, PREFIX + key); });
});
export const removeAll = () => removeWhere(() => true);

// The server tells which forms have arrived: a cookie with the token of each (common/site/sending.py).
document.cookie.split("; ").forEach((cookie) => {
  const [, token] = cookie.match(/^sent-([\w-]+)=/) || [];
  if (!token) return;
  removeWhere((entry) => entry.once === token);
  document.cookie = `sent-${token}=; Max-Age=0; Path=/; SameSite=Lax`;
});

const oldest = Date.now() - MOST_DAYS * 86400000;
// On a tablet that goes from hand to hand: what another one has typed in this tab ends when somebody else is logged in.
const isOfAnother = (key) => user && key.split(":")[0] && key.split(":")[0] !== user;
removeWhere((entry, key, place) => !(entry.at >= oldest) || (place === "tab" && isOfAnother(key)));
PLACES.forEach((place) => attempt(place, (storage) => { // is there room at all?
  storage.setItem(`${PREFIX}${user}:probe`, JSON.stringify({ at: Date.now() }));
  storage.removeItem(`${PREFIX}${user}:probe`);
}));

// Which of these pages are still open: each answers for itself; one that crashed or was closed does not.
const ANSWER = 400; // milliseconds to wait, well below the pause after which a page saves
const channel = window.BroadcastChannel ? new BroadcastChannel(`${PREFIX}pages`) : null;
const open = new Set();
if (channel) {
  channel.onmessage = ({ data }) => {
    if (data.here) open.add(data.here);
    else if (data.loggedOut) removeAll();
    else if (data.asked && data.asked.includes(page)) channel.postMessage({ here: page });
  };
}
export const whenAsked = (pages, tell) => {
  const asked = pages.filter((other) => other && other !== page);
  if (!channel || !asked.length) {
    tell(new Set());
    return;
  }
  channel.postMessage({ asked });
  window.setTimeout(() => tell(open), ANSWER);
};
// Nothing of what was typed stays, in no tab.
export const logOut = () => {
  isOver = true;
  removeAll();
  if (channel) channel.postMessage({ loggedOut: true });
};

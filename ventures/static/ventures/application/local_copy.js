// A copy in this browser of what is typed and not stored yet: one entry for a field, by account, venture and section.
// It survives a crash, a closed tab and a lost network; it is taken away when the server has the text, and on logging out.
const PREFIX = "hc:";
const MOST_DAYS = 30; // of an entry that nobody came back for
const place = document.getElementById("step-form") || document.getElementById("submit-form");
const about = place ? place.dataset : {};
const owner = `${PREFIX}${about.user}:`;
const ours = `${owner}${about.venture}:`;
const here = `${ours}${about.section || ""}:`;
export const page = Math.random().toString(36).slice(2) + Date.now().toString(36); // names this page among all that save
let usable = true;
export const works = () => usable;

const attempt = (action) => {
  try {
    return action(window.localStorage);
  } catch (error) { // full, switched off, or not ours
    usable = false;
    return null;
  }
};

// Path → {v: what is typed, at: milliseconds, baseDigest: digest of what it was typed over, page: where}.
export const all = () => {
  const found = new Map();
  attempt((storage) => {
    for (const key of Object.keys(storage)) {
      if (!key.startsWith(here)) continue;
      try {
        found.set(key.slice(here.length), JSON.parse(storage.getItem(key)));
      } catch (error) {
        storage.removeItem(key);
      }
    }
  });
  return found;
};

export const write = (path, value, baseDigest) =>
  attempt((storage) => {
    storage.setItem(here + path, JSON.stringify({ v: value, at: Date.now(), baseDigest, page }));
    usable = true;
    return true;
  });

export const remove = (path) => attempt((storage) => storage.removeItem(here + path));

// Other sections of this venture that have entries → the pages that wrote them.
export const elsewhere = () => {
  const sections = new Map();
  attempt((storage) => {
    for (const key of Object.keys(storage)) {
      if (!key.startsWith(ours) || key.startsWith(here)) continue;
      const section = key.slice(ours.length).split(":")[0];
      sections.set(section, (sections.get(section) || []).concat(JSON.parse(storage.getItem(key)).page || ""));
    }
  });
  return sections;
};

// Which of these pages are still open: each answers for itself; one that crashed or was closed does not.
const ANSWER = 400; // milliseconds to wait, well below the pause after which a page saves
const channel = window.BroadcastChannel ? new BroadcastChannel(`${PREFIX}pages`) : null;
const open = new Set();
if (channel) {
  channel.onmessage = ({ data }) => {
    if (data.here) open.add(data.here);
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

attempt((storage) => {
  const oldest = Date.now() - MOST_DAYS * 86400000;
  for (const key of Object.keys(storage)) {
    if (!key.startsWith(PREFIX)) continue;
    try {
      if (JSON.parse(storage.getItem(key)).at < oldest) storage.removeItem(key);
    } catch (error) {
      storage.removeItem(key);
    }
  }
  storage.setItem(`${owner}probe`, JSON.stringify({ at: Date.now() }));
  storage.removeItem(`${owner}probe`);
});

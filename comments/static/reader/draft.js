// The draft: what is being written stays in this browser until it was sent, or thrown away. It outlives reloads, errors and dead connections;
// the e-mail address is not kept. One draft for each article, and for each comment replied to.

const LIFETIME = 7 * 24 * 60 * 60 * 1000;
const PREFIX = "draft:";

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
};
const write = (key, draft) => {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false; // no room, or no storage in a private window: the form works without
  }
};
const forget = (key) => {
  try {
    localStorage.removeItem(key);
  } catch {}
};

for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
for (const { dataset } of document.querySelectorAll("[data-sent]")) forgetSent(dataset.sent);

// By what the form called the submission: the comment may hang on another one than the form replied to.
function forgetSent(submission) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && read(key).sent === submission) forget(key);
  } catch {}
}

function keep(form) {
  const key = PREFIX + form.dataset.draft;
  const { body, name } = form.elements;
  const [kept, restored, offline] = ["kept", "restored", "offline"].map((part) => form.querySelector(`[data-${part}]`));

  const draft = read(key);
  if (draft.at < Date.now() - LIFETIME) forget(key);
  else if (draft.body && !body.value) {
    body.value = draft.body;
    name.value ||= draft.name ?? "";
    restored.hidden = false;
  }
  kept.hidden = !read(key).body;

  form.addEventListener("input", () => {
    if (body.value.trim()) kept.hidden = !write(key, { body: body.value, name: name.value, at: Date.now() });
    else discard();
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return write(key, { body: body.value, name: name.value, at: Date.now(), sent: form.elements.submission_id.value });
    event.preventDefault();
    offline.hidden = false;
    offline.focus();
  });
  addEventListener("online", () => (offline.hidden = true));
  form.querySelector("[data-discard]").addEventListener("click", () => {
    body.value = "";
    body.dispatchEvent(new InputEvent("input", { bubbles: true }));
    body.focus();
  });

  function discard() {
    forget(key);
    kept.hidden = restored.hidden = true;
  }
}

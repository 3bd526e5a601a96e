// What htmx leaves to do at the desk: the line and the focus of the open card, what was typed, the claim, word of what is new.

const SECONDS = 1000;
const find = (selector, within = document) => within.querySelector(selector);
const card = () => find("#pane .card");
const tell = (text) => {
  find("#told").textContent = text;
};

// Going from card to card

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  // Who has no script needs the address to jump to the card; here it is put in view without losing the list.
  if (detail.pathInfo) detail.pathInfo.anchor = undefined;
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (/^\s*<!doctype/i.test(detail.serverResponse)) {
    detail.shouldSwap = false;
    lost();
  } else if (detail.requestConfig.verb === "post" && detail.xhr.status === 200 && card()) {
    forget(card().dataset.comment);
  }
});

document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id !== "pane") return;
  find("#told").classList.add("visually-hidden");
  tell("");
  mark();
  restore();
  card()?.focus({ preventScroll: true });
  if (find("#pane .opened")) card()?.scrollIntoView({ block: "nearest" });
});

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(failure, lost);

function lost() {
  // The page of a job has no place for it, and asks again by itself.
  if (!find("#told")) return;
  tell(find("#told").dataset.lost);
  find("#told").classList.remove("visually-hidden");
}

// The line of the open card, since the list is not sent with every card.
function mark() {
  const open = card()?.dataset.comment;
  for (const line of document.querySelectorAll("#list [data-comment]")) {
    const link = find("a", line);
    if (line.dataset.comment === open) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

// What was typed

const draftOf = (comment) => `desk-draft:${comment}`;
const forget = (comment) => sessionStorage.removeItem(draftOf(comment));

document.addEventListener("input", (event) => {
  const form = event.target.closest("#pane .deciding form");
  if (!form) return;
  const kept = [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "version"].includes(name));
  sessionStorage.setItem(draftOf(card().dataset.comment), JSON.stringify(kept));
});

function restore() {
  const form = find("#pane .deciding form");
  const draft = form && !("refused" in card().dataset) && sessionStorage.getItem(draftOf(card().dataset.comment));
  if (!draft) return;
  const kept = JSON.parse(draft);
  for (const field of form.elements) {
    const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox") field.checked = values.includes(field.value);
    else if (field.matches("textarea") && values.length) [field.value] = values;
  }
  const typed = (name) => kept.some(([key, value]) => key === name && value !== form.elements[name]?.defaultValue);
  if (typed("note")) find("details.reasons", form).open = true;
  if (typed("body")) find("details.correcting", form).open = true;
}

document.addEventListener("change", (event) => {
  const option = event.target.matches("select[name=canned]") && event.target.selectedOptions[0];
  if (!option || !option.dataset.text) return;
  const note = event.target.form.elements.note;
  note.value = [note.value.trim(), option.dataset.text].filter(Boolean).join("\n\n");
  event.target.value = "";
  note.dispatchEvent(new Event("input", { bubbles: true }));
  note.focus();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[name=chosen]")) return;
  const number = document.querySelectorAll("#list [name=chosen]:checked").length;
  const shown = find(".chosen-count");
  if (shown) shown.textContent = number || "";
});

// The claim on the open card

const isBusy = () => find("#pane.htmx-request");
const looking = () => document.visibilityState === "visible";
const claim = (suffix = "") => {
  const url = card()?.dataset.claim;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", find("#pane [name=csrfmiddlewaretoken]")?.value ?? "");
  return url && { url: url + suffix, body };
};

async function renew() {
  const held = looking() && !isBusy() && !find(".held-by") && claim();
  if (held) await fetch(held.url, { method: "POST", body: held.body }).catch(() => {});
}

setInterval(renew, 60 * SECONDS);
document.addEventListener("visibilitychange", renew);
addEventListener("pagehide", () => {
  const held = !find(".held-by") && claim("release/");
  if (held) navigator.sendBeacon(held.url, held.body);
});
addEventListener("pageshow", (event) => { if (event.persisted) renew(); });

// What is new

let etag = "";

async function ask() {
  const lanes = find("#lanes .lanes");
  if (!lanes || !looking() || isBusy()) return;
  const answer = await fetch(lanes.dataset.news, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" }).catch(() => null);
  if (answer?.status !== 200 || answer.redirected) return;
  etag = answer.headers.get("ETag");
  const { told, lanes: counts, holders } = await answer.json();
  if (lanes.isConnected) announce(told, counts, holders, lanes.dataset.refresh);
}

function announce(told, counts, holders, refresh) {
  for (const [lane, count] of Object.entries(counts)) find(`[data-lane="${lane}"] .count`).textContent = count;
  for (const line of document.querySelectorAll("#list [data-comment]")) {
    const holder = holders[line.dataset.comment] ?? "";
    line.classList.toggle("held", Boolean(holder));
    find(".holder", line).textContent = holder;
  }
  const news = find("#news");
  if (news.textContent === told) return;
  const link = Object.assign(document.createElement("a"), { href: refresh, textContent: told });
  news.replaceChildren(...(told ? [link] : []));
  htmx.process(news);
}

setInterval(ask, 15 * SECONDS);
document.addEventListener("visibilitychange", ask);

mark();
restore();

// Inside the frame: tells the page around it how high it is, and carries look and language along from page to page.
// It speaks to nobody but the page that greeted it, and only if that page's origin is one that the title allows. What that page says of
// who reads it, is shown to the service, which makes the page's form out in his name.

const allowed = (document.body.dataset.origins ?? "").split(" ").filter(Boolean);
const carried = new URLSearchParams(document.body.dataset.carried);
let page = null;

function tell(message) {
  if (page) window.parent.postMessage(message, page);
}

function tellHeight() {
  tell({ type: "mizan:height", height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
}

function tellPlace() {
  const named = location.hash && document.getElementById(location.hash.slice(1));
  const place = named || document.querySelector("[autofocus]");
  if (place) tell({ type: "mizan:place", top: Math.round(place.getBoundingClientRect().top + window.scrollY) });
}

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || !allowed.includes(event.origin) || event.data?.type !== "mizan:hello") return;
  const first = page === null;
  page = event.origin;
  tellHeight();
  if (first) tellPlace();
  if (typeof event.data.token === "string" && event.data.token) signOn(event.data.token);
});

// A form that came back with its text is made out already.
async function signOn(token) {
  const form = document.querySelector("input[name=token]")?.form;
  if (!form || "answer" in document.body.dataset) return;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const answer = await fetch(location.href, { headers: { Authorization: `Bearer ${token}` }, credentials: "omit" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) makeOut(form, fresh);
    else form.replaceWith(...fresh.querySelectorAll("main > *"));
    button.disabled = false;
  } catch {
    // No connection: nothing can be sent anyway, and least of all in another's name.
  }
}

function makeOut(form, fresh) {
  for (const name of ["token", "submission_id"]) {
    const made = fresh.querySelector(`input[name=${name}]`);
    if (made && form.elements[name]) form.elements[name].value = made.value;
  }
  const [mine, his] = [form, fresh].map((part) => part.querySelector("[data-writer]"));
  if (mine && his) mine.replaceWith(document.importNode(his, true));
}

window.addEventListener("hashchange", tellPlace);
new ResizeObserver(tellHeight).observe(document.documentElement);

function along(address) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin || !url.pathname.startsWith("/embed/")) return null;
  for (const [name, value] of carried) if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  return url.href;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.getAttribute("href").startsWith("#")) return;
  const address = along(link.href);
  if (address) link.href = address;
  else link.target = "_blank";
});

document.addEventListener("submit", (event) => {
  const address = along(event.target.action);
  if (address) event.target.action = address;
});

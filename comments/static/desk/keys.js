// The desk's keyboard. Each key presses what a mouse would; none works while one writes, and all can be changed or switched off.

const STORED = "desk-keys";
const find = (selector) => document.querySelector(selector);
const dialog = find("#keys");
const inputs = dialog ? [...dialog.querySelectorAll("[data-default]")] : [];
const on = dialog && find("#keys [name=on]");
const press = (selector) => find(selector)?.click();
// On a phone the card is out of sight until it is opened: no key decides on what is not seen.
const isSeen = () => find("#pane")?.checkVisibility();
const inCard = (selector) => (isSeen() ? find(`#pane ${selector}`) : null);
const told = find("#told");

// While reasons are chosen: the button that ends it, and the key that began it.
let choosing = null;

const ACTIONS = {
  next: () => step(1),
  previous: () => step(-1),
  approve: () => inCard(".buttons [value=approve]")?.click(),
  reject: (key) => choose("reject", key) || choose("remove", key),
  correction: (key) => choose("request_correction", key),
  escalate: () => inCard(".buttons [value=escalate]")?.click(),
  undo: () => (undoable() ? find("#done [value=undo]") : inCard(".buttons [value=undo]"))?.click(),
  fix: () => {
    const details = inCard("details.correcting");
    if (!details) return;
    details.open = true;
    (details.querySelector("[value=approve_fixed]") ?? details.querySelector("textarea")).focus();
  },
  article: () => {
    const link = inCard("[data-action=article]");
    if (link) open(link.href, "_blank", "noopener");
  },
  history: () => {
    const details = inCard("details.log");
    if (!details) return;
    details.open = !details.open;
    details.querySelector("summary").focus();
  },
  select: () => press("#list li:has([aria-current]) [name=chosen]"),
  bulk: () => press("#list [data-action=bulk]"),
  zen: () => find(".screen")?.classList.toggle("zen"),
  search: () => find("#tools [type=search]")?.focus(),
  help: () => dialog.showModal(),
};

function step(by) {
  const links = [...document.querySelectorAll("#list .lines li > a")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  // What is open out of sight comes into sight first.
  const link = links[isSeen() ? at + by : Math.max(at, 0)] ?? (by > 0 ? find("#list a[rel=next]") : null);
  link?.click();
}

// The undo in the notice goes out of sight when its time is over.
const undoable = () => find("#done .undo") && getComputedStyle(find("#done .undo")).visibility === "visible";

function choose(decision, key) {
  const button = inCard(`.buttons [value=${decision}]`);
  if (!button) return false;
  choosing = { button, key };
  find("#pane details.reasons").open = true;
  find("#pane .card").classList.add("choosing");
  find("#pane .card").focus();
  told.textContent = told.dataset.choosing;
  return true;
}

function leave() {
  choosing = null;
  find("#pane .card")?.classList.remove("choosing");
  told.textContent = "";
}

function chosen(key) {
  const { button, key: began } = choosing;
  if (!button.checkVisibility() || key === "Escape") return leave() ?? true;
  if (key === "n") return find("#pane [name=note]").focus() ?? true;
  if (key === "Enter" || key === began) {
    leave();
    button.click();
    return true;
  }
  const label = [...document.querySelectorAll("#pane .reasons [data-key]")].find((each) => each.dataset.key === key);
  if (!label) return false;
  const box = label.querySelector("input");
  box.click();
  told.textContent = `${box.checked ? "✓" : "–"} ${label.textContent.trim()}`;
  return true;
}

const isField = (element) => element.matches("input, textarea, select, [contenteditable]");
const wantsEnter = (element) => element.matches("a, button, summary");

document.addEventListener("keydown", (event) => {
  if (event.target.matches("#pane [name=note]") && choosing && event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    chosen("Enter");
    return;
  }
  if (event.key === "Escape" && isField(event.target) && event.target.closest("#pane, #tools")) {
    find("#pane .card")?.focus();
    return;
  }
  if (!on?.checked || dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  if (isField(event.target) || find("#pane.htmx-request") || (event.key === "Enter" && wantsEnter(event.target))) return;
  if (choosing ? chosen(event.key) : act(event.key)) event.preventDefault();
});

function act(key) {
  if (key === "Enter" && !isSeen()) return step(1) ?? true;
  const input = inputs.find((each) => each.value === key);
  if (!input || key === "") return false;
  ACTIONS[input.name](key);
  return true;
}

// Keys of one's own

function recall() {
  const { off = false, keys = {} } = JSON.parse(localStorage.getItem(STORED) ?? "{}");
  on.checked = !off;
  for (const input of inputs) input.value = keys[input.name] ?? input.dataset.default;
}

function keep() {
  const keys = Object.fromEntries(inputs.filter((input) => input.value !== input.dataset.default).map((input) => [input.name, input.value]));
  localStorage.setItem(STORED, JSON.stringify({ off: !on.checked, keys }));
}

if (dialog) {
  recall();
  dialog.addEventListener("change", ({ target }) => {
    // A key does one thing: whatever else it did goes without.
    for (const other of inputs) if (other !== target && other.value === target.value) other.value = "";
    keep();
  });
  dialog.querySelector("[data-reset]").addEventListener("click", () => {
    localStorage.removeItem(STORED);
    recall();
  });
  const button = find(".keys-button");
  button.hidden = false;
  button.addEventListener("click", ACTIONS.help);
}

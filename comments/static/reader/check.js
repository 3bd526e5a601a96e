// The live check: while a text is written, the service is asked what the policy says of it. What it says is marked in the text and told
// below it, with each fix to be taken and taken back. It is advice: it never keeps anybody from sending, and is silent when it cannot ask.

const PAUSE = 600; // milliseconds after the last key
const SPEAK_EVERY = 3000; // milliseconds between two announcements
const MOST_CHIPS = 12;
const LONGEST_CHIP = 60;
const OFFENCES = ["insults", "swearing", "offensive_allusions", "attacks_on_beliefs"];

for (const panel of document.querySelectorAll("[data-live]")) watch(panel, document.getElementById(panel.dataset.live));

function watch(panel, field) {
  const find = (name) => panel.querySelector(`[data-${name}]`);
  const chips = () => [...panel.querySelectorAll(".chip")];
  const { clauses, one, many, none, advice, sentence, correct, more } = JSON.parse(document.getElementById("live-words").textContent);
  const backdrop = document.createElement("div");
  backdrop.className = "backdrop";
  backdrop.setAttribute("aria-hidden", "true");
  field.before(backdrop);

  let findings = []; // with places in `known`, in UTF-16 units
  let known = field.value;
  let taken = []; // { before, after } of each fix taken
  let composing = false;
  let asking = false;
  let silentUntil = 0;
  let timer;

  // Asking

  const later = (pause = PAUSE) => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  };

  async function ask() {
    if (composing || asking || Date.now() < silentUntil) return;
    const asked = field.value;
    if (!asked.trim()) return show([]);
    asking = true;
    try {
      const answer = await fetch(panel.dataset.check, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
        body: JSON.stringify({ text: asked }),
      });
      if (answer.ok) show(placed(await answer.json(), asked), asked);
      else silence(answer);
    } catch {
      show([]);
    } finally {
      asking = false;
      if (field.value !== asked) later();
    }
  }

  function silence(answer) {
    silentUntil = Date.now() + 1000 * (Number(answer.headers.get("Retry-After")) || 0);
    if (silentUntil > Date.now()) later(silentUntil - Date.now());
    show([]);
  }

  // Showing

  function show(found, at = field.value) {
    findings = moved(found, at, field.value);
    known = field.value;
    mark();
    list();
    speak();
  }

  function mark() {
    const pieces = [];
    let position = 0;
    for (const { start, end, clause } of [...findings].sort((a, b) => a.start - b.start)) {
      if (start < position) continue;
      const mark = document.createElement("mark");
      mark.className = OFFENCES.includes(clause) ? "offence" : clause;
      mark.textContent = known.slice(start, end);
      pieces.push(known.slice(position, start), mark);
      position = end;
    }
    backdrop.replaceChildren(...pieces, `${known.slice(position)}\n`);
    fit();
  }

  // The text of the backdrop breaks where the field's does, also beside a scroll bar.
  function fit() {
    const { borderLeftWidth, borderRightWidth, paddingRight } = getComputedStyle(field);
    const bar = field.offsetWidth - field.clientWidth - parseFloat(borderLeftWidth) - parseFloat(borderRightWidth);
    backdrop.style.paddingInlineEnd = `${parseFloat(paddingRight) + Math.max(0, bar)}px`;
    backdrop.scrollTop = field.scrollTop;
  }

  function list() {
    const focused = chips().indexOf(document.activeElement);
    const groups = new Map();
    for (const finding of findings) {
      const reason = `${finding.clause} ${finding.message}`;
      groups.set(reason, [...(groups.get(reason) ?? []), finding]);
    }
    find("objections").replaceChildren(...[...groups.values()].map(objection));
    find("count").textContent = counted(findings.length);
    find("correct-all").hidden = findings.filter(({ fix }) => fix).length < 2;
    find("undo").hidden = taken.at(-1)?.after !== field.value;
    panel.hidden = !findings.length && find("undo").hidden;
    if (focused >= 0) (chips()[Math.min(focused, chips().length - 1)] ?? next()).focus();
  }

  function objection(group) {
    const [{ clause, message, outcome }] = group;
    const item = document.createElement("li");
    const heading = element("p", "clause", clauses[clause] ?? clause);
    if (outcome === "pass") heading.append(" ", element("span", "optional", advice));
    const chips = element("ul", "findings");
    chips.append(...group.slice(0, MOST_CHIPS).map((finding) => element("li", "", chip(finding))));
    if (group.length > MOST_CHIPS) chips.append(element("li", "", more.replace("{number}", group.length - MOST_CHIPS)));
    item.append(heading, element("p", "", message), chips);
    return item;
  }

  function chip(finding) {
    const { fix, start, end } = finding;
    if (!fix) return element("span", "excerpt", finding.excerpt === null ? sentence : shortened(known.slice(start, end)));
    const button = element("button", "chip");
    const [old, fresh] = [known.slice(fix.start, fix.end), fix.replacement];
    button.type = "button";
    button.setAttribute("aria-label", `${correct}: ${shortened(old)} → ${shortened(fresh)}`);
    button.append(element("del", "", shortened(old)), " → ", element("ins", "", shortened(fresh)));
    button.addEventListener("click", () => take([finding]));
    return button;
  }

  const counted = (number) => (number === 0 ? none : (number === 1 ? one : many).replace("{number}", number));

  let told = 0;
  let toldOf = 0;
  let speaking;
  function speak() {
    clearTimeout(speaking);
    if (findings.length === toldOf) return;
    const wait = Math.max(0, told + SPEAK_EVERY - Date.now());
    speaking = setTimeout(() => {
      [told, toldOf] = [Date.now(), findings.length];
      document.getElementById("live-told").textContent = counted(toldOf);
    }, wait);
  }

  // Taking fixes, and taking them back

  function take(chosen) {
    const before = field.value;
    const fixes = chosen.map(({ fix }) => fix).filter(Boolean);
    const after = [...fixes].sort((a, b) => b.start - a.start).reduce((text, fix) => text.slice(0, fix.start) + fix.replacement + text.slice(fix.end), before);
    taken = [...taken.filter((fix) => fix.after === before), { before, after }];
    findings = findings.filter((finding) => !chosen.includes(finding)).map((finding) => behind(finding, fixes)).filter(Boolean);
    write(after, findings);
  }

  function write(text, left) {
    field.value = text;
    show(left, text);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  // What has the focus must not vanish from under it.
  const next = () => (find("undo").hidden ? field : find("undo"));

  find("correct-all").addEventListener("click", () => {
    take(findings.filter(({ fix }) => fix));
    if (find("correct-all").hidden) next().focus();
  });
  find("undo").addEventListener("click", () => {
    write(taken.pop().before, []);
    if (find("undo").hidden) field.focus();
  });

  // Listening

  field.addEventListener("input", () => {
    if (field.value !== known) show(findings, known);
    if (!composing) later();
  });
  field.addEventListener("compositionstart", () => (composing = true));
  field.addEventListener("compositionend", () => {
    composing = false;
    later();
  });
  field.addEventListener("scroll", fit);
  new ResizeObserver(fit).observe(field);
  field.addEventListener("focus", () => later(0), { once: true });
}

// The answer's findings in the field's own text: they come in code points of the text as it would be stored.
function placed({ text, findings }, typed) {
  const units = [0];
  for (const point of text) units.push(units.at(-1) + point.length);
  const lead = typed.length - typed.trimStart().length;
  const trail = typed.slice(typed.trimEnd().length);
  const inUnits = (span) => ({ ...span, start: lead + units[span.start], end: lead + units[span.end] });
  const found = findings.map((finding) => ({ ...inUnits(finding), fix: finding.fix && inUnits(finding.fix) }));
  return moved(found, typed.slice(0, lead) + text + trail, typed);
}

// The findings where they stand after the text was changed in one place; those that the change touches are gone.
function moved(findings, before, after) {
  if (before === after) return findings;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const edit = { start: head, end: before.length - tail, replacement: after.slice(head, after.length - tail) };
  return findings.map((finding) => behind(finding, [edit])).filter(Boolean);
}

// A finding as edits elsewhere in the text move it, null where one touches it.
function behind(finding, edits) {
  const span = shifted(finding, edits);
  const fix = finding.fix && shifted(finding.fix, edits);
  return span && (fix || !finding.fix) ? { ...span, fix } : null;
}

function shifted(span, edits) {
  let by = 0;
  for (const { start, end, replacement } of edits) {
    if (end < span.start || (end === span.start && start < end)) by += replacement.length - (end - start);
    else if (start <= span.end && !(start === span.end && start < end)) return null;
  }
  return { ...span, start: span.start + by, end: span.end + by };
}

const shortened = (text) => (text.length > LONGEST_CHIP ? `${text.slice(0, LONGEST_CHIP - 1)}…` : text);

function element(name, className, content = "") {
  const made = document.createElement(name);
  made.className = className;
  made.append(content);
  return made;
}

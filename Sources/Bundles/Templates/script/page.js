const licenses = JSON.parse(document.body.dataset.licenses);
const checkable = licenses.filter(({ token }) => token !== undefined);
for (const license of checkable) license.isWaiting = true;
const cardLimit = 3;
const isList = licenses.length > cardLimit;

const main = document.querySelector("main");
const summary = document.getElementById("summary");
const verdict = document.getElementById("verdict");
let lists = [];
let wanted = "";
let query = "";
let progress = { checked: 0, isDone: false, canCheck: true };

// The counts by phase, each a button that leaves only those on the page.
function showSummary() {
  const byPhase = new Map(
    ["bad", "valid", "notice", "grace", "later", "expired"].map((phase) => [phase, []]));
  for (const license of licenses) byPhase.get(termPhase(license)).push(license);
  const found = [...byPhase.keys()].filter((phase) => byPhase.get(phase).length > 0);
  const focused = document.activeElement?.dataset?.phase;
  summary.replaceChildren(...found.map((phase) => {
    const some = byPhase.get(phase);
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.phase = phase;
    button.textContent = countText(phase, some);
    if (some.every(stateColor)) button.classList.add(colors[phase]);
    button.setAttribute("aria-pressed", String(wanted === phase));
    button.addEventListener("click", () => filterBy(wanted === phase ? "" : phase));
    return button;
  }));
  if (focused) summary.querySelector(`[data-phase="${focused}"]`)?.focus();
  if (isList) showChoices(found, byPhase);
}

function showChoices(found, byPhase) {
  const choices = ["", ...found].map((phase) => {
    const text = phase ? countText(phase, byPhase.get(phase)) : phrase("allStates");
    return new Option(text, phase, false, phase === wanted);
  });
  document.getElementById("filter").replaceChildren(...choices);
}

function filterBy(phase) {
  wanted = phase;
  showSummary();
  applyFilter();
}

function isWanted(license) {
  if (wanted && termPhase(license) !== wanted) return false;
  return !query || license.searched.includes(query);
}

function applyFilter() {
  if (!isList) {
    for (const license of licenses) license.card.hidden = !isWanted(license);
    return;
  }
  const counts = lists.map(fillList);
  const isNarrowed = Boolean(wanted || query);
  const count = counts.reduce((sum, each) => sum + each, 0);
  document.getElementById("found").textContent =
    isNarrowed ? phrase("found", { count, all: licenses.length }) : "";
  const fold = main.querySelector(".fold");
  if (!fold) return;
  fold.open = isNarrowed && counts[1] > 0;
  fold.hidden = isNarrowed && counts[1] === 0;
}

function makeTools() {
  const tools = formOf("tools");
  translate(tools);
  const search = tools.querySelector("#search");
  search.value = query;
  search.addEventListener("input", () => {
    query = search.value.trim().toLowerCase();
    applyFilter();
  });
  tools.querySelector("#filter").addEventListener("change", (event) => filterBy(event.target.value));
  return tools;
}

function showLicenses() {
  const parts = [];
  if (isList) {
    for (const license of licenses) {
      license.details = undefined;
      license.card = undefined;
      license.searched =
        [license.name, license.id, license.description ?? ""].join("\n").toLowerCase();
    }
    const isOver = (license) => termPhase(license) === "expired";
    const over = licenses.filter(isOver);
    lists = [listOf(licenses.filter((license) => !isOver(license)), phrase("licenses"))];
    parts.push(makeTools(), lists[0].table);
    if (over.length > 0) {
      lists.push(listOf(over, phrase("expiredLicenses")));
      parts.push(foldOf(lists[1]));
    }
  } else {
    parts.push(...licenses.map(cardOf));
  }
  main.replaceChildren(...parts);
}

// What the signatures come to. A license that was not checked is never called genuine.
function showVerdict() {
  const count = licenses.length;
  const bad = licenses.filter(({ fault }) => fault).length;
  const { checked, isDone, canCheck } = progress;
  if (!canCheck) {
    showBadge(verdict, phrase("cannotCheck"), "soon");
  } else if (bad > 0) {
    const share = phrase("shareOfLicenses", { part: bad, count });
    showBadge(verdict, phrase("someAreBad", { share, count: bad }), "bad");
  } else if (!isDone) {
    showBadge(verdict, phrase("checking", { checked, count }), "");
  } else if (checked < count) {
    const rest = phrase("tooLong", { count: count - checked });
    showBadge(verdict, phrase("someUnchecked", { checked, count, rest }), "soon");
  } else if (count > 0) {
    showBadge(verdict, phrase("allGood", { count }), "good");
  }
}

function showProgress(some) {
  progress.checked += some.length;
  for (const license of some) {
    license.isWaiting = false;
    if (license.row) showState(license.row.cells[1].firstChild, license, true);
    if (license.card) showSignature(license.card, license);
  }
}

// A screen reader says what changes here: a few times are enough.
const patience = 2000;

async function checkAll() {
  progress.canCheck = await canVerify();
  if (progress.canCheck) {
    let last = Date.now();
    await checkSignatures(checkable, (some) => {
      showProgress(some);
      if (Date.now() - last < patience) return;
      last = Date.now();
      showVerdict();
      showSummary();
    });
  }
  for (const license of checkable) license.isWaiting = false;
  progress.isDone = true;
  for (const license of licenses) if (license.card) showSignature(license.card, license);
  showVerdict();
  showSummary();
  if (wanted) applyFilter();
  verdict.dataset.done = "";
}

function showAll() {
  const customer = document.querySelector("h1").dataset.customer;
  translate(document);
  document.title = phrase("title", { customer });
  const made = document.getElementById("made");
  made.dateTime ||= made.textContent;
  made.textContent = dayInWords(Date.parse(made.dateTime) / 1000, "UTC", "long");
  showKeys();
  showLicenses();
  showSummary();
  showVerdict();
  applyFilter();
}

function makeLanguages() {
  const select = document.getElementById("language");
  select.append(...Object.entries(languages).map(([name, texts]) => {
    const option = new Option(texts.ownName, name, false, name === language);
    option.lang = name;
    return option;
  }));
  select.addEventListener("change", () => {
    chooseLanguage(select.value);
    showAll();
  });
  document.querySelector(".language").hidden = false;
}

chooseLanguage(preferredLanguage());
makeLanguages();
showAll();
// Once the page is there to be read.
setTimeout(checkAll);

// A table of many licenses, whose rows open to the cards.

function rowOf(license, form, texts) {
  const row = form.cloneNode(true);
  const [name, state, end, actions] = row.children;
  name.firstChild.firstChild.textContent = license.name;
  showState(state.firstChild, license, true);
  end.textContent = lastDay(license);
  const [copy, , save] = actions.childNodes;
  if (license.token === undefined) {
    actions.replaceChildren();
  } else {
    copy.setAttribute("aria-label", texts.copy + license.name);
    save.setAttribute("aria-label", texts.save + license.name);
  }
  license.row = row;
  licenseOfRow.set(row, license);
  return row;
}

const licenseOfRow = new WeakMap();

function listOf(licenses, label) {
  const table = formOf("list");
  const form = formOf("row");
  translate(table);
  translate(form);
  table.setAttribute("aria-label", label);
  const texts = { copy: phrase("copy") + ": ", save: phrase("save") + ": " };
  for (const license of licenses) rowOf(license, form, texts);
  const list = { table, licenses };
  table.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.sort) sortList(list, button);
    const license = licenseOfRow.get(button?.closest("tr"));
    if (!license) return;
    if (button.dataset.do === "open") toggleRow(license, button);
    else act(button.dataset.do, license);
  });
  return list;
}

const rowsOfGroup = 100;

// Puts the rows of the licenses that are wanted into their order. They stand in groups: what is
// far from the reader's eye need not be laid out.
function fillList({ table, licenses }) {
  const shown = licenses.filter(isWanted);
  const groups = [];
  for (let start = 0; start < shown.length; start += rowsOfGroup) {
    const group = document.createElement("tbody");
    group.setAttribute("role", "rowgroup");
    for (const { row, details } of shown.slice(start, start + rowsOfGroup)) {
      group.append(row);
      const isOpen = row.firstChild.firstChild.getAttribute("aria-expanded") === "true";
      if (details && isOpen) group.append(details);
    }
    groups.push(group);
  }
  table.replaceChildren(table.tHead, ...groups);
  return shown.length;
}

// The card is made when it is first asked for.
function toggleRow(license, button) {
  const isOpen = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!isOpen));
  if (!license.details) {
    license.details = document.createElement("tr");
    license.details.className = "opened";
    license.details.setAttribute("role", "row");
    const cell = license.details.insertCell();
    cell.setAttribute("role", "cell");
    cell.colSpan = 4;
    cell.append(cardOf(license));
  }
  if (isOpen) license.details.remove();
  else license.row.after(license.details);
}

function sortKey(column) {
  const collator = new Intl.Collator(locale, { numeric: true });
  switch (column) {
    case "name": return (a, b) => collator.compare(a.name, b.name);
    case "state":
      return (a, b) => phases.indexOf(termPhase(a)) - phases.indexOf(termPhase(b))
        || endForSorting(a) - endForSorting(b);
    default: return (a, b) => endForSorting(a) - endForSorting(b);
  }
}

function endForSorting(license) {
  return license.expiresAt ?? Number.MAX_SAFE_INTEGER;
}

function sortList(list, button) {
  const header = button.closest("th");
  const isDescending = header.getAttribute("aria-sort") === "ascending";
  for (const other of list.table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
  const compare = sortKey(button.dataset.sort);
  list.licenses.sort(isDescending ? (a, b) => compare(b, a) : compare);
  fillList(list);
  button.focus();
}

// Those that have ended, which few look for.
function foldOf(list) {
  const fold = document.createElement("details");
  fold.className = "fold";
  const summary = fold.appendChild(document.createElement("summary"));
  summary.textContent = phrase("countExpired", { count: list.licenses.length });
  fold.append(list.table);
  return fold;
}

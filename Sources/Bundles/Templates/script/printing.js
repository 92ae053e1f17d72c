// On paper each license has a line of its own, and no token.

function printedList() {
  const table = document.createElement("table");
  table.className = "printed";
  function addRow(section, name, texts) {
    const row = section.insertRow();
    for (const text of texts) {
      const cell = row.appendChild(document.createElement(name));
      cell.dir = "auto";
      cell.textContent = text;
    }
    return row;
  }
  const head = addRow(table.createTHead(), "th",
    ["name", "licenseID", "term", "state"].map((name) => phrase(name)));
  for (const cell of head.cells) cell.scope = "col";
  const body = table.createTBody();
  for (const license of licenses) {
    const term = dayInWords(license.notBefore, "UTC", "short") + " – " + lastDay(license);
    addRow(body, "td", [license.name, license.id, term, stateText(license, true)]);
  }
  return table;
}

// Stays on the page, where no screen shows it: some browsers tell of the end of printing too early.
function dressForPrint() {
  document.querySelector(".printed")?.remove();
  document.querySelector("main").append(printedList());
}

addEventListener("beforeprint", dressForPrint);
matchMedia("print").addEventListener("change", (event) => {
  if (event.matches) dressForPrint();
});

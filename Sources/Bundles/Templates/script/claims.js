const rowLimit = 200;
const lengthLimit = 1000;

// The claims: numbers keep the text that they were written in, 1.50 for example.
function claimsAsTexts(token) {
  const json = textOfBase64URL(token.split(".")[1]);
  const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
  return JSON.parse(json.replace(stringOrNumber, (m) => (m[0] === '"' ? m : '"' + m + '"')));
}

// Rows of a path such as limits.nodes or hosts[0].cpus, and the values there.
function* claimRows(value, path) {
  const isObject = typeof value === "object" && value !== null;
  if (!isObject || Object.keys(value).length === 0) {
    yield [path, [isObject ? phrase("empty") : String(value)]];
  } else if (!Array.isArray(value)) {
    for (const [name, member] of Object.entries(value)) {
      yield* claimRows(member, path ? path + "." + name : name);
    }
  } else if (value.every((element) => typeof element !== "object" || element === null)) {
    yield [path, value.map(String)];
  } else {
    for (const [place, element] of value.entries()) {
      yield* claimRows(element, path + "[" + place + "]");
    }
  }
}

function showClaims(article, license) {
  const body = article.querySelector(".claims tbody");
  const registered = ["iss", "sub", "aud", "iat", "nbf", "exp"];
  if (license.graceEnds !== undefined) registered.push("license_expires");
  if (license.noticeFrom !== undefined) registered.push("license_notice");
  if (license.maintainedUntil !== undefined) registered.push("license_maintained");
  let rest = rowLimit;
  let isCut = false;
  function add(parent, name, text) {
    const element = parent.appendChild(document.createElement(name));
    element.dir = "auto";
    element.textContent = text.length > lengthLimit ? text.slice(0, lengthLimit) + "…" : text;
    isCut ||= text.length > lengthLimit;
    return element;
  }
  const own = Object.entries(claimsAsTexts(license.token))
    .filter(([name]) => !registered.includes(name));
  for (const [path, values] of own.flatMap(([name, value]) => [...claimRows(value, name)])) {
    if (rest <= 0) break;
    const row = body.insertRow();
    add(row, "th", path).scope = "row";
    const cell = row.insertCell();
    for (const value of values.slice(0, rest)) add(cell, "span", value);
    rest -= values.length;
  }
  article.querySelector(".claims").hidden = own.length === 0;
  article.querySelector(".cut").hidden = !(isCut || rest < 0);
}

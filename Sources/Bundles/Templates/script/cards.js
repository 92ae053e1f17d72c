// All that there is to know of one license.

function formOf(name) {
  return document.getElementById(name).content.cloneNode(true).firstElementChild;
}

function showBar(article, license) {
  const bar = article.querySelector(".bar");
  bar.hidden = license.expiresAt === undefined || license.expiresAt <= now;
  const term = license.expiresAt - license.notBefore;
  const share = Math.min(1, Math.max(0, (now - license.notBefore) / term));
  bar.style.setProperty("--today", (share * 100).toFixed(2) + "%");
  bar.classList.toggle("running", share > 0);
  bar.setAttribute("aria-label", phrase("share", { percent: Math.round(share * 100) }));
}

// What its term is, and which license it follows.
function showTerm(article, license) {
  const list = article.querySelector(".term");
  function add(name, texts, kind) {
    const entry = list.appendChild(document.createElement("div"));
    if (kind) entry.classList.add(kind);
    entry.appendChild(document.createElement("dt")).textContent = phrase(name);
    for (const text of texts) {
      const value = entry.appendChild(document.createElement("dd"));
      value.dir = "auto";
      value.textContent = text;
    }
  }
  add("begins", bothMoments(license.notBefore));
  if (license.expiresAt === undefined) {
    add("lastDay", [phrase("noEnd")], "end");
  } else {
    add("lastDay", bothMoments(license.expiresAt, true), "end");
  }
  if (license.graceEnds > license.expiresAt) {
    add("worksUntil", bothMoments(license.graceEnds, true), "grace");
  }
  if (license.maintainedUntil !== undefined) {
    add("versions", bothMoments(license.maintainedUntil, true), "versions");
  }
  if (license.supersedes !== undefined) {
    add("replaces", [license.supersedes, ...license.changes], "replaces");
  }
  add("licenseID", [license.id], "id");
  const wait = article.querySelector(".wait");
  wait.hidden = termPhase(license) !== "later";
  wait.textContent = phrase("doNotInstall", { day: moment(license.notBefore, "UTC") });
}

function showSignature(article, license) {
  showState(article.querySelector(".state"), license);
  article.querySelector(".state").hidden = Boolean(license.fault);
  const badge = article.querySelector(".signature");
  if (license.fault) {
    showBadge(badge, phrase("notValidSince", { fault: phrase(license.fault) }), "bad");
  } else if (license.isChecked) {
    showBadge(badge, phrase("verified"), "good");
  } else {
    showBadge(badge, phrase(license.isWaiting ? "notCheckedYet" : "notChecked"), "");
  }
}

function cardOf(license) {
  const article = formOf("license");
  translate(article, { folder: license.folder, secret: license.secret });
  for (const element of article.querySelectorAll("[data-field]")) {
    element.textContent = license[element.dataset.field] ?? "";
  }
  article.querySelector("h2").id = "name-" + license.id;
  article.setAttribute("aria-labelledby", "name-" + license.id);
  article.querySelector(".about").hidden = !license.description;
  const hasToken = license.token !== undefined;
  for (const element of article.querySelectorAll("[data-do], .text, .variable")) {
    element.hidden = !hasToken;
    if (element.dataset.do) {
      element.addEventListener("click", () => act(element.dataset.do, license));
    }
  }
  article.querySelector(".token").textContent = license.token ?? "";
  article.querySelector(".long").hidden = hasToken;
  const renewal = article.querySelector(".renewal");
  renewal.hidden = !contactAddress || license.expiresAt === undefined;
  if (contactAddress) renewal.href = renewalLink(license);
  showBar(article, license);
  showTerm(article, license);
  showSignature(article, license);
  article.querySelector(".claims").hidden = true;
  try {
    if (hasToken) showClaims(article, license);
  } catch {
    // The check of the token says what is wrong with it.
  }
  license.card = article;
  return article;
}

function act(what, license) {
  if (what === "copy") copyToken(license);
  else saveToken(license);
}

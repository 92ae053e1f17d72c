"use strict";

(async () => {
  const secondsPerDay = 86400;
  const daysThatAreSoon = 30;
  const rowLimit = 200;
  const lengthLimit = 1000;
  const now = Math.floor(Date.now() / 1000);

  function bytesOfBase64URL(text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Error("not base64url");
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  }

  function textOfBase64URL(text) {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytesOfBase64URL(text));
  }

  function show(element, text, kind) {
    element.textContent = text;
    element.classList.remove("good", "soon", "bad");
    element.classList.add(kind);
  }

  function days(seconds) {
    const count = Math.ceil(seconds / secondsPerDay);
    return count === 1 ? "1 day" : count.toLocaleString("en") + " days";
  }

  // A day, with the time where it is not midnight.
  function day(seconds) {
    const text = new Date(seconds * 1000).toISOString();
    const time = text.slice(11, 19);
    return text.slice(0, 10) + (time === "00:00:00" ? "" : " " + time + " UTC");
  }

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
      yield [path, [isObject ? "(empty)" : String(value)]];
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
    const body = article.querySelector("tbody");
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
    const own = Object.entries(claimsAsTexts(license.token)).filter(([name]) => !registered.includes(name));
    for (const [path, values] of own.flatMap(([name, value]) => [...claimRows(value, name)])) {
      if (rest <= 0) break;
      const row = body.insertRow();
      add(row, "th", path).scope = "row";
      const cell = row.insertCell();
      for (const value of values.slice(0, rest)) add(cell, "span", value);
      rest -= values.length;
    }
    article.querySelector("table").hidden = own.length === 0;
    article.querySelector(".cut").hidden = !(isCut || rest < 0);
  }

  function showTerm(article, license) {
    const state = article.querySelector(".state");
    const left = license.expiresAt - now;
    const graceLeft = (license.graceEnds ?? license.expiresAt) - now;
    const noticeFrom = license.noticeFrom ?? license.expiresAt - daysThatAreSoon * secondsPerDay;
    if (graceLeft <= 0) {
      show(state, "Expired " + days(-left) + " ago", "bad");
    } else if (left <= 0) {
      show(state, "Expired " + days(-left) + " ago, works for " + days(graceLeft) + " more", "soon");
    } else if (now < license.notBefore) {
      show(state, "Not yet valid, begins in " + days(license.notBefore - now), "soon");
    } else if (license.expiresAt === undefined) {
      show(state, "Valid, has no end", "good");
    } else if (now >= noticeFrom) {
      show(state, "Expires in " + days(left), "soon");
    } else {
      show(state, "Valid, expires in " + days(left), "good");
    }
    showRemarks(article, license);
    const bar = article.querySelector(".bar");
    bar.hidden = license.expiresAt === undefined;
    const term = license.expiresAt - license.notBefore;
    const share = Math.min(1, Math.max(0, (now - license.notBefore) / term));
    bar.style.setProperty("--today", (share * 100).toFixed(2) + "%");
    bar.classList.toggle("running", share > 0 && share < 1);
    bar.setAttribute("aria-label", Math.round(share * 100) + " % of its term have passed");
  }

  // What else there is to know of the term, and of the license that this one follows.
  function showRemarks(article, license) {
    const list = article.querySelector(".remarks");
    function add(text) {
      const item = list.appendChild(document.createElement("li"));
      item.dir = "auto";
      item.textContent = text;
    }
    if (license.graceEnds > license.expiresAt) {
      add("After its end it works until " + day(license.graceEnds) + ", so that it can be renewed.");
    }
    if (license.maintainedUntil !== undefined) {
      add("Covers versions up to " + day(license.maintainedUntil) + ".");
    }
    if (license.supersedes !== undefined) {
      add("Takes the place of the license " + license.supersedes + ".");
      for (const change of license.changes) add(change);
    }
    list.hidden = list.childElementCount === 0;
  }

  function articleOf(license) {
    const article = document.getElementById("license").content.cloneNode(true).firstElementChild;
    const fields = {
      ...license,
      label: license.folder.replace("licenses/", ""),
      notBefore: day(license.notBefore),
      expiresAt: license.expiresAt === undefined ? "" : day(license.expiresAt),
      today: day(now).slice(0, 10),
    };
    for (const element of article.querySelectorAll("[data-field]")) {
      element.textContent = fields[element.dataset.field] ?? "";
    }
    article.querySelector("h2").id = "name-" + license.id;
    article.setAttribute("aria-labelledby", "name-" + license.id);
    article.querySelector(".end").hidden = license.expiresAt === undefined;
    article.querySelector(".about").hidden = !license.description;
    const hasToken = license.token !== undefined;
    for (const element of article.querySelectorAll(".token, .copying, .variable")) {
      element.hidden = !hasToken;
    }
    article.querySelector(".long").hidden = hasToken;
    article.querySelector("table").hidden = true;
    article.querySelector(".signature").hidden = true;
    article.querySelector("button").addEventListener("click", () => copy(article));
    showTerm(article, license);
    try {
      if (hasToken) showClaims(article, license);
    } catch {
      // The verdict on the token says what is wrong with it.
    }
    return article;
  }

  async function copy(article) {
    const token = article.querySelector(".token");
    const answer = article.querySelector(".copied");
    try {
      await navigator.clipboard.writeText(token.textContent);
      answer.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(token);
      answer.textContent = document.execCommand("copy")
        ? "Copied." : "It is selected: copy it with the keyboard.";
    }
  }

  // The signatures

  async function canVerify() {
    try {
      await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
      return true;
    } catch {
      return false;
    }
  }

  async function importedKeys() {
    const keys = new Map();
    for (const jwk of JSON.parse(document.body.dataset.keys).keys) {
      const bytes = bytesOfBase64URL(jwk.x);
      const algorithm = { name: "Ed25519" };
      keys.set(jwk.kid, await crypto.subtle.importKey("raw", bytes, algorithm, false, ["verify"]));
    }
    return keys;
  }

  // Says what is wrong with the token, or nothing.
  async function fault(license, keys) {
    try {
      const parts = license.token.split(".");
      if (parts.length !== 3) return "it is not a token";
      const header = JSON.parse(textOfBase64URL(parts[0]));
      const key = keys.get(header.kid);
      if (header.alg !== "EdDSA" || !key) return "no key of this bundle has signed it";
      const signed = new TextEncoder().encode(parts[0] + "." + parts[1]);
      const signature = bytesOfBase64URL(parts[2]);
      const isGood = await crypto.subtle.verify({ name: "Ed25519" }, key, signature, signed);
      if (!isGood) return "the signature is wrong";
      const claims = JSON.parse(textOfBase64URL(parts[1]));
      const isShown = claims.sub === license.id && claims.nbf === license.notBefore
        && claims.exp === (license.graceEnds ?? license.expiresAt)
        && (license.graceEnds === undefined || claims.license_expires === license.expiresAt)
        && (license.noticeFrom === undefined || claims.license_notice === license.noticeFrom)
        && (license.maintainedUntil === undefined
          || claims.license_maintained === license.maintainedUntil);
      return isShown ? "" : "it belongs to another license";
    } catch {
      return "it is damaged";
    }
  }

  async function verify(shown) {
    const verdict = document.getElementById("verdict");
    if (!(await canVerify())) {
      show(verdict, "This browser cannot check Ed25519 signatures. README.txt says how to check "
        + "this bundle without it.", "soon");
      return;
    }
    const keys = await importedKeys().catch(() => new Map());
    let faults = 0;
    for (const { license, article } of shown) {
      const what = await fault(license, keys);
      const badge = article.querySelector(".signature");
      badge.hidden = false;
      if (what) {
        faults += 1;
        show(badge, "Not valid: " + what, "bad");
        article.querySelector(".state").hidden = true;
      } else {
        show(badge, "Signature verified", "good");
      }
    }
    if (faults > 0) {
      show(verdict, faults + " of " + shown.length + " licenses shown here are not valid. Do not "
        + "use them, and tell your vendor.", "bad");
    } else {
      const which = shown.length === 1 ? "The signature of the license"
        : "The signatures of all " + shown.length.toLocaleString("en") + " licenses";
      show(verdict, which + " shown here verified, with the key named below.", "good");
    }
  }

  const shown = JSON.parse(document.body.dataset.licenses)
    .map((license) => ({ license, article: articleOf(license) }));
  document.querySelector("main").append(...shown.map(({ article }) => article));
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await verify(shown.filter(({ license }) => license.token !== undefined));
})();

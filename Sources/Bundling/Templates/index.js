"use strict";

(async () => {
  const secondsPerDay = 86400;
  const daysThatAreSoon = 30;
  const articles = Array.from(document.querySelectorAll("article"));

  function bytesOfBase64URL(text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Error("not base64url");
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  }

  function jsonOfBase64URL(text) {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    return JSON.parse(decoder.decode(bytesOfBase64URL(text)));
  }

  function show(element, text, kind) {
    element.textContent = text;
    element.classList.remove("good", "soon", "bad");
    if (kind) element.classList.add(kind);
    element.hidden = false;
  }

  function days(seconds) {
    const count = Math.ceil(seconds / secondsPerDay);
    return count === 1 ? "1 day" : count.toLocaleString("en") + " days";
  }

  // The term

  function showTerm(article, now) {
    const begin = Number(article.dataset.notBefore);
    const end = Number(article.dataset.expiresAt);
    const state = article.querySelector(".state");
    const left = end - now;
    if (left <= 0) {
      show(state, "Expired " + days(-left) + " ago", "bad");
    } else if (now < begin) {
      show(state, "Not yet valid, begins in " + days(begin - now), "soon");
    } else if (left <= daysThatAreSoon * secondsPerDay) {
      show(state, "Expires in " + days(left), "soon");
    } else {
      show(state, "Valid, expires in " + days(left), "good");
    }
    const share = Math.min(1, Math.max(0, (now - begin) / (end - begin)));
    const bar = article.querySelector(".bar");
    bar.style.setProperty("--today", (share * 100).toFixed(2) + "%");
    bar.classList.toggle("running", share > 0 && share < 1);
    bar.setAttribute("aria-label", Math.round(share * 100) + " % of its term have passed");
    bar.hidden = false;
    const today = new Date(now * 1000).toISOString().slice(0, 10);
    show(article.querySelector(".today"), "today " + today);
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
  async function fault(article, keys) {
    try {
      const parts = article.querySelector(".token").textContent.split(".");
      if (parts.length !== 3) return "it is not a token";
      const header = jsonOfBase64URL(parts[0]);
      const key = keys.get(header.kid);
      if (header.alg !== "EdDSA" || !key) return "no key of this bundle has signed it";
      const signed = new TextEncoder().encode(parts[0] + "." + parts[1]);
      const signature = bytesOfBase64URL(parts[2]);
      const isGood = await crypto.subtle.verify({ name: "Ed25519" }, key, signature, signed);
      if (!isGood) return "the signature is wrong";
      const claims = jsonOfBase64URL(parts[1]);
      const isShown = claims.sub === article.dataset.id
        && claims.nbf === Number(article.dataset.notBefore)
        && claims.exp === Number(article.dataset.expiresAt);
      return isShown ? "" : "it belongs to another license";
    } catch {
      return "it is damaged";
    }
  }

  async function verifyAll() {
    const verdict = document.getElementById("verdict");
    if (!(await canVerify())) {
      show(verdict, "This browser cannot check Ed25519 signatures. README.txt says how to check "
        + "this bundle without it.", "soon");
      return;
    }
    const keys = await importedKeys().catch(() => new Map());
    let checked = 0;
    let faults = 0;
    for (const article of articles) {
      if (!article.querySelector(".token")) continue;
      const what = await fault(article, keys);
      const badge = article.querySelector(".signature");
      checked += 1;
      if (what) {
        faults += 1;
        show(badge, "Not valid: " + what, "bad");
        article.querySelector(".state").hidden = true;
      } else {
        show(badge, "Signature verified", "good");
      }
    }
    if (faults > 0) {
      show(verdict, faults + " of " + checked + " licenses shown here are not valid. Do not use "
        + "them, and tell your vendor.", "bad");
    } else {
      const which = checked === 1 ? "The signature of the license"
        : "The signatures of all " + checked.toLocaleString("en") + " licenses";
      show(verdict, which + " shown here verified, with the key named below.", "good");
    }
  }

  // Copying

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

  const now = Math.floor(Date.now() / 1000);
  for (const article of articles) {
    showTerm(article, now);
    const button = article.querySelector(".copy");
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => copy(article));
  }
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await verifyAll();
})();

function bytesOfBase64URL(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Error("not base64url");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function textOfBase64URL(text) {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytesOfBase64URL(text));
}

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

// Names the text that says what is wrong with the token, or gives nothing.
async function tokenFault(license, keys) {
  try {
    const parts = license.token.split(".");
    if (parts.length !== 3) return "faultForm";
    const header = JSON.parse(textOfBase64URL(parts[0]));
    const key = keys.get(header.kid);
    if (header.alg !== "EdDSA" || !key) return "faultKey";
    const signed = new TextEncoder().encode(parts[0] + "." + parts[1]);
    const signature = bytesOfBase64URL(parts[2]);
    const isGood = await crypto.subtle.verify({ name: "Ed25519" }, key, signature, signed);
    if (!isGood) return "faultSignature";
    const claims = JSON.parse(textOfBase64URL(parts[1]));
    const isShown = claims.sub === license.id && claims.nbf === license.notBefore
      && claims.exp === endOfGrace(license)
      && (license.graceEnds === undefined || claims.license_expires === license.expiresAt)
      && (license.noticeFrom === undefined || claims.license_notice === license.noticeFrom)
      && (license.maintainedUntil === undefined
        || claims.license_maintained === license.maintainedUntil);
    return isShown ? "" : "faultOther";
  } catch {
    return "faultDamaged";
  }
}

const portion = 250;

// Checks the licenses portion by portion, so that the page can be read meanwhile.
async function checkSignatures(licenses, afterEach) {
  const keys = await importedKeys().catch(() => new Map());
  for (let start = 0; start < licenses.length; start += portion) {
    const some = licenses.slice(start, start + portion);
    await Promise.all(some.map(async (license) => {
      license.fault = await tokenFault(license, keys);
      license.isChecked = true;
    }));
    afterEach(some);
    await new Promise((done) => setTimeout(done));
  }
}

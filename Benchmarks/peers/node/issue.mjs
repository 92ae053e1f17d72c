// What `coldmint run` does, as one would write it in Node with jose and sqlite3.
//
//     issue.mjs FOLDER
//
// FOLDER has inbox/, outbox/ and key.pem. Prints how many licenses were issued.
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { SignJWT, calculateJwkThumbprint, exportJWK, jwtVerify } from "jose";

const sqlite3 = createRequire(import.meta.url)("sqlite3");

const issuer = "https://licenses.example.com";
const reserved = ["exp", "nbf", "iss", "sub", "aud", "iat"];
const members = new Set(["name", "customer", "description", "notBefore", "expiresAt", "payload",
  "action", "requestId"]);
const dropsAtATime = 256;
const requestsAtATime = 1000;
const schema = `
  CREATE TABLE IF NOT EXISTS run (number INTEGER PRIMARY KEY, started_at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS drop_file (
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL, name TEXT NOT NULL, sha256 BLOB NOT NULL UNIQUE,
    receipt TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS license (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
    customer TEXT NOT NULL, description TEXT, not_before INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, run INTEGER NOT NULL, drop_file INTEGER NOT NULL,
    token TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS license_customer ON license (customer, number);
  CREATE INDEX IF NOT EXISTS license_end ON license (expires_at);
  CREATE INDEX IF NOT EXISTS license_run ON license (run, customer);
  CREATE TABLE IF NOT EXISTS bundle (
    run INTEGER, customer TEXT, sha256 BLOB NOT NULL, PRIMARY KEY (run, customer));
  PRAGMA journal_mode = TRUNCATE;
  PRAGMA synchronous = EXTRA;`;

const folder = process.argv[2];
const inbox = path.join(folder, "inbox");
const accepted = path.join(inbox, "accepted");
const now = Math.floor(Date.now() / 1000);
const key = createPrivateKey(fs.readFileSync(path.join(folder, "key.pem")));
const publicKey = createPublicKey(key);
const jwk = await exportJWK(publicKey);
const kid = await calculateJwkThumbprint(jwk);

// The database answers by callback.
const database = new sqlite3.Database(path.join(folder, "ledger.sqlite"));
const promised = (method, ...values) => new Promise((done, fail) => {
  database[method](...values, function (error, rows) {
    if (error) fail(error); else done(rows ?? this);
  });
});
const execute = (sql) => new Promise((done, fail) =>
  database.exec(sql, (error) => (error ? fail(error) : done())));
const run = (sql, ...values) => promised("run", sql, values);
const all = (sql, ...values) => promised("all", sql, values);

const sha256 = (data) => createHash("sha256").update(data).digest();

function newId() {
  const bytes = Buffer.concat([Buffer.alloc(6), randomBytes(10)]);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function checked(request) {
  const { name, customer, payload } = request;
  const isName = typeof name === "string" && name.length >= 1 && name.length <= 200
    && name.trim() === name && !/\p{Cc}/u.test(name);
  if (!isName || Object.keys(request).some((member) => !members.has(member))) {
    throw new Error("not a request");
  }
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(customer)) throw new Error("customer");
  if (typeof payload !== "object" || payload === null || reserved.some((it) => it in payload)) {
    throw new Error("payload");
  }
  const today = Math.floor(now / 86400) * 86400;
  const begin = request.notBefore ? Date.parse(request.notBefore) / 1000 : today;
  const end = request.expiresAt ? Date.parse(request.expiresAt) / 1000 : today + 365 * 86400;
  if (!(end > begin && end > now)) throw new Error("dates");
  return { id: newId(), name, customer, description: request.description, begin, end, payload };
}

async function verify(token) {
  await jwtVerify(token, publicKey, {
    issuer, audience: "license-key", algorithms: ["EdDSA"], clockTolerance: "100 years",
  });
}

async function signed(request) {
  const license = checked(request);
  const claims = { iss: issuer, sub: license.id, aud: ["license-key"], iat: now,
    nbf: license.begin, exp: license.end, ...license.payload };
  license.token = await new SignJWT(claims)
    .setProtectedHeader({ alg: "EdDSA", kid, typ: "JWT" }).sign(key);
  await verify(license.token);
  return license;
}

async function recordDrop(name, number, insert) {
  const text = fs.readFileSync(path.join(inbox, name));
  const parsed = JSON.parse(text);
  const requests = Array.isArray(parsed) ? parsed : [parsed];
  const digest = sha256(text);
  const drop = (await run("INSERT INTO drop_file (run, name, sha256, receipt) VALUES (?, ?, ?, '')",
    number, name, digest)).lastID;
  const results = [];
  for (let start = 0; start < requests.length; start += requestsAtATime) {
    const licenses = await Promise.all(requests.slice(start, start + requestsAtATime).map(signed));
    for (const it of licenses) {
      insert.run(it.id, it.name, it.customer, it.description, it.begin, it.end, number, drop,
        it.token);
      results.push({ action: "create", license: it.id, name: it.name, customer: it.customer,
        bundle: `${it.customer}/${bundleName(it.customer, number)}.tar` });
    }
  }
  const receipt = { outcome: "accepted", file: name, sha256: digest.toString("hex"), run: number,
    results };
  await run("UPDATE drop_file SET receipt = ? WHERE id = ?", JSON.stringify(receipt, null, 2), drop);
}

async function record(names, number) {
  await execute("BEGIN IMMEDIATE");
  const insert = database.prepare(`INSERT INTO license (id, name, customer, description,
    not_before, expires_at, run, drop_file, token) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  for (const name of names) await recordDrop(name, number, insert);
  await new Promise((done) => insert.finalize(done));
  await execute("COMMIT");
}

const bundleName = (customer, number) => `${customer}-${String(number).padStart(6, "0")}`;

async function bundleFiles(customer, number) {
  const name = bundleName(customer, number);
  const rows = await all(`SELECT id, name, description, not_before, expires_at, token FROM license
    WHERE run = ? AND customer = ? ORDER BY number`, number, customer);
  const files = new Map();
  const entries = [];
  for (const row of rows) {
    const slug = row.name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    const label = `${slug.slice(0, 40)}-${row.id.slice(-12)}`;
    const place = `licenses/${label}`;
    files.set(`${place}/license.jwt`, row.token);
    files.set(`${place}/license.env`, `LICENSE_KEY=${row.token}\n`);
    files.set(`${place}/helm-values.yaml`, `licenseKey: "${row.token}"\n`);
    files.set(`${place}/kubernetes-secret.yaml`, "apiVersion: v1\nkind: Secret\nmetadata:\n"
      + `  name: license-${label}\ntype: Opaque\ndata:\n`
      + `  LICENSE_KEY: ${Buffer.from(row.token).toString("base64")}\n`);
    entries.push({ id: row.id, name: row.name, description: row.description ?? undefined,
      notBefore: row.not_before, expiresAt: row.expires_at, path: `${place}/license.jwt` });
  }
  const shown = entries.slice(0, 1000).map((entry, place) => ({ ...entry, token: rows[place].token }));
  files.set("README.txt", `License keys for ${customer}\n`);
  files.set("index.html", "<!DOCTYPE html><title>License keys</title><pre>"
    + JSON.stringify(shown).replaceAll("<", "&lt;") + "</pre>");
  files.set("public-key.pem", publicKey.export({ type: "spki", format: "pem" }));
  files.set("jwks.json", JSON.stringify({ keys: [{ ...jwk, kid, alg: "EdDSA" }] }, null, 2));
  files.set("manifest.json",
    JSON.stringify({ bundle: name, customer, issuer, licenses: entries }, null, 2));
  const sorted = new Map([...files].map(([at, text]) => [at, Buffer.from(text)])
    .sort(([a], [b]) => (a < b ? -1 : 1)));
  const lines = [...sorted].map(([at, content]) => `${sha256(content).toString("hex")}  ${at}\n`);
  const sums = Buffer.from(`# bundle ${name}\n${lines.join("")}`);
  sorted.set("SHA256SUMS", sums);
  sorted.set("SHA256SUMS.sig", sign(null, sums, key));
  return { name, files: sorted };
}

function tarHeader(name, size) {
  const header = Buffer.alloc(512);
  const fields = [[name, 0], ["0000644\0", 100], ["0000000\0", 108], ["0000000\0", 116],
    [size.toString(8).padStart(11, "0") + "\0", 124], [now.toString(8) + "\0", 136],
    ["        0", 148], ["ustar\0" + "00", 257]];
  for (const [text, place] of fields) header.write(text, place);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(sum.toString(8).padStart(6, "0") + "\0 ", 148);
  return header;
}

function tar(name, files) {
  const pieces = [];
  for (const [at, content] of files) {
    pieces.push(tarHeader(`${name}/${at}`, content.length), content,
      Buffer.alloc((512 - (content.length % 512)) % 512));
  }
  return Buffer.concat([...pieces, Buffer.alloc(1024)]);
}

// Every file must be as it was to be, and every token valid.
async function check(place, name, files) {
  const content = fs.readFileSync(place);
  let count = 0;
  for (let at = 0; content[at] !== 0;) {
    const title = content.toString("utf8", at, content.indexOf(0, at)).slice(name.length + 1);
    const size = parseInt(content.toString("latin1", at + 124, at + 135), 8);
    const data = content.subarray(at + 512, at + 512 + size);
    if (!sha256(data).equals(sha256(files.get(title)))) throw new Error(title);
    if (title.endsWith("license.jwt")) await verify(data.toString());
    at += 512 + Math.ceil(size / 512) * 512;
    count += 1;
  }
  if (count !== files.size) throw new Error("files are missing");
  return sha256(content);
}

function sync(place) {
  const descriptor = fs.openSync(place, "r");
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
}

async function publish(customer, number) {
  const { name, files } = await bundleFiles(customer, number);
  const place = path.join(folder, "outbox", customer);
  const draft = path.join(place, `.${name}.tar.part`);
  fs.mkdirSync(place, { recursive: true });
  fs.writeFileSync(draft, tar(name, files));
  const digest = await check(draft, name, files);
  sync(draft);
  fs.renameSync(draft, path.join(place, `${name}.tar`));
  sync(place);
  return digest;
}

function settle(drops) {
  fs.mkdirSync(accepted, { recursive: true });
  for (const { name, receipt } of drops) {
    const draft = path.join(accepted, `.${name}.receipt.json.part`);
    const descriptor = fs.openSync(draft, "w");
    fs.writeSync(descriptor, receipt);
    fs.fsyncSync(descriptor);
    fs.closeSync(descriptor);
    fs.renameSync(draft, path.join(accepted, `${name}.receipt.json`));
    fs.renameSync(path.join(inbox, name), path.join(accepted, name));
  }
  sync(accepted);
  sync(inbox);
}

await execute(schema);
const number = (await run("INSERT INTO run (started_at) VALUES (?)", now)).lastID;
const names = fs.readdirSync(inbox).filter((name) => name.endsWith(".json")).sort();
for (let start = 0; start < names.length; start += dropsAtATime) {
  await record(names.slice(start, start + dropsAtATime), number);
}
const customers = await all(
  "SELECT DISTINCT customer FROM license WHERE run = ? ORDER BY customer", number);
const digests = [];
for (const { customer } of customers) digests.push([customer, await publish(customer, number)]);
await execute("BEGIN");
for (const [customer, digest] of digests) {
  await run("INSERT INTO bundle VALUES (?, ?, ?)", number, customer, digest);
}
await execute("COMMIT");
settle(await all("SELECT name, receipt FROM drop_file WHERE run = ?", number));
const [{ count }] = await all("SELECT count(*) AS count FROM license WHERE run = ?", number);
console.log(count);

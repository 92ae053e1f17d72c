"""What `coldmint run` does, as one would write it in Python with PyJWT, sqlite3 and tarfile.

    issue.py FOLDER

FOLDER has inbox/, outbox/ and key.pem. Prints how many licenses were issued.
"""

import base64
import hashlib
import io
import json
import os
import re
import sqlite3
import sys
import tarfile
import time
import uuid
from datetime import datetime, timezone
from pathlib import Path

import jwt
from cryptography.hazmat.primitives import serialization

ISSUER = "https://licenses.example.com"
RESERVED = {"exp", "nbf", "iss", "sub", "aud", "iat"}
MEMBERS = {"name", "customer", "description", "notBefore", "expiresAt", "payload", "action",
           "requestId"}
DROPS_AT_A_TIME = 256
SCHEMA = """
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
"""


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def new_id(now):
    """A UUID of version 7, which this Python's library cannot make yet."""
    value = int(now * 1000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 7 << 76
    return str(uuid.UUID(int=value & ~(3 << 62) | 2 << 62))


def seconds(text):
    if len(text) == 10:
        text += "T00:00:00+00:00"
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def checked(request, now):
    """The license that a request asks for; ValueError where it cannot be had."""
    if not isinstance(request, dict) or set(request) - MEMBERS:
        raise ValueError("not a request")
    name, customer, payload = request["name"], request["customer"], request["payload"]
    if not 1 <= len(name) <= 200 or name != name.strip() or not name.isprintable():
        raise ValueError("name")
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", customer):
        raise ValueError("customer")
    if not isinstance(payload, dict) or RESERVED & set(payload):
        raise ValueError("payload")
    today = int(now) // 86400 * 86400
    begin = seconds(request["notBefore"]) if "notBefore" in request else today
    end = seconds(request["expiresAt"]) if "expiresAt" in request else today + 365 * 86400
    if end <= begin or end <= now:
        raise ValueError("dates")
    return name, customer, request.get("description"), begin, end, payload


class Issuer:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.now = time.time()
        self.key = serialization.load_pem_private_key(
            (self.folder / "key.pem").read_bytes(), None)
        self.public = self.key.public_key()
        raw = self.public.public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        required = json.dumps(
            {"crv": "Ed25519", "kty": "OKP", "x": base64url(raw)}, separators=(",", ":"))
        self.kid = base64url(hashlib.sha256(required.encode()).digest())
        self.jwks = {"keys": [{**json.loads(required), "kid": self.kid, "alg": "EdDSA"}]}
        self.pem = self.public.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        self.ledger = sqlite3.connect(self.folder / "ledger.sqlite", isolation_level=None)
        self.ledger.execute("PRAGMA journal_mode = TRUNCATE")
        self.ledger.execute("PRAGMA synchronous = EXTRA")
        self.ledger.executescript(SCHEMA)

    def verify(self, token):
        jwt.decode(token, self.public, algorithms=["EdDSA"], audience="license-key",
                   issuer=ISSUER, options={"verify_nbf": False})

    def issue(self, request, run, drop):
        name, customer, description, begin, end, payload = checked(request, self.now)
        number = new_id(self.now)
        claims = {"iss": ISSUER, "sub": number, "aud": ["license-key"], "iat": int(self.now),
                  "nbf": begin, "exp": end, **payload}
        token = jwt.encode(claims, self.key, "EdDSA", headers={"kid": self.kid})
        self.verify(token)
        self.ledger.execute(
            "INSERT INTO license (id, name, customer, description, not_before, expires_at, run,"
            " drop_file, token) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, name, customer, description, begin, end, run, drop, token))
        return {"action": "create", "license": number, "name": name, "customer": customer,
                "bundle": f"{customer}/{customer}-{run:06}.tar"}

    def record(self, drops, run):
        self.ledger.execute("BEGIN IMMEDIATE")
        for path in drops:
            text = path.read_bytes()
            requests = json.loads(text)
            digest = hashlib.sha256(text)
            drop = self.ledger.execute(
                "INSERT INTO drop_file (run, name, sha256, receipt) VALUES (?, ?, ?, '')",
                (run, path.name, digest.digest())).lastrowid
            results = [self.issue(request, run, drop)
                       for request in (requests if isinstance(requests, list) else [requests])]
            receipt = {"outcome": "accepted", "file": path.name, "sha256": digest.hexdigest(),
                       "run": run, "results": results}
            self.ledger.execute("UPDATE drop_file SET receipt = ? WHERE id = ?",
                                (json.dumps(receipt, indent=2), drop))
        self.ledger.execute("COMMIT")

    def files(self, customer, run):
        """Every file of a bundle by its path, and the tokens."""
        name = f"{customer}-{run:06}"
        rows = self.ledger.execute(
            "SELECT id, name, description, not_before, expires_at, token FROM license"
            " WHERE run = ? AND customer = ? ORDER BY number", (run, customer)).fetchall()
        files, entries = {}, []
        for number, title, description, begin, end, token in rows:
            slug = re.sub("[^a-z0-9]+", "-", title.lower()).strip("-")[:40]
            folder = f"licenses/{slug}-{number[-12:]}"
            secret = base64.b64encode(token.encode()).decode()
            files[f"{folder}/license.jwt"] = token
            files[f"{folder}/license.env"] = f"LICENSE_KEY={token}\n"
            files[f"{folder}/helm-values.yaml"] = f'licenseKey: "{token}"\n'
            files[f"{folder}/kubernetes-secret.yaml"] = (
                f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: license-{slug}-{number[-12:]}\n"
                f"type: Opaque\ndata:\n  LICENSE_KEY: {secret}\n")
            entries.append({"id": number, "name": title, "description": description,
                            "notBefore": begin, "expiresAt": end,
                            "path": f"{folder}/license.jwt"})
        files["README.txt"] = f"License keys for {customer}\n"
        files["index.html"] = "<!DOCTYPE html><title>License keys</title><pre>" + json.dumps(
            [{**entry, "token": row[5]} for entry, row in zip(entries[:1000], rows)]
        ).replace("<", "&lt;") + "</pre>"
        files["public-key.pem"] = self.pem.decode()
        files["jwks.json"] = json.dumps(self.jwks, indent=2)
        files["manifest.json"] = json.dumps(
            {"bundle": name, "customer": customer, "issuer": ISSUER, "licenses": entries},
            indent=2)
        files = {path: text.encode() for path, text in files.items()}
        sums = f"# bundle {name}\n" + "".join(
            f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
        files["SHA256SUMS"] = sums.encode()
        files["SHA256SUMS.sig"] = self.key.sign(sums.encode())
        return name, files

    def check(self, path, name, files):
        """Reads a bundle back; every file must be as it was to be, and every token valid."""
        sums = dict(reversed(line.split("  ", 1)) for line in
                    files["SHA256SUMS"].decode().splitlines()[1:])
        with tarfile.open(path) as archive:
            for entry in archive:
                content = archive.extractfile(entry).read()
                inside = entry.name.removeprefix(f"{name}/")
                if inside in sums and hashlib.sha256(content).hexdigest() != sums.pop(inside):
                    raise ValueError(f"{path}: {entry.name}")
                if inside.endswith("license.jwt"):
                    self.verify(content.decode())
        if sums:
            raise ValueError(f"{path}: files are missing")

    def publish(self, customer, run):
        name, files = self.files(customer, run)
        place = self.folder / "outbox" / customer
        place.mkdir(exist_ok=True)
        draft = place / f".{name}.tar.part"
        with draft.open("wb") as output:
            with tarfile.open(fileobj=output, mode="w", format=tarfile.USTAR_FORMAT) as archive:
                for path in sorted(files):
                    entry = tarfile.TarInfo(f"{name}/{path}")
                    entry.size, entry.mtime = len(files[path]), int(self.now)
                    archive.addfile(entry, io.BytesIO(files[path]))
            output.flush()
            self.check(draft, name, files)
            os.fsync(output.fileno())
        digest = hashlib.sha256(draft.read_bytes()).digest()
        draft.rename(place / f"{name}.tar")
        sync(place)
        self.ledger.execute("INSERT INTO bundle VALUES (?, ?, ?)", (run, customer, digest))

    def settle(self, run):
        accepted = self.folder / "inbox" / "accepted"
        accepted.mkdir(exist_ok=True)
        for name, receipt in self.ledger.execute(
                "SELECT name, receipt FROM drop_file WHERE run = ?", (run,)):
            draft = accepted / f".{name}.receipt.json.part"
            with draft.open("w") as output:
                output.write(receipt)
                output.flush()
                os.fsync(output.fileno())
            draft.rename(accepted / f"{name}.receipt.json")
            (self.folder / "inbox" / name).rename(accepted / name)
        sync(accepted)
        sync(self.folder / "inbox")

    def run(self):
        run = self.ledger.execute(
            "INSERT INTO run (started_at) VALUES (?)", (int(self.now),)).lastrowid
        drops = sorted((self.folder / "inbox").glob("*.json"))
        for start in range(0, len(drops), DROPS_AT_A_TIME):
            self.record(drops[start:start + DROPS_AT_A_TIME], run)
        customers = self.ledger.execute(
            "SELECT DISTINCT customer FROM license WHERE run = ? ORDER BY customer", (run,))
        self.ledger.execute("BEGIN")
        for (customer,) in customers.fetchall():
            self.publish(customer, run)
        self.ledger.execute("COMMIT")
        self.settle(run)
        return self.ledger.execute(
            "SELECT count(*) FROM license WHERE run = ?", (run,)).fetchone()[0]


def sync(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


print(Issuer(sys.argv[1]).run())

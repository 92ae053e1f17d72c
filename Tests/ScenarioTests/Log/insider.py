"""What somebody can do who may write to the station's ledger, and perhaps has its key as well.

Written against the formats alone: nothing of the product is used.
"""

import base64
import glob
import hashlib
import json
import os
import sqlite3
import subprocess
import tempfile


def sha256(data):
    return hashlib.sha256(data).digest()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def leaf_hash(text):
    return sha256(b"\0" + text.encode())


def root(leaves):
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\1" + root(leaves[:split]) + root(leaves[split:]))


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


def public_key(file):
    return openssl("pkey", "-in", file, "-pubout", "-outform", "DER")[-32:]


def sign(file, message):
    with tempfile.NamedTemporaryFile() as text:
        text.write(message)
        text.flush()
        return openssl("pkeyutl", "-sign", "-inkey", file, "-rawin", "-in", text.name)


def signature_line(name, kind, key, prefix, message):
    """A line of a signed note; `kind` is 1 for a log and 4 for a witness."""
    identity = name.encode() + b"\n" + bytes([kind]) + public_key(key)
    value = sha256(identity)[:4] + prefix + sign(key, message)
    return f"\u2014 {name} {base64.b64encode(value).decode()}\n"


def cosignature(name, key, text, time):
    message = f"cosignature/v1\ntime {time}\n{text}".encode()
    return signature_line(name, 4, key, time.to_bytes(8, "big"), message)


def verifier(name, key):
    identity = name.encode() + b"\n\4" + public_key(key)
    value = base64.b64encode(b"\4" + public_key(key)).decode()
    return f"{name}+{sha256(identity)[:4].hex()}+{value}"


def token(key, kid, claims):
    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    header = part(compact({"alg": "EdDSA", "kid": kid, "typ": "JWT"}).encode())
    signed = header + b"." + part(compact(claims).encode())
    return (signed + b"." + part(sign(key, signed))).decode()


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Ledger:
    """The ledger without its triggers, which come back at the end."""

    def __enter__(self):
        self.database = sqlite3.connect("station/ledger.sqlite", isolation_level=None)
        find = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        self.triggers = self.database.execute(find).fetchall()
        for name, _ in self.triggers:
            self.database.execute(f"DROP TRIGGER {name}")
        return self

    def __exit__(self, kind, *_):
        for _, text in self.triggers:
            self.database.execute(text)
        self.database.close()

    def sql(self, text, *values):
        """Must change something."""
        before = self.database.total_changes
        self.database.execute(text, values)
        assert self.database.total_changes > before, text

    def rows(self, text, *values):
        return self.database.execute(text, values).fetchall()

    def one(self, text, *values):
        return self.rows(text, *values)[0][0]

    @property
    def kid(self):
        return self.one("SELECT kid FROM key WHERE state = 'active'")

    @property
    def key(self):
        return f"station/keys/ed25519-{self.kid}.key"

    # The log

    @property
    def entries(self):
        return [text for (text,) in self.rows("SELECT text FROM log_entry ORDER BY number")]

    def write_entries(self, entries):
        """Replaces the entries, and the tiles, of which there is but one in so small a log."""
        self.database.execute("DELETE FROM log_entry")
        self.database.execute("DELETE FROM log_tile")
        self.database.execute("DELETE FROM bundle_entry")
        for number, text in enumerate(entries):
            self.database.execute("INSERT INTO log_entry VALUES (?, ?)", (number, text))
            entry = json.loads(text)
            if entry["type"] == "bundle":
                customer = entry["bundle"].rpartition("-")[0]
                self.database.execute(
                    "INSERT INTO bundle_entry VALUES (?, ?, ?)", (entry["run"], customer, number))
        hashes = b"".join(map(leaf_hash, entries))
        self.database.execute("INSERT INTO log_tile VALUES (0, 0, ?)", (hashes,))

    def write_heads(self, key):
        """Signs the heads of the runs anew, the newest for the outbox as well."""
        entries = self.entries
        origin = self.one("SELECT origin FROM log_origin")
        ends = {json.loads(text).get("run"): number + 1 for number, text in enumerate(entries)}
        runs = [run for (run,) in self.rows("SELECT run FROM log_head ORDER BY size") if run]
        self.database.execute("DELETE FROM log_cosignature")
        self.database.execute("DELETE FROM log_head")
        for run in runs:
            if run not in ends:
                continue
            size = ends[run]
            top = base64.b64encode(root([leaf_hash(text) for text in entries[:size]])).decode()
            text = f"{origin}\n{size}\n{top}\n"
            note = text + "\n" + signature_line(origin, 1, key, b"", text.encode())
            self.database.execute(
                "INSERT INTO log_head (size, run, note) VALUES (?, ?, ?)",
                (size, run, note.encode()))
        with open("outbox/checkpoint", "w") as file:
            file.write(note)

    def changes(self, drop):
        """The digest of what a drop has changed."""
        licenses, events = b"", b""
        for row in self.rows(
            "SELECT number, id, name, customer, description, issued_at, not_before, expires_at, kid,"
            " token FROM license WHERE drop_file = ? ORDER BY number", drop):
            number, id, name, customer, description, issued, start, end, kid, token = row
            first = "SELECT old FROM event WHERE license = ? AND kind = ? ORDER BY id LIMIT 1"
            for (old,) in self.rows(first, number, "renamed"):
                name = old
            for (old,) in self.rows(first, number, "described"):
                description = old
            line = {
                "id": id, "name": name, "customer": customer, "description": description,
                "issuedAt": issued, "notBefore": start, "expiresAt": end, "kid": kid,
                "token": sha256(token.encode()).hex()}
            line = {name: value for name, value in line.items() if value is not None}
            licenses += compact(line).encode() + b"\n"
        for kind, id, new in self.rows(
            "SELECT kind, license.id, new FROM event JOIN license ON number = license"
            " WHERE event.drop_file = ? AND kind <> 'delivered' ORDER BY event.id", drop):
            line = {"event": kind, "id": id}
            if kind != "deleted" and new is not None:
                line["new"] = new
            events += compact(line).encode() + b"\n"
        return sha256(sha256(licenses) + sha256(events)).hex()

    def tokens(self, run, customer):
        """The sorted digests of a bundle's tokens."""
        rows = self.rows(
            "SELECT token FROM license WHERE run = ?1 AND customer = ?2 UNION"
            " SELECT token FROM event JOIN license ON number = license"
            " JOIN drop_file ON drop_file.id = event.drop_file"
            " WHERE kind = 'delivered' AND drop_file.run = ?1 AND customer = ?2", run, customer)
        return sorted(sha256(token.encode()) for (token,) in rows)

    def forge(self):
        """Makes entries, tiles and heads anew, so that they agree with the records."""
        self.forge_entries()
        self.write_heads(self.key)

    def forge_entries(self):
        entries = []
        for text in self.entries:
            entry = json.loads(text)
            at = None
            if "run" in entry:
                at = self.rows(
                    "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') FROM run"
                    " WHERE number = ?", entry["run"])
                if not at:
                    continue
                entry["at"] = at[0][0]
            if entry["type"] == "drop":
                digest = bytes.fromhex(entry["sha256"])
                find = "SELECT id FROM drop_file WHERE sha256 = ? AND outcome = 'accepted'"
                found = self.rows(find, digest)
                if not found:
                    continue
                entry["changes"] = self.changes(found[0][0])
            if entry["type"] == "bundle":
                tokens = self.tokens(entry["run"], entry["bundle"].rpartition("-")[0])
                if not tokens:
                    continue
                entry["licenses"] = len(tokens)
                entry["tokens"] = sha256(b"".join(tokens)).hex()
            entries.append(compact(entry))
        self.write_entries(entries)

    def cut(self, count):
        """Takes entries away at the end."""
        self.write_entries(self.entries[:-count])

    # Licenses

    def erase(self, name):
        """Takes a license out with all that refers to it, and closes the gap in the numbers."""
        number = self.one("SELECT number FROM license WHERE name = ?", name)
        run, customer = self.rows("SELECT run, customer FROM license WHERE number = ?", number)[0]
        self.database.execute("DELETE FROM event WHERE license = ?", (number,))
        self.sql("DELETE FROM license WHERE number = ?", number)
        for (later,) in self.rows("SELECT number FROM license WHERE number > ? ORDER BY 1", number):
            self.sql("UPDATE license SET number = ? WHERE number = ?", later - 1, later)
            self.database.execute(
                "UPDATE event SET license = ? WHERE license = ?", (later - 1, later))
        if not self.tokens(run, customer):
            self.sql("DELETE FROM bundle WHERE run = ? AND customer = ?", run, customer)
        path = f"outbox/{customer}/{customer}-{run:06}.tar"
        if os.path.exists(path):
            os.remove(path)

    def replace_token(self, name, **changes):
        """By another one that the station's own key has signed."""
        (old,) = self.rows("SELECT token FROM license WHERE name = ?", name)[0]
        text = token(self.key, self.kid, {**claims(old), **changes})
        self.sql(
            "UPDATE license SET token = ?, token_sha256 = ? WHERE name = ?",
            text, sha256(text.encode()), name)

    def replace_signature(self, name, old, new):
        """By a genuine one of somebody else on the same drop."""
        (drop,) = glob.glob(f"inbox/accepted/*-{name}")
        with open(drop, "rb") as file:
            text = file.read()
        made = subprocess.run(
            ["ssh-keygen", "-q", "-Y", "sign", "-n", "coldmint-request@licenses.example.com",
             "-f", new], input=text, check=True, capture_output=True).stdout.decode()
        signature = base64.b64decode("".join(made.split("\n")[1:-2]))
        fingerprint = subprocess.run(
            ["ssh-keygen", "-l", "-f", f"{new}.pub"], check=True, capture_output=True
        ).stdout.decode().split()[1]
        self.sql(
            "UPDATE signature SET signer = ?, key = ?, signature = ? WHERE signer = ?"
            " AND drop_file = (SELECT id FROM drop_file WHERE sha256 = ?)",
            f"{new}@example.com", fingerprint, signature, f"{old}@example.com", sha256(text))

    def add_drop(self, run):
        """One that was never there, as accepted; its row."""
        digest = sha256(b"ghost")
        receipt = compact({"outcome": "accepted", "run": run, "sha256": digest.hex()})
        self.sql(
            "INSERT INTO drop_file (run, claim, sha256, outcome, receipt)"
            " VALUES (?, ?, ?, 'accepted', ?)", run, b"ghost.json", digest, receipt)
        return self.one("SELECT max(id) FROM drop_file")

    def add_ghost(self, drop, customer="ghosts"):
        """A license that nobody has asked for, in a drop that was accepted."""
        run, at, kid, issuer = self.rows(
            "SELECT number, started_at, run.kid, issuer FROM run JOIN drop_file"
            " ON drop_file.run = number WHERE id = ?", drop)[0]
        id = "01955040-1280-7296-b7a3-c05e33aa0a6e"
        text = token(self.key, kid, {
            "iss": issuer, "sub": id, "aud": ["license-key"], "iat": at, "nbf": at,
            "exp": at + 86400 * 365})
        self.sql(
            "INSERT INTO license (id, name, customer, not_before, expires_at, issued_at, kid, run,"
            " drop_file, token, token_sha256) VALUES (?, 'Ghost', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            id, customer, at, at + 86400 * 365, at, kid, run, drop, text, sha256(text.encode()))
        self.database.execute(
            "INSERT OR IGNORE INTO bundle VALUES (?, ?, zeroblob(32), ?)", (run, customer, at))

import Testing

/// What an insider does who can write to the ledger, and what an audit says of it.
struct Manipulation: CustomTestStringConvertible, Sendable {
    let name: String
    /// Python for `LogStation.change`.
    let code: String
    /// Parts of the audit's findings.
    let findings: [String]

    var testDescription: String { name }

    init(_ name: String, _ code: String, _ findings: String...) {
        self.name = name
        self.code = code
        self.findings = findings
    }

    private static let changed = "a license or a change that it asked for was taken out, added or"

    static let ofLicenses = [
        Manipulation(
            "a license is erased with all that refers to it", "l.erase('B')", changed,
            "bundle acme-000001", "a license was taken out or added: 1 are recorded, and it had 2"),
        Manipulation(
            "a token is replaced by another that the station's key has signed",
            "l.replace_token('D', seats=1000)", changed,
            "bundle acme-000002: the record is not what entry",
            "a license or its token was replaced"),
        Manipulation(
            "a license is put into a drop from long ago",
            "l.add_ghost(1)",
            "license 01955040-1280-7296-b7a3-c05e33aa0a6e: it is recorded, and no "
                + "accepted drop of the log asked for it",
            "bundle ghosts-000001: it was published, and it is not in the log"),
        Manipulation(
            "a license is added with a drop of its own", "l.add_ghost(l.add_drop(7))",
            "it is recorded as accepted, and it is not in the log"),
        Manipulation(
            "a deletion is undone",
            """
            l.sql("DELETE FROM event WHERE kind = 'deleted'")
            l.sql("UPDATE license SET deleted_at = NULL WHERE name = 'C'")
            """, changed),
        Manipulation(
            "a deletion is dated otherwise",
            """
            l.sql("UPDATE event SET new = new - 86400 WHERE kind = 'deleted'")
            l.sql("UPDATE license SET deleted_at = deleted_at - 86400 WHERE name = 'C'")
            """, "its history does not lead to what its record says"),
        Manipulation(
            "a renaming is undone",
            """
            l.sql("DELETE FROM event WHERE kind = 'renamed'")
            l.sql("UPDATE license SET name = 'A' WHERE name = 'A2'")
            """, changed),
        Manipulation(
            "a renaming is changed",
            """
            l.sql("UPDATE event SET new = 'A3' WHERE kind = 'renamed'")
            l.sql("UPDATE license SET name = 'A3' WHERE name = 'A2'")
            """, changed),
        Manipulation(
            "a description is changed",
            """
            l.sql("UPDATE event SET new = 'thirty clusters' WHERE kind = 'described'")
            l.sql("UPDATE license SET description = 'thirty clusters' WHERE name = 'B'")
            """, changed),
        Manipulation(
            "the name is changed that a license was issued with",
            "l.sql(\"UPDATE license SET name = 'H2' WHERE name = 'H'\")", changed),
        Manipulation(
            "an expiry is moved, with another token",
            """
            l.replace_token('H', exp=2000000000)
            l.sql("UPDATE license SET expires_at = 2000000000 WHERE name = 'H'")
            """, changed, "bundle eta-000007", "a license or its token was replaced"),
        Manipulation(
            "a license is moved to another customer",
            """
            l.sql("UPDATE license SET customer = 'theta' WHERE name = 'H'")
            l.sql("UPDATE bundle SET customer = 'theta' WHERE customer = 'eta'")
            l.sql("UPDATE bundle_entry SET customer = 'theta' WHERE customer = 'eta'")
            """, changed, "bundle eta-000007: it is in the log as entry 22, and its record is gone"),
        Manipulation(
            "a delivery is erased", "l.sql(\"DELETE FROM event WHERE kind = 'delivered'\")",
            "bundle acme-000003"),
    ]

    static let ofRuns = [
        Manipulation(
            "a run is backdated",
            "l.sql('UPDATE run SET started_at = started_at - 86400 WHERE number = 2')",
            "its run is dated 2031-12-01T09:00:00Z, and was at 2031-12-02T09:00:00Z"),
        Manipulation(
            "the issuer of a run is changed",
            "l.sql(\"UPDATE run SET issuer = 'https://example.org' WHERE number = 4\")",
            "run 4: the record says that another issuer began with it at 2031-12-20T09:00:00Z"),
        Manipulation(
            "the key of a run is changed",
            """
            other = l.one("SELECT kid FROM key WHERE state = 'standby'")
            l.sql("UPDATE run SET kid = ? WHERE number = 4", other)
            """, "is not signed by the key of its run"),
        Manipulation(
            "the acceptance of a wrong clock is erased", "l.sql('DELETE FROM clock_acceptance')",
            "run 5: the log says that its clock was accepted at 2031-12-05T09:00:00Z"),
        Manipulation(
            "the export of a private key is erased",
            "l.sql(\"DELETE FROM station_event WHERE what = 'private-key-exported'\")",
            "station: the log says that a private key was exported at 2031-12-03T11:00:00Z"),
        Manipulation(
            "a restored backup is kept secret",
            "l.sql(\"DELETE FROM station_event WHERE what = 'restored'\")",
            "station: the log says that it was restored from a backup at 2031-12-06T10:00:00Z"),
        Manipulation(
            "a key is erased",
            """
            kid = l.one("SELECT kid FROM key WHERE state = 'standby'")
            for table in ["key_event", "run_key", "key"]:
                l.sql(f"DELETE FROM {table} WHERE kid = ?", kid)
            """, "the log says that it was generated at 2031-12-03T10:00:00Z, and the record of it"),
        Manipulation(
            "a key is added",
            """
            kid = "A" * 43
            l.sql("INSERT INTO key VALUES (?, zeroblob(32), 'standby', 1)", kid)
            l.sql("INSERT INTO key_event (kid, event, at) VALUES (?, 'generated', 1)", kid)
            """, "key AAAA",
            "the record says that it was generated at 1970-01-01T00:00:01Z, and the"),
        Manipulation(
            "the record of a bundle is replaced",
            "l.sql(\"UPDATE bundle SET sha256 = zeroblob(32) WHERE customer = 'eta'\")",
            "eta-000007.tar: not the bundle that was published"),
    ]

    static let ofDrops = [
        Manipulation(
            "who has signed a drop is replaced by somebody else with a signature of their own",
            "l.replace_signature('d.json', 'bob', 'carol')",
            "who has signed it, or how many people had to, was altered"),
        Manipulation(
            "how many people had to sign a drop is lowered",
            """
            row = l.one("SELECT min(drop_file) FROM signature")
            l.sql("UPDATE drop_file SET approvals_needed = 1 WHERE id = ?", row)
            l.sql("DELETE FROM signature WHERE drop_file = ? AND signer LIKE 'bob%'", row)
            """, "who has signed it, or how many people had to, was altered"),
        Manipulation(
            "the list of those who may ask is replaced",
            """
            text = l.one("SELECT text FROM signers_list") + b"# nothing\\n"
            l.sql("UPDATE signers_list SET text = ?, sha256 = ?", text, sha256(text))
            """, "run 2: the log says that another list of signers began with it"),
        Manipulation(
            "the digest of a drop is changed",
            "l.sql('UPDATE drop_file SET sha256 = zeroblob(32) WHERE id = 1')",
            "it is entry 3 of the log, and its record is gone",
            "drop \(String(repeating: "0", count: 64)): it is recorded as accepted, and it is not"),
    ]

    static let ofTheLog = [
        Manipulation(
            "an entry is changed",
            "l.sql(\"UPDATE log_entry SET text = replace(text, '2031-12-02', '2031-12-01')\")",
            "is not that of its entries: one up to there was taken out, added or altered",
            "tile/0/000 of the log is not what its entries make"),
        Manipulation(
            "an entry is taken out of the middle",
            "l.sql('DELETE FROM log_entry WHERE number = 4')",
            "entry 4 of the log is missing"),
        Manipulation(
            "entries at the end are taken away", "l.cut(2)",
            "entries and a head of", "entries at its end are gone"),
        Manipulation(
            "entries at the end are taken away with the heads over them",
            """
            size = len(l.entries)
            l.cut(2)
            l.sql("DELETE FROM log_head WHERE size = ?", size)
            """, "it is recorded as accepted, and it is not in the log",
            "bundle eta-000007: it was published, and it is not in the log",
            "run 7: the head of the log that was signed for it is gone"),
        Manipulation(
            "a tile is changed",
            "l.sql('UPDATE log_tile SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB)')",
            "is not what its entries make"),
        Manipulation(
            "a tile is put behind the tree's end",
            "l.sql('INSERT INTO log_tile VALUES (1, 0, zeroblob(32))')",
            "a tile of level 1 with the number 0 is none of the log's tree"),
        Manipulation(
            "the log is given another name",
            "l.sql(\"INSERT INTO log_origin VALUES (20, 'victim.example.com/log', 8, NULL)\")",
            "the log's name victim.example.com/log was given to it by no fork"),
        Manipulation(
            "a head is signed by a foreign key",
            """
            openssl("genpkey", "-algorithm", "ed25519", "-out", "foreign.pem")
            l.write_heads("foreign.pem")
            """, "is not signed by a key of this station",
            "outbox/checkpoint: the checkpoint is signed by a key that this ledger does not know"),
        Manipulation(
            "all heads are taken out",
            """
            l.sql("DELETE FROM log_cosignature")
            l.sql("DELETE FROM log_head")
            """, "run 1: the head of the log that was signed for it is gone"),
        Manipulation(
            "an auditor's cosignature is altered",
            "l.sql(\"UPDATE log_cosignature SET line = replace(line, 'A', 'B')\")",
            "has a cosignature that is not valid: the one by audit.example.net+"),
        Manipulation(
            "an auditor's cosignature is taken out", "l.sql('DELETE FROM log_cosignature')",
            "brings along an older one with cosignatures that is not kept as it was"),
        Manipulation(
            "a license is erased, and entries and tiles are made anew",
            """
            l.erase("B")
            l.forge_entries()
            """, "is not that of its entries: one up to there was taken out, added or altered"),
        Manipulation(
            "a license is erased, and the log is made anew without heads",
            """
            l.erase("B")
            l.forge_entries()
            l.sql("DELETE FROM log_cosignature")
            l.sql("DELETE FROM log_head")
            """, "run 1: the head of the log that was signed for it is gone",
            "outbox/checkpoint: the checkpoint has other entries among the first"),
    ]

    static let all = ofLicenses + ofRuns + ofDrops + ofTheLog
}

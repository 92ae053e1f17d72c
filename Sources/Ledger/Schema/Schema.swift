import GRDB

/// The schema, as named migrations: one that has shipped is never edited.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 the record of what was issued") { database in
            try database.execute(sql: keys + runs + drops + licenses + bundles)
        }
        migrator.registerMigration("2 the life of a license") { database in
            try database.execute(sql: events + immutability)
        }
        migrator.registerMigration("3 the custody of keys") { database in
            try database.execute(sql: keyEvents + runKeys + keyImmutability)
        }
        migrator.registerMigration("4 the digest of a verified token") { database in
            try database.execute(sql: tokenDigest)
        }
        migrator.registerMigration("5 records that nothing replaces") { database in
            try database.execute(sql: replacements + changeIndex)
        }
        migrator.registerMigration("6 clocks that were accepted") { database in
            try database.execute(sql: clockAcceptances)
        }
        migrator.registerMigration("7 the last digits of a license's id") { database in
            try database.execute(sql: lastDigits)
        }
        migrator.registerMigration("8 receipts in parts") { database in
            try database.execute(sql: receiptParts)
        }
        migrator.registerMigration("9 who signed a drop") { database in
            try database.execute(sql: signatures + signatureImmutability)
        }
        migrator.registerMigration("10 a log over the record") { database in
            try database.execute(sql: log + logImmutability)
        }
        migrator.registerMigration("11 what a license was sold as") { database in
            try database.execute(sql: products + productImmutability)
        }
        migrator.registerMigration("12 key sets that the key before has signed") { database in
            try database.execute(sql: keyStatements + keyStatementImmutability)
        }
        return migrator
    }

    /// Triggers by which rows of these tables are never changed and never removed.
    ///
    /// - Parameters:
    ///   - change: what is said of a change.
    ///   - removal: what is said of a removal.
    static func immutability(
        of tables: [String], change: String, removal: String
    ) -> String {
        tables.map { table in
            """
            CREATE TRIGGER \(table)_is_immutable BEFORE UPDATE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(change)'); END;

            CREATE TRIGGER \(table)_is_kept BEFORE DELETE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(removal)'); END;

            """
        }.joined()
    }

    private static let keys = """
        CREATE TABLE key (
          kid TEXT NOT NULL PRIMARY KEY CHECK (length(kid) = 43),
          public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
          state TEXT NOT NULL CHECK (state IN ('active', 'standby', 'retired')),
          created_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX key_active ON key (state) WHERE state = 'active';

        """

    /// A run is recorded with its first chunk of drops, and finished when its bundles and receipts
    /// are where they belong. AUTOINCREMENT: a number is never used twice.
    private static let runs = """
        CREATE TABLE run (
          number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
          started_at INTEGER NOT NULL,
          issuer TEXT NOT NULL,
          kid TEXT NOT NULL REFERENCES key (kid),
          finished_at INTEGER
        ) STRICT;
        CREATE INDEX run_unfinished ON run (number) WHERE finished_at IS NULL;

        """

    /// `claim` is the drop's name while it is handled and afterwards: the ledger knows each claim
    /// once. An accepted digest is unique; what comes again is recorded as `repeated`.
    private static let drops = """
        CREATE TABLE drop_file (
          id INTEGER NOT NULL PRIMARY KEY,
          run INTEGER NOT NULL REFERENCES run (number),
          claim BLOB NOT NULL UNIQUE,
          sha256 BLOB CHECK (length(sha256) = 32),
          outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'rejected', 'repeated')),
          receipt TEXT NOT NULL,
          CHECK (sha256 IS NOT NULL OR outcome = 'rejected')
        ) STRICT;
        CREATE UNIQUE INDEX drop_file_accepted ON drop_file (sha256) WHERE outcome = 'accepted';
        CREATE INDEX drop_file_run ON drop_file (run);

        """

    private static let licenses = """
        CREATE TABLE license (
          number INTEGER NOT NULL PRIMARY KEY,
          id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
          name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
          customer TEXT NOT NULL CHECK (length(customer) BETWEEN 1 AND 63),
          description TEXT,
          not_before INTEGER NOT NULL,
          expires_at INTEGER NOT NULL CHECK (expires_at > not_before),
          issued_at INTEGER NOT NULL,
          deleted_at INTEGER,
          kid TEXT NOT NULL REFERENCES key (kid),
          run INTEGER NOT NULL REFERENCES run (number),
          drop_file INTEGER NOT NULL REFERENCES drop_file (id),
          token TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX license_live_name ON license (name) WHERE deleted_at IS NULL;
        CREATE INDEX license_customer ON license (customer, number);
        CREATE INDEX license_end ON license (expires_at) WHERE deleted_at IS NULL;
        CREATE INDEX license_run ON license (run, customer);

        """

    private static let bundles = """
        CREATE TABLE bundle (
          run INTEGER NOT NULL REFERENCES run (number),
          customer TEXT NOT NULL,
          sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
          published_at INTEGER NOT NULL,
          PRIMARY KEY (run, customer)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX bundle_customer ON bundle (customer, run);

        """

    /// What happened to a license after it was issued, in order: each value that was overwritten
    /// with the one that took its place, and each delivery besides that of the license's own run.
    private static let events = """
        CREATE TABLE event (
          id INTEGER NOT NULL PRIMARY KEY,
          license INTEGER NOT NULL REFERENCES license (number),
          drop_file INTEGER NOT NULL REFERENCES drop_file (id),
          kind TEXT NOT NULL CHECK (kind IN ('renamed', 'described', 'deleted', 'delivered')),
          old ANY,
          new ANY,
          CHECK ((kind = 'delivered') = (old IS new)),
          CHECK (kind <> 'renamed' OR (old IS NOT NULL AND new IS NOT NULL)),
          CHECK (kind <> 'deleted' OR old IS NULL)
        ) STRICT;
        CREATE INDEX event_license ON event (license);
        CREATE INDEX event_drop_file ON event (drop_file);
        CREATE UNIQUE INDEX event_delivered ON event (drop_file, license)
          WHERE kind = 'delivered';
        CREATE INDEX license_deleted ON license (number) WHERE deleted_at IS NOT NULL;

        """

    /// Whatever a program does wrong, here is where it is stopped.
    private static let immutability = """
        CREATE TRIGGER license_is_immutable
        BEFORE UPDATE OF number, id, customer, not_before, expires_at, issued_at, kid, run,
                         drop_file, token ON license
        BEGIN SELECT RAISE(ABORT, 'what a license was issued with never changes'); END;

        CREATE TRIGGER license_changes_with_record
        BEFORE UPDATE OF name, description, deleted_at ON license
        WHEN EXISTS (
          SELECT 1 FROM (SELECT 'renamed' AS kind, old.name AS old, new.name AS new
                         UNION ALL SELECT 'described', old.description, new.description
                         UNION ALL SELECT 'deleted', old.deleted_at, new.deleted_at) AS value
           WHERE value.old IS NOT value.new AND NOT EXISTS (
             SELECT 1 FROM event
              WHERE license = old.number AND event.kind = value.kind
                AND event.old IS value.old AND event.new IS value.new))
        BEGIN SELECT RAISE(ABORT, 'a license changes only with a record of it'); END;

        CREATE TRIGGER license_is_kept BEFORE DELETE ON license
        BEGIN SELECT RAISE(ABORT, 'a license is never removed'); END;

        CREATE TRIGGER event_is_immutable BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'history never changes'); END;

        CREATE TRIGGER event_is_kept BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'history is never removed'); END;

        CREATE TRIGGER drop_file_is_immutable BEFORE UPDATE ON drop_file
        BEGIN SELECT RAISE(ABORT, 'what became of a drop never changes'); END;

        CREATE TRIGGER drop_file_is_kept BEFORE DELETE ON drop_file
        BEGIN SELECT RAISE(ABORT, 'what became of a drop is never removed'); END;

        CREATE TRIGGER bundle_is_immutable BEFORE UPDATE ON bundle
        BEGIN SELECT RAISE(ABORT, 'a published bundle never changes'); END;

        CREATE TRIGGER bundle_is_kept BEFORE DELETE ON bundle
        BEGIN SELECT RAISE(ABORT, 'the record of a bundle is never removed'); END;

        """

    /// SHA-256 over the token, taken when its signature was verified: whoever finds it again has
    /// the same token. Licenses from before this migration have none.
    private static let tokenDigest = """
        ALTER TABLE license ADD COLUMN token_sha256 BLOB
          CHECK (token_sha256 IS NULL OR length(token_sha256) = 32);
        CREATE TRIGGER license_digest_is_immutable BEFORE UPDATE OF token_sha256 ON license
        BEGIN SELECT RAISE(ABORT, 'what a license was issued with never changes'); END;

        """

    /// INSERT OR REPLACE removes rows without asking the triggers that guard against removal.
    private static let replacements = """
        CREATE TRIGGER license_is_new BEFORE INSERT ON license
        WHEN EXISTS (SELECT 1 FROM license WHERE number = new.number)
          OR EXISTS (SELECT 1 FROM license WHERE id = new.id)
          OR EXISTS (SELECT 1 FROM license WHERE name = new.name AND deleted_at IS NULL)
        BEGIN SELECT RAISE(ABORT, 'a license is never replaced'); END;

        CREATE TRIGGER event_is_new BEFORE INSERT ON event
        WHEN EXISTS (SELECT 1 FROM event WHERE id = new.id)
        BEGIN SELECT RAISE(ABORT, 'history is never replaced'); END;

        CREATE TRIGGER drop_file_is_new BEFORE INSERT ON drop_file
        WHEN EXISTS (SELECT 1 FROM drop_file WHERE id = new.id OR claim = new.claim)
          OR (new.outcome = 'accepted' AND EXISTS (
                SELECT 1 FROM drop_file WHERE sha256 = new.sha256 AND outcome = 'accepted'))
        BEGIN SELECT RAISE(ABORT, 'what became of a drop is never replaced'); END;

        CREATE TRIGGER run_is_new BEFORE INSERT ON run
        WHEN EXISTS (SELECT 1 FROM run WHERE number = new.number)
        BEGIN SELECT RAISE(ABORT, 'a run is never replaced'); END;

        CREATE TRIGGER bundle_is_new BEFORE INSERT ON bundle
        WHEN EXISTS (SELECT 1 FROM bundle WHERE run = new.run AND customer = new.customer)
        BEGIN SELECT RAISE(ABORT, 'the record of a bundle is never replaced'); END;

        CREATE TRIGGER key_is_new BEFORE INSERT ON key
        WHEN EXISTS (SELECT 1 FROM key WHERE kid = new.kid OR public_key = new.public_key)
        BEGIN SELECT RAISE(ABORT, 'a key is never replaced'); END;

        CREATE TRIGGER key_event_is_new BEFORE INSERT ON key_event
        WHEN EXISTS (SELECT 1 FROM key_event WHERE id = new.id)
        BEGIN SELECT RAISE(ABORT, 'history is never replaced'); END;

        """

    /// For the trigger that asks, at every change of a license, for the record of this very change.
    private static let changeIndex = """
        CREATE INDEX event_change ON event (license, kind, old, new);

        """

    /// A license's folder in a bundle is called after these digits. `DropChanges` refuses a second
    /// license of the customer with the same ones; this index is for its look-up.
    private static let lastDigits = """
        CREATE INDEX license_last_digits ON license (customer, substr(id, 25));

        """

    /// A large receipt goes on here, behind the text in `drop_file`, in the order of `id`.
    private static let receiptParts = """
        CREATE TABLE receipt_part (
          id INTEGER NOT NULL PRIMARY KEY,
          drop_file INTEGER NOT NULL REFERENCES drop_file (id),
          text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX receipt_part_drop_file ON receipt_part (drop_file);

        CREATE TRIGGER receipt_part_is_immutable BEFORE UPDATE ON receipt_part
        BEGIN SELECT RAISE(ABORT, 'what became of a drop never changes'); END;

        CREATE TRIGGER receipt_part_is_kept BEFORE DELETE ON receipt_part
        BEGIN SELECT RAISE(ABORT, 'what became of a drop is never removed'); END;

        CREATE TRIGGER receipt_part_is_new BEFORE INSERT ON receipt_part
        WHEN EXISTS (SELECT 1 FROM receipt_part WHERE id = new.id)
        BEGIN SELECT RAISE(ABORT, 'what became of a drop is never replaced'); END;

        """
}

import GRDB

/// The schema, as named migrations: one that has shipped is never edited.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 the record of what was issued") { database in
            try database.execute(sql: keys + runs + drops + licenses + bundles)
        }
        return migrator
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
}

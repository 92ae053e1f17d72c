/// What a migration adds for the log: a Merkle tree over entries that are never changed.
extension Schema {
    /// `log_entry` counts from 0, and `log_tile` has the tree's hashes, 256 to a tile, of which the
    /// last of each level grows. A head is a signed checkpoint, a run's own where it was signed for
    /// one. An origin is the name under which heads are signed from an entry on; there is a second
    /// one only after a fork, which also says from which number on runs are counted.
    /// `station_event` has what is entered into the log and has no other record.
    static let log = """
        CREATE TABLE log_entry (
          number INTEGER NOT NULL PRIMARY KEY,
          text TEXT NOT NULL CHECK (length(CAST(text AS BLOB)) <= 4096)
        ) STRICT;
        CREATE TABLE log_tile (
          level INTEGER NOT NULL,
          number INTEGER NOT NULL,
          hashes BLOB NOT NULL CHECK (length(hashes) % 32 = 0 AND length(hashes) <= 8192),
          PRIMARY KEY (level, number)
        ) STRICT;
        CREATE TABLE log_origin (
          first_entry INTEGER NOT NULL PRIMARY KEY,
          origin TEXT NOT NULL UNIQUE,
          first_run INTEGER NOT NULL,
          lost_checkpoint BLOB
        ) STRICT;
        CREATE TABLE log_head (
          size INTEGER NOT NULL PRIMARY KEY,
          run INTEGER UNIQUE REFERENCES run (number),
          note BLOB NOT NULL,
          cosigned BLOB
        ) STRICT;
        CREATE TABLE log_cosignature (
          id INTEGER NOT NULL PRIMARY KEY,
          size INTEGER NOT NULL REFERENCES log_head (size),
          verifier TEXT NOT NULL,
          line TEXT NOT NULL,
          UNIQUE (size, verifier)
        ) STRICT;
        CREATE TABLE bundle_entry (
          run INTEGER NOT NULL REFERENCES run (number),
          customer TEXT NOT NULL,
          entry INTEGER NOT NULL REFERENCES log_entry (number),
          PRIMARY KEY (run, customer)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE station_event (
          id INTEGER NOT NULL PRIMARY KEY,
          what TEXT NOT NULL,
          at INTEGER NOT NULL,
          reason TEXT NOT NULL
        ) STRICT;

        """

    static let logImmutability =
        immutability(
            of: [
                "log_entry", "log_origin", "log_head", "log_cosignature", "bundle_entry",
                "station_event",
            ],
            change: "the log never changes", removal: "nothing is taken out of the log") + """
            CREATE TRIGGER log_entry_is_last BEFORE INSERT ON log_entry
            WHEN new.number IS NOT (SELECT coalesce(max(number), -1) + 1 FROM log_entry)
            BEGIN SELECT RAISE(ABORT, 'the log grows at its end'); END;

            CREATE TRIGGER log_tile_grows BEFORE UPDATE ON log_tile
            WHEN new.level <> old.level OR new.number <> old.number
              OR substr(new.hashes, 1, length(old.hashes)) <> old.hashes
            BEGIN SELECT RAISE(ABORT, 'the log grows at its end'); END;

            CREATE TRIGGER log_tile_is_kept BEFORE DELETE ON log_tile
            BEGIN SELECT RAISE(ABORT, 'nothing is taken out of the log'); END;

            CREATE TRIGGER log_tile_is_new BEFORE INSERT ON log_tile
            WHEN EXISTS (SELECT 1 FROM log_tile WHERE level = new.level AND number = new.number)
            BEGIN SELECT RAISE(ABORT, 'the log grows at its end'); END;

            CREATE TRIGGER log_origin_is_new BEFORE INSERT ON log_origin
            WHEN EXISTS (SELECT 1 FROM log_origin
                          WHERE first_entry >= new.first_entry OR origin = new.origin)
            BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;

            CREATE TRIGGER log_head_is_new BEFORE INSERT ON log_head
            WHEN EXISTS (SELECT 1 FROM log_head WHERE size >= new.size OR run = new.run)
            BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;

            CREATE TRIGGER log_cosignature_is_new BEFORE INSERT ON log_cosignature
            WHEN EXISTS (SELECT 1 FROM log_cosignature
                          WHERE id = new.id OR size = new.size AND verifier = new.verifier)
            BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;

            CREATE TRIGGER bundle_entry_is_new BEFORE INSERT ON bundle_entry
            WHEN EXISTS (SELECT 1 FROM bundle_entry
                          WHERE run = new.run AND customer = new.customer)
            BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;

            CREATE TRIGGER station_event_is_new BEFORE INSERT ON station_event
            WHEN EXISTS (SELECT 1 FROM station_event WHERE id = new.id)
            BEGIN SELECT RAISE(ABORT, 'history is never replaced'); END;

            """
}

/// What migrations add for the custody of keys, and for clocks that were accepted.
extension Schema {
    /// What was done with a key, in order; its state is that of its last event.
    static let keyEvents = """
        CREATE TABLE key_event (
          id INTEGER NOT NULL PRIMARY KEY,
          kid TEXT NOT NULL REFERENCES key (kid),
          event TEXT NOT NULL
            CHECK (event IN ('generated', 'imported', 'activated', 'deactivated', 'retired')),
          at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX key_event_kid ON key_event (kid);
        INSERT INTO key_event (kid, event, at) SELECT kid, 'generated', created_at FROM key;
        INSERT INTO key_event (kid, event, at)
          SELECT kid, 'activated', created_at FROM key WHERE state = 'active';

        """

    /// The keys that a run's bundles hand out, so that a bundle made late holds the same ones.
    static let runKeys = """
        CREATE TABLE run_key (
          run INTEGER NOT NULL REFERENCES run (number),
          kid TEXT NOT NULL REFERENCES key (kid),
          PRIMARY KEY (run, kid)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO run_key (run, kid) SELECT number, kid FROM run;

        """

    static let keyImmutability = """
        CREATE TRIGGER key_is_immutable BEFORE UPDATE OF kid, public_key, created_at ON key
        BEGIN SELECT RAISE(ABORT, 'a key never changes'); END;

        CREATE TRIGGER key_is_kept BEFORE DELETE ON key
        BEGIN SELECT RAISE(ABORT, 'a key is never removed'); END;

        CREATE TRIGGER key_changes_with_record BEFORE UPDATE OF state ON key
        WHEN old.state <> new.state AND new.state IS NOT (
          SELECT CASE event WHEN 'activated' THEN 'active' WHEN 'retired' THEN 'retired'
                            ELSE 'standby' END
            FROM key_event WHERE kid = old.kid ORDER BY id DESC LIMIT 1)
        BEGIN SELECT RAISE(ABORT, 'a key changes only with a record of it'); END;

        CREATE TRIGGER key_stays_retired BEFORE UPDATE OF state ON key
        WHEN old.state = 'retired' AND new.state <> 'retired'
        BEGIN SELECT RAISE(ABORT, 'a retired key never comes back'); END;

        CREATE TRIGGER key_event_is_immutable BEFORE UPDATE ON key_event
        BEGIN SELECT RAISE(ABORT, 'history never changes'); END;

        CREATE TRIGGER key_event_is_kept BEFORE DELETE ON key_event
        BEGIN SELECT RAISE(ABORT, 'history is never removed'); END;

        CREATE TRIGGER run_key_is_immutable BEFORE UPDATE ON run_key
        BEGIN SELECT RAISE(ABORT, 'what a run handed out never changes'); END;

        CREATE TRIGGER run_key_is_kept BEFORE DELETE ON run_key
        BEGIN SELECT RAISE(ABORT, 'what a run handed out is never removed'); END;

        """

    /// The use of --accept-clock: from that run on, times that were recorded before it are no
    /// longer compared with the clock. `key_event` is the last event of keys by then.
    static let clockAcceptances = """
        CREATE TABLE clock_acceptance (
          run INTEGER NOT NULL PRIMARY KEY REFERENCES run (number),
          key_event INTEGER NOT NULL REFERENCES key_event (id),
          newest_entry INTEGER NOT NULL
        ) STRICT;
        CREATE TRIGGER clock_acceptance_is_immutable BEFORE UPDATE ON clock_acceptance
        BEGIN SELECT RAISE(ABORT, 'history never changes'); END;

        CREATE TRIGGER clock_acceptance_is_kept BEFORE DELETE ON clock_acceptance
        BEGIN SELECT RAISE(ABORT, 'history is never removed'); END;

        CREATE TRIGGER clock_acceptance_is_new BEFORE INSERT ON clock_acceptance
        WHEN EXISTS (SELECT 1 FROM clock_acceptance WHERE run = new.run)
        BEGIN SELECT RAISE(ABORT, 'history is never replaced'); END;

        """
}

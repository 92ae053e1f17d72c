/// What a migration adds for requests that people sign.
extension Schema {
    /// Each list of signers that was in force, as it was read, and which one was in each run.
    /// `approvals_needed` says how many people had to sign a drop; it is missing where nobody had to.
    /// A signature's digest is that of the drop, in the algorithm that the signature names.
    static let signatures = """
        CREATE TABLE signers_list (
          id INTEGER NOT NULL PRIMARY KEY,
          sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
          text BLOB NOT NULL
        ) STRICT;
        CREATE TABLE run_signers (
          run INTEGER NOT NULL PRIMARY KEY REFERENCES run (number),
          list INTEGER NOT NULL REFERENCES signers_list (id)
        ) STRICT;
        ALTER TABLE drop_file ADD COLUMN approvals_needed INTEGER
          CHECK (approvals_needed IS NULL OR approvals_needed > 0);
        CREATE TABLE signature (
          id INTEGER NOT NULL PRIMARY KEY,
          drop_file INTEGER NOT NULL REFERENCES drop_file (id),
          signer TEXT NOT NULL,
          key TEXT NOT NULL,
          digest BLOB NOT NULL CHECK (length(digest) IN (32, 64)),
          signature BLOB NOT NULL
        ) STRICT;
        CREATE INDEX signature_drop_file ON signature (drop_file);
        CREATE INDEX signature_signer ON signature (signer, drop_file);

        """

    static let signatureImmutability =
        immutability(
            of: ["signers_list", "run_signers", "signature"],
            change: "who signed never changes", removal: "who signed is never removed") + """
            CREATE TRIGGER signers_list_is_new BEFORE INSERT ON signers_list
            WHEN EXISTS (SELECT 1 FROM signers_list WHERE id = new.id OR sha256 = new.sha256)
            BEGIN SELECT RAISE(ABORT, 'who signed is never replaced'); END;

            CREATE TRIGGER run_signers_is_new BEFORE INSERT ON run_signers
            WHEN EXISTS (SELECT 1 FROM run_signers WHERE run = new.run)
            BEGIN SELECT RAISE(ABORT, 'who signed is never replaced'); END;

            CREATE TRIGGER signature_is_new BEFORE INSERT ON signature
            WHEN EXISTS (SELECT 1 FROM signature WHERE id = new.id)
            BEGIN SELECT RAISE(ABORT, 'who signed is never replaced'); END;

            """
}

/// What a migration adds for key sets that the key before has signed.
extension Schema {
    /// What bundles carry as `keys.jws` from an activation on. There is none for a station's first key,
    /// and none where the key before could not sign any more.
    static let keyStatements = """
        CREATE TABLE key_statement (
          event INTEGER NOT NULL PRIMARY KEY REFERENCES key_event (id),
          jws BLOB NOT NULL
        ) STRICT;

        """

    static let keyStatementImmutability =
        immutability(
            of: ["key_statement"], change: "what keys have signed never changes",
            removal: "what keys have signed is never removed") + """
            CREATE TRIGGER key_statement_is_new BEFORE INSERT ON key_statement
            WHEN EXISTS (SELECT 1 FROM key_statement WHERE event = new.event)
            BEGIN SELECT RAISE(ABORT, 'what keys have signed is never replaced'); END;

            """
}

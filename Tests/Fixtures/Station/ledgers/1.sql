BEGIN TRANSACTION;
CREATE TABLE bundle (
  run INTEGER NOT NULL REFERENCES run (number),
  customer TEXT NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  published_at INTEGER NOT NULL,
  PRIMARY KEY (run, customer)
) STRICT, WITHOUT ROWID;
INSERT INTO "bundle" VALUES(1,'acme',X'8EA67ACB9ED9515266248EEFC575E37E6AF42D2A047585822F912590940916A6',1740819600);
INSERT INTO "bundle" VALUES(1,'beta',X'58C6E024FA577021CEBD5B4CBE61DAB752ABCC09A3769E52A2C27858E0D5BCA7',1740819600);
CREATE TABLE drop_file (
  id INTEGER NOT NULL PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (number),
  claim BLOB NOT NULL UNIQUE,
  sha256 BLOB CHECK (length(sha256) = 32),
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'rejected', 'repeated')),
  receipt TEXT NOT NULL,
  CHECK (sha256 IS NOT NULL OR outcome = 'rejected')
) STRICT;
INSERT INTO "drop_file" VALUES(1,1,X'3230323530333031543039303030305A2D30303030666D786270742D312E6A736F6E',X'C28ADDBC5D0C70F7090386D5B3EDA8B58323D32FF616DA355A82E71E3476FB29','accepted','{
  "outcome": "accepted",
  "file": "1.json",
  "sha256": "c28addbc5d0c70f7090386d5b3eda8b58323d32ff616da355a82e71e3476fb29",
  "run": 1,
  "handledAt": "2025-03-01T09:00:00Z",
  "results": [
    {
      "action": "create",
      "license": "019550ef-1280-77a4-ada6-2b8da04ab1d5",
      "name": "Acme production",
      "customer": "acme",
      "notBefore": "2025-03-01T00:00:00Z",
      "expiresAt": "2099-01-01T00:00:00Z",
      "bundle": "acme/acme-000001.tar"
    },
    {
      "action": "create",
      "license": "019550ef-1280-7296-b7a3-c05e33aa0a6e",
      "name": "Beta trial",
      "customer": "beta",
      "notBefore": "2025-03-01T00:00:00Z",
      "expiresAt": "2099-01-01T00:00:00Z",
      "bundle": "beta/beta-000001.tar"
    }
  ]
}
');
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1 the record of what was issued');
CREATE TABLE key (
  kid TEXT NOT NULL PRIMARY KEY CHECK (length(kid) = 43),
  public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
  state TEXT NOT NULL CHECK (state IN ('active', 'standby', 'retired')),
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO "key" VALUES('MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',X'E5AAAF54E25548CE90A546CECAED5F2DB8724BD4D3B56E3F4D606C6E202717C8','active',1740816000);
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
INSERT INTO "license" VALUES(1,'019550ef-1280-77a4-ada6-2b8da04ab1d5','Acme production','acme','Three clusters',1740787200,4070908800,1740819600,NULL,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1,1,'eyJhbGciOiJFZERTQSIsImtpZCI6Ik1mSUJVNkNfNEdmbzQ0ZkNyc1I4V1dsWnVMMFFuaXd0V2RQRUNzNkg4aVkiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2xpY2Vuc2VzLmV4YW1wbGUuY29tIiwic3ViIjoiMDE5NTUwZWYtMTI4MC03N2E0LWFkYTYtMmI4ZGEwNGFiMWQ1IiwiYXVkIjpbImxpY2Vuc2Uta2V5Il0sImlhdCI6MTc0MDgxOTYwMCwibmJmIjoxNzQwNzg3MjAwLCJleHAiOjQwNzA5MDg4MDAsInNlYXRzIjoyNSwicGxhbiI6InBybyJ9.Bau3lTfG7LBE8qQCBH-RyUpYQzPG5c7Ee1g61u8phm6YZn-oMKG90CWM-2uG9afDOlr5tprpwBgQkUrHaEmqAw');
INSERT INTO "license" VALUES(2,'019550ef-1280-7296-b7a3-c05e33aa0a6e','Beta trial','beta',NULL,1740787200,4070908800,1740819600,NULL,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1,1,'eyJhbGciOiJFZERTQSIsImtpZCI6Ik1mSUJVNkNfNEdmbzQ0ZkNyc1I4V1dsWnVMMFFuaXd0V2RQRUNzNkg4aVkiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2xpY2Vuc2VzLmV4YW1wbGUuY29tIiwic3ViIjoiMDE5NTUwZWYtMTI4MC03Mjk2LWI3YTMtYzA1ZTMzYWEwYTZlIiwiYXVkIjpbImxpY2Vuc2Uta2V5Il0sImlhdCI6MTc0MDgxOTYwMCwibmJmIjoxNzQwNzg3MjAwLCJleHAiOjQwNzA5MDg4MDB9.zZJNMTpkz76oBjlvQBX4wt3mb9JXarKKXHj04F1Vbl7Fi7byLYyfKVhv6hp94Bb9MEha6nNsDhCOEfXQuSNKBg');
CREATE TABLE run (
  number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  issuer TEXT NOT NULL,
  kid TEXT NOT NULL REFERENCES key (kid),
  finished_at INTEGER
) STRICT;
INSERT INTO "run" VALUES(1,1740819600,'https://licenses.example.com','MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1740819600);
CREATE UNIQUE INDEX key_active ON key (state) WHERE state = 'active';
CREATE INDEX run_unfinished ON run (number) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX drop_file_accepted ON drop_file (sha256) WHERE outcome = 'accepted';
CREATE INDEX drop_file_run ON drop_file (run);
CREATE UNIQUE INDEX license_live_name ON license (name) WHERE deleted_at IS NULL;
CREATE INDEX license_customer ON license (customer, number);
CREATE INDEX license_end ON license (expires_at) WHERE deleted_at IS NULL;
CREATE INDEX license_run ON license (run, customer);
CREATE INDEX bundle_customer ON bundle (customer, run);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('run',1);
COMMIT;

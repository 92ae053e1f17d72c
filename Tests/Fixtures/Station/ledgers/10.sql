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
INSERT INTO "bundle" VALUES(2,'acme',X'EB16302AE2C6D722ACB384BA5488263B0263352D7E30A827E7631FB6D1F4A77F',1740906000);
INSERT INTO "bundle" VALUES(3,'gamma',X'7B2AF7B4F66380014AB9715951F91BE639E8F634ED8376A64210191AF119FB10',1741078800);
INSERT INTO "bundle" VALUES(4,'acme',X'726815D801B7B1D99B7B01A626E2ECB49D7390E4ACB2957D57EBE7C00D8FE8A6',1741003200);
INSERT INTO "bundle" VALUES(5,'acme',X'1CE00E75FA9205047663915F70475CDCB9A044437C38626B967239CF1545BA16',1748779200);
INSERT INTO "bundle" VALUES(6,'acme',X'5907E9B4BB77A5EA5A4B33135C8EF0AE04BF8F10EB8C214A4808D186BAD1D3F8',1751371200);
CREATE TABLE bundle_entry (
  run INTEGER NOT NULL REFERENCES run (number),
  customer TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES log_entry (number),
  PRIMARY KEY (run, customer)
) STRICT, WITHOUT ROWID;
INSERT INTO "bundle_entry" VALUES(1,'acme',11);
INSERT INTO "bundle_entry" VALUES(1,'beta',12);
INSERT INTO "bundle_entry" VALUES(2,'acme',13);
INSERT INTO "bundle_entry" VALUES(3,'gamma',14);
INSERT INTO "bundle_entry" VALUES(4,'acme',15);
INSERT INTO "bundle_entry" VALUES(5,'acme',16);
INSERT INTO "bundle_entry" VALUES(6,'acme',20);
CREATE TABLE clock_acceptance (
  run INTEGER NOT NULL PRIMARY KEY REFERENCES run (number),
  key_event INTEGER NOT NULL REFERENCES key_event (id),
  newest_entry INTEGER NOT NULL
) STRICT;
INSERT INTO "clock_acceptance" VALUES(4,3,1741078800);
CREATE TABLE drop_file (
  id INTEGER NOT NULL PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (number),
  claim BLOB NOT NULL UNIQUE,
  sha256 BLOB CHECK (length(sha256) = 32),
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'rejected', 'repeated')),
  receipt TEXT NOT NULL, approvals_needed INTEGER
  CHECK (approvals_needed IS NULL OR approvals_needed > 0),
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
',NULL);
INSERT INTO "drop_file" VALUES(2,2,X'3230323530333032543039303030305A2D3030303037726B6A31322D322E6A736F6E',X'175702F32F5439A93856F5CDA516E844E4CE84DB87EEB5C82074EA82D4A6CB55','accepted','{
  "outcome": "accepted",
  "file": "2.json",
  "sha256": "175702f32f5439a93856f5cda516e844e4ce84db87eeb5c82074ea82d4a6cb55",
  "run": 2,
  "handledAt": "2025-03-02T09:00:00Z",
  "results": [
    {
      "action": "update",
      "license": "019550ef-1280-77a4-ada6-2b8da04ab1d5",
      "name": "Acme live",
      "customer": "acme",
      "notBefore": "2025-03-01T00:00:00Z",
      "expiresAt": "2099-01-01T00:00:00Z"
    },
    {
      "action": "delete",
      "license": "019550ef-1280-7296-b7a3-c05e33aa0a6e",
      "name": "Beta trial",
      "customer": "beta",
      "notBefore": "2025-03-01T00:00:00Z",
      "expiresAt": "2099-01-01T00:00:00Z",
      "note": "tokens already delivered stay valid until they expire, at 2099-01-01T00:00:00Z"
    },
    {
      "action": "deliver",
      "customer": "acme",
      "bundle": "acme/acme-000002.tar"
    }
  ]
}
',NULL);
INSERT INTO "drop_file" VALUES(3,3,X'3230323530333034543039303030305A2D303030306D357431626D2D332E6A736F6E',X'7B48C9C31B724DB01DFC9AC128E280DEAF6C994F294FE7BC4F1F86121AE07929','accepted','{
  "outcome": "accepted",
  "file": "3.json",
  "sha256": "7b48c9c31b724db01dfc9ac128e280deaf6c994f294fe7bc4f1f86121ae07929",
  "run": 3,
  "handledAt": "2025-03-04T09:00:00Z",
  "results": [
    {
      "action": "create",
      "license": "01956062-2680-7c71-bd45-699fdee0726a",
      "name": "Gamma",
      "customer": "gamma",
      "notBefore": "2025-03-01T00:00:00Z",
      "expiresAt": "2099-01-01T00:00:00Z",
      "bundle": "gamma/gamma-000003.tar"
    }
  ]
}
',NULL);
INSERT INTO "drop_file" VALUES(4,3,X'3230323530333034543039303030305A2D30303031656E627234642D342E6A736F6E',X'2A844E07E649EB1506EDCA93D34D1017DE66DC2F050011F8560A955620D1F514','rejected','{
  "outcome": "rejected",
  "file": "4.json",
  "sha256": "2a844e07e649eb1506edca93d34d1017de66dc2f050011f8560a955620d1f514",
  "run": 3,
  "handledAt": "2025-03-04T09:00:00Z",
  "problems": [
    {
      "code": "invalid-json",
      "pointer": "",
      "line": 2,
      "column": 1,
      "message": "expected '','' or ''}'' after a member, found the end of the text"
    }
  ]
}
',NULL);
INSERT INTO "drop_file" VALUES(5,3,X'3230323530333034543039303030305A2D303030327A67643774392D352E6A736F6E',X'C28ADDBC5D0C70F7090386D5B3EDA8B58323D32FF616DA355A82E71E3476FB29','repeated','{
  "outcome": "repeated",
  "file": "5.json",
  "sha256": "c28addbc5d0c70f7090386d5b3eda8b58323d32ff616da355a82e71e3476fb29",
  "run": 3,
  "handledAt": "2025-03-04T09:00:00Z",
  "first": {
    "run": 1,
    "file": "1.json",
    "receipt": "accepted/20250301T090000Z-0000fmxbpt-1.json.receipt.json"
  }
}
',NULL);
INSERT INTO "drop_file" VALUES(6,4,X'3230323530333033543132303030305A2D303030303068386233372D362E6A736F6E',X'F9EB40C94D2AA4928948A650276F52B614F4B3AF30A6BA6A62160CFFA946AAB5','accepted','{
  "outcome": "accepted",
  "file": "6.json",
  "sha256": "f9eb40c94d2aa4928948a650276f52b614f4b3af30a6ba6a62160cffa946aab5",
  "run": 4,
  "handledAt": "2025-03-03T12:00:00Z",
  "results": [
    {
      "action": "create",
      "license": "01955be0-9600-700a-b76c-6e8891c8288a",
      "name": "Delta",
      "customer": "acme",
      "notBefore": "2025-03-01T00:00:00Z",
      "expiresAt": "2099-01-01T00:00:00Z",
      "bundle": "acme/acme-000004.tar"
    }
  ]
}
',NULL);
INSERT INTO "drop_file" VALUES(7,5,X'3230323530363031543132303030305A2D303030303667786779662D657073696C6F6E2E6A736F6E',X'76C76BE97B014EBA9082C8426379FFDBDC6465151AB74399DDB40A1B296687DD','accepted','{
  "outcome": "accepted",
  "file": "epsilon.json",
  "sha256": "76c76be97b014eba9082c8426379ffdbdc6465151ab74399ddb40a1b296687dd",
  "run": 5,
  "handledAt": "2025-06-01T12:00:00Z",
  "signers": [
    {
      "name": "alice@example.com",
      "key": "SHA256:m4MGwbKAI67HIYLxnyZfZA4VUib+M5J+aCRWInqrc+k",
      "signedAt": null
    },
    {
      "name": "bob@example.com",
      "key": "SHA256:LNnegGPNNwLN5on3LgL3kT0IPbSswpA3DP81YkMUdXk",
      "signedAt": null
    }
  ],
  "results": [
    {
      "action": "create",
      "license": "01972b5c-ee5e-7c09-b294-e6b3e85da74c",
      "name": "Epsilon",
      "customer": "acme",
      "notBefore": "2025-06-01T00:00:00Z",
      "expiresAt": "2026-06-01T00:00:00Z",
      "bundle": "acme/acme-000005.tar"
    }
  ]
}
',2);
INSERT INTO "drop_file" VALUES(8,6,X'3230323530373031543132303030305A2D3030303061326B79326E2D7A6574612E6A736F6E',X'5C100AA463B94AD458C7746D0BAF7012A7D43E5172218A9DDD8D8DE183C7DBB5','accepted','{
  "outcome": "accepted",
  "file": "zeta.json",
  "sha256": "5c100aa463b94ad458c7746d0baf7012a7d43e5172218a9ddd8d8de183c7dbb5",
  "run": 6,
  "handledAt": "2025-07-01T12:00:00Z",
  "results": [
    {
      "action": "create",
      "license": "0197c5db-b98f-7544-8181-588b43c0f2d1",
      "name": "Zeta",
      "customer": "acme",
      "notBefore": "2025-07-01T00:00:00Z",
      "expiresAt": "2026-07-01T00:00:00Z",
      "bundle": "acme/acme-000006.tar"
    }
  ]
}
',NULL);
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
INSERT INTO "event" VALUES(1,1,2,'renamed','Acme production','Acme live');
INSERT INTO "event" VALUES(2,1,2,'described','Three clusters',NULL);
INSERT INTO "event" VALUES(3,2,2,'deleted',NULL,1740906000);
INSERT INTO "event" VALUES(4,1,2,'delivered',NULL,NULL);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1 the record of what was issued');
INSERT INTO "grdb_migrations" VALUES('2 the life of a license');
INSERT INTO "grdb_migrations" VALUES('3 the custody of keys');
INSERT INTO "grdb_migrations" VALUES('4 the digest of a verified token');
INSERT INTO "grdb_migrations" VALUES('5 records that nothing replaces');
INSERT INTO "grdb_migrations" VALUES('6 clocks that were accepted');
INSERT INTO "grdb_migrations" VALUES('7 the last digits of a license''s id');
INSERT INTO "grdb_migrations" VALUES('8 receipts in parts');
INSERT INTO "grdb_migrations" VALUES('9 who signed a drop');
INSERT INTO "grdb_migrations" VALUES('10 a log over the record');
CREATE TABLE key (
  kid TEXT NOT NULL PRIMARY KEY CHECK (length(kid) = 43),
  public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
  state TEXT NOT NULL CHECK (state IN ('active', 'standby', 'retired')),
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO "key" VALUES('MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',X'E5AAAF54E25548CE90A546CECAED5F2DB8724BD4D3B56E3F4D606C6E202717C8','active',1740816000);
INSERT INTO "key" VALUES('a48cb2-mKLZWwQK_wnvgSbqHQIY2h25motM_v8jsoXM',X'AA1BFD9F8C18871A0A347EFAD55EB2832EE4754758251A4A268CAB664BD500A4','standby',1740992400);
CREATE TABLE key_event (
  id INTEGER NOT NULL PRIMARY KEY,
  kid TEXT NOT NULL REFERENCES key (kid),
  event TEXT NOT NULL
    CHECK (event IN ('generated', 'imported', 'activated', 'deactivated', 'retired')),
  at INTEGER NOT NULL
) STRICT;
INSERT INTO "key_event" VALUES(1,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY','generated',1740816000);
INSERT INTO "key_event" VALUES(2,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY','activated',1740816000);
INSERT INTO "key_event" VALUES(3,'a48cb2-mKLZWwQK_wnvgSbqHQIY2h25motM_v8jsoXM','generated',1740992400);
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
, token_sha256 BLOB
  CHECK (token_sha256 IS NULL OR length(token_sha256) = 32)) STRICT;
INSERT INTO "license" VALUES(1,'019550ef-1280-77a4-ada6-2b8da04ab1d5','Acme live','acme',NULL,1740787200,4070908800,1740819600,NULL,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1,1,'eyJhbGciOiJFZERTQSIsImtpZCI6Ik1mSUJVNkNfNEdmbzQ0ZkNyc1I4V1dsWnVMMFFuaXd0V2RQRUNzNkg4aVkiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2xpY2Vuc2VzLmV4YW1wbGUuY29tIiwic3ViIjoiMDE5NTUwZWYtMTI4MC03N2E0LWFkYTYtMmI4ZGEwNGFiMWQ1IiwiYXVkIjpbImxpY2Vuc2Uta2V5Il0sImlhdCI6MTc0MDgxOTYwMCwibmJmIjoxNzQwNzg3MjAwLCJleHAiOjQwNzA5MDg4MDAsInNlYXRzIjoyNSwicGxhbiI6InBybyJ9.Bau3lTfG7LBE8qQCBH-RyUpYQzPG5c7Ee1g61u8phm6YZn-oMKG90CWM-2uG9afDOlr5tprpwBgQkUrHaEmqAw',X'936E40EBABB3B30A20F3E363408B6B96CFF6A53CC50B4FF4DE957537A8A9BEE8');
INSERT INTO "license" VALUES(2,'019550ef-1280-7296-b7a3-c05e33aa0a6e','Beta trial','beta',NULL,1740787200,4070908800,1740819600,1740906000,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1,1,'eyJhbGciOiJFZERTQSIsImtpZCI6Ik1mSUJVNkNfNEdmbzQ0ZkNyc1I4V1dsWnVMMFFuaXd0V2RQRUNzNkg4aVkiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2xpY2Vuc2VzLmV4YW1wbGUuY29tIiwic3ViIjoiMDE5NTUwZWYtMTI4MC03Mjk2LWI3YTMtYzA1ZTMzYWEwYTZlIiwiYXVkIjpbImxpY2Vuc2Uta2V5Il0sImlhdCI6MTc0MDgxOTYwMCwibmJmIjoxNzQwNzg3MjAwLCJleHAiOjQwNzA5MDg4MDB9.zZJNMTpkz76oBjlvQBX4wt3mb9JXarKKXHj04F1Vbl7Fi7byLYyfKVhv6hp94Bb9MEha6nNsDhCOEfXQuSNKBg',X'69440AA53BE41D14E9272E5760C746A9AFCCE328C79FD5F1C295735D890A2F8C');
INSERT INTO "license" VALUES(3,'01956062-2680-7c71-bd45-699fdee0726a','Gamma','gamma',NULL,1740787200,4070908800,1741078800,NULL,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',3,3,'eyJhbGciOiJFZERTQSIsImtpZCI6Ik1mSUJVNkNfNEdmbzQ0ZkNyc1I4V1dsWnVMMFFuaXd0V2RQRUNzNkg4aVkiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2xpY2Vuc2VzLmV4YW1wbGUuY29tIiwic3ViIjoiMDE5NTYwNjItMjY4MC03YzcxLWJkNDUtNjk5ZmRlZTA3MjZhIiwiYXVkIjpbImxpY2Vuc2Uta2V5Il0sImlhdCI6MTc0MTA3ODgwMCwibmJmIjoxNzQwNzg3MjAwLCJleHAiOjQwNzA5MDg4MDAsInNlYXRzIjoxfQ.gx5Vf_rvOLRwpZDGaFLF0tndPfePnRZ-WNAO-quJOByOsZXzoasxxZciGgbY9svb80RhLoK8OaDXbiJaUt8IDw',X'76330491810FA097FB5F44FE53A89E29CA631CFEFD77221AE8D633BB792D1F89');
INSERT INTO "license" VALUES(4,'01955be0-9600-700a-b76c-6e8891c8288a','Delta','acme',NULL,1740787200,4070908800,1741003200,NULL,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',4,6,'eyJhbGciOiJFZERTQSIsImtpZCI6Ik1mSUJVNkNfNEdmbzQ0ZkNyc1I4V1dsWnVMMFFuaXd0V2RQRUNzNkg4aVkiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2xpY2Vuc2VzLmV4YW1wbGUuY29tIiwic3ViIjoiMDE5NTViZTAtOTYwMC03MDBhLWI3NmMtNmU4ODkxYzgyODhhIiwiYXVkIjpbImxpY2Vuc2Uta2V5Il0sImlhdCI6MTc0MTAwMzIwMCwibmJmIjoxNzQwNzg3MjAwLCJleHAiOjQwNzA5MDg4MDB9.mAhbdJhr0Ut7ltA4bq7UdZBbMSRJ0-BKDkDqX-2Bqw15Wvye6-lXqpWcBxV1xE4V_Uu9MBE5zEoH2vDx0sk0DQ',X'27A94F1D1E64C1D4F3D503FF6E451E24D472A3D0EFD41BB1660285EA432BD9D1');
INSERT INTO "license" VALUES(5,'01972b5c-ee5e-7c09-b294-e6b3e85da74c','Epsilon','acme',NULL,1748736000,1780272000,1748779200,NULL,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',5,7,'eyJhbGciOiJFZERTQSIsImtpZCI6Ik1mSUJVNkNfNEdmbzQ0ZkNyc1I4V1dsWnVMMFFuaXd0V2RQRUNzNkg4aVkiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2xpY2Vuc2VzLmV4YW1wbGUuY29tIiwic3ViIjoiMDE5NzJiNWMtZWU1ZS03YzA5LWIyOTQtZTZiM2U4NWRhNzRjIiwiYXVkIjpbImxpY2Vuc2Uta2V5Il0sImlhdCI6MTc0ODc3OTIwMCwibmJmIjoxNzQ4NzM2MDAwLCJleHAiOjE3ODAyNzIwMDAsInNlYXRzIjoyfQ.hU-IJrTUBX73SJK2OjuIrCGIzHpUraI7KLZOMyPySJWgxpTY8SEKffwgrSODWPkhQBHM4T5XlyTntBBL8d8ABw',X'DBAA38B7C058DBA727B1E053A41C21FEDAF29B3C494D46216C0432CB60EFE829');
INSERT INTO "license" VALUES(6,'0197c5db-b98f-7544-8181-588b43c0f2d1','Zeta','acme',NULL,1751328000,1782864000,1751371200,NULL,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',6,8,'eyJhbGciOiJFZERTQSIsImtpZCI6Ik1mSUJVNkNfNEdmbzQ0ZkNyc1I4V1dsWnVMMFFuaXd0V2RQRUNzNkg4aVkiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2xpY2Vuc2VzLmV4YW1wbGUuY29tIiwic3ViIjoiMDE5N2M1ZGItYjk4Zi03NTQ0LTgxODEtNTg4YjQzYzBmMmQxIiwiYXVkIjpbImxpY2Vuc2Uta2V5Il0sImlhdCI6MTc1MTM3MTIwMCwibmJmIjoxNzUxMzI4MDAwLCJleHAiOjE3ODI4NjQwMDAsInNlYXRzIjo3fQ.2Kd5PYiMtGrnP4ayQiu2RdKKkrD7dcX4nA6_RwuikvEO1bTAesTaMH0GMmslNY3IYFAVXaTR1xmA-yofEvceAQ',X'D65489422CC2F663066AFC0D8EA858E6D1279A0EB9B66053A0FD9AF29A59C05F');
CREATE TABLE log_cosignature (
  id INTEGER NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL REFERENCES log_head (size),
  verifier TEXT NOT NULL,
  line TEXT NOT NULL,
  UNIQUE (size, verifier)
) STRICT;
CREATE TABLE log_entry (
  number INTEGER NOT NULL PRIMARY KEY,
  text TEXT NOT NULL CHECK (length(CAST(text AS BLOB)) <= 4096)
) STRICT;
INSERT INTO "log_entry" VALUES(0,'{"type":"key","at":"2025-03-01T08:00:00Z","kid":"MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY","event":"generated"}');
INSERT INTO "log_entry" VALUES(1,'{"type":"key","at":"2025-03-01T08:00:00Z","kid":"MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY","event":"activated"}');
INSERT INTO "log_entry" VALUES(2,'{"type":"key","at":"2025-03-03T09:00:00Z","kid":"a48cb2-mKLZWwQK_wnvgSbqHQIY2h25motM_v8jsoXM","event":"generated"}');
INSERT INTO "log_entry" VALUES(3,'{"type":"policy","at":"2025-03-01T09:00:00Z","run":1,"what":"issuer","digest":"a59ccdd368fb216fde6c03a6e80e4f68966adabd87d08136805db490030310bd"}');
INSERT INTO "log_entry" VALUES(4,'{"type":"policy","at":"2025-03-03T12:00:00Z","run":4,"what":"clock-accepted","reason":"the ledger''s newest time was 2025-03-04T09:00:00Z"}');
INSERT INTO "log_entry" VALUES(5,'{"type":"policy","at":"2025-06-01T12:00:00Z","run":5,"what":"signers","digest":"d263ccc74523fae92beb6e3ec2dd0f1865b77f317db90da0c6733d479911461c"}');
INSERT INTO "log_entry" VALUES(6,'{"type":"drop","at":"2025-03-01T09:00:00Z","run":1,"sha256":"c28addbc5d0c70f7090386d5b3eda8b58323d32ff616da355a82e71e3476fb29","outcome":"accepted","changes":"c9b9c0f9062fbfc83909cb74d5e0d3b7afb7bcd23ca375afdbfacbb6c5cc0fcc"}');
INSERT INTO "log_entry" VALUES(7,'{"type":"drop","at":"2025-03-02T09:00:00Z","run":2,"sha256":"175702f32f5439a93856f5cda516e844e4ce84db87eeb5c82074ea82d4a6cb55","outcome":"accepted","changes":"48d9c0bb13aef52604831a06a189268404f03002639d4f99586324243258ba28"}');
INSERT INTO "log_entry" VALUES(8,'{"type":"drop","at":"2025-03-04T09:00:00Z","run":3,"sha256":"7b48c9c31b724db01dfc9ac128e280deaf6c994f294fe7bc4f1f86121ae07929","outcome":"accepted","changes":"8815c92e380a71695a38d511bd2ec9be76ed8d049fbaff9a27841844b47041ed"}');
INSERT INTO "log_entry" VALUES(9,'{"type":"drop","at":"2025-03-03T12:00:00Z","run":4,"sha256":"f9eb40c94d2aa4928948a650276f52b614f4b3af30a6ba6a62160cffa946aab5","outcome":"accepted","changes":"8eb4681c6411a96c1448fa17fd54da8b4daaa739ebf0a33eda77254f12f1059f"}');
INSERT INTO "log_entry" VALUES(10,'{"type":"drop","at":"2025-06-01T12:00:00Z","run":5,"sha256":"76c76be97b014eba9082c8426379ffdbdc6465151ab74399ddb40a1b296687dd","outcome":"accepted","changes":"657d58bd9bbc9c108e2e0ec01ab8c83b2ce016dce36f49bb6d1ff7035ce759b0","signers":"9556da81760bfa1e91c92d967bbff870c976eb0dd9e21d568221901ef672a74d"}');
INSERT INTO "log_entry" VALUES(11,'{"type":"bundle","at":"2025-03-01T09:00:00Z","run":1,"bundle":"acme-000001","licenses":1,"tokens":"227b2dc48196d2223c0ab27c367ec87dc351716e982bce01f820b76e516c8d97","salt":"ed7a9672c9da149123757c1313960234"}');
INSERT INTO "log_entry" VALUES(12,'{"type":"bundle","at":"2025-03-01T09:00:00Z","run":1,"bundle":"beta-000001","licenses":1,"tokens":"9125ac293c9595006ede27aa23623bdfa35431eed5992b79bedd6279c7059947","salt":"5b33b82ab9e837f9b9c04c709289a8f3"}');
INSERT INTO "log_entry" VALUES(13,'{"type":"bundle","at":"2025-03-02T09:00:00Z","run":2,"bundle":"acme-000002","licenses":1,"tokens":"227b2dc48196d2223c0ab27c367ec87dc351716e982bce01f820b76e516c8d97","salt":"e406ae221aecdba9919ab204b55d2d56"}');
INSERT INTO "log_entry" VALUES(14,'{"type":"bundle","at":"2025-03-04T09:00:00Z","run":3,"bundle":"gamma-000003","licenses":1,"tokens":"8bfaec8bdb325789d1c07f19778fc75df6ccfac6ca314572bdf18a5e213805ec","salt":"95fcf30aa1f3b965cc769f5d7b19ae1c"}');
INSERT INTO "log_entry" VALUES(15,'{"type":"bundle","at":"2025-03-03T12:00:00Z","run":4,"bundle":"acme-000004","licenses":1,"tokens":"c4873f25efb0d0f93aea23a4a43e2d7801aaa674e8c3badd1bedcbc3cd2af6f9","salt":"f0abe85944974b7d61119118e10febb5"}');
INSERT INTO "log_entry" VALUES(16,'{"type":"bundle","at":"2025-06-01T12:00:00Z","run":5,"bundle":"acme-000005","licenses":1,"tokens":"a72873a0fb33e1bcb2c0a420540d5881bb5bf2d45daa6e9577106ffc8c190248","salt":"02c34d00dd5763092604e4163f0b68b0"}');
INSERT INTO "log_entry" VALUES(17,'{"type":"policy","at":"2025-07-01T12:00:00Z","what":"log-begun","reason":"5 licenses were issued before there was a log: what is above was entered as it was found"}');
INSERT INTO "log_entry" VALUES(18,'{"type":"policy","at":"2025-07-01T12:00:00Z","run":6,"what":"signers","reason":"nobody has to sign"}');
INSERT INTO "log_entry" VALUES(19,'{"type":"drop","at":"2025-07-01T12:00:00Z","run":6,"sha256":"5c100aa463b94ad458c7746d0baf7012a7d43e5172218a9ddd8d8de183c7dbb5","outcome":"accepted","changes":"89f0f564704e3fcff9f7bba57c2adc8d75f2fa1fa58eda091c9db35ad69d561b"}');
INSERT INTO "log_entry" VALUES(20,'{"type":"bundle","at":"2025-07-01T12:00:00Z","run":6,"bundle":"acme-000006","licenses":1,"tokens":"382b280ceabe6e2846b06e2dd57131c269a41b130ed75b35317940e18eca2308","salt":"e7c986a517015768a67dc8b5c4ace26b"}');
CREATE TABLE log_head (
  size INTEGER NOT NULL PRIMARY KEY,
  run INTEGER UNIQUE REFERENCES run (number),
  note BLOB NOT NULL,
  cosigned BLOB
) STRICT;
INSERT INTO "log_head" VALUES(21,6,X'6C6963656E7365732E6578616D706C652E636F6D2F4D6649425536435F3447660A32310A335843574130497078744D684C532F54336246644A7946447451595862366F6B4359694D4F4D30464251733D0A0AE28094206C6963656E7365732E6578616D706C652E636F6D2F4D6649425536435F3447662069534A426256436D75757472787741376447645951366D654335744E505247556E62626E62433450326A6F6E766C43544B3141707869796B306F68553852576D67732B525864704C58524C73466D46516D7973314A697A506B77633D0A',NULL);
CREATE TABLE log_origin (
  first_entry INTEGER NOT NULL PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE,
  first_run INTEGER NOT NULL,
  lost_checkpoint BLOB
) STRICT;
INSERT INTO "log_origin" VALUES(0,'licenses.example.com/MfIBU6C_4Gf',1,NULL);
CREATE TABLE log_tile (
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hashes BLOB NOT NULL CHECK (length(hashes) % 32 = 0 AND length(hashes) <= 8192),
  PRIMARY KEY (level, number)
) STRICT;
INSERT INTO "log_tile" VALUES(0,0,X'EB3C02FFEF984FD05E230467C7A238E57D42DAC12B319770429E78A436686D1A795858C02DCBAAC7FB4CD9ECFE481D0C78078F619BFF50B835E3FE987EED3D2E287D2C5981CBB5BDE2358475CCE3A2F7DB13AB40FF306BE2C212272C723BC978AB5E79D7A4149212D6A205C7AB7ACB1843C322B18B1FC55425E3D96983CBE34A9B3D1910A28C1E4FDA1F579B2B6BC1F1302A8531211A9920A7AA60EDA886D3E9D56D8A3F9DF380A2A0B413016A719005741B805E7151F3F80876798053AE39EC52B4F582A195DA557E499DF5D49BEF316DB6825FE0019ECB1AEBEF75F6582FAD0A9281F6DE194EA4B3B3B71CFAEC7BE93E13D2B25A15810831436624A284118271B6F1E8ACE27E280A56622FE92FC7D1B1DBCEDF4E5EAA087D0855103AE01C74268270B1DD9AF1A1D4DC9C81C35F4462EC1DBB43902F946B1811B558FC39C91B8081003BB2F4938512EA5449C3F6E8DB9B901D9A0FA4CDF95C37E8855D22F556CF3113A76E000990B3A4CB2D4A07F353BFD19FFD943AB921410F994C5E44627800593CDCB0703962A94C196460F0B37D1D2AE8687E88C267194A90D617823B00211BCA9F5BD088509A8F0CA4F2EE5B26D1F28CAF30D73C667F52B5BC96212F62231DA732B8CD8A773CA7B7F3CFFC479754D387532E17BB20C79BDE111EB9D9BC2CA0F4CF0ECC240BFBE3FB0675614B644C6AA8548CA1BE482DDC3CE55E349280EF993D4026225E2FD78B7E1CB8B6FF1D77E4FEE6D38F08AA4381F4DAD9DFB790654FDE488B27AB915CD454F02D7A5C707FC1977FC6DE1626D0415E194758A67FA8B7AFCF1D1F228C9E80AAEF8BF17C2311666A85EFB6C58BEBB751A0C2D2C2506A371CD61004BD28C4EBB24E81152BE9B0FE6BFC3012188B20DB65C851559B4EBB2F6E8DD5A0738A17FB52BE351F02361BD7E68CB2F28D31BA95B05D6A76316D');
CREATE TABLE receipt_part (
  id INTEGER NOT NULL PRIMARY KEY,
  drop_file INTEGER NOT NULL REFERENCES drop_file (id),
  text TEXT NOT NULL
) STRICT;
CREATE TABLE run (
  number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  issuer TEXT NOT NULL,
  kid TEXT NOT NULL REFERENCES key (kid),
  finished_at INTEGER
) STRICT;
INSERT INTO "run" VALUES(1,1740819600,'https://licenses.example.com','MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1740819600);
INSERT INTO "run" VALUES(2,1740906000,'https://licenses.example.com','MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1740906000);
INSERT INTO "run" VALUES(3,1741078800,'https://licenses.example.com','MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1741078800);
INSERT INTO "run" VALUES(4,1741003200,'https://licenses.example.com','MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1741003200);
INSERT INTO "run" VALUES(5,1748779200,'https://licenses.example.com','MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1748779200);
INSERT INTO "run" VALUES(6,1751371200,'https://licenses.example.com','MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY',1751371200);
CREATE TABLE run_key (
  run INTEGER NOT NULL REFERENCES run (number),
  kid TEXT NOT NULL REFERENCES key (kid),
  PRIMARY KEY (run, kid)
) STRICT, WITHOUT ROWID;
INSERT INTO "run_key" VALUES(1,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY');
INSERT INTO "run_key" VALUES(2,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY');
INSERT INTO "run_key" VALUES(3,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY');
INSERT INTO "run_key" VALUES(3,'a48cb2-mKLZWwQK_wnvgSbqHQIY2h25motM_v8jsoXM');
INSERT INTO "run_key" VALUES(4,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY');
INSERT INTO "run_key" VALUES(4,'a48cb2-mKLZWwQK_wnvgSbqHQIY2h25motM_v8jsoXM');
INSERT INTO "run_key" VALUES(5,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY');
INSERT INTO "run_key" VALUES(5,'a48cb2-mKLZWwQK_wnvgSbqHQIY2h25motM_v8jsoXM');
INSERT INTO "run_key" VALUES(6,'MfIBU6C_4Gfo44fCrsR8WWlZuL0QniwtWdPECs6H8iY');
INSERT INTO "run_key" VALUES(6,'a48cb2-mKLZWwQK_wnvgSbqHQIY2h25motM_v8jsoXM');
CREATE TABLE run_signers (
  run INTEGER NOT NULL PRIMARY KEY REFERENCES run (number),
  list INTEGER NOT NULL REFERENCES signers_list (id)
) STRICT;
INSERT INTO "run_signers" VALUES(5,1);
CREATE TABLE signature (
  id INTEGER NOT NULL PRIMARY KEY,
  drop_file INTEGER NOT NULL REFERENCES drop_file (id),
  signer TEXT NOT NULL,
  key TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) IN (32, 64)),
  signature BLOB NOT NULL
) STRICT;
INSERT INTO "signature" VALUES(1,7,'alice@example.com','SHA256:m4MGwbKAI67HIYLxnyZfZA4VUib+M5J+aCRWInqrc+k',X'B9270DBED1D1B81E621DFD20FD04E19AA04099027074B0445A0917E8B9B453C438C7945BADD94E37A938BAF2633B9E15911C53203CA886B3BB0B0B98E05DB67A',X'53534853494700000001000000330000000B7373682D65643235353139000000204711ED30D21DE63F2F7AA77B88F22E0E4D146F8D73327B0B3405F91A94443B7000000025636F6C646D696E742D72657175657374406C6963656E7365732E6578616D706C652E636F6D0000000000000006736861353132000000530000000B7373682D65643235353139000000401CF5498956E2C9F619B5FB5F7E93FF431BD7EED56E3C03710DC83E87283E91D70CAFA5FFE80FB8DE10C1139B0F3330046675837918A2190AB4DE3A5114333002');
INSERT INTO "signature" VALUES(2,7,'bob@example.com','SHA256:LNnegGPNNwLN5on3LgL3kT0IPbSswpA3DP81YkMUdXk',X'B9270DBED1D1B81E621DFD20FD04E19AA04099027074B0445A0917E8B9B453C438C7945BADD94E37A938BAF2633B9E15911C53203CA886B3BB0B0B98E05DB67A',X'53534853494700000001000000330000000B7373682D65643235353139000000206A6D29F4FFF10BD5A8A7FF421B8BD6358D41C6262A5704E1CBB6189EA818509700000025636F6C646D696E742D72657175657374406C6963656E7365732E6578616D706C652E636F6D0000000000000006736861353132000000530000000B7373682D6564323535313900000040519D72B2558A89E0538415EC50E362EC428CFE6E92304BDF0C275F0CB786DEE428C4C817A2C481A31A4C31642EE47A49482B086EA98CB24C0F125E9ADF0AF80B');
CREATE TABLE signers_list (
  id INTEGER NOT NULL PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  text BLOB NOT NULL
) STRICT;
INSERT INTO "signers_list" VALUES(1,X'D263CCC74523FAE92BEB6E3EC2DD0F1865B77F317DB90DA0C6733D479911461C',X'616C696365406578616D706C652E636F6D207373682D65643235353139204141414143334E7A6143316C5A4449314E5445354141414149456352375444534865592F4C33716E65346A794C67354E46472B4E637A4A37437A51462B5271555244747720616C6963650A626F62406578616D706C652E636F6D207373682D65643235353139204141414143334E7A6143316C5A4449314E54453541414141494770744B66542F38517656714B662F5168754C316A574E5163596D4B6C634534637532474A366F4746435820626F620A');
CREATE TABLE station_event (
  id INTEGER NOT NULL PRIMARY KEY,
  what TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
INSERT INTO "station_event" VALUES(1,'log-begun',1751371200,'5 licenses were issued before there was a log: what is above was entered as it was found');
CREATE UNIQUE INDEX key_active ON key (state) WHERE state = 'active';
CREATE INDEX run_unfinished ON run (number) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX drop_file_accepted ON drop_file (sha256) WHERE outcome = 'accepted';
CREATE INDEX drop_file_run ON drop_file (run);
CREATE UNIQUE INDEX license_live_name ON license (name) WHERE deleted_at IS NULL;
CREATE INDEX license_customer ON license (customer, number);
CREATE INDEX license_end ON license (expires_at) WHERE deleted_at IS NULL;
CREATE INDEX license_run ON license (run, customer);
CREATE INDEX bundle_customer ON bundle (customer, run);
CREATE INDEX event_license ON event (license);
CREATE INDEX event_drop_file ON event (drop_file);
CREATE UNIQUE INDEX event_delivered ON event (drop_file, license)
  WHERE kind = 'delivered';
CREATE INDEX license_deleted ON license (number) WHERE deleted_at IS NOT NULL;
CREATE INDEX key_event_kid ON key_event (kid);
CREATE INDEX event_change ON event (license, kind, old, new);
CREATE INDEX license_last_digits ON license (customer, substr(id, 25));
CREATE INDEX receipt_part_drop_file ON receipt_part (drop_file);
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
CREATE TRIGGER license_digest_is_immutable BEFORE UPDATE OF token_sha256 ON license
BEGIN SELECT RAISE(ABORT, 'what a license was issued with never changes'); END;
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
CREATE TRIGGER clock_acceptance_is_immutable BEFORE UPDATE ON clock_acceptance
BEGIN SELECT RAISE(ABORT, 'history never changes'); END;
CREATE TRIGGER clock_acceptance_is_kept BEFORE DELETE ON clock_acceptance
BEGIN SELECT RAISE(ABORT, 'history is never removed'); END;
CREATE TRIGGER clock_acceptance_is_new BEFORE INSERT ON clock_acceptance
WHEN EXISTS (SELECT 1 FROM clock_acceptance WHERE run = new.run)
BEGIN SELECT RAISE(ABORT, 'history is never replaced'); END;
CREATE TRIGGER receipt_part_is_immutable BEFORE UPDATE ON receipt_part
BEGIN SELECT RAISE(ABORT, 'what became of a drop never changes'); END;
CREATE TRIGGER receipt_part_is_kept BEFORE DELETE ON receipt_part
BEGIN SELECT RAISE(ABORT, 'what became of a drop is never removed'); END;
CREATE TRIGGER receipt_part_is_new BEFORE INSERT ON receipt_part
WHEN EXISTS (SELECT 1 FROM receipt_part WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'what became of a drop is never replaced'); END;
CREATE INDEX signature_drop_file ON signature (drop_file);
CREATE INDEX signature_signer ON signature (signer, drop_file);
CREATE TRIGGER signers_list_is_immutable BEFORE UPDATE ON signers_list
BEGIN SELECT RAISE(ABORT, 'who signed never changes'); END;
CREATE TRIGGER signers_list_is_kept BEFORE DELETE ON signers_list
BEGIN SELECT RAISE(ABORT, 'who signed is never removed'); END;
CREATE TRIGGER run_signers_is_immutable BEFORE UPDATE ON run_signers
BEGIN SELECT RAISE(ABORT, 'who signed never changes'); END;
CREATE TRIGGER run_signers_is_kept BEFORE DELETE ON run_signers
BEGIN SELECT RAISE(ABORT, 'who signed is never removed'); END;
CREATE TRIGGER signature_is_immutable BEFORE UPDATE ON signature
BEGIN SELECT RAISE(ABORT, 'who signed never changes'); END;
CREATE TRIGGER signature_is_kept BEFORE DELETE ON signature
BEGIN SELECT RAISE(ABORT, 'who signed is never removed'); END;
CREATE TRIGGER signers_list_is_new BEFORE INSERT ON signers_list
WHEN EXISTS (SELECT 1 FROM signers_list WHERE id = new.id OR sha256 = new.sha256)
BEGIN SELECT RAISE(ABORT, 'who signed is never replaced'); END;
CREATE TRIGGER run_signers_is_new BEFORE INSERT ON run_signers
WHEN EXISTS (SELECT 1 FROM run_signers WHERE run = new.run)
BEGIN SELECT RAISE(ABORT, 'who signed is never replaced'); END;
CREATE TRIGGER signature_is_new BEFORE INSERT ON signature
WHEN EXISTS (SELECT 1 FROM signature WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'who signed is never replaced'); END;
CREATE TRIGGER log_entry_is_immutable BEFORE UPDATE ON log_entry
BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;
CREATE TRIGGER log_entry_is_kept BEFORE DELETE ON log_entry
BEGIN SELECT RAISE(ABORT, 'nothing is taken out of the log'); END;
CREATE TRIGGER log_origin_is_immutable BEFORE UPDATE ON log_origin
BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;
CREATE TRIGGER log_origin_is_kept BEFORE DELETE ON log_origin
BEGIN SELECT RAISE(ABORT, 'nothing is taken out of the log'); END;
CREATE TRIGGER log_head_is_immutable BEFORE UPDATE ON log_head
BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;
CREATE TRIGGER log_head_is_kept BEFORE DELETE ON log_head
BEGIN SELECT RAISE(ABORT, 'nothing is taken out of the log'); END;
CREATE TRIGGER log_cosignature_is_immutable BEFORE UPDATE ON log_cosignature
BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;
CREATE TRIGGER log_cosignature_is_kept BEFORE DELETE ON log_cosignature
BEGIN SELECT RAISE(ABORT, 'nothing is taken out of the log'); END;
CREATE TRIGGER bundle_entry_is_immutable BEFORE UPDATE ON bundle_entry
BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;
CREATE TRIGGER bundle_entry_is_kept BEFORE DELETE ON bundle_entry
BEGIN SELECT RAISE(ABORT, 'nothing is taken out of the log'); END;
CREATE TRIGGER station_event_is_immutable BEFORE UPDATE ON station_event
BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;
CREATE TRIGGER station_event_is_kept BEFORE DELETE ON station_event
BEGIN SELECT RAISE(ABORT, 'nothing is taken out of the log'); END;
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('run',6);
COMMIT;

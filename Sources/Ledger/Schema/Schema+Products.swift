/// What a migration adds for products, terms and the request that a license came from.
extension Schema {
    /// Each product file that was in force, as it was read, and which ones were in each run: a catalog
    /// is a set of them, by one digest.
    ///
    /// A license without an end has the second after the latest time in `expires_at`. `request_id` is
    /// the request's, `supersedes` the number of the license that this one follows.
    static let products = """
        CREATE TABLE product (
          id INTEGER NOT NULL PRIMARY KEY,
          name TEXT NOT NULL,
          sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
          text BLOB NOT NULL,
          UNIQUE (name, sha256)
        ) STRICT;
        CREATE TABLE catalog (
          id INTEGER NOT NULL PRIMARY KEY,
          sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32)
        ) STRICT;
        CREATE TABLE catalog_product (
          catalog INTEGER NOT NULL REFERENCES catalog (id),
          product INTEGER NOT NULL REFERENCES product (id),
          PRIMARY KEY (catalog, product)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE run_catalog (
          run INTEGER NOT NULL PRIMARY KEY REFERENCES run (number),
          catalog INTEGER NOT NULL REFERENCES catalog (id)
        ) STRICT;
        ALTER TABLE license ADD COLUMN product INTEGER REFERENCES product (id);
        ALTER TABLE license ADD COLUMN plan TEXT CHECK (plan IS NULL OR product IS NOT NULL);
        ALTER TABLE license ADD COLUMN grace_days INTEGER
          CHECK (grace_days IS NULL OR grace_days BETWEEN 0 AND 366);
        ALTER TABLE license ADD COLUMN notice_days INTEGER
          CHECK (notice_days IS NULL OR notice_days BETWEEN 0 AND 366);
        ALTER TABLE license ADD COLUMN maintained_until INTEGER;
        ALTER TABLE license ADD COLUMN supersedes INTEGER REFERENCES license (number);
        ALTER TABLE license ADD COLUMN request_id TEXT;
        CREATE INDEX license_supersedes ON license (supersedes) WHERE supersedes IS NOT NULL;
        CREATE INDEX license_request_id ON license (request_id) WHERE request_id IS NOT NULL;

        """

    static let productImmutability =
        immutability(
            of: ["product", "catalog", "catalog_product", "run_catalog"],
            change: "what was sold never changes", removal: "what was sold is never removed") + """
            CREATE TRIGGER product_is_new BEFORE INSERT ON product
            WHEN EXISTS (SELECT 1 FROM product
                          WHERE id = new.id OR name = new.name AND sha256 = new.sha256)
            BEGIN SELECT RAISE(ABORT, 'what was sold is never replaced'); END;

            CREATE TRIGGER catalog_is_new BEFORE INSERT ON catalog
            WHEN EXISTS (SELECT 1 FROM catalog WHERE id = new.id OR sha256 = new.sha256)
            BEGIN SELECT RAISE(ABORT, 'what was sold is never replaced'); END;

            CREATE TRIGGER catalog_product_is_new BEFORE INSERT ON catalog_product
            WHEN EXISTS (SELECT 1 FROM catalog_product
                          WHERE catalog = new.catalog AND product = new.product)
            BEGIN SELECT RAISE(ABORT, 'what was sold is never replaced'); END;

            CREATE TRIGGER run_catalog_is_new BEFORE INSERT ON run_catalog
            WHEN EXISTS (SELECT 1 FROM run_catalog WHERE run = new.run)
            BEGIN SELECT RAISE(ABORT, 'what was sold is never replaced'); END;

            CREATE TRIGGER license_origin_is_immutable
            BEFORE UPDATE OF product, plan, grace_days, notice_days, maintained_until, supersedes,
                             request_id ON license
            BEGIN SELECT RAISE(ABORT, 'what a license was issued with never changes'); END;

            """
}

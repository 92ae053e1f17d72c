/* The record: the rows that a run of Coldmint writes, in its transactions and with its settings. */
#define _GNU_SOURCE
#include "bare-work.h"
#include <string.h>

static void demand_ok(sqlite3 *ledger, bool is_ok) {
    if (!is_ok) demand(false, sqlite3_errmsg(ledger));
}

static void execute(sqlite3 *ledger, const char *sql) {
    demand_ok(ledger, sqlite3_exec(ledger, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static sqlite3_stmt *prepare(sqlite3 *ledger, const char *sql) {
    sqlite3_stmt *statement = NULL;
    demand_ok(ledger, sqlite3_prepare_v2(ledger, sql, -1, &statement, NULL) == SQLITE_OK);
    return statement;
}

static void bind_text(sqlite3_stmt *statement, int place, const char *text) {
    sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
}

static void bind_digest(sqlite3_stmt *statement, int place, const uint8_t *digest) {
    sqlite3_bind_blob(statement, place, digest, digest_length, SQLITE_STATIC);
}

static void step(sqlite3 *ledger, sqlite3_stmt *statement) {
    demand_ok(ledger, sqlite3_step(statement) == SQLITE_DONE &&
                          sqlite3_reset(statement) == SQLITE_OK);
}

static void read_active_key(struct batch *batch) {
    sqlite3_stmt *key =
        prepare(batch->ledger, "SELECT kid, public_key FROM key WHERE state = 'active'");
    struct buffer kid = {0};
    demand_ok(batch->ledger, sqlite3_step(key) == SQLITE_ROW);
    put_all(&kid, (const char *)sqlite3_column_text(key, 0), NULL);
    batch->kid = text_of(&kid);
    memcpy(batch->public_key, sqlite3_column_blob(key, 1), sizeof batch->public_key);
    sqlite3_finalize(key);
}

void open_ledger(struct batch *batch) {
    demand(sqlite3_open_v2("station/ledger.sqlite", &batch->ledger,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK,
           "station/ledger.sqlite");
    execute(batch->ledger,
            "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON;"
            "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
            "BEGIN IMMEDIATE");
    read_active_key(batch);
}

void record_run(struct batch *batch) {
    sqlite3_stmt *run =
        prepare(batch->ledger, "INSERT INTO run (started_at, issuer, kid) VALUES (?, ?, ?)");
    sqlite3_bind_int64(run, 1, batch->now);
    bind_text(run, 2, batch->issuer);
    bind_text(run, 3, batch->kid);
    step(batch->ledger, run);
    sqlite3_finalize(run);
    batch->run = sqlite3_last_insert_rowid(batch->ledger);
    sqlite3_stmt *keys = prepare(
        batch->ledger,
        "INSERT INTO run_key (run, kid) SELECT ?, kid FROM key WHERE state <> 'retired'");
    sqlite3_bind_int64(keys, 1, batch->run);
    step(batch->ledger, keys);
    sqlite3_finalize(keys);
}

void record_drop(struct batch *batch) {
    sqlite3_stmt *drop = prepare(
        batch->ledger, "INSERT INTO drop_file (run, claim, sha256, outcome, receipt)"
                       " VALUES (?, ?, ?, 'accepted', ?)");
    sqlite3_bind_int64(drop, 1, batch->run);
    sqlite3_bind_blob(drop, 2, batch->claim, (int)strlen(batch->claim), SQLITE_STATIC);
    bind_digest(drop, 3, batch->drop_digest);
    sqlite3_bind_text(drop, 4, batch->receipt.bytes, (int)batch->receipt.count, SQLITE_STATIC);
    step(batch->ledger, drop);
    sqlite3_finalize(drop);
    batch->drop_row = sqlite3_last_insert_rowid(batch->ledger);
}

/* What is the same for all licenses of the batch stays bound. */
static sqlite3_stmt *prepare_license(const struct batch *batch) {
    sqlite3_stmt *license = prepare(
        batch->ledger,
        "INSERT INTO license (not_before, issued_at, kid, run, drop_file, id, name, customer,"
        " description, expires_at, token, token_sha256)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    sqlite3_bind_int64(license, 1, batch->not_before);
    sqlite3_bind_int64(license, 2, batch->now);
    bind_text(license, 3, batch->kid);
    sqlite3_bind_int64(license, 4, batch->run);
    sqlite3_bind_int64(license, 5, batch->drop_row);
    return license;
}

/* Neither the name nor the folder in the customer's bundles may be another license's. */
static void look_up(sqlite3 *ledger, sqlite3_stmt *taken, const struct license *license) {
    bind_text(taken, 1, license->name);
    bind_text(taken, 2, license->customer);
    bind_text(taken, 3, license->id + 24);
    demand_ok(ledger, sqlite3_step(taken) == SQLITE_ROW);
    demand(!sqlite3_column_int(taken, 0), "a name or folder is taken");
    sqlite3_reset(taken);
}

static void record(sqlite3 *ledger, sqlite3_stmt *statement, const struct license *license) {
    bind_text(statement, 6, license->id);
    bind_text(statement, 7, license->name);
    bind_text(statement, 8, license->customer);
    bind_text(statement, 9, license->description);
    sqlite3_bind_int64(statement, 10, license->expires_at);
    bind_text(statement, 11, license->token);
    bind_digest(statement, 12, license->token_digest);
    step(ledger, statement);
}

static void wait_until_signed(struct batch *batch, size_t portion) {
    pthread_mutex_lock(&batch->lock);
    while (!batch->is_signed[portion]) pthread_cond_wait(&batch->progress, &batch->lock);
    pthread_mutex_unlock(&batch->lock);
}

/* In the order of the drop, as far as they are signed, and then the commit. */
void *record_licenses(void *argument) {
    struct batch *batch = argument;
    sqlite3_stmt *statement = prepare_license(batch);
    sqlite3_stmt *taken = prepare(
        batch->ledger,
        "SELECT EXISTS (SELECT 1 FROM license WHERE name = ? AND deleted_at IS NULL)"
        " OR EXISTS (SELECT 1 FROM license WHERE customer = ? AND substr(id, 25) = ?)");
    for (size_t portion = 0; portion < portion_count(batch); portion++) {
        size_t end = portion_end(batch, portion);
        wait_until_signed(batch, portion);
        for (size_t number = portion_start(portion); number < end; number++) {
            look_up(batch->ledger, taken, &batch->licenses[number]);
            record(batch->ledger, statement, &batch->licenses[number]);
        }
    }
    sqlite3_finalize(taken);
    sqlite3_finalize(statement);
    execute(batch->ledger, "COMMIT");
    return NULL;
}

void record_bundles(struct batch *batch) {
    execute(batch->ledger, "BEGIN IMMEDIATE");
    sqlite3_stmt *bundle = prepare(
        batch->ledger,
        "INSERT INTO bundle (run, customer, sha256, published_at) VALUES (?, ?, ?, ?)");
    for (size_t number = 0; number < batch->customer_count; number++) {
        sqlite3_bind_int64(bundle, 1, batch->run);
        bind_text(bundle, 2, batch->customers[number]->name);
        bind_digest(bundle, 3, batch->customers[number]->digest);
        sqlite3_bind_int64(bundle, 4, batch->now);
        step(batch->ledger, bundle);
    }
    sqlite3_finalize(bundle);
    execute(batch->ledger, "COMMIT");
}

void finish_run(struct batch *batch) {
    sqlite3_stmt *run =
        prepare(batch->ledger, "UPDATE run SET finished_at = ? WHERE number = ?");
    sqlite3_bind_int64(run, 1, batch->now);
    sqlite3_bind_int64(run, 2, batch->run);
    step(batch->ledger, run);
    sqlite3_finalize(run);
    demand_ok(batch->ledger, sqlite3_close(batch->ledger) == SQLITE_OK);
}

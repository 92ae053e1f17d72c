/* What the parts of bare-work share: the batch with its licenses, text that grows, templates. */
#include <pthread.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

enum { digest_length = 32, time_room = 32, id_room = 37, folder_room = 64 };

/* text.c */

struct buffer {
    char *bytes;
    size_t count, room;
};

void demand(bool is_so, const char *what);
void demand_call(bool is_done, const char *what);
void put(struct buffer *buffer, const void *bytes, size_t count);
void put_all(struct buffer *buffer, ...) __attribute__((sentinel));
void put_zeros(struct buffer *buffer, size_t count);
void put_hex(struct buffer *buffer, const uint8_t *bytes, size_t count);
void put_base64(struct buffer *buffer, const void *bytes, size_t count);
void put_base64url(struct buffer *buffer, const void *bytes, size_t count);
char *text_of(struct buffer *buffer);
void digest_of(const void *bytes, size_t count, uint8_t *digest);
void format_time(time_t time, const char *form, char text[time_room]);

/* template.c */

struct context;

/* Something that a template names: a text, or a list, of which each item has a context. */
struct value {
    const char *name, *text;
    const struct context *items;
    size_t item_count;
};

struct context {
    const struct value *values;
    size_t count;
    const struct context *outer;
};

struct templates {
    char *readme, *page, *style, *script, *values, *secret, *environment;
    /* In all languages, as markup. */
    char *texts;
    char *style_digest, *script_digest;
};

void read_templates(struct templates *templates, const char *folder);
/* Where the template is markup, values are made text of HTML. */
void render(struct buffer *out, const char *source, const struct context *context, bool is_markup);

/* The batch */

struct license {
    /* Out of the drop; payload is without its braces. */
    const char *name, *customer, *description, *payload;
    time_t expires_at;
    char expires_at_text[time_room], id[id_room];
    /* In the bundle: licenses/NAME-ID, and the token's file in it. */
    char folder[folder_room], token_path[folder_room + 16];
    char *token;
    uint8_t token_digest[digest_length];
    struct license *next_of_customer;
};

struct customer {
    const char *name;
    struct license *first, *last;
    size_t license_count;
    /* CUSTOMER-RUN, and the tar of that name on its way into the outbox. */
    char *bundle, *draft_path, *path, *folder_path;
    int draft;
    uint8_t digest[digest_length];
};

struct batch {
    struct templates templates;
    time_t now, not_before;
    char now_text[time_room], not_before_text[time_room], issued_on[time_room];
    char *issuer;
    /* The key, and the files that are the same in every bundle. */
    uint8_t public_key[crypto_sign_PUBLICKEYBYTES], secret_key[crypto_sign_SECRETKEYBYTES];
    char *kid, *token_header, *key_set, *public_key_pem, *fingerprint, *spoken_fingerprint;
    char *namespace;
    /* The drop. */
    char *claim, *receipt_text;
    struct buffer drop, receipt;
    uint8_t drop_digest[digest_length];
    struct license *licenses;
    size_t license_count;
    struct customer **customers;
    size_t customer_count;
    /* The record. */
    sqlite3 *ledger;
    int64_t run, drop_row;
    /* What the threads have taken up, and which portions are signed. */
    atomic_size_t next_portion, next_customer;
    atomic_bool *is_signed;
    pthread_mutex_t lock;
    pthread_cond_t progress;
};

/* key.c */
void read_key(struct batch *batch);

/* ssh.c */
void describe_for_ssh(struct batch *batch);
void put_ssh_signature(struct buffer *out, const struct batch *batch, const struct buffer *file);

/* drop.c */
void claim_drop(struct batch *batch);
void scan_drop(struct batch *batch);
void compose_receipt(struct batch *batch);
void file_drop(struct batch *batch);

/* sign.c */
size_t portion_count(const struct batch *batch);
size_t portion_end(const struct batch *batch, size_t portion);
size_t portion_start(size_t portion);
void sign(const struct batch *batch, const struct buffer *message, uint8_t *signature);
void *sign_portions(void *batch);

/* ledger.c */
void open_ledger(struct batch *batch);
void record_run(struct batch *batch);
void record_drop(struct batch *batch);
void *record_licenses(void *batch);
void record_bundles(struct batch *batch);
void finish_run(struct batch *batch);

/* pack.c */
void *pack_bundles(void *batch);

/* files.c */
void read_file(struct buffer *buffer, const char *path);
void rename_to_free_name(const char *from, const char *to);
void flush_folder(const char *path);
void *flush_drafts(void *batch);
void *publish_drafts(void *batch);
void *flush_customer_folders(void *batch);

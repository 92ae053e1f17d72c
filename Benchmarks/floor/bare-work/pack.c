/* Packs bundles: one tar for each customer, written as a draft and read back. */
#define _GNU_SOURCE
#include "bare-work.h"
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { block_length = 512, record_length = 10240, piece_length = 1 << 18 };
enum { readme_limit = 100, page_limit = 20000 };

/* What one thread works with; the room of its buffers is used again for each customer. */
struct packer {
    const struct batch *batch;
    const struct customer *customer;
    struct buffer readme, page, list, manifest, sums, ssh_signature, content, base64;
    /* The tar up to the licenses, the licenses, and what follows them. */
    struct buffer head, licenses, tail;
    struct license **sorted;
    char piece[piece_length];
};

/* The tar */

static void put_octal(char *at, uint64_t number, int digits) {
    while (digits > 0) {
        at[--digits] = (char)('0' + (number & 7));
        number >>= 3;
    }
}

/* The path is CUSTOMER-RUN/, the folder and the name. */
static void put_header(const struct packer *packer, struct buffer *tar, const char *folder,
                       const char *name, size_t size, bool is_folder) {
    char block[block_length] = {0};
    const char *root = packer->customer->bundle;
    demand(strlen(root) + 1 + strlen(folder) + strlen(name) <= 100, "a path is too long");
    stpcpy(stpcpy(stpcpy(stpcpy(block, root), "/"), folder), name);
    memcpy(block + 100, is_folder ? "000755 " : "000644 ", 8);
    memcpy(block + 108, "000000 \000000000 ", 16);
    put_octal(block + 124, size, 11);
    put_octal(block + 136, (uint64_t)packer->batch->now, 11);
    block[135] = block[147] = ' ';
    memset(block + 148, ' ', 8);
    block[156] = is_folder ? '5' : '0';
    memcpy(block + 257, "ustar\00000", 8);
    memcpy(block + 329, "000000 \000000000 ", 16);
    uint64_t sum = 0;
    for (int place = 0; place < block_length; place++) sum += (uint8_t)block[place];
    put_octal(block + 148, sum, 6);
    block[154] = 0;
    put(tar, block, block_length);
}

static void put_folder(const struct packer *packer, struct buffer *tar, const char *folder) {
    put_header(packer, tar, folder, *folder ? "/" : "", 0, true);
}

static void put_file(const struct packer *packer, struct buffer *tar, const char *folder,
                     const char *name, const void *bytes, size_t count) {
    put_header(packer, tar, folder, name, count, false);
    put(tar, bytes, count);
    put_zeros(tar, (block_length - count % block_length) % block_length);
}

/* A line of SHA256SUMS. */
static void put_sum(struct packer *packer, const char *folder, const char *name,
                    const uint8_t *digest) {
    put_hex(&packer->sums, digest, digest_length);
    put_all(&packer->sums, "  ", folder, name, "\n", NULL);
}

static void put_sum_of(struct packer *packer, const char *folder, const char *name,
                       const void *bytes, size_t count) {
    uint8_t digest[digest_length];
    digest_of(bytes, count, digest);
    put_sum(packer, folder, name, digest);
}

/* The licenses */

static void put_deployment_file(struct packer *packer, const struct license *license,
                                const char *name, const char *template,
                                const struct context *context) {
    struct buffer *content = &packer->content;
    content->count = 0;
    render(content, template, context, false);
    put_sum_of(packer, license->folder, name, content->bytes, content->count);
    put_file(packer, &packer->licenses, license->folder, name, content->bytes, content->count);
}

enum { secret_room = folder_room + 80 };

/* After the customer, and the license without the end of its id. */
static void name_secret(char name[secret_room], const struct packer *packer,
                        const struct license *license) {
    const char *label = license->folder + strlen("licenses/");
    snprintf(name, secret_room, "license-%s-%.*s", packer->customer->name,
             (int)(strlen(label) - strlen("-010101010101")), label);
}

static void put_license(struct packer *packer, const struct license *license) {
    const struct templates *templates = &packer->batch->templates;
    char secret_name[secret_room];
    size_t length = strlen(license->token);
    name_secret(secret_name, packer, license);
    packer->base64.count = 0;
    put_base64(&packer->base64, license->token, length);
    const struct value values[] = {{.name = "token", .text = license->token},
                                   {.name = "secretName", .text = secret_name},
                                   {.name = "customer", .text = packer->customer->name},
                                   {.name = "id", .text = license->id},
                                   {.name = "base64Token", .text = text_of(&packer->base64)}};
    const struct context context = {.values = values, .count = 5};
    put_folder(packer, &packer->licenses, license->folder);
    put_deployment_file(packer, license, "/helm-values.yaml", templates->values, &context);
    put_deployment_file(packer, license, "/kubernetes-secret.yaml", templates->secret, &context);
    put_deployment_file(packer, license, "/license.env", templates->environment, &context);
    put_sum(packer, license->folder, "/license.jwt", license->token_digest);
    put_file(packer, &packer->licenses, license->folder, "/license.jwt", license->token, length);
}

static int compare_paths(const void *one, const void *other) {
    return strcmp((*(struct license *const *)one)->token_path,
                  (*(struct license *const *)other)->token_path);
}

static void put_licenses(struct packer *packer) {
    size_t count = 0;
    const struct customer *customer = packer->customer;
    packer->sorted = realloc(packer->sorted, customer->license_count * sizeof *packer->sorted);
    demand_call(packer->sorted, "memory");
    for (struct license *it = customer->first; it; it = it->next_of_customer)
        packer->sorted[count++] = it;
    qsort(packer->sorted, count, sizeof *packer->sorted, compare_paths);
    put_folder(packer, &packer->licenses, "licenses");
    for (size_t place = 0; place < count; place++) put_license(packer, packer->sorted[place]);
}

/* The files that there is one of */

static void compose_manifest(struct packer *packer) {
    const struct batch *batch = packer->batch;
    const struct customer *customer = packer->customer;
    struct buffer *out = &packer->manifest;
    put_all(out, "{\n  \"bundle\": \"", customer->bundle, "\",\n  \"customer\": \"",
            customer->name, "\",\n  \"issuer\": \"", batch->issuer, "\",\n  \"issuedAt\": \"",
            batch->now_text, "\",\n  \"licenses\": [\n", NULL);
    for (const struct license *it = customer->first; it; it = it->next_of_customer) {
        char secret_name[secret_room];
        name_secret(secret_name, packer, it);
        put_all(out, "    {\n      \"id\": \"", it->id, "\",\n      \"name\": \"", it->name,
                "\",\n      \"description\": \"", it->description,
                "\",\n      \"notBefore\": \"", batch->not_before_text,
                "\",\n      \"expiresAt\": \"", it->expires_at_text, "\",\n      \"kid\": \"",
                batch->kid, "\",\n      \"secretName\": \"", secret_name,
                "\",\n      \"path\": \"", it->token_path,
                it->next_of_customer ? "\"\n    },\n" : "\"\n    }\n", NULL);
    }
    put_all(out, "  ]\n}\n", NULL);
}

/* What the page's script is told of the licenses that the page shows. */
static const char *list_for_page(struct packer *packer) {
    struct buffer *out = &packer->list;
    const struct license *it = packer->customer->first;
    char times[96];
    out->count = 0;
    for (int number = 0; it && number < page_limit; number++, it = it->next_of_customer) {
        snprintf(times, sizeof times, "\"notBefore\":%ld,\"expiresAt\":%ld",
                 (long)packer->batch->not_before, (long)it->expires_at);
        char secret_name[secret_room];
        name_secret(secret_name, packer, it);
        put_all(out, number ? ",{\"id\":\"" : "[{\"id\":\"", it->id, "\",\"name\":\"", it->name,
                "\",\"description\":\"", it->description, "\",\"folder\":\"", it->folder, "\",\"secret\":\"",
                secret_name, "\",", times, ",\"token\":\"", it->token, "\"}", NULL);
    }
    put_all(out, "]", NULL);
    return text_of(out);
}

/* The keys as the page has them: without white space. */
static void put_compact_keys(struct buffer *out, const char *key_set) {
    for (; *key_set; key_set++)
        if (*key_set != ' ' && *key_set != '\n') put(out, key_set, 1);
}

static void compose_page(struct packer *packer, const struct context *common) {
    const struct batch *batch = packer->batch;
    const struct templates *templates = &batch->templates;
    struct buffer keys = {0};
    put_compact_keys(&keys, batch->key_set);
    bool is_cut = packer->customer->license_count > page_limit;
    char signed_count[24];
    snprintf(signed_count, sizeof signed_count, "%zu",
             is_cut ? (size_t)page_limit : packer->customer->license_count);
    const struct value key[] = {
        {.name = "kid", .text = batch->kid},
        {.name = "signed", .text = signed_count},
        {.name = "keyFingerprint", .text = batch->fingerprint},
        {.name = "keySpoken", .text = batch->spoken_fingerprint},
    };
    const struct context key_list = {.values = key, .count = sizeof key / sizeof *key};
    const struct value values[] = {
        {.name = "keys", .text = text_of(&keys)},
        {.name = "keyList", .items = &key_list, .item_count = 1},
        {.name = "licenses", .text = list_for_page(packer)},
        {.name = "texts", .text = templates->texts},
        {.name = "issuedOn", .text = batch->issued_on},
        {.name = "pageLimit", .text = is_cut ? "20000" : NULL},
        {.name = "style", .text = templates->style},
        {.name = "styleDigest", .text = templates->style_digest},
        {.name = "script", .text = templates->script},
        {.name = "scriptDigest", .text = templates->script_digest},
    };
    const struct context context = {values, sizeof values / sizeof *values, common};
    render(&packer->page, templates->page, &context, true);
    free(keys.bytes);
}

enum { readme_values = 5, term_room = 2 * time_room + 48 };

/* A context for each license that README.txt lists. */
static size_t list_for_readme(const struct packer *packer, struct value (*values)[readme_values],
                              char (*terms)[term_room], char (*secrets)[secret_room],
                              struct context *items) {
    size_t count = 0;
    for (const struct license *it = packer->customer->first; it && count < readme_limit;
         it = it->next_of_customer) {
        struct value *value = values[count];
        value[0] = (struct value){.name = "name", .text = it->name};
        snprintf(terms[count], term_room, "state   valid\n    valid   %s to %s",
                 packer->batch->not_before_text, it->expires_at_text);
        value[1] = (struct value){.name = "term", .text = terms[count]};
        value[2] = (struct value){.name = "id", .text = it->id};
        value[3] = (struct value){.name = "folder", .text = it->folder};
        name_secret(secrets[count], packer, it);
        value[4] = (struct value){.name = "secret", .text = secrets[count]};
        items[count++] = (struct context){.values = value, .count = readme_values};
    }
    return count;
}

static void compose_readme(struct packer *packer, const struct context *common) {
    struct value values[readme_limit][readme_values];
    char terms[readme_limit][term_room], secrets[readme_limit][secret_room];
    struct context items[readme_limit];
    const struct license *last = packer->customer->first;
    size_t count = packer->customer->license_count;
    char file_name[128], secret_name[secret_room];
    /* The one that ends last. */
    for (const struct license *it = last; it; it = it->next_of_customer)
        if (it->expires_at > last->expires_at) last = it;
    snprintf(file_name, sizeof file_name, "%s.tar", packer->customer->bundle);
    name_secret(secret_name, packer, last);
    const struct value own[] = {
        {.name = "issuedAt", .text = packer->batch->now_text},
        {.name = "fileName", .text = file_name},
        {.name = "licenses", .items = items, .item_count = list_for_readme(packer, values, terms, secrets, items)},
        {.name = "readmeLimit", .text = count > readme_limit ? "100" : NULL},
        {.name = "folder", .text = last->folder},
        {.name = "secretName", .text = secret_name},
        {.name = "firstName", .text = last->name},
        {.name = "hasOthers", .text = count > 1 ? "" : NULL},
        {.name = "hasBegun", .text = ""},
        {.name = "namespace", .text = packer->batch->namespace},
    };
    const struct context context = {own, sizeof own / sizeof *own, common};
    render(&packer->readme, packer->batch->templates.readme, &context, false);
}

static void compose_texts(struct packer *packer) {
    char count[24];
    snprintf(count, sizeof count, "%zu", packer->customer->license_count);
    const struct value values[] = {
        {.name = "bundle", .text = packer->customer->bundle},
        {.name = "customer", .text = packer->customer->name},
        {.name = "issuer", .text = packer->batch->issuer},
        {.name = "fingerprint", .text = packer->batch->fingerprint},
        {.name = "spokenFingerprint", .text = packer->batch->spoken_fingerprint},
        {.name = "count", .text = count},
        {.name = "hasPage", .text = ""},
        {.name = "hasEnvironment", .text = ""},
        {.name = "hasSecret", .text = ""},
        {.name = "hasValues", .text = ""},
    };
    const struct context common = {values, sizeof values / sizeof *values, NULL};
    compose_readme(packer, &common);
    compose_page(packer, &common);
    compose_manifest(packer);
}

/* The bundle */

static void put_sums_of_buffer(struct packer *packer, const char *name,
                               const struct buffer *content) {
    put_sum_of(packer, "", name, content->bytes, content->count);
}

static void put_buffer(const struct packer *packer, struct buffer *tar, const char *name,
                       const struct buffer *content) {
    put_file(packer, tar, "", name, content->bytes, content->count);
}

/* Everything up to the licenses, once all sums are there. */
static void compose_head(struct packer *packer) {
    uint8_t signature[crypto_sign_BYTES];
    const struct batch *batch = packer->batch;
    sign(batch, &packer->sums, signature);
    put_folder(packer, &packer->head, "");
    put_buffer(packer, &packer->head, "README.txt", &packer->readme);
    put_buffer(packer, &packer->head, "SHA256SUMS", &packer->sums);
    put_file(packer, &packer->head, "", "SHA256SUMS.sig", signature, sizeof signature);
    put_ssh_signature(&packer->ssh_signature, batch, &packer->sums);
    put_buffer(packer, &packer->head, "SHA256SUMS.sshsig", &packer->ssh_signature);
    put_buffer(packer, &packer->head, "index.html", &packer->page);
    put_file(packer, &packer->head, "", "jwks.json", batch->key_set, strlen(batch->key_set));
}

static void compose(struct packer *packer) {
    const char *keys = packer->batch->key_set, *pem = packer->batch->public_key_pem;
    compose_texts(packer);
    put_sums_of_buffer(packer, "README.txt", &packer->readme);
    put_sums_of_buffer(packer, "index.html", &packer->page);
    put_sum_of(packer, "", "jwks.json", keys, strlen(keys));
    put_licenses(packer);
    put_sums_of_buffer(packer, "manifest.json", &packer->manifest);
    put_sum_of(packer, "", "public-key.pem", pem, strlen(pem));
    compose_head(packer);
    put_buffer(packer, &packer->tail, "manifest.json", &packer->manifest);
    put_file(packer, &packer->tail, "", "public-key.pem", pem, strlen(pem));
    put_zeros(&packer->tail, 2 * block_length);
    size_t count = packer->head.count + packer->licenses.count + packer->tail.count;
    put_zeros(&packer->tail, (record_length - count % record_length) % record_length);
}

static void write_part(const struct customer *customer, const struct buffer *part) {
    for (size_t done = 0; done < part->count;) {
        ssize_t count = write(customer->draft, part->bytes + done, part->count - done);
        demand_call(count > 0, customer->draft_path);
        done += (size_t)count;
    }
}

/* Adds to the digest what the file holds from there on, which must be the part. */
static off_t read_back(struct packer *packer, const struct buffer *part, off_t offset,
                       struct sha256_ctx *hash) {
    for (size_t done = 0; done < part->count;) {
        size_t rest = part->count - done, wanted = rest < piece_length ? rest : piece_length;
        ssize_t count = pread(packer->customer->draft, packer->piece, wanted, offset + (off_t)done);
        demand_call(count > 0, packer->customer->draft_path);
        demand(memcmp(packer->piece, part->bytes + done, (size_t)count) == 0,
               "a bundle is not what was written");
        sha256_update(hash, (size_t)count, (const uint8_t *)packer->piece);
        done += (size_t)count;
    }
    return offset + (off_t)part->count;
}

/* Leaves the draft open, to be flushed. */
static void write_draft(struct packer *packer, struct customer *customer) {
    const struct buffer *parts[] = {&packer->head, &packer->licenses, &packer->tail};
    struct sha256_ctx hash;
    off_t offset = 0;
    demand_call(mkdir(customer->folder_path, 0777) == 0 || errno == EEXIST,
                customer->folder_path);
    customer->draft = open(customer->draft_path,
                           O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    demand_call(customer->draft >= 0, customer->draft_path);
    for (int place = 0; place < 3; place++) write_part(customer, parts[place]);
    sha256_init(&hash);
    for (int place = 0; place < 3; place++)
        offset = read_back(packer, parts[place], offset, &hash);
    sha256_digest(&hash, digest_length, customer->digest);
    /* The disk can begin with it. */
    sync_file_range(customer->draft, 0, 0, SYNC_FILE_RANGE_WRITE);
}

static void empty(struct packer *packer) {
    struct buffer *buffers[] = {&packer->readme, &packer->page, &packer->manifest, &packer->sums,
                                &packer->ssh_signature, &packer->head, &packer->licenses, &packer->tail};
    for (size_t place = 0; place < sizeof buffers / sizeof *buffers; place++)
        buffers[place]->count = 0;
}

void *pack_bundles(void *argument) {
    struct batch *batch = argument;
    struct packer *packer = calloc(1, sizeof *packer);
    demand_call(packer, "memory");
    packer->batch = batch;
    for (;;) {
        size_t number = atomic_fetch_add(&batch->next_customer, 1);
        if (number >= batch->customer_count) return NULL;
        packer->customer = batch->customers[number];
        empty(packer);
        compose(packer);
        write_draft(packer, batch->customers[number]);
    }
}

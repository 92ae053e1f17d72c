/* The key and the signatures as ssh has them. */
#define _GNU_SOURCE
#include "bare-work.h"
#include <stdlib.h>
#include <string.h>

static const char type[] = "ssh-ed25519", hash_name[] = "sha512";

static void put_string(struct buffer *out, const void *bytes, size_t count) {
    const uint8_t length[] = {(uint8_t)(count >> 24), (uint8_t)(count >> 16), (uint8_t)(count >> 8),
                              (uint8_t)count};
    put(out, length, sizeof length);
    put(out, bytes, count);
}

static void put_text(struct buffer *out, const char *text) { put_string(out, text, strlen(text)); }

static void put_key(struct buffer *out, const struct batch *batch) {
    put_text(out, type);
    put_string(out, batch->public_key, sizeof batch->public_key);
}

void describe_for_ssh(struct batch *batch) {
    struct buffer namespace = {0};
    const char *host = strstr(batch->issuer, "//");
    demand(host, "the issuer is no URL");
    host += 2;
    put_all(&namespace, "coldmint-bundle@", NULL);
    put(&namespace, host, strcspn(host, "/:?#"));
    batch->namespace = text_of(&namespace);
}

/* What is the same in the signed text and in the blob. */
static void put_purpose(struct buffer *out, const struct batch *batch) {
    put_text(out, batch->namespace);
    put_text(out, "");
    put_text(out, hash_name);
}

void put_ssh_signature(struct buffer *out, const struct batch *batch, const struct buffer *file) {
    enum { line_length = 70 };
    uint8_t digest[crypto_hash_sha512_BYTES], signature[crypto_sign_BYTES];
    struct buffer text = {0}, value = {0}, key = {0}, blob = {0}, base64 = {0};
    crypto_hash_sha512(digest, (const uint8_t *)file->bytes, file->count);
    put_all(&text, "SSHSIG", NULL);
    put_purpose(&text, batch);
    put_string(&text, digest, sizeof digest);
    sign(batch, &text, signature);
    put_text(&value, type);
    put_string(&value, signature, sizeof signature);
    put_key(&key, batch);
    put_all(&blob, "SSHSIG", NULL);
    put(&blob, "\0\0\0\1", 4);
    put_string(&blob, key.bytes, key.count);
    put_purpose(&blob, batch);
    put_string(&blob, value.bytes, value.count);
    put_base64(&base64, blob.bytes, blob.count);
    put_all(out, "-----BEGIN SSH SIGNATURE-----\n", NULL);
    for (size_t start = 0; start < base64.count; start += line_length) {
        size_t rest = base64.count - start;
        put(out, base64.bytes + start, rest < line_length ? rest : line_length);
        put_all(out, "\n", NULL);
    }
    put_all(out, "-----END SSH SIGNATURE-----\n", NULL);
    struct buffer *used[] = {&text, &value, &key, &blob, &base64};
    for (size_t place = 0; place < sizeof used / sizeof *used; place++) free(used[place]->bytes);
}

/* Signs the licenses of a batch, portion by portion, so that they can be recorded meanwhile. */
#define _GNU_SOURCE
#include "bare-work.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { portion_length = 64 };

size_t portion_count(const struct batch *batch) {
    return (batch->license_count + portion_length - 1) / portion_length;
}

size_t portion_start(size_t portion) { return portion * portion_length; }

size_t portion_end(const struct batch *batch, size_t portion) {
    size_t end = portion_start(portion + 1);
    return end < batch->license_count ? end : batch->license_count;
}

static void put_claims(struct buffer *claims, const struct batch *batch,
                       const struct license *license) {
    char times[128];
    snprintf(times, sizeof times, "\"iat\":%ld,\"nbf\":%ld,\"exp\":%ld", (long)batch->now,
             (long)batch->not_before, (long)license->expires_at);
    put_all(claims, "{\"iss\":\"", batch->issuer, "\",\"sub\":\"", license->id,
            "\",\"aud\":[\"license-key\"],", times, *license->payload ? "," : "", license->payload,
            "}", NULL);
}

/* Every signature is verified before it is used. */
void sign(const struct batch *batch, const struct buffer *message, uint8_t *signature) {
    const uint8_t *bytes = (const uint8_t *)message->bytes;
    crypto_sign_detached(signature, NULL, bytes, message->count, batch->secret_key);
    demand(crypto_sign_verify_detached(signature, bytes, message->count, batch->public_key) == 0,
           "a signature that was just made does not verify");
}

/* The buffers are the thread's, to be used again. */
static void make_token(const struct batch *batch, struct license *license, struct buffer *claims,
                       struct buffer *token) {
    uint8_t signature[crypto_sign_BYTES];
    claims->count = token->count = 0;
    put_claims(claims, batch, license);
    put_all(token, batch->token_header, NULL);
    put_base64url(token, claims->bytes, claims->count);
    sign(batch, token, signature);
    put_all(token, ".", NULL);
    put_base64url(token, signature, sizeof signature);
    digest_of(token->bytes, token->count, license->token_digest);
    license->token = strdup(text_of(token));
    demand_call(license->token, "memory");
}

void *sign_portions(void *argument) {
    struct batch *batch = argument;
    struct buffer claims = {0}, token = {0};
    for (;;) {
        size_t portion = atomic_fetch_add(&batch->next_portion, 1);
        if (portion >= portion_count(batch)) break;
        size_t end = portion_end(batch, portion);
        for (size_t number = portion_start(portion); number < end; number++)
            make_token(batch, &batch->licenses[number], &claims, &token);
        pthread_mutex_lock(&batch->lock);
        atomic_store(&batch->is_signed[portion], true);
        pthread_cond_signal(&batch->progress);
        pthread_mutex_unlock(&batch->lock);
    }
    free(claims.bytes);
    free(token.bytes);
    return NULL;
}

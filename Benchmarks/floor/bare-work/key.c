/* The station's issuer and key, and what of a bundle follows from the key alone. */
#define _GNU_SOURCE
#include "bare-work.h"
#include <stdio.h>
#include <string.h>

static const uint8_t der_prefix[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03,
                                     0x21, 0x00};

static void read_issuer(struct batch *batch) {
    static const char before[] = "\nissuer: '";
    struct buffer settings = {0};
    put_all(&settings, "\n", NULL);
    read_file(&settings, "station/station.yaml");
    char *line = strstr(text_of(&settings), before);
    demand(line, "station.yaml names no issuer in quotes");
    batch->issuer = line + strlen(before);
    batch->issuer[strcspn(batch->issuer, "'\n")] = 0;
}

/* The seed is the end of the PKCS#8 form. */
static void read_private_key(struct batch *batch) {
    uint8_t der[48], public_key[crypto_sign_PUBLICKEYBYTES];
    size_t count = 0;
    struct buffer path = {0}, pem = {0};
    put_all(&path, "station/keys/ed25519-", batch->kid, ".key", NULL);
    read_file(&pem, text_of(&path));
    const char *body = strchr(text_of(&pem), '\n');
    demand(body && sodium_base642bin(der, sizeof der, body + 1, 64, "\n", &count, NULL,
                                     sodium_base64_VARIANT_ORIGINAL) == 0 && count == sizeof der,
           "the key file is not PKCS#8 without a passphrase");
    crypto_sign_seed_keypair(public_key, batch->secret_key, der + 16);
    demand(memcmp(public_key, batch->public_key, sizeof public_key) == 0, "another key");
    sodium_memzero(der, sizeof der);
    sodium_memzero(pem.bytes, pem.count);
}

static void put_fingerprints(struct batch *batch, const struct buffer *der) {
    static const char domain[] = "coldmint fingerprint 1";
    uint8_t digest[digest_length], hash[crypto_hash_sha512_BYTES];
    struct buffer fingerprint = {0}, input = {0}, spoken = {0};
    digest_of(der->bytes, der->count, digest);
    put_hex(&fingerprint, digest, digest_length);
    batch->fingerprint = text_of(&fingerprint);
    put(&input, domain, sizeof domain);
    put(&input, digest, digest_length);
    crypto_hash_sha512(hash, (uint8_t *)input.bytes, input.count);
    for (int group = 0; group < 12; group++) {
        char digits[8];
        uint64_t number = 0;
        for (int place = 0; place < 5; place++) number = number << 8 | hash[5 * group + place];
        snprintf(digits, sizeof digits, "%05u", (unsigned)(number % 100000));
        put_all(&spoken, group ? " " : "", digits, NULL);
    }
    batch->spoken_fingerprint = text_of(&spoken);
}

static void put_public_files(struct batch *batch) {
    struct buffer der = {0}, pem = {0}, x = {0}, set = {0};
    put(&der, der_prefix, sizeof der_prefix);
    put(&der, batch->public_key, sizeof batch->public_key);
    put_all(&pem, "-----BEGIN PUBLIC KEY-----\n", NULL);
    put_base64(&pem, der.bytes, der.count);
    put_all(&pem, "\n-----END PUBLIC KEY-----\n", NULL);
    batch->public_key_pem = text_of(&pem);
    put_base64url(&x, batch->public_key, sizeof batch->public_key);
    put_all(&set, "{\n  \"keys\": [\n    {\n      \"kty\": \"OKP\",\n      \"crv\": \"Ed25519\",\n",
            "      \"use\": \"sig\",\n      \"alg\": \"EdDSA\",\n      \"kid\": \"", batch->kid,
            "\",\n      \"x\": \"", text_of(&x), "\"\n    }\n  ]\n}\n", NULL);
    batch->key_set = text_of(&set);
    put_fingerprints(batch, &der);
}

/* The ledger has given kid and public half. */
void read_key(struct batch *batch) {
    struct buffer header = {0}, encoded = {0};
    read_issuer(batch);
    read_private_key(batch);
    put_public_files(batch);
    describe_for_ssh(batch);
    put_all(&header, "{\"alg\":\"EdDSA\",\"kid\":\"", batch->kid, "\",\"typ\":\"JWT\"}", NULL);
    put_base64url(&encoded, header.bytes, header.count);
    put_all(&encoded, ".", NULL);
    batch->token_header = text_of(&encoded);
}

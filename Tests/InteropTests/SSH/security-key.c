/* A security key without a device, for ssh-keygen: the middleware that openssh's sk-api.h describes, in
 * version 10 of that interface. The key handle is the private key itself. It is "touched" unless the
 * key was made with -O no-touch-required; SECURITY_KEY_COUNTER says how often it has signed.
 *
 * clang -shared -fPIC -o security-key.so security-key.c -lsodium
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ED25519 = 1, FAILED = -1, UNSUPPORTED = -2 };

struct sk_option;
struct sk_resident_key;

struct sk_enroll_response {
    uint8_t flags;
    uint8_t *public_key;
    size_t public_key_len;
    uint8_t *key_handle;
    size_t key_handle_len;
    uint8_t *signature;
    size_t signature_len;
    uint8_t *attestation_cert;
    size_t attestation_cert_len;
    uint8_t *authdata;
    size_t authdata_len;
};

struct sk_sign_response {
    uint8_t flags;
    uint32_t counter;
    uint8_t *sig_r;
    size_t sig_r_len;
    uint8_t *sig_s;
    size_t sig_s_len;
};

uint32_t sk_api_version(void) { return 0x000a0000; }

int sk_enroll(uint32_t algorithm, const uint8_t *challenge, size_t challenge_count,
              const char *application, uint8_t flags, const char *pin, struct sk_option **options,
              struct sk_enroll_response **answer) {
    if (algorithm != ED25519) return UNSUPPORTED;
    struct sk_enroll_response *made = calloc(1, sizeof *made);
    if (sodium_init() < 0 || !made) return FAILED;
    made->flags = flags;
    made->public_key = malloc(made->public_key_len = crypto_sign_PUBLICKEYBYTES);
    made->key_handle = malloc(made->key_handle_len = crypto_sign_SECRETKEYBYTES);
    if (!made->public_key || !made->key_handle) return FAILED;
    crypto_sign_keypair(made->public_key, made->key_handle);
    *answer = made;
    return 0;
}

/* PROTOCOL.u2f: SHA256(application), flags, counter, SHA256(message). */
int sk_sign(uint32_t algorithm, const uint8_t *message, size_t message_count, const char *application,
            const uint8_t *handle, size_t handle_count, uint8_t flags, const char *pin,
            struct sk_option **options, struct sk_sign_response **answer) {
    if (algorithm != ED25519 || handle_count != crypto_sign_SECRETKEYBYTES) return UNSUPPORTED;
    struct sk_sign_response *made = calloc(1, sizeof *made);
    if (sodium_init() < 0 || !made) return FAILED;
    const char *counter = getenv("SECURITY_KEY_COUNTER");
    made->flags = flags & 0x05;
    made->counter = counter ? strtoul(counter, NULL, 10) : 1;
    made->sig_r = malloc(made->sig_r_len = crypto_sign_BYTES);
    if (!made->sig_r) return FAILED;

    uint8_t signed_bytes[32 + 1 + 4 + 32];
    crypto_hash_sha256(signed_bytes, (const uint8_t *)application, strlen(application));
    signed_bytes[32] = made->flags;
    for (int index = 0; index < 4; index++)
        signed_bytes[33 + index] = made->counter >> (24 - 8 * index);
    crypto_hash_sha256(signed_bytes + 37, message, message_count);
    crypto_sign_detached(made->sig_r, NULL, signed_bytes, sizeof signed_bytes, handle);
    *answer = made;
    return 0;
}

int sk_load_resident_keys(const char *pin, struct sk_option **options,
                          struct sk_resident_key ***keys, size_t *count) {
    return UNSUPPORTED;
}

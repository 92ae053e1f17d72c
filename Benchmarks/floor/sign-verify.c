/* The floor of issuing: signing and verifying with libsodium, on all processors, and nothing else.
 *
 *     sign-verify COUNT
 *
 * Prints how many messages a second are signed and verified.
 */
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { message_length = 400 };

static unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
static unsigned char secret_key[crypto_sign_SECRETKEYBYTES];
static long count, processors;

static void *work(void *argument) {
    unsigned char message[message_length] = {0}, signature[crypto_sign_BYTES];
    for (long number = (long)argument; number < count; number += processors) {
        memcpy(message, &number, sizeof number);
        crypto_sign_detached(signature, NULL, message, message_length, secret_key);
        if (crypto_sign_verify_detached(signature, message, message_length, public_key)) exit(1);
    }
    return NULL;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    if (argc != 2 || (count = atol(argv[1])) < 1 || sodium_init() < 0) return 64;
    processors = sysconf(_SC_NPROCESSORS_ONLN);
    crypto_sign_keypair(public_key, secret_key);
    pthread_t threads[processors];
    double start = now();
    for (long place = 0; place < processors; place++)
        pthread_create(&threads[place], NULL, work, (void *)place);
    for (long place = 0; place < processors; place++) pthread_join(threads[place], NULL);
    printf("%.0f\n", (double)count / (now() - start));
}

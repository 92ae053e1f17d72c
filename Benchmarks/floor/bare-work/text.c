/* Text that grows, and the forms in which bytes and times are written. */
#define _GNU_SOURCE
#include "bare-work.h"
#include <errno.h>
#include <nettle/sha2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends the program where something is not as it must be. */
void demand(bool is_so, const char *what) {
    if (is_so) return;
    fprintf(stderr, "bare-work: %s\n", what);
    exit(65);
}

/* Ends the program where a call failed, with what the system says. */
void demand_call(bool is_done, const char *what) {
    if (is_done) return;
    fprintf(stderr, "bare-work: %s: %s\n", what, strerror(errno));
    exit(74);
}

static char *room_for(struct buffer *buffer, size_t count) {
    if (buffer->room - buffer->count <= count) {
        buffer->room = 2 * buffer->room + count + 256;
        buffer->bytes = realloc(buffer->bytes, buffer->room);
        demand_call(buffer->bytes, "memory");
    }
    buffer->count += count;
    return buffer->bytes + buffer->count - count;
}

void put(struct buffer *buffer, const void *bytes, size_t count) {
    memcpy(room_for(buffer, count), bytes, count);
}

/* Strings, up to NULL. */
void put_all(struct buffer *buffer, ...) {
    va_list texts;
    va_start(texts, buffer);
    for (const char *text; (text = va_arg(texts, const char *));) put(buffer, text, strlen(text));
    va_end(texts);
}

void put_zeros(struct buffer *buffer, size_t count) { memset(room_for(buffer, count), 0, count); }

void put_hex(struct buffer *buffer, const uint8_t *bytes, size_t count) {
    char *out = room_for(buffer, 2 * count);
    for (size_t place = 0; place < count; place++) {
        *out++ = "0123456789abcdef"[bytes[place] >> 4];
        *out++ = "0123456789abcdef"[bytes[place] & 15];
    }
}

/* Without padding. */
static void put_digits(struct buffer *buffer, const uint8_t *bytes, size_t count,
                       const char *alphabet) {
    char *out = room_for(buffer, (count * 8 + 5) / 6);
    for (; count >= 3; bytes += 3, count -= 3) {
        uint32_t group = (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2];
        *out++ = alphabet[group >> 18];
        *out++ = alphabet[group >> 12 & 63];
        *out++ = alphabet[group >> 6 & 63];
        *out++ = alphabet[group & 63];
    }
    if (count == 0) return;
    uint32_t group = (uint32_t)bytes[0] << 16 | (count == 2 ? (uint32_t)bytes[1] << 8 : 0);
    *out++ = alphabet[group >> 18];
    *out++ = alphabet[group >> 12 & 63];
    if (count == 2) *out = alphabet[group >> 6 & 63];
}

void put_base64(struct buffer *buffer, const void *bytes, size_t count) {
    put_digits(buffer, bytes, count,
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    put(buffer, "==", (3 - count % 3) % 3);
}

void put_base64url(struct buffer *buffer, const void *bytes, size_t count) {
    put_digits(buffer, bytes, count,
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}

/* The text as a string, which no longer grows. */
char *text_of(struct buffer *buffer) {
    put(buffer, "", 1);
    return buffer->bytes;
}

void digest_of(const void *bytes, size_t count, uint8_t *digest) {
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, count, bytes);
    sha256_digest(&hash, digest_length, digest);
}

void format_time(time_t time, const char *form, char text[time_room]) {
    struct tm fields;
    demand(gmtime_r(&time, &fields) && strftime(text, time_room, form, &fields) > 0, "a time");
}

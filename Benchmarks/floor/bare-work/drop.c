/* The drop: claimed, read, scanned, answered with a receipt, and moved out of the way. */
#define _GNU_SOURCE
#include "bare-work.h"
#include <fcntl.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *path_of(const char *folder, const char *name, const char *ending) {
    struct buffer path = {0};
    put_all(&path, folder, name, ending, NULL);
    return text_of(&path);
}

void claim_drop(struct batch *batch) {
    char time[time_room], random[8] = {0};
    struct buffer claim = {0};
    format_time(batch->now, "%Y%m%dT%H%M%SZ", time);
    for (int place = 0; place < 6; place++)
        random[place] = "0123456789abcdefghjkmnpqrstvwxyz"[randombytes_uniform(32)];
    put_all(&claim, time, "-0000", random, "-all.json", NULL);
    batch->claim = text_of(&claim);
    char *path = path_of("inbox/.claimed/", batch->claim, "");
    rename_to_free_name("inbox/all.json", path);
    read_file(&batch->drop, path);
    digest_of(batch->drop.bytes, batch->drop.count, batch->drop_digest);
    free(path);
}

/* Scanning. The form is that of the benchmark: one array of objects, texts of printable ASCII. */

static void expect(char **at, char sign) {
    *at += strspn(*at, " \t\r\n");
    demand(**at == sign, "the drop has not the form that is expected");
    ++*at;
}

static bool follows(char **at, char sign) {
    *at += strspn(*at, " \t\r\n");
    if (**at != sign) return false;
    ++*at;
    return true;
}

/* Ends where its closing quotation mark was. */
static char *scan_string(char **at) {
    expect(at, '"');
    char *start = *at;
    while (**at >= ' ' && **at < 127 && **at != '"' && **at != '\\') ++*at;
    demand(**at == '"', "the drop has a text beyond printable ASCII without escapes");
    *(*at)++ = 0;
    return start;
}

/* The members, moved together so that no white space is between them. */
static char *scan_payload(char **at) {
    expect(at, '{');
    char *start = *at, *out = start;
    bool is_in_string = false;
    for (int depth = 1; depth > 0; ++*at) {
        char sign = **at;
        demand(sign > 0 && sign < 127 && sign != '\\', "the drop has a payload with escapes");
        if (sign == '"') is_in_string = !is_in_string;
        if (!is_in_string) {
            if (strchr(" \t\r\n", sign)) continue;
            depth += (sign == '{' || sign == '[') - (sign == '}' || sign == ']');
        }
        *out++ = sign;
    }
    out[-1] = 0;
    return start;
}

static void scan_date(struct license *license, const char *date) {
    struct tm fields = {0};
    const char *rest = strptime(date, "%Y-%m-%d", &fields);
    demand(rest && !*rest && strlen(date) == 10, "the drop has an expiresAt that is no date");
    license->expires_at = timegm(&fields);
    stpcpy(stpcpy(license->expires_at_text, date), "T00:00:00Z");
}

static void scan_request(char **at, struct license *license) {
    int count = 0;
    expect(at, '{');
    do {
        const char *member = scan_string(at);
        expect(at, ':');
        if (strcmp(member, "name") == 0) license->name = scan_string(at);
        else if (strcmp(member, "customer") == 0) license->customer = scan_string(at);
        else if (strcmp(member, "description") == 0) license->description = scan_string(at);
        else if (strcmp(member, "expiresAt") == 0) scan_date(license, scan_string(at));
        else if (strcmp(member, "payload") == 0) license->payload = scan_payload(at);
        else demand(false, "the drop has a member that is not known");
        count++;
    } while (follows(at, ','));
    expect(at, '}');
    demand(count == 5 && license->name && license->customer && license->description &&
               license->expires_at && license->payload, "the drop lacks a member");
}

/* A UUID of version 7 with a counter behind its milliseconds (RFC 9562, section 6.2): they ascend,
 * but where the counter begins anew, and cost the ledger's index least. */
static void make_id(char id[id_room], size_t number) {
    static const uint8_t lengths[] = {4, 2, 2, 2, 6};
    struct timespec time;
    uint8_t bytes[16], *from = bytes;
    randombytes_buf(bytes, sizeof bytes);
    clock_gettime(CLOCK_REALTIME, &time);
    uint64_t milliseconds = (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
    for (int place = 0; place < 6; place++)
        bytes[place] = (uint8_t)(milliseconds >> (40 - 8 * place));
    bytes[6] = (uint8_t)(0x70 | (number >> 8 & 15));
    bytes[7] = (uint8_t)number;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    for (int group = 0; group < 5; from += lengths[group++]) {
        if (group) *id++ = '-';
        sodium_bin2hex(id, 13, from, lengths[group]);
        id += 2 * lengths[group];
    }
}

/* NAME-ID: letters and digits of the name, at most 40, with hyphens between them. */
static void make_folder(struct license *license) {
    char *start = stpcpy(license->folder, "licenses/"), *out = start;
    for (const char *name = license->name; *name && out < start + 40; name++) {
        bool is_capital = *name >= 'A' && *name <= 'Z';
        if (is_capital || (*name >= 'a' && *name <= 'z') || (*name >= '0' && *name <= '9'))
            *out++ = is_capital ? (char)(*name | 0x20) : *name;
        else if (out > start && out[-1] != '-') *out++ = '-';
    }
    if (out > start && out[-1] == '-') out--;
    if (out == start) out = stpcpy(out, "license");
    *out++ = '-';
    strcpy(out, license->id + 24);
    stpcpy(stpcpy(license->token_path, license->folder), "/license.jwt");
}

static int compare_customers(const void *one, const void *other) {
    return strcmp(((const struct customer *)one)->name, ((const struct customer *)other)->name);
}

static struct customer *new_customer(struct batch *batch, const char *name) {
    struct customer *customer = calloc(1, sizeof *customer);
    char run[24];
    demand_call(customer, "memory");
    snprintf(run, sizeof run, "-%06ld", (long)batch->run);
    customer->name = name;
    customer->bundle = path_of(name, run, "");
    customer->folder_path = path_of("outbox/", name, "/");
    customer->path = path_of(customer->folder_path, customer->bundle, ".tar");
    struct buffer draft = {0};
    put_all(&draft, customer->folder_path, ".", customer->bundle, ".tar.part", NULL);
    customer->draft_path = text_of(&draft);
    batch->customers = realloc(batch->customers, (batch->customer_count + 1) * sizeof customer);
    demand_call(batch->customers, "memory");
    return batch->customers[batch->customer_count++] = customer;
}

static void add_to_customer(struct batch *batch, void **tree, struct license *license) {
    struct customer wanted = {.name = license->customer};
    void *found = tfind(&wanted, tree, compare_customers);
    struct customer *customer = found ? *(struct customer **)found : NULL;
    if (!customer) {
        customer = new_customer(batch, license->customer);
        demand_call(tsearch(customer, tree, compare_customers), "memory");
    }
    if (customer->last) customer->last->next_of_customer = license;
    else customer->first = license;
    customer->last = license;
    customer->license_count++;
}

void scan_drop(struct batch *batch) {
    size_t room = 0;
    void *customers = NULL;
    char *at = text_of(&batch->drop);
    expect(&at, '[');
    do {
        if (batch->license_count == room) {
            room = 2 * room + 1000;
            batch->licenses = realloc(batch->licenses, room * sizeof *batch->licenses);
            demand_call(batch->licenses, "memory");
        }
        struct license *license = &batch->licenses[batch->license_count];
        memset(license, 0, sizeof *license);
        scan_request(&at, license);
        make_id(license->id, batch->license_count++);
        make_folder(license);
    } while (follows(&at, ','));
    expect(&at, ']');
    for (size_t number = 0; number < batch->license_count; number++)
        add_to_customer(batch, &customers, &batch->licenses[number]);
}

/* The receipt */

void compose_receipt(struct batch *batch) {
    struct buffer *out = &batch->receipt;
    char run[24];
    snprintf(run, sizeof run, "%ld", (long)batch->run);
    put_all(out, "{\n  \"outcome\": \"accepted\",\n  \"file\": \"all.json\",\n",
            "  \"sha256\": \"", NULL);
    put_hex(out, batch->drop_digest, digest_length);
    put_all(out, "\",\n  \"run\": ", run, ",\n  \"handledAt\": \"", batch->now_text,
            "\",\n  \"results\": [\n", NULL);
    snprintf(run, sizeof run, "-%06ld.tar", (long)batch->run);
    for (size_t number = 0; number < batch->license_count; number++) {
        const struct license *license = &batch->licenses[number];
        put_all(out, number ? ",\n" : "", "    {\n      \"action\": \"create\",\n",
                "      \"license\": \"", license->id, "\",\n      \"name\": \"", license->name,
                "\",\n      \"customer\": \"", license->customer,
                "\",\n      \"notBefore\": \"", batch->not_before_text,
                "\",\n      \"expiresAt\": \"", license->expires_at_text,
                "\",\n      \"bundle\": \"", license->customer, "/", license->customer, run,
                "\"\n    }", NULL);
    }
    put_all(out, "\n  ]\n}\n", NULL);
}

void file_drop(struct batch *batch) {
    char *draft = path_of("inbox/accepted/.", batch->claim, ".receipt.json.part");
    char *receipt = path_of("inbox/accepted/", batch->claim, ".receipt.json");
    char *claimed = path_of("inbox/.claimed/", batch->claim, "");
    char *accepted = path_of("inbox/accepted/", batch->claim, "");
    int file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    demand_call(file >= 0, draft);
    for (size_t done = 0; done < batch->receipt.count;) {
        ssize_t count = write(file, batch->receipt.bytes + done, batch->receipt.count - done);
        demand_call(count > 0, draft);
        done += (size_t)count;
    }
    demand_call(fsync(file) == 0 && close(file) == 0 && rename(draft, receipt) == 0, receipt);
    rename_to_free_name(claimed, accepted);
    flush_folder("inbox/accepted");
    flush_folder("inbox/.claimed");
}

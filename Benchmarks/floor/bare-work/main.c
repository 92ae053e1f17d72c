/* The floor of a batch: the least honest work that issuing one array of requests asks for.
 *
 *     bare-work STATION_PARENT TEMPLATES
 *
 * Takes up inbox/all.json of a new station without a passphrase, and leaves the ledger, the bundles
 * and the receipt as `coldmint run` would. Prints how many licenses it issued. It reads only the
 * form of drop that the benchmark writes, refuses with one line, and cannot be taken up again.
 */
#include "bare-work.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* While one waits for the disk, others can; and flushes at a time become one of the disk's. */
enum { flushes_at_a_time = 8 };

static void on_threads(long count, void *(*work)(void *), struct batch *batch) {
    pthread_t threads[count];
    atomic_store(&batch->next_customer, 0);
    for (long place = 0; place < count; place++)
        demand(pthread_create(&threads[place], NULL, work, batch) == 0, "no thread");
    for (long place = 0; place < count; place++) pthread_join(threads[place], NULL);
}

static void set_times(struct batch *batch) {
    batch->now = time(NULL);
    batch->not_before = batch->now - batch->now % 86400;
    format_time(batch->now, "%Y-%m-%dT%H:%M:%SZ", batch->now_text);
    format_time(batch->now, "%Y-%m-%d", batch->issued_on);
    format_time(batch->not_before, "%Y-%m-%dT%H:%M:%SZ", batch->not_before_text);
}

/* Up to the record of the drop, in a transaction that is open from then on. */
static void take_up(struct batch *batch) {
    set_times(batch);
    open_ledger(batch);
    read_key(batch);
    claim_drop(batch);
    record_run(batch);
    scan_drop(batch);
    compose_receipt(batch);
    record_drop(batch);
}

/* The record is written beside signing, and committed beside packing and flushing. */
static void issue(struct batch *batch) {
    pthread_t recorder;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    batch->is_signed = calloc(portion_count(batch), sizeof *batch->is_signed);
    demand_call(batch->is_signed, "memory");
    pthread_mutex_init(&batch->lock, NULL);
    pthread_cond_init(&batch->progress, NULL);
    demand(pthread_create(&recorder, NULL, record_licenses, batch) == 0, "no thread");
    on_threads(processors, sign_portions, batch);
    on_threads(processors, pack_bundles, batch);
    on_threads(flushes_at_a_time, flush_drafts, batch);
    pthread_join(recorder, NULL);
}

/* Only after the commit does anything leave the station. */
static void publish(struct batch *batch) {
    on_threads(1, publish_drafts, batch);
    on_threads(flushes_at_a_time, flush_customer_folders, batch);
    flush_folder("outbox");
    record_bundles(batch);
    file_drop(batch);
    finish_run(batch);
}

int main(int argc, char **argv) {
    static struct batch batch;
    if (argc != 3 || sodium_init() < 0) return 64;
    read_templates(&batch.templates, argv[2]);
    demand_call(chdir(argv[1]) == 0, argv[1]);
    take_up(&batch);
    issue(&batch);
    publish(&batch);
    printf("%zu\n", batch.license_count);
}

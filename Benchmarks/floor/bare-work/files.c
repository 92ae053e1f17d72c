/* Files that outlast a power cut: drafts that are flushed, then given a free name. */
#define _GNU_SOURCE
#include "bare-work.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Adds the content of a regular file. */
void read_file(struct buffer *buffer, const char *path) {
    struct stat status;
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    demand_call(file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode), path);
    size_t start = buffer->count;
    put_zeros(buffer, (size_t)status.st_size);
    for (size_t done = start; done < buffer->count;) {
        ssize_t count = read(file, buffer->bytes + done, buffer->count - done);
        demand_call(count > 0, path);
        done += (size_t)count;
    }
    close(file);
}

void rename_to_free_name(const char *from, const char *to) {
    demand_call(renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0, to);
}

void flush_folder(const char *path) {
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    demand_call(folder >= 0 && fsync(folder) == 0 && close(folder) == 0, path);
}

/* The next customer for whichever thread asks, or NULL. */
static struct customer *next(struct batch *batch) {
    size_t number = atomic_fetch_add(&batch->next_customer, 1);
    return number < batch->customer_count ? batch->customers[number] : NULL;
}

void *flush_drafts(void *batch) {
    for (struct customer *customer; (customer = next(batch));)
        demand_call(fsync(customer->draft) == 0 && close(customer->draft) == 0,
                    customer->draft_path);
    return NULL;
}

void *publish_drafts(void *batch) {
    for (struct customer *customer; (customer = next(batch));)
        rename_to_free_name(customer->draft_path, customer->path);
    return NULL;
}

void *flush_customer_folders(void *batch) {
    for (struct customer *customer; (customer = next(batch));) flush_folder(customer->folder_path);
    return NULL;
}

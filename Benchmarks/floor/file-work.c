/* The floor of one drop: a file written, flushed and renamed, and its folder flushed.
 *
 *     file-work FOLDER COUNT
 *
 * Prints the microseconds that each took, one a line.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { content_length = 500 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec * 1e-3;
}

static int work(int folder, long number) {
    char content[content_length], name[32];
    memset(content, 'x', sizeof content);
    snprintf(name, sizeof name, "%ld", number);
    int file = openat(folder, "draft", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    return file >= 0 && write(file, content, sizeof content) == sizeof content && fsync(file) == 0 &&
           close(file) == 0 && renameat(folder, "draft", folder, name) == 0 && fsync(folder) == 0;
}

int main(int argc, char **argv) {
    if (argc != 3) return 64;
    int folder = open(argv[1], O_RDONLY | O_DIRECTORY);
    for (long number = 0; number < atol(argv[2]); number++) {
        double start = now();
        if (!work(folder, number)) return 74;
        printf("%.0f\n", now() - start);
    }
}

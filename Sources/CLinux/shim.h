#pragma once
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/syscall.h>

/* Declared here rather than by <fcntl.h> and <unistd.h>, whose other contents (struct stat before
 * all) would then seem to be this module's own to Swift, and no longer Glibc's. */
extern int fcntl(int descriptor, int command, ...);
extern long syscall(long number, ...);
extern int prctl(int option, ...);
extern int syncfs(int descriptor);
extern int malloc_trim(unsigned long kept);

/* Constants that glibc shows to _GNU_SOURCE only, or that are macros of expressions. */
enum {
    linux_rename_exclusively = 1 << 0, /* RENAME_NOREPLACE of <linux/fs.h> */
    linux_set_lease = 1024,            /* F_SETLEASE of <fcntl.h> */
    linux_lease_read = 0,              /* F_RDLCK */
    linux_lease_none = 2,              /* F_UNLCK */
    linux_watch_arrivals =
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR,
    linux_watch_finished_writes = IN_CLOSE_WRITE | IN_ONLYDIR | IN_DONT_FOLLOW,
    linux_watch_gone = IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT,
    linux_set_dumpable = 4, /* PR_SET_DUMPABLE of <sys/prctl.h> */
    linux_watch_flags = IN_NONBLOCK | IN_CLOEXEC,
};

/* Fails with EEXIST where the new name is taken. */
static inline int linux_rename_noreplace(int from_folder, const char *from, int to_folder,
                                         const char *to) {
    return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, linux_rename_exclusively);
}

/* fcntl(2) is variadic, which Swift cannot call. */
static inline int linux_take_read_lease(int descriptor) {
    return fcntl(descriptor, linux_set_lease, linux_lease_read);
}

static inline int linux_release_lease(int descriptor) {
    return fcntl(descriptor, linux_set_lease, linux_lease_none);
}

/* Returns to the system what the C library keeps of freed memory. */
static inline void linux_give_back_memory(void) {
    malloc_trim(0);
}

/* No core file, and no reading of this process by others of the same user. */
static inline void linux_refuse_dumps(void) {
    const struct rlimit nothing = {0, 0};
    setrlimit(RLIMIT_CORE, &nothing);
    prctl(linux_set_dumpable, 0, 0, 0, 0);
}

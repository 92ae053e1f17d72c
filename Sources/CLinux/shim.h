#pragma once
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Fails with EEXIST where the new name is taken; glibc's header shows renameat2 only to
 * _GNU_SOURCE, which a Swift importer cannot be made to set, hence the plain system call. */
static inline int linux_rename_noreplace(int from_folder, const char *from, int to_folder,
                                         const char *to) {
    return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, RENAME_NOREPLACE);
}

/* fcntl(2) is variadic and F_SETLEASE a _GNU_SOURCE constant: neither reaches Swift. */
static inline int linux_take_read_lease(int descriptor) {
    return fcntl(descriptor, 1024 /* F_SETLEASE */, F_RDLCK);
}

static inline int linux_release_lease(int descriptor) {
    return fcntl(descriptor, 1024 /* F_SETLEASE */, F_UNLCK);
}

/* Constants that are macros of expressions, and so not imported. */
enum {
    linux_watch_inbox =
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR,
    linux_watch_claimed = IN_CLOSE_WRITE | IN_ONLYDIR,
    linux_watch_gone = IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT,
    linux_watch_flags = IN_NONBLOCK | IN_CLOEXEC,
};

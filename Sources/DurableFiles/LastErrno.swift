import Glibc

/// `errno` is a macro in C and a property in Glibc's overlay, where `Errno` of swift-system and
/// members named `errno` would hide it; it is read and cleared here alone.
func lastErrno() -> Int32 {
    errno
}

func clearErrno() {
    errno = 0
}

# Sourced by the other scripts: how the programs are built that leave this machine.

# release_flags: Swift's runtime is linked statically, and nothing of the folder or the time of the build
# is in the result.
release_flags() {
    local static=$PWD/.build/static
    # The linker takes the first library of a name that it finds: here there are only static ones.
    mkdir -p "$static"
    ln -sf "$(clang -print-file-name=libstdc++.a)" "$static/libstdc++.a"
    printf '%s\n' --configuration release --static-swift-stdlib \
        -Xswiftc -gnone -Xswiftc -file-prefix-map -Xswiftc "$PWD=." \
        -Xcc -g0 -Xcc "-ffile-prefix-map=$PWD=." \
        -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
        -Xlinker "-L$static" -Xlinker --build-id=none
}

# release_build PRODUCT: builds it and prints where it is. Each step says itself that it failed: within
# $(…) bash does not stop at an error.
release_build() {
    local flags
    mapfile -t flags < <(release_flags)
    swift build "${flags[@]}" --product "$1" >&2 || return
    echo "$(swift build "${flags[@]}" --show-bin-path)/$1"
}

# release_strip PROGRAM OUT: without symbols, and without Swift's own note of how each module was compiled,
# which names folders. Its place stays: with the section itself the linker's protection of relocated data
# (RELRO) would go.
release_strip() {
    local offset size
    strip --strip-all --remove-section=.comment --remove-section=.note.gnu.build-id -o "$2" "$1"
    read -r offset size < <(readelf --wide --section-headers "$2" |
        sed -n 's/.* \.swift_modhash *PROGBITS *[0-9a-f]* \([0-9a-f]*\) \([0-9a-f]*\) .*/0x\1 0x\2/p')
    head -c "$((size))" /dev/zero | dd of="$2" bs=1M seek="$((offset))" oflag=seek_bytes conv=notrunc status=none
}

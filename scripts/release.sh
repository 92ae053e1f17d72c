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

# release_build PRODUCT: builds it and prints where it is.
release_build() {
    local flags
    mapfile -t flags < <(release_flags)
    swift build "${flags[@]}" --product "$1" >&2
    echo "$(swift build "${flags[@]}" --show-bin-path)/$1"
}

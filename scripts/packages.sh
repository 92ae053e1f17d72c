# Sourced by the other scripts.

# install_missing PACKAGE…: installs what is not there yet, as root or through sudo.
install_missing() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    command -v apt-get >/dev/null || {
        echo "install these first (Debian's names): ${missing[*]}" >&2
        return 69
    }
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    echo "installing ${missing[*]}" >&2
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
}

# What the build needs besides Swift.
install_build_packages() {
    command -v swift >/dev/null || {
        echo "swift is not on the PATH: install Swift 6.2 or later from swift.org" >&2
        return 69
    }
    install_missing git ca-certificates libstdc++-12-dev pkg-config libsodium-dev nettle-dev libarchive-dev libsqlite3-dev
}

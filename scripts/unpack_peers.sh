#!/usr/bin/env bash
# Unpacks Exim and OpenSMTPD for tests/interop into build/peers. Debian lets only one
# mail server be installed; these two are not: nothing of them is configured, started or
# known to the system. Quiet, and not a failure where packages cannot be had.
set -uo pipefail
cd "$(dirname "$0")/.."

target=build/peers
packages=(exim4-daemon-light exim4-base opensmtpd libidn12 libdb5.3 libevent-2.1-7
    libgnutls-dane0 libnsl2 libpcre2-8-0 libunbound8)

[[ -x $target/usr/sbin/exim4 && -x $target/usr/sbin/smtpd ]] && exit 0
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || exit 0

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder" # apt steps down to a user of its own
for package in "${packages[@]}"; do
    # What the system has it does not need twice.
    [[ $package == lib* ]] && dpkg -s "$package" >/dev/null 2>&1 && continue
    (cd "$folder" && apt-get download -qq "$package" >/dev/null 2>&1) ||
        printf 'peers: no package %s\n' "$package"
done
mkdir -p "$target"
for archive in "$folder"/*.deb; do
    [[ -e $archive ]] && dpkg-deb -x "$archive" "$target"
done
# /lib is a link on the systems that this will be laid over.
for name in bin sbin lib; do
    if [[ -d $target/$name ]]; then
        mkdir -p "$target/usr/$name"
        cp -a "$target/$name/." "$target/usr/$name/" && rm -r "${target:?}/$name"
    fi
done
exit 0

#!/bin/bash
# The program as a Pi runs it: built across for arm64, run under emulation, and
# its pictures compared with this machine's, byte by byte. Too heavy for make
# check: the compiler and libraries for arm64 are half a gigabyte. On Debian:
#   dpkg --add-architecture arm64 && apt update && apt install
#   crossbuild-essential-arm64 qemu-user-static, and the -dev packages of the
#   Makefile's BUILD_PACKAGES with :arm64 behind each name; libical-dev, which is
#   only ever there for one machine, unpacked beside this one's:
#   apt install libical3:arm64 && apt download libical-dev:arm64 &&
#   dpkg -x libical-dev_*_arm64.deb /
set -u
cd "$(dirname "$0")/.." || exit 1
make=${MAKE:-make}
work=build/check-arm64
mkdir -p $work
rm -rf $work/here $work/there

skip() {
    echo "ok the arm64 program # SKIP $1"
    exit 0
}

[ "$(dpkg --print-architecture)" != arm64 ] || skip "this is an arm64 machine"
for tool in aarch64-linux-gnu-gcc qemu-aarch64-static; do
    command -v $tool >/dev/null || skip "$tool is not installed"
done
for library in libSDL2-2.0.so.0 libmicrohttpd.so.12; do
    [ -e /usr/lib/aarch64-linux-gnu/$library ] ||
        skip "the libraries for arm64 are not installed ($library)"
done

"$make" --no-print-directory VARIANT=release all >$work/log 2>&1 &&
    "$make" --no-print-directory ARCH=arm64 deb >>$work/log 2>&1 || {
    tail -n 20 $work/log
    echo "not ok the arm64 program is built"
    exit 1
}
echo "ok the arm64 program is built"

failed=0
result() { # STATUS WHAT
    if [ "$1" -eq 0 ]; then echo "ok $2"; else
        echo "not ok $2"
        failed=1
    fi
}

: >$work/plain.conf
for size in 1920x1080 800x480; do
    for where in here there; do
        run=(build/release/staffroom)
        [ $where = here ] ||
            run=(qemu-aarch64-static build/release-arm64/staffroom)
        TZ=UTC "${run[@]}" --config $work/plain.conf --feed build/sample/feed.json \
            --at 2026-11-26T10:42 --size $size --render $work/$where/$size \
            >>$work/log 2>&1
        result $? "$where, $size: it draws"
    done
    diff -r $work/here/$size $work/there/$size
    result $? "$size: the same bytes"
done
for program in staffroom staffroom-hub; do
    qemu-aarch64-static build/release-arm64/$program --version |
        grep -q "^$program [0-9]"
    result $? "$program says its version"
    deb=$(echo build/deb/${program}_*_arm64.deb)
    dpkg-deb -f "$deb" Architecture | grep -qx arm64
    result $? "$program has a package"
    ! lintian --allow-root "$deb" 2>&1 | grep '^E:'
    result $? "lintian has no error for it"
done
exit $failed

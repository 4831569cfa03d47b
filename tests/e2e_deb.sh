#!/bin/bash
# The Debian packages: built, held to Debian's rules, unpacked, and what is in
# them run. Installing them is for the lab (make lab), which has a machine of its
# own for it.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
top=$PWD
packages=$work/deb

for tool in dpkg-deb dpkg-shlibdeps fakeroot; do
    command -v $tool >/dev/null || {
        skip "the packages" "$tool is not installed"
        finish
    }
done

# What `make deb` does, with the programs that are built already.
arch=$(dpkg --print-architecture)
if config/deb/build "$arch" "$(dirname "$STAFFROOM_STRICT")" "$packages" \
    >"$work/out" 2>&1; then
    ok "the packages are built"
else
    not_ok "the packages are built" "$(<"$work/out")"
    finish
fi
mkdir "$work/again"
config/deb/build "$arch" "$(dirname "$STAFFROOM_STRICT")" "$work/again" \
    >"$work/out" 2>&1
says "the same source makes the same bytes" \
    "$(cd "$packages" && sha256sum -- *.deb)" \
    "$(cd "$work/again" && sha256sum -- *.deb)"
rm -rf "$work/again"

version=$("$STAFFROOM_STRICT" --version | cut -d' ' -f2)
for package in staffroom staffroom-hub; do
    deb=$(echo "$packages/${package}_"*"_$arch.deb")
    [ -e "$deb" ] || {
        not_ok "there is a package $package"
        continue
    }
    case $(dpkg-deb -f "$deb" Version) in
    "$version"+deb*) ok "$package has the program's version" ;;
    *) not_ok "$package has the program's version" \
        "$(dpkg-deb -f "$deb" Version)" ;;
    esac
    if command -v lintian >/dev/null; then
        bad=$(lintian --allow-root --fail-on error "$deb" 2>&1 | grep '^E:')
        says "lintian has no error for $package" "" "$bad"
    else
        skip "lintian has no error for $package" "lintian is not installed"
    fi
    mkdir -p "$work/$package"
    dpkg-deb -R "$deb" "$work/$package"
    for script in "$work/$package"/DEBIAN/{postinst,prerm,postrm}; do
        if bad=$(sh -n "$script" 2>&1) && [ -x "$script" ]; then
            ok "$package: $(basename "$script") is a script"
        else
            not_ok "$package: $(basename "$script") is a script" "$bad"
        fi
    done
    bad=$(find "$work/$package" -mindepth 1 \( -perm /6022 -o ! -user "$(id -un)" \) \
        ! -type l -print)
    says "$package: nothing in it is writable for others" "" "$bad"
    bad=$(cd "$work/$package" && md5sum -c --quiet DEBIAN/md5sums 2>&1)
    says "$package: its checksums are right" "" "$bad"
done

# Libraries come by what the program is linked with; these nobody can see there.
depends=$(dpkg-deb -f "$packages"/staffroom_*.deb Depends)
for name in libsdl2-image-2.0-0 libegl1 libgles2 libgl1-mesa-dri \
    fonts-dejavu-core tzdata ca-certificates systemd; do
    case ", $depends," in
    *", $name,"*) ok "the kiosk depends on $name" ;;
    *) not_ok "the kiosk depends on $name" "$depends" ;;
    esac
done
grep -rhoE '"lib[A-Za-z0-9_-]+[.-][0-9.]*so[.0-9]*"' src | sort -u >"$work/opened"
says "no library is opened by name but these" '"libSDL2_image-2.0.so.0"' \
    "$(<"$work/opened")"
case $(dpkg-deb -f "$packages"/staffroom-hub_*.deb Depends) in
*sdl*) not_ok "the hub needs no screen's libraries" ;;
*) ok "the hub needs no screen's libraries" ;;
esac
says "the settings are looked after" /etc/staffroom/staffroom.conf \
    "$(<"$work/staffroom/DEBIAN/conffiles")"
both=$(cd "$work" && comm -12 <(cd staffroom && find . -type f ! -path './DEBIAN/*' | sort) \
    <(cd staffroom-hub && find . -type f ! -path './DEBIAN/*' | sort))
says "no file is in both packages" "" "$both"

# ---- units ------------------------------------------------------------------

if command -v systemd-analyze >/dev/null; then
    for unit in staffroom staffroom-hub staffroom-hub@; do
        file=$(find "$work" -path "*/systemd/system/$unit.service" | head -n 1)
        # Of a template some instance; of this machine only the syntax.
        cp "$file" "$work/$(basename "${file/@/@north}")"
        file=$work/$(basename "${file/@/@north}")
        sed -i "s|^ExecStart=/usr/bin/|ExecStart=$(find "$work" -path \
            "*/usr/bin/staffroom" -printf '%h' -quit | sed "s|/staffroom/|/${unit%@}/|")/|
            /^Documentation=/d" "$file"
        bad=$(systemd-analyze verify "$file" 2>&1 | grep -F "$work")
        says "$unit.service is understood" "" "$bad"
        exposed=$(systemd-analyze security --offline=true --no-pager "$file" \
            2>/dev/null | sed -n 's/.*exposure level.*: \([0-9.]*\) .*/\1/p')
        if [ -z "$exposed" ]; then
            skip "$unit.service is hardened" "systemd-analyze cannot tell here"
        elif awk "BEGIN { exit !($exposed <= 2.0) }"; then
            ok "$unit.service is hardened"
        else
            not_ok "$unit.service is hardened" "exposure $exposed"
        fi
    done
else
    skip "the units" "systemd-analyze is not installed"
fi
if command -v udevadm >/dev/null && udevadm verify --help >/dev/null 2>&1; then
    bad=$(udevadm verify --no-summary systemd/60-staffroom.rules 2>&1)
    says "the udev rules are understood" "" "$bad"
else
    skip "the udev rules are understood" "this udevadm cannot verify"
fi

# ---- what is in them, run ---------------------------------------------------

kiosk=$work/staffroom/usr hub=$work/staffroom-hub/usr
export STAFFROOM_ASSETS=$kiosk/share/staffroom
run "$kiosk/bin/staffroom" --config "$work/staffroom/etc/staffroom/staffroom.conf" \
    --list
says "the kiosk out of its package finds its sample" 0 $status
run "$kiosk/bin/staffroom" --config "$work/plain.conf" --render "$work/pictures" --size 800x480
says "and draws" 0 $status
[ "$(find "$work/pictures" -name '*.png' | wc -l)" -ge 4 ] ||
    not_ok "as many pictures as slides"
cd "$work" || exit 1
STAFFROOM_ASSETS=$hub/share/staffroom "$hub/bin/staffroom-hub" \
    --config "$work/staffroom-hub/etc/staffroom/hub.conf" --data "$work/data" \
    --listen 127.0.0.1:0 >hub.out 2>hub.err </dev/null &
pid=$!
for _ in $(seq 100); do
    grep -q '^The hub is at' hub.out && break
    sleep 0.1
done
at=$(sed -n 's/^The hub is at //p' hub.out)
says "the hub out of its package answers" 200 \
    "$(curl -s -o /dev/null -w '%{http_code}' "$at/healthz")"
says "and has its style" 200 \
    "$(curl -s -o /dev/null -w '%{http_code}' "$at/web/style.css")"
kill $pid
wait $pid
says "and ends when it is told to" 0 $?
cd "$top" || exit 1
finish

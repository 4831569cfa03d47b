#!/bin/bash
# run.sh [WHAT…]: the packages in a machine of their own, by the lab that
# STAFFROOM_LAB names (or ../shared/lab). WHAT is one of the tests below;
# without any, the usual ones on every release (RELEASES) that there is an image
# and a package of, three to five minutes each; endure (half an hour) and browser
# (needs an image with cage and Chromium) only when named. Screenshots, for
# somebody to look at, and logs are in build/lab/. An image is built with what the
# packages depend on (vm build bookworm --include libfribidi0,libinih1,…): dpkg
# says what is missing.
set -u
cd "$(dirname "$0")/../.." || exit 1
top=$PWD here=tests/lab out=build/lab
lab=${STAFFROOM_LAB:-../shared/lab}

[ -x "$lab/vm" ] || {
    echo "ok the lab # SKIP there is none in $lab; set STAFFROOM_LAB"
    exit 0
}

# QEMU 7.2 emulates AVX2's gathering loads wrongly: Mesa's software OpenGL, which
# stands for a Pi's graphics card, crashes in its vertex shaders sooner or later.
export LAB_CPU=${LAB_CPU:-max,-avx2}

failed=0
mkdir -p "$out"

# What looks at the glass from inside.
sight=build/release/tests/bench/first_sight
make -s "$sight" || exit 1

# The package as it would be with other contents: change SCRIPT is run in it.
make_deb() { # NEW-DEB OLD-DEB SCRIPT
    local tree=$out/tree
    rm -rf "$tree"
    dpkg-deb -R "$2" "$tree"
    (cd "$tree" && eval "$3")
    fakeroot dpkg-deb --build --root-owner-group "$tree" "$1" >/dev/null
    rm -rf "$tree"
}

# vm NAME RELEASE ARG…: one machine.
vm() {
    local name=$1 release=$2
    shift 2
    echo "# $name on $release"
    "$lab/vm" run "$release" --copy "$top/$here/tap.sh:/srv/tap.sh" \
        --copy "$top/$sight:/srv/first_sight" --out "$out/$release-$name" --quiet "$@" >"$out/$release-$name.log" 2>&1
    local status=$?
    # With a second boot there are two outputs.
    cat "$out/$release-$name/output.log" "$out/$release-$name/boot2/output.log" \
        2>/dev/null | grep -E '^(ok|not ok|#|    )'
    if [ $status -ne 0 ]; then
        failed=1
        [ $status -lt 124 ] || echo "not ok $name on $release" \
            "(status $status; see $out/$release-$name.log)"
    fi
}

run_kiosk() {
    vm kiosk "$1" --deb "$kiosk" --script $here/kiosk.sh \
        --script2 $here/kiosk-again.sh
}

run_dark() {
    vm dark "$1" --deb "$kiosk" --script $here/boot-dark.sh \
        --script2 $here/dark.sh
}

run_hours() {
    vm hours "$1" --deb "$kiosk" --script $here/hours.sh
}

run_large() {
    vm large "$1" --deb "$kiosk" --res 3840x2160 --script $here/large.sh
}

run_upgrade() {
    local newer
    newer=$(dpkg-deb -f "$kiosk" Version)+1
    mkdir -p "$out/debs2"
    make_deb "$out/debs2/newer.deb" "$kiosk" \
        "sed -i 's/^Version:.*/Version: $newer/' DEBIAN/control"
    make_deb "$out/debs2/broken-program.deb" "$kiosk" \
        "sed -i 's/^Version:.*/&+1/' DEBIAN/control
        printf '#!/bin/sh\necho broken >&2\nexit 127\n' >usr/bin/staffroom"
    make_deb "$out/debs2/broken-script.deb" "$kiosk" \
        "sed -i 's/^Version:.*/&+1/' DEBIAN/control
        printf '#!/bin/sh\nexit 1\n' >DEBIAN/postinst"
    vm upgrade "$1" --deb "$kiosk" --copy "$out/debs2:/srv/" \
        --env NEWER="$newer" --script $here/upgrade.sh
}

run_hub() {
    vm hub "$1" --deb "$hub" --script $here/hub.sh
}

run_together() {
    vm together "$1" --deb "$calendar" --deb "$kiosk" --deb "$hub" \
        --script $here/together.sh
}

run_posting() {
    vm posting "$1" --deb "$kiosk" --powercut --script $here/posting.sh \
        --script2 $here/posting-after.sh
}

run_endure() {
    vm endure "$1" --deb "$kiosk" --timeout 7200 --script $here/endure.sh \
        --env CYCLES="${CYCLES:-200}" --env KILLS="${KILLS:-50}"
}

# first_ms NAME: how long that start took, by what the machine printed, and only if
# a screenshot shows the slide, too: its header's colour, which neither a console
# nor an empty browser has.
first_ms() {
    local ms
    ms=$(sed -n "s/^# race $1 \([0-9]*\)$/\1/p" "$out/$release-browser/output.log")
    [ "$("$lab/vm" pixel "$shots/$1.png" 20 20)" = "$colour" ] || ms=
    echo "${ms:-never}"
}

# pairs WHAT ROUNDS INFIX: how long both took, by turns, and the median of how many
# times as long the browser did.
pairs() {
    local what=$1 rounds=$2 infix=$3 i
    local ms=$out/$release-browser/ms$infix
    for ((i = 1; i <= rounds; i++)); do
        echo "$(first_ms "ours-$infix$i") $(first_ms "browser-$infix$i")"
    done >"$ms"
    if grep never "$ms"; then
        echo "not ok beside a browser, $what: a picture never came"
        failed=1
        return
    fi
    awk -v on="$what" '{ printf "# from start to picture, %s: %s ms," \
            " cage and Chromium %s ms, %.1f times as long\n", on, $1, $2, $2 / $1
        }' "$ms"
    awk '{ print $2 / $1 }' "$ms" | sort -n |
        awk -v on="$what" '{ ratio[NR] = $1 } END {
            printf "# median, %s: %.1f times\n", on,
                (ratio[int((NR + 1) / 2)] + ratio[int(NR / 2) + 1]) / 2 }'
}

# Beside a browser in the same machine; its image is built once by
#   LAB_CACHE=FOLDER vm build RELEASE --include cage,chromium
# and FOLDER said as LAB_BROWSER_CACHE.
run_browser() {
    local release=$1 page=$out/page shots=$out/$1-browser/shots colour
    local rounds=${ROUNDS:-5} cold_rounds=${COLD_ROUNDS:-3}
    if [ ! -e "${LAB_BROWSER_CACHE:-/nowhere}/$1-amd64/root.img" ]; then
        echo "ok beside a browser on $1 # SKIP LAB_BROWSER_CACHE has no image"
        return
    fi
    rm -rf "$page" "$shots"
    mkdir -p "$page"
    build/release/staffroom --size 1280x800 --render "$page" >/dev/null
    printf '<body style="margin:0;overflow:hidden"><img src=%s>' \
        "$(cd "$page" && printf '%s\n' *.png | head -n 1)" >"$page/index.html"
    LAB_CACHE=$LAB_BROWSER_CACHE vm browser "$1" --deb "$kiosk" --timeout 2400 \
        --copy "$page:/srv/" --env ROUNDS="$rounds" \
        --env COLD_ROUNDS="$cold_rounds" \
        --script $here/beside-browser.sh
    colour=$("$lab/vm" pixel "$shots/slide.png" 20 20)
    pairs "$release, from the disk's cache" "$rounds" ""
    pairs "$release, from the disk" "$cold_rounds" cold-
}

[ $# -gt 0 ] || set -- kiosk dark hours large upgrade hub together posting
for release in ${RELEASES:-bookworm trixie}; do
    case $release in bookworm) number=12 ;; trixie) number=13 ;; esac
    kiosk=$(echo build/deb/staffroom_*+deb${number}_amd64.deb)
    hub=$(echo build/deb/staffroom-hub_*+deb${number}_amd64.deb)
    calendar=$(echo build/deb/staffroom-calendar_*+deb${number}_amd64.deb)
    if [ ! -e "$kiosk" ]; then
        echo "ok $release # SKIP there is no package for it in build/deb:" \
            "make deb builds those of the release it runs on"
        continue
    fi
    if ! "$lab/vm" list | grep -qx $release; then
        echo "ok $release # SKIP the lab has no image of it: vm build $release"
        continue
    fi
    for what; do "run_$what" $release; done
done
exit $failed

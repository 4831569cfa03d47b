#!/bin/bash
# --render: which pictures there are, of which size, that something is on them,
# that a turned one is the plain one turned, and that nothing but the feed, the
# time and the size decides a single byte. Without a display.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
at=2026-11-26T10:42

png() {
    python3 tests/png.py "$@"
}

# names FEED ARG…: the files there must be, from what --list says.
names() {
    "$STAFFROOM_STRICT" --list --feed "$@" | python3 -c '
import json, sys
number = 0
for line in sys.stdin:
    slide = json.loads(line)
    for page in range(slide["pages"]):
        number += 1
        more = "-%d" % (page + 1) if slide["pages"] > 1 else ""
        print("%02d-%s%s.png" % (number, slide["slide"], more))'
}

# render DIR PROGRAM FEED WxH ARG…: into $work/DIR.
render() {
    local dir=$work/$1 program=$2 feed=$3 size=$4
    shift 4
    run "$program" --config "$work/plain.conf" --render "$dir" --feed "$feed" \
        --at $at --size "$size" "$@"
}

# judge WHAT DIR FEED WxH ARG…: what `render` with the same left behind.
judge() {
    local what=$1 dir=$2 feed=$3 size=$4
    shift 4
    local wanted seen odd
    wanted=$(names "$feed" --at $at --size "$size" "$@")
    seen=$(cd "$work/$dir" 2>/dev/null && ls)
    odd=$({ png size "$work/$dir"/*.png || echo damaged; } |
        grep -v "^$size ")
    if [ $status -ne 0 ] || [ -s "$work/err" ]; then
        not_ok "$what" "exit $status" "$(<"$work/err")"
    elif [ -z "$wanted" ] || [ "$wanted" != "$seen" ]; then
        not_ok "$what: a picture a page" "expected:" "$wanted" "but:" "$seen"
    elif [ "$(sed "s|^$work/$dir/||" "$work/out")" != "$seen" ]; then
        not_ok "$what: it says which" "$(<"$work/out")"
    elif [ -n "$odd" ]; then
        not_ok "$what: of that size" "$odd"
    # One word on a large screen is three thousandths.
    elif odd=$(png busy "$work/$dir"/*.png) &&
        odd=$(awk '$1 < 2' <<<"$odd") && [ -n "$odd" ]; then
        not_ok "$what: something in the middle" "$odd"
    else
        ok "$what"
    fi
}

# ---- every feed at every shape ----------------------------------------------

for feed in "$sample" "$PWD"/tests/feeds/*.json; do
    name=$(basename "$feed" .json)
    for size in 1920x1080 1280x720 800x480 720x1280; do
        render "$name-$size" "$STAFFROOM_STRICT" "$feed" $size
        judge "$name at $size" "$name-$size" "$feed" $size
    done
    for turn in 90 180 270; do
        size=480x320
        [ $turn = 180 ] || size=320x480
        render "$name-$turn" "$STAFFROOM_STRICT" "$feed" $size --rotate $turn
        judge "$name turned by $turn" "$name-$turn" "$feed" $size \
            --rotate $turn
    done
done
render large "$STAFFROOM_STRICT" "$sample" 3840x2160
judge "feed at 3840x2160" large "$sample" 3840x2160
render tiny "$STAFFROOM_STRICT" "$sample" 160x160
judge "feed at 160x160" tiny "$sample" 160x160

# Colours as they are, where counting them is quick. Letters alone have dozens.
few=$(png colours "$work"/*-800x480/*.png | awk '$1 < 24')
says "every picture has many colours" "" "$few"

# The photo of the idea is there, and is not on the idea that has none.
[ "$(png colours "$work"/feed-800x480/*-idea.png | cut -d' ' -f1)" -gt 5000 ] &&
    ok "the photo is in its picture" ||
    not_ok "the photo is in its picture" \
        "$(png colours "$work"/feed-800x480/*-idea*.png)"

# ---- turned -----------------------------------------------------------------

for feed in "$sample" "$PWD"/tests/feeds/*.json; do
    name=$(basename "$feed" .json)
    render "$name-plain" "$STAFFROOM_STRICT" "$feed" 480x320
    for turn in 90 180 270; do
        odd=$(png turned $turn "$work/$name-plain" "$work/$name-$turn" 2>&1)
        says "$name turned by $turn is $name turned, pixel by pixel" "" "$odd"
    done
done

# ---- the same again ---------------------------------------------------------

export LC_ALL=C TZ=America/Chicago
cp -R "$work/home" "$work/other-home"
HOME=$work/other-home XDG_CACHE_HOME=$work/other-home/.cache \
    render again "$STAFFROOM_STRICT" "$sample" 1280x720
if diff -r "$work/again" "$work/feed-1280x720" >"$work/diff"; then
    ok "twice the same bytes, from another zone, locale and home"
else
    not_ok "twice the same bytes, from another zone, locale and home" \
        "$(<"$work/diff")"
fi
export LC_ALL=C.UTF-8
unset TZ
render again "$STAFFROOM_STRICT" "$sample" 1280x720
if [ $status -eq 0 ] && diff -r "$work/again" "$work/feed-1280x720" >/dev/null
then
    ok "into a folder that has pictures already"
else
    not_ok "into a folder that has pictures already" "$(<"$work/err")"
fi
render new/folders/deep "$STAFFROOM_STRICT" "$sample" 800x480
judge "into folders that are not there yet" new/folders/deep "$sample" 800x480

# ---- the program that is compiled otherwise ---------------------------------

# asan is compiled without what makes the strict one fast: same bytes.
for feed in "$sample" "$PWD"/tests/feeds/*.json; do
    name=$(basename "$feed" .json)
    render "asan-$name" "$STAFFROOM" "$feed" 800x480
    if [ $status -ne 0 ] || [ -s "$work/err" ]; then
        not_ok "$name under the sanitizers" "exit $status" "$(<"$work/err")"
    elif diff -r "$work/asan-$name" "$work/$name-800x480" >"$work/diff"; then
        ok "$name under the sanitizers: the same bytes"
    else
        not_ok "$name under the sanitizers: the same bytes" "$(<"$work/diff")"
    fi
done

# ---- a small graphics chip, and photos --------------------------------------

render small-chip "$STAFFROOM" "$sample" 1280x720 --max-texture 512
judge "--max-texture 512" small-chip "$sample" 1280x720

# A feed may not look around on the machine it is shown on.
mkdir -p "$work/feed" "$work/outside"
cp assets/sample/mysteries.jpg "$work/feed/"
cp assets/sample/mysteries.jpg "$work/outside/secret.jpg"
ln -s ../outside/secret.jpg "$work/feed/link.jpg"
head -c 20000 assets/sample/mysteries.jpg >"$work/feed/half.jpg"
echo "no picture" >"$work/feed/text.jpg"

# render_photo NAME IMAGE: an idea with that photo, into photo-NAME.
render_photo() {
    printf '{"title":"T","items":[{"id":"i","title":"Idea","content_text":
        "Words.","image":"%s","_staffroom":{"kind":"idea"}}]}\n' "$2" \
        >"$work/feed/$1.json"
    render "photo-$1" "$STAFFROOM" "$work/feed/$1.json" 800x480
}
render_photo good mysteries.jpg
judge "a photo beside its feed" photo-good "$work/feed/good.json" 800x480
# The place of a photo that is not there stays free for it.
render_photo missing no-such.jpg
without=$(cat "$work"/photo-missing/*.png | sha1sum)
if [ "$(cat "$work"/photo-good/*.png | sha1sum)" = "$without" ]; then
    not_ok "a photo changes its slide"
else
    ok "a photo changes its slide"
fi
while read -r name image; do
    render_photo "$name" "$image"
    if [ $status -ne 0 ] || ! is_clean "$work/err"; then
        not_ok "photo: $name" "exit $status" "$(<"$work/err")"
    elif ! grep -q 'picture of "i" is left out: .* .* ' "$work/err"; then
        not_ok "photo: $name: says that and why it is left out" \
            "$(<"$work/err")"
    elif [ "$(cat "$work/photo-$name"/*.png | sha1sum)" != "$without" ]; then
        not_ok "photo: $name: nothing of it is seen"
    else
        ok "photo: $name"
    fi
done <<EOF
missing no-such.jpg
damaged half.jpg
no-picture text.jpg
outside ../outside/secret.jpg
by-link link.jpg
absolute $work/outside/secret.jpg
by-scheme file://$work/outside/secret.jpg
folder .
EOF

finish

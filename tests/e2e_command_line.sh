#!/bin/bash
# The command line as design and --help promise it: what every option takes and
# refuses, what --check and --list print, and how the program ends.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
cd "$work" || exit 1

# refuses WHAT STATUS PATTERN ARG…: says one line about it on stderr and nothing
# on stdout.
refuses() {
    local what=$1 wanted=$2 pattern=$3
    shift 3
    run "$STAFFROOM" "$@"
    if [ $status -ne "$wanted" ]; then
        not_ok "$what: exit $wanted" "exit $status" "$(<err)"
    elif [ "$(wc -l <err)" -ne 1 ] || ! grep -qE "^staffroom: .*$pattern" err
    then
        not_ok "$what: one line like /$pattern/" "$(<err)"
    elif [ -s out ]; then
        not_ok "$what: nothing on stdout" "$(<out)"
    else
        ok "$what"
    fi
}

# accepts WHAT ARG…: exit 0 and not a word on stderr.
accepts() {
    local what=$1
    shift
    run "$STAFFROOM" "$@"
    if [ $status -eq 0 ] && [ ! -s err ]; then
        ok "$what"
    else
        not_ok "$what" "exit $status" "$(<err)"
    fi
}

# ---- --help and --version ---------------------------------------------------

accepts "--version" --version
if grep -qxE 'staffroom [0-9]+\.[0-9]+\.[0-9]+' out; then
    ok "--version is one line"
else
    not_ok "--version is one line" "$(<out)"
fi
accepts "--help" --help
cp out help
says "no line of --help is wider than a terminal" "" \
    "$(awk 'length > 80' help)"

# The help is the list of options: each is tried, and none of the contract is
# missing from it.
missing=
for option in --config --feed --window --rotate --check --list --render \
    --export --log --at --size --speed --max-texture --version --help; do
    grep -qE "^  $option( |\$)" help || missing+="$option "
done
says "--help explains every option" "" "$missing"
while read -r option value; do
    if [ -n "$value" ]; then
        refuses "$option without its value" 2 "$option needs a value" "$option"
        refuses "$option with an empty value" 2 "$option cannot be" "$option="
    else
        refuses "$option with a value" 2 "$option takes no value" "$option=3"
    fi
done < <(sed -nE 's/^  (--[a-z-]+)( ([^ ]+))?$/\1 \3/p' help)

# ---- what is no option, no value, no file -----------------------------------

refuses "an unknown option" 2 'unknown option --bogus' --bogus
refuses "a shortened option" 2 'unknown option --wind' --wind 800x480
refuses "a word that is no option" 2 'unknown option feed\.json' feed.json
refuses "an unknown option after a good one" 2 'unknown option -v' --help -v
refuses "a line break in what it complains about" 2 'unknown option' $'--a\nb'

for size in 800 800x 'x480' 800x480x1 800X480 '800 x480' -800x480 159x480 \
    800x159 8193x480 800x8193 99999999999999999999x480 0x0; do
    refuses "--size $size" 2 "--size cannot be $size" --size "$size"
done
for size in foo 10x10 800x480.5; do
    refuses "--window $size" 2 "--window cannot be $size" --window "$size"
done
for turn in 45 -90 360 90deg ''; do
    refuses "--rotate '$turn'" 2 '--rotate cannot be' --rotate "$turn"
done
for speed in 0 -1 1e3 1.5 100001 fast; do
    refuses "--speed $speed" 2 "--speed cannot be $speed" --speed "$speed"
done
for side in 0 255 16385 many; do
    refuses "--max-texture $side" 2 "--max-texture cannot be $side" \
        --max-texture "$side"
done
for at in tomorrow 10:42 2026-11-26 2026-13-01T00:00 2026-02-29T10:00 \
    2026-11-26T25:00 2026-11-26T10:42+ 2026-11-26T10:42Zulu; do
    refuses "--at $at" 2 "--at cannot be $at" \
        --list --feed "$sample" --at "$at"
done

for mode in --check "--list --feed" "--render pictures --feed"; do
    # shellcheck disable=SC2086 # several words
    refuses "$mode with no such file" 2 'no-such\.json .*No such file' \
        $mode no-such.json
    # shellcheck disable=SC2086
    refuses "$mode with a folder" 2 '/ is not a file' $mode /
done
for file in post-its post-its.xlsx post-its.csv.gz .csv csv 'post-its.json '; do
    refuses "--export '$file'" 2 \
        "--export cannot be $file: it takes a name that ends in" \
        --export "$file"
done
says "--export with a bad name writes nothing" "" "$(ls -d post-its* 2>&-)"
refuses "--export of what nobody has written" 1 'No post-its have been' \
    --config plain.conf --export post-its.csv
refuses "--export with no such settings" 2 'none\.conf .*No such file' \
    --config none.conf --export post-its.csv
refuses "--log of what nobody has kept" 1 'No log is kept on this machine' --log
mkdir -p home/.local/state/staffroom
printf 'one\n\033[31mtwo' >home/.local/state/staffroom/staffroom.log.old
printf 'three\n' >home/.local/state/staffroom/staffroom.log
accepts "--log" --log
says "--log prints the older file first, and nothing that colours" \
    "$(printf 'one\n?[31mtwo\nthree')" "$(<out)"
rm -r home/.local/state/staffroom
mkfifo pipe
refuses "--check with a pipe that nobody writes to" 2 'is not a file' \
    --check pipe
refuses "--check with a server that is not there" 2 'server' \
    --check http://127.0.0.1:9/feed.json
refuses "--render into what is a file" 2 'help.* cannot be made' \
    --render help --feed "$sample"
if [ "$(id -u)" = 0 ]; then
    skip "a feed that may not be read" "root may read everything"
else
    install -m 000 "$sample" locked.json
    refuses "a feed that may not be read" 2 'Permission denied' \
        --check locked.json
fi
# Scripts read these lists: half of one must not look like a whole one.
if [ -e /dev/full ]; then
    "$STAFFROOM" --list --feed "$sample" --at 2026-11-26T10:42 \
        >/dev/full 2>err
    says "--list that cannot be written is no success" 2 $?
fi

# ---- settings ---------------------------------------------------------------

# refuses_settings WHAT LINE PATTERN TEXT
refuses_settings() {
    printf "$4" >bad.conf
    refuses "$1" 2 "bad\.conf:$2: .*$3" --config bad.conf --check "$sample"
}
refuses_settings "an unknown setting" 3 'no setting "intervall_s"' \
    '[feed]\nfeed = x.json\nintervall_s = 60\n'
refuses_settings "a setting in the wrong place" 2 \
    'rotate belongs under \[screen\]' '[feed]\nrotate = 90\n'
refuses_settings "an unknown section" 1 'no section \[feeds\]' \
    '[feeds]\nfeed = x\n'
refuses_settings "an interval too short" 2 'interval_s must be' \
    '[feed]\ninterval_s = 14\n'
refuses_settings "an interval that is no number" 2 'interval_s must be' \
    '[feed]\ninterval_s = often\n'
refuses_settings "a rotation that is none" 4 'rotate must be' \
    '[feed]\nfeed = x\n[screen]\nrotate = 45\n'
refuses_settings "neither on nor off" 2 'touch must be' \
    '[screen]\ntouch = maybe\n'
refuses_settings "a line that is no setting" 2 '' '[feed]\nfeed.json\n'
refuses "--config with no such file" 2 'none\.conf .*No such file' \
    --config none.conf --check "$sample"
refuses "--config with a folder" 2 '/ is not a file' \
    --config / --check "$sample"
accepts "the settings that come with the program" \
    --config ../../../config/staffroom.conf --check "$sample"

printf '[feed]\nfeed = %s\n[screen]\nrotate = 90\n' "$sample" >good.conf
accepts "a feed from the settings" --config good.conf --list \
    --at 2026-11-26T10:42
says "a feed from the settings is the one listed" 6 "$(wc -l <out)"
echo '{"title":"Another","items":[]}' >another.json
accepts "--feed goes before the settings" --config good.conf --list \
    --feed another.json --at 2026-11-26T10:42
says "--feed goes before the settings: its slides" 0 "$(wc -l <out)"

# ---- --check ----------------------------------------------------------------

accepts "--check of the sample" --check "$sample" --at 2026-11-26T10:42
if tail -n 1 out | grep -qE '^usable: 22 items read \(.*\), 0 left out, 6 slides'; then
    ok "--check says how much it read"
else
    not_ok "--check says how much it read" "$(<out)"
fi
feeds=../../../tests/feeds
accepts "--check of a blog" --check $feeds/plain-blog.json
if grep -qE '^item 3 .*"starts".* left out' out &&
    grep -qE '^item 5: .*"id".* left out' out &&
    grep -q '^usable: 3 items read (.*), 2 left out' out; then
    ok "--check says what was left out and why"
else
    not_ok "--check says what was left out and why" "$(<out)"
fi
accepts "--check of long words" --check $feeds/long-words.json \
    --at 2026-11-26T10:42
if grep -qE '"idea".*"idea-long".*1920x1080' out; then
    ok "--check says what is too long, and for which screen"
else
    not_ok "--check says what is too long, and for which screen" "$(<out)"
fi
printf '{\n  "items": [\n    { "id": "a" },,\n  ]\n}\n' >comma.json
refuses "--check of a comma too many" 1 'comma\.json:3:19: .*comma' \
    --check comma.json
refuses "--list of a comma too many" 1 'comma\.json:3:19: ' \
    --list --feed comma.json
refuses "--render of a comma too many" 1 'comma\.json:3:19: ' \
    --render pictures --feed comma.json
echo '{"title": "No items"}' >no-items.json
refuses "--check of what is no feed" 1 'no-items\.json: .*"items"' \
    --check no-items.json
head -c 3000000 /dev/zero | tr '\0' ' ' >large.json
refuses "--check of a feed beyond 2 MiB" 1 'large\.json.*(2 MiB|2048 KiB)' \
    --check large.json

# What a feed calls itself must not forge a line of the report.
printf '%s' '{"title":"T","items":[{"id":"a\nusable: b\u001b[2J",
    "_staffroom":{"kind":"meeting","starts":"rubbish"}}]}' >forged.json
accepts "--check of an id with a line break" --check forged.json
if [ "$(grep -c '^usable' out)" = 1 ] && ! grep -q $'\033' out; then
    ok "--check prints nothing a feed could have forged"
else
    not_ok "--check prints nothing a feed could have forged" "$(cat -v out)"
fi

# ---- --list -----------------------------------------------------------------

# Each line, by itself, is an object with these keys in this order.
cat >list.py <<'PYTHON'
import json, sys
keys = ["slide", "kind", "ids", "title", "dwell_ms", "pages", "cap_px"]
kinds = {"purpose", "question", "idea", "postit", "meeting", "scrapbook",
         "impact"}
names = []
for line in sys.stdin:
    slide = json.loads(line)
    assert list(slide) == keys, line
    assert slide["kind"] in kinds, line
    assert slide["ids"] and all(type(i) is str for i in slide["ids"]), line
    assert type(slide["title"]) is str, line
    assert all(type(slide[k]) is int for k in keys[4:]), line
    assert 8000 <= slide["dwell_ms"] <= 40000, line
    assert slide["pages"] >= 1 and slide["cap_px"] >= 1, line
    names.append(slide["slide"] + (":" + slide["ids"][0]
                 if slide["kind"] == "question" else ""))
assert len(set(names)) == len(names), names
print(*names)
PYTHON

# lists WHAT WANTED ARG…: the slides in this order.
lists() {
    local what=$1 wanted=$2
    shift 2
    run "$STAFFROOM" --list "$@"
    local seen
    if [ $status -ne 0 ] || [ -s err ]; then
        not_ok "$what" "exit $status" "$(<err)"
    elif ! seen=$(python3 list.py <out 2>&1); then
        not_ok "$what: lines as promised" "$seen"
    else
        says "$what" "$wanted" "$seen"
    fi
}

rest="idea idea-2 board meetings"
lists "on its Thursday the question leads" \
    "question:q-2026-11-26 purpose $rest" \
    --feed "$sample" --at 2026-11-26T10:42
lists "on Wednesday last week's question follows" \
    "purpose question:q-2026-11-19 $rest" \
    --feed "$sample" --at 2026-11-25T10:42
lists "on Friday it stays, and follows" \
    "purpose question:q-2026-11-26 $rest" \
    --feed "$sample" --at 2026-11-27T10:42
lists "the minute before Thursday" "purpose question:q-2026-11-19 $rest" \
    --feed "$sample" --at 2026-11-25T23:59
lists "the minute in which Thursday begins" \
    "question:q-2026-11-26 purpose $rest" \
    --feed "$sample" --at 2026-11-26T00:00

# A Thursday in the holidays, with a question for it: nobody is there to read.
sed 's/"on": "2026-11-19"/"on": "2026-12-24"/' "$sample" >holidays.json
# The meetings are all over by then.
lists "in the holidays the last question stays" \
    "purpose question:q-2026-11-26 idea idea-2 board" \
    --feed holidays.json --at 2026-12-24T10:42
lists "when the term begins the next one comes" \
    "purpose question:q-2026-11-19 idea idea-2 board" \
    --feed holidays.json --at 2027-01-04T10:42

for feed in "$feeds"/*.json; do
    for size in 1920x1080 800x480 720x1280; do
        run "$STAFFROOM" --list --feed "$feed" --size $size \
            --at 2026-11-26T10:42
        if [ $status -eq 0 ] && [ ! -s err ] &&
            seen=$(python3 list.py <out 2>&1) && [ -n "$seen" ]; then
            ok "--list of $(basename "$feed") at $size"
        else
            not_ok "--list of $(basename "$feed") at $size" \
                "exit $status" "$(<err)" "$seen"
        fi
    done
done

# The feed says Europe/London, so the machine's zone decides nothing.
for zone in UTC Europe/London America/Chicago; do
    for at in 2026-11-26T00:30 2026-11-25T23:30 2026-11-26T00:30:00+00:00 \
        2026-11-25T18:30:00-06:00; do
        TZ=$zone "$STAFFROOM" --list --feed "$sample" --at "$at"
    done >"list-${zone#*/}" 2>&1
done
if cmp -s list-UTC list-London && cmp -s list-UTC list-Chicago &&
    [ "$(grep -c '"question"' list-UTC)" = 4 ]; then
    ok "a feed that names its zone is the same in every machine's"
else
    not_ok "a feed that names its zone is the same in every machine's" \
        "$(diff list-UTC list-London)" "$(diff list-UTC list-Chicago)"
fi
run "$STAFFROOM" --list --feed "$sample" --at 2026-11-25T18:30-06:00
cp out seconds
run "$STAFFROOM" --list --feed "$sample" --at 2026-11-26T00:30:00.250Z
says "one moment, written in two zones" "$(<seconds)" "$(<out)"
# One that names none is read on the machine's clock.
grep -v '"timezone"' "$sample" >no-zone.json
for zone in UTC America/Chicago; do
    TZ=$zone run "$STAFFROOM" --list --feed no-zone.json \
        --at 2026-11-26T00:30:00Z
    [ $status -eq 0 ] && python3 list.py <out | cut -d' ' -f1
done >no-zone.list
says "a feed without a zone goes by the machine's" \
    "question:q-2026-11-26 purpose" "$(xargs <no-zone.list)"

# ---- nothing to show --------------------------------------------------------

echo '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[]}' \
    >empty.json
accepts "--check of a feed with nothing in it" --check empty.json
accepts "--list of a feed with nothing in it" --list --feed empty.json
says "a feed with nothing in it has no slides" "" "$(<out)"
accepts "--render of a feed with nothing in it" --render empty \
    --feed empty.json --size 800x480
says "a feed with nothing in it is one notice" "01-notice.png" "$(ls empty)"

# ---- no display -------------------------------------------------------------

if grep -qsx connected /sys/class/drm/card*-*/status; then
    skip "without any display" "a screen is plugged in here"
else
    refuses "without any display" 3 '[Ss]creen' --config plain.conf \
        --feed "$sample"
    refuses "a window without any display" 3 '[Ss]creen' --config plain.conf \
        --feed "$sample" --window 800x480
fi
export DISPLAY=:4711 WAYLAND_DISPLAY=wayland-4711
refuses "displays that are not there" 3 '[Ss]creen' --config plain.conf \
    --feed "$sample"
unset DISPLAY WAYLAND_DISPLAY
SDL_VIDEODRIVER=nonsense refuses "a video driver that is none" 3 \
    'nonsense' --config plain.conf --feed "$sample"

finish

#!/bin/bash
# A hub and two screens: both are paired, a post-it is written by touch on one,
# waits to be read, is shared, and hangs on the other; then it is taken down, and
# one screen is sent away. Real programs all, and a plug pulled in between.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh
. tests/hub_tap.sh

for tool in Xvfb xdotool python3 curl; do
    command -v $tool >/dev/null || {
        skip "two screens and a hub" "$tool is not installed"
        finish
    }
done

declare -A kiosk=() screen=() display=()
stop_all() {
    kill $hub "${kiosk[@]}" "${screen[@]}" 2>/dev/null
    wait 2>/dev/null
}
trap stop_all EXIT

# open_screen NAME: an X screen for that kiosk.
open_screen() {
    mkdir -p "$work/$1"
    mkfifo "$work/$1/number"
    Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp -noreset \
        -fbdir "$work/$1" 3>"$work/$1/number" 2>"$work/$1/xvfb.log" &
    screen[$1]=$!
    read -r "display[$1]" <"$work/$1/number"
}

start_kiosk() {
    printf '[hub]\nhub = %s\n[feed]\ninterval_s = 15\n[storage]\ncache = %s\n' \
        "$at" "$work/$1/cache" >"$work/$1/conf"
    DISPLAY=:${display[$1]} STATE_DIRECTORY=$work/$1/state \
        "$STAFFROOM" --config "$work/$1/conf" 2>>"$work/$1/log" &
    kiosk[$1]=$!
}

# until SECONDS COMMAND…: true as soon as it is.
until_true() {
    local left=$(($1 * 5))
    shift
    while ! "$@"; do
        [ $((left -= 1)) -gt 0 ] || return 1
        sleep 0.2
    done
}

yes_or_no() {
    if until_true "$@"; then echo yes; else echo no; fi
}

# The letters that nobody has typed yet.
codes() {
    python3 - "$work/data/hub.sqlite" <<'PY'
import sqlite3, sys
db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
for table, sql in db.execute("SELECT name, sql FROM sqlite_master").fetchall():
    if table == "pairing":
        print(" ".join(r[0] for r in db.execute(
            "SELECT code FROM pairing WHERE device IS NULL")))
PY
}

has_code() { [ -n "$(codes)" ]; }
has_token() { [ -s "$work/$1/state/hub-token" ]; }
# What the newest good feed on that kiosk's disk says.
knows() { grep -rqF "$2" "$work/$1/cache" 2>/dev/null; }
waits() {
    visit /postits
    grep -qF "$1" "$work/page"
}
tap_at() {
    DISPLAY=:${display[$1]} xdotool mousemove "$2" "$3" sleep 0.05 click 1
    sleep 0.5
}

sh assets/sample/shift-weeks.sh <assets/sample/feed.json >"$work/sample.json"
start --sample "$work/sample.json"
first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
visit "$first"
send "$first" "name=Maria" "password=seven quiet kettles" \
    "again=seven quiet kettles"
says "the hub is set up" 303 "$status"

for name in hillcrest marsh-lane; do
    open_screen $name
    start_kiosk $name
    says "$name shows its letters" yes "$(yes_or_no 20 has_code)"
    visit /screens/add
    send /screens/add "code=$(codes)" "name=$name staffroom" "school=$name"
    says "$name is added" "303 /screens" "$status $to"
    says "$name has its token" yes "$(yes_or_no 20 has_token $name)"
    says "of which nobody else may know" 600 \
        "$(stat -c %a "$work/$name/state/hub-token")"
    says "$name has the board" yes \
        "$(yes_or_no 30 knows $name "Two-minute mysteries")"
done

# --- a post-it, written at Hillcrest ---

sleep 2 # until the slide has faded in
tap_at hillcrest 1670 996
DISPLAY=:${display[hillcrest]} xdotool type --delay 30 "Doors open at reading time"
cp "$work/hillcrest/Xvfb_screen0" "$work/1-writing.xwd"
tap_at hillcrest 1720 83
kill -9 "${kiosk[hillcrest]}" # it may or may not have been sent
wait "${kiosk[hillcrest]}" 2>/dev/null
start_kiosk hillcrest
says "it waits to be read, though the plug was pulled" yes \
    "$(yes_or_no 30 waits "Doors open at reading time")"
says "once" 1 "$(grep -oF 'Doors open at reading time' "$work/page" | wc -l)"
id=$(grep -oE 'action="/postits/[0-9a-f-]{36}' "$work/page" | head -n 1 |
    sed 's|.*/||')
sleep 17
says "nobody else has seen it" no \
    "$(yes_or_no 1 knows marsh-lane "Doors open")"
says "nor has the world" 0 "$(curl -sS "$at/feed.json" | grep -c "Doors open")"

visit /postits
send "/postits/$id" do=share from=/postits
says "a coordinator shares it" "303 /postits" "$status $to"
says "and it hangs at Marsh Lane" yes \
    "$(yes_or_no 40 knows marsh-lane "Doors open at reading time")"
cp "$work/marsh-lane/Xvfb_screen0" "$work/2-marsh-lane.xwd"

# --- taken down, and a screen sent away ---

gone() { ! knows_newest "$1" "$2"; }
knows_newest() {
    local newest
    newest=$(grep -rlF '"items"' "$work/$1/cache" | xargs ls -t | head -n 1)
    grep -qF "$2" "$newest"
}
visit /postits
send "/postits/$id" do=take-down from=/postits
send "/postits/$id" do=delete from=/postits
says "taken down" 303 "$status"
says "it is gone from Marsh Lane" yes \
    "$(yes_or_no 40 gone marsh-lane "Doors open")"

number=$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute(
    "SELECT number FROM device WHERE name LIKE ?", ("marsh%",)).fetchone()[0])' \
    "$work/data/hub.sqlite")
visit "/screens/$number/remove"
send "/screens/$number/remove"
lost_token() { ! has_token marsh-lane; }
says "a screen that was removed notices" yes "$(yes_or_no 40 lost_token)"
says "and shows new letters" yes "$(yes_or_no 20 has_code)"
sleep 1
cp "$work/marsh-lane/Xvfb_screen0" "$work/3-removed.xwd"

kill -TERM "${kiosk[@]}"
for name in hillcrest marsh-lane; do
    wait "${kiosk[$name]}"
    says "$name leaves in good order" 0 $?
done
kiosk=()
stop
says "so does the hub" 0 "$stopped"
is_clean "$work"/*/log "$work/hub.err" && ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"
finish

#!/bin/bash
# A hub and two screens: both are paired, a post-it is written by touch on one,
# waits to be read, is shared, and hangs on the other; then it is taken down, and
# one screen is sent away. Real programs all, and a plug pulled in between.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh
. tests/hub_tap.sh
. tests/screens_tap.sh

for tool in Xvfb xdotool python3 curl; do
    command -v $tool >/dev/null || {
        skip "two screens and a hub" "$tool is not installed"
        finish
    }
done

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
says "of the board nothing is kept there" "" \
    "$(ls "$work/marsh-lane/cache" | grep ^feed-)"
says "while at Hillcrest it is" yes \
    "$(yes_or_no 1 knows hillcrest "Two-minute mysteries")"
sleep 1
cp "$work/marsh-lane/Xvfb_screen0" "$work/3-removed.xwd"

kill -TERM "${kiosk[@]}"
for name in hillcrest marsh-lane; do
    wait "${kiosk[$name]}"
    says "$name leaves in good order" 0 $?
done
kiosk=()
"$STAFFROOM_HUB" --data "$work/data" --new-address Maria \
    >"$work/address" 2>"$work/refused"
says "nobody makes an address behind the hub's back" "2 0 1" \
    "$? $(wc -c <"$work/address") $(grep -c 'Another hub is running' \
        "$work/refused")"
stop
says "so does the hub" 0 "$stopped"
says "its log knows who came in, and no name" "1 1 0" \
    "$(grep -c 'signed in as person 1 from 127.0.0.1' "$work/hub.err") $(
    grep -c 'a screen was refused from 127.0.0.1: its token was revoked' \
        "$work/hub.err") $(grep -ciE 'maria|kettles' "$work/hub.err")"

# --- somebody has lost everything ---

"$STAFFROOM_HUB" --data "$work/date" --new-address Maria 2>"$work/refused"
says "a mistyped folder is no new hub" "2 1 no" "$? $(
    grep -c "There is no hub in $work/date" "$work/refused") $(
    [ -e "$work/date" ] && echo yes || echo no)"
"$STAFFROOM_HUB" --data "$work/data" --new-address Nobody 2>"$work/refused"
says "only a coordinator gets an address" "2 1" \
    "$? $(grep -c 'They are: Maria' "$work/refused")"
way=$("$STAFFROOM_HUB" --data "$work/data" --new-address Maria)
says "while the hub is stopped" "0 1" "$? $(
    grep -cE '^http://127.0.0.1:8080/welcome/[A-Za-z0-9_-]{43}$' <<<"$way")"
start
rm -f "$work/jar"
visit "/welcome/${way##*/}"
says "the address opens" 200 "$status"
send "/welcome/${way##*/}" "password=nine brass lanterns" \
    "again=nine brass lanterns"
says "and gives a new password" "303 /sign-in" "$status $to"
stop
is_clean "$work"/*/log "$work/hub.err" && ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"
finish

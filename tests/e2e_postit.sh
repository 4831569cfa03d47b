#!/bin/bash
# A teacher at the kettle: touches "Answer this", writes, posts, and the plug is
# pulled. Driven with real input on a real screen; the store is read by another
# program than ours.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh

for tool in Xvfb xdotool python3; do
    command -v $tool >/dev/null || {
        skip "a post-it by touch" "$tool is not installed"
        finish
    }
done

thursday=2026-11-26T10:42
db=$HOME/.local/state/staffroom/postits.db
answer=(1670 996) post=(1720 83) cancel=(130 83)

mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp -noreset \
    3>"$work/number" 2>"$work/xvfb.log" &
screen=$!
kiosk=
trap 'kill $screen $kiosk 2>/dev/null; wait 2>/dev/null' EXIT
read -r number <"$work/number"
export DISPLAY=:$number

start_kiosk() {
    "$STAFFROOM" --config "$work/plain.conf" --feed "$sample" --at $thursday \
        2>>"$work/kiosk.log" &
    kiosk=$!
    for _ in {1..100}; do # until its window is there and has been painted
        xdotool search --onlyvisible --name Staffroom >/dev/null 2>&1 && break
        sleep 0.1
    done
    sleep 1.5
}

tap_at() {
    xdotool mousemove "$1" "$2" sleep 0.05 click 1
    sleep 0.4
}

# Every post-it in the store, as another program sees it.
kept() {
    [ -e "$db" ] || return
    python3 - "$db" <<'PY'
import sqlite3, sys
try:
    db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
    rows = db.execute("SELECT text, author, answers FROM postit ORDER BY place").fetchall()
except sqlite3.Error as e:
    rows = [(e,)]
print("\n".join("|".join(map(str, r)) for r in rows))
PY
}

# comes WANTED: within a few seconds that is what is kept.
comes() {
    for _ in {1..40}; do
        [ "$(kept)" != "$1" ] || return 0
        sleep 0.1
    done
    return 1
}

start_kiosk
says "nothing is kept before anybody wrote" "" "$(kept)"

tap_at "${answer[@]}"
xdotool type --delay 30 "ask them to draw it"
tap_at "${cancel[@]}"
sleep 0.5
says "what was cancelled is not kept" "" "$(kept)"

tap_at "${answer[@]}"
xdotool type --delay 30 "Ask them to draw it"
tap_at 1700 703 # p, on the keyboard of the screen
xdotool key BackSpace Return
xdotool type --delay 30 "Jo"
tap_at "${post[@]}"
first="Ask them to draw it|Jo|q-2026-11-26"
comes "$first" && ok "a post-it by touch and by keyboard is kept" ||
    not_ok "a post-it by touch and by keyboard is kept" "$(kept)"

kill -9 $kiosk
wait $kiosk 2>/dev/null
start_kiosk
says "the plug pulled, it is there, once" "$first" "$(kept)"

tap_at 1670 996
xdotool type --delay 30 "   "
tap_at "${post[@]}"
sleep 0.5
says "blanks are not posted" "$first" "$(kept)"
tap_at "${cancel[@]}"

# A keyboard with dead keys and a Compose key, and a service's language: none.
if command -v setxkbmap >/dev/null; then
    kill -TERM $kiosk
    wait $kiosk
    setxkbmap -layout us -variant intl -option compose:menu
    LC_ALL=C start_kiosk
    tap_at "${answer[@]}"
    xdotool key dead_acute e
    xdotool key dead_circumflex w dead_diaeresis U
    xdotool key Multi_key o e Multi_key e equal
    xdotool key dead_acute space dead_diaeresis space dead_grave dead_grave
    xdotool key dead_acute x # nothing is made of these, and nothing typed
    # What reads barcodes is a keyboard: a tab is no letter, Return goes on.
    xdotool type --delay 30 $' 50\t12'
    xdotool key Return
    xdotool type --delay 30 "Mae"
    xdotool key dead_circumflex w
    tap_at "${post[@]}"
    second="éŵÜœ€'\"\` 5012|Maeŵ|q-2026-11-26"
    comes "$first"$'\n'"$second" && ok "accents by dead keys and Compose" ||
        not_ok "accents by dead keys and Compose" "$second" "$(kept)"
else
    skip "accents by dead keys and Compose" "setxkbmap is not installed"
fi

kill -TERM $kiosk
wait $kiosk
says "it leaves in good order" 0 $?
kiosk=
is_clean "$work/kiosk.log" && ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"
finish

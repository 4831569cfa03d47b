#!/bin/bash
# A teacher at the kettle: touches "Answer this", writes, posts, and the plug is
# pulled; then all else that a finger can do on the board. Driven with real input on a real screen; the store is read by another
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
    -fbdir "$work" 3>"$work/number" 2>"$work/xvfb.log" &
screen=$!
kiosk=
trap 'kill $screen $kiosk 2>/dev/null; wait 2>/dev/null' EXIT
read -r number <"$work/number"
export DISPLAY=:$number

start_kiosk() { # at TIME, or at $thursday
    "$STAFFROOM" --config "$work/plain.conf" --feed "$sample" \
        --at "${1:-$thursday}" \
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

# The finger stays: xdotool's mouse is a finger to us.
hold_at() {
    xdotool mousemove "$1" "$2" mousedown 1 sleep 1.2 mouseup 1
    sleep 0.4
}

# shot NAME: the screen as it is, for people to look at (convert shows it).
shot() {
    cp "$work/Xvfb_screen0" "$work/$1.xwd"
}

# ask SQL: what the store says to another program.
ask() {
    python3 - "$db" "$1" <<'PY'
import sqlite3, sys
try:
    db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
    rows = db.execute(sys.argv[2]).fetchall()
except sqlite3.Error as e:
    rows = [(e,)]
print(" ".join("|".join(map(str, r)) for r in rows))
PY
}

# asked WHAT WANTED SQL: that is what the store comes to say.
asked() {
    local said
    for _ in {1..40}; do
        said=$(ask "$3")
        [ "$said" != "$2" ] || break
        sleep 0.1
    done
    says "$1" "$2" "$said"
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

# --- on the board: the newest hangs first ---

kill -TERM $kiosk
wait $kiosk
start_kiosk 2026-11-26T11:42
tap_at "${answer[@]}"
xdotool type --delay 30 "Said in anger"
shot 1-composer
tap_at "${post[@]}"
asked "a second one is up" 1 \
    "SELECT count(*) FROM postit WHERE text = 'Said in anger'"
sleep 0.5
shot 2-up
hold_at 362 389
asked "held within its minute it comes down again, for good" "0 1" \
    "SELECT count(*) FROM postit WHERE text = 'Said in anger'
     UNION ALL SELECT count(*) FROM tombstone"
shot 3-taken-back

sum="SELECT coalesce(sum(thanks), 0), coalesce(sum(trying), 0),
     coalesce(sum(is_face_down), 0) FROM reaction"
tap_at 1556 751 # one from the feed, read large
shot 4-large
tap_at 481 870
asked "a thank-you is one touch" "1|0|0" "$sum"
tap_at 481 870
asked "and is undone by another" "0|0|0" "$sum"
tap_at 766 870
asked "so is I'll try it" "0|1|0" "$sum"
tap_at 1461 996
asked "anyone may turn one face-down" "0|1|1" "$sum"
shot 5-face-down
tap_at 1754 996
shot 6-board

for _ in {1..8}; do # on to the meetings
    xdotool key Right
    sleep 0.3
    tap_at 960 300
    [ "$(ask "SELECT count(*) FROM postit WHERE text = 'Scones'")" = 0 ] ||
        break
    tap_at 1380 996 # "Bring it to the meeting", where there is such a button
    xdotool type --delay 30 "Scones"
    tap_at "${post[@]}"
    sleep 0.5
    xdotool key Escape key Escape
done
asked "something is brought to a meeting" 1 \
    "SELECT count(*) FROM postit WHERE text = 'Scones' AND answers LIKE 'm-%'"
shot 7-brought
xdotool key Escape key Escape

hold_at 1820 60
shot 8-visitors
before=$(kept)
tap_at "${answer[@]}"
xdotool type --delay 30 "Hello from the visitors"
tap_at "${post[@]}"
sleep 0.5
says "visitors write nothing" "$before" "$(kept)"
hold_at 1820 60
shot 9-back

kill -TERM $kiosk
wait $kiosk
says "it leaves in good order" 0 $?
kiosk=
is_clean "$work/kiosk.log" && ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"
finish

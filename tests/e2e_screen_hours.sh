#!/bin/bash
# A screen with hours, as a teacher meets it: black outside them, woken by the
# first touch and by nothing but that, black again when nobody is there any more.
set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh

# ---- what --check says ----------------------------------------------------------

cat >"$work/noon.conf" <<'EOF2'
[screen]
hours = 12:00-13:00
power = black
EOF2
printf '[screen]\nhours = mon-fri 7:00-18:00\nclosed = Christmas\n' \
    >"$work/wrong.conf"
run "$STAFFROOM" --config "$work/noon.conf" --check "$sample" \
    --at 2026-11-26T10:42
says "--check says what the hours make of that moment" \
    "by its hours a screen with these settings is off at this time" \
    "$(tail -n 1 "$work/out")"
run "$STAFFROOM" --config "$work/noon.conf" --check "$sample" \
    --at 2026-11-26T12:42
says "and of another" \
    "by its hours a screen with these settings is on at this time" \
    "$(tail -n 1 "$work/out")"
run "$STAFFROOM" --config "$work/wrong.conf" --check "$sample"
if [ $status -eq 2 ] && grep -q 'wrong.conf:3: closed must be' "$work/err"; then
    ok "a day that is none is named with its line"
else
    not_ok "a day that is none is named with its line" "$status" "$(<"$work/err")"
fi

# ---- on a screen -----------------------------------------------------------------

for tool in Xvfb xdotool python3; do
    command -v $tool >/dev/null || {
        skip "a screen with hours" "$tool is not installed"
        finish
    }
done

# Whoever has just switched the machine on sees the board, whatever the hour.
while [ "$(cut -d. -f1 /proc/uptime)" -lt 185 ]; do sleep 1; done

mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp -noreset \
    -fbdir "$work" 3>"$work/number" 2>"$work/xvfb.log" &
screen=$!
kiosk=
trap 'kill $screen $kiosk 2>/dev/null; wait 2>/dev/null' EXIT
read -r number <"$work/number"
export DISPLAY=:$number
db=$HOME/.local/state/staffroom/postits.db
answer=(1670 996) post=(1720 83)

start_kiosk() { # CONFIG ARG…
    local config=$1
    shift
    : >"$work/kiosk.log"
    "$STAFFROOM" --config "$config" --feed "$sample" "$@" \
        2>>"$work/kiosk.log" &
    kiosk=$!
    for _ in {1..100}; do # until its window is there
        xdotool search --onlyvisible --name Staffroom >/dev/null 2>&1 && break
        sleep 0.1
    done
}

stop_kiosk() {
    kill -TERM $kiosk
    wait $kiosk
    says "it leaves in good order" 0 $?
    cat "$work/kiosk.log" >>"$work/all.log"
}

# Whether every point of the screen is black.
is_black() {
    python3 - "$work/Xvfb_screen0" <<'PY'
import sys
with open(sys.argv[1], "rb") as f:
    pixels = f.read()[-1920 * 1080 * 4:]
sys.exit(any(pixels[0::4]) or any(pixels[1::4]) or any(pixels[2::4]))
PY
}

is_lit() { ! is_black; }

# comes WHAT COMMAND…: within half a minute it is so.
comes() {
    local what=$1
    shift
    for _ in {1..60}; do
        "$@" && {
            ok "$what"
            return
        }
        sleep 0.5
    done
    not_ok "$what" "$(tail -n 5 "$work/kiosk.log")"
}

logged() { grep -q -- "$1" "$work/kiosk.log"; }

tap_at() {
    xdotool mousemove "$1" "$2" sleep 0.05 click 1
    sleep 0.4
}

# shot NAME: the screen as it is, for people to look at.
shot() { cp "$work/Xvfb_screen0" "$work/$1.xwd"; }

# Every post-it in the store, as another program sees it.
kept() {
    [ -e "$db" ] || return
    python3 - "$db" <<'PY'
import sqlite3, sys
try:
    db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
    rows = db.execute("SELECT text FROM postit ORDER BY place").fetchall()
except sqlite3.Error as e:
    rows = [(e,)]
print("\n".join(r[0] for r in rows))
PY
}
is_kept() { [ "$(kept)" = "$1" ]; }

# ---- black, woken by a touch that does nothing else

start_kiosk "$work/noon.conf" --at 2026-11-26T10:42
comes "outside its hours it goes off at once" logged 'the screen goes off'
sleep 1
comes "and is black" is_black
shot 1-off
tap_at "${answer[@]}"
comes "a touch brings the board back" is_lit
shot 2-woken
xdotool type --delay 30 "Nobody"
tap_at "${post[@]}"
sleep 0.5
says "and opens nothing" "" "$(kept)"
tap_at "${answer[@]}"
shot 3-composer
xdotool type --delay 30 "Somebody"
tap_at "${post[@]}"
comes "the next one does" is_kept Somebody
is_lit && ok "and the board stays" || not_ok "and the board stays"
stop_kiosk

# ---- nobody is there any more: ten minutes, at three hundred times the speed

printf '[screen]\nhours = 3:00-4:00\npower = black\n' >"$work/night.conf"
start_kiosk "$work/night.conf" --at 2026-11-26T10:42 --speed 300
comes "it is off" is_black
comes "as it says" logged 'the screen goes off'
xdotool key Right
comes "a key wakes it too" logged 'the screen is on again'
went_off_twice() {
    [ "$(grep -c 'the screen goes off' "$work/kiosk.log")" = 2 ]
}
comes "ten minutes later it goes off again" went_off_twice
comes "and is black" is_black
stop_kiosk

# ---- the hours end, and begin

printf '[screen]\nhours = 7:00-18:00\n' >"$work/day.conf"
start_kiosk "$work/day.conf" --at 2026-11-26T17:59:45
comes "in its hours it is lit" is_lit
comes "they end, and so does the picture" is_black
stop_kiosk
start_kiosk "$work/day.conf" --at 2026-11-26T06:59:45
comes "before they begin it is off" logged 'the screen goes off'
comes "then it is on, with nobody near it" is_lit
shot 4-morning
stop_kiosk

# ---- always on

printf '[screen]\nhours = 3:00-4:00\npower = none\n' >"$work/none.conf"
start_kiosk "$work/none.conf" --at 2026-11-26T10:42
comes "power = none leaves it on" is_lit
says "and says nothing of hours" 0 "$(grep -c 'goes off' "$work/kiosk.log")"
stop_kiosk
kiosk=

is_clean "$work/all.log" && ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"
finish

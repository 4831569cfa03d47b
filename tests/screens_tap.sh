# Sourced after hub_tap.sh by the scripts in which real kiosks, each with an X
# screen in memory, meet a hub.
# shellcheck shell=bash

declare -A kiosk=() screen=() display=()
stop_all() {
    kill $hub "${kiosk[@]}" "${screen[@]}" 2>/dev/null
    wait 2>/dev/null
}
trap stop_all EXIT
ca_file= # of the kiosks' settings

# open_screen NAME: an X screen for that kiosk.
open_screen() {
    mkdir -p "$work/$1"
    mkfifo "$work/$1/number"
    Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp -noreset \
        -fbdir "$work/$1" 3>"$work/$1/number" 2>"$work/$1/xvfb.log" &
    screen[$1]=$!
    read -r "display[$1]" <"$work/$1/number"
}

# start_kiosk NAME: on its screen, for the hub at $at.
start_kiosk() {
    cat >"$work/$1/conf" <<EOF
[hub]
hub = $at
[feed]
interval_s = 15
ca_file = $ca_file
[storage]
cache = $work/$1/cache
EOF
    DISPLAY=:${display[$1]} STATE_DIRECTORY=$work/$1/state \
        "$STAFFROOM" --config "$work/$1/conf" 2>>"$work/$1/log" &
    kiosk[$1]=$!
}

# until_true SECONDS COMMAND…: true as soon as it is.
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

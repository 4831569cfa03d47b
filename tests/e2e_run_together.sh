#!/bin/bash
# What `make run` starts: a hub with the sample and a screen that is added to it
# already. The board comes from the hub, the address that is printed leads to
# its set-up, what is written on the screen waits there; and both are gone when
# either Esc or Ctrl-C says so, or when there is no display.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh

for tool in Xvfb xdotool python3 curl; do
    command -v $tool >/dev/null || {
        skip "a hub and a screen together" "$tool is not installed"
        finish
    }
done

mkdir "$work/screen"
mkfifo "$work/screen/number"
Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp -noreset \
    -fbdir "$work/screen" 3>"$work/screen/number" 2>"$work/xvfb.log" &
screen=$!
read -r number <"$work/screen/number"

both= taken= address= at=
groups=() # whatever is left of them must not outlive us
end_all() {
    local group
    for group in "${groups[@]}"; do kill -TERM -- "-$group" 2>/dev/null; done
    kill $screen $taken 2>/dev/null
    wait 2>/dev/null
}
trap end_all EXIT
trap 'exit 1' TERM INT HUP

cp assets/sample/mysteries.jpg "$work/"
sh assets/sample/shift-weeks.sh <assets/sample/feed.json >"$work/sample.json"
programs=$(dirname "$STAFFROOM")
folder=$work/both
# run_together [WxH]: in a group of its own that hears Ctrl-C, as a terminal has
# it; the shell would have what it starts beside itself ignore that.
run_together() {
    rm -f "$work/said"
    DISPLAY=${display-:$number} python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.setsid()
os.execv(sys.argv[1], sys.argv[1:])' "$PWD/config/run-together.sh" \
        "$programs" "$work/sample.json" "$folder" "$@" \
        >"$work/said" 2>>"$work/log" </dev/null &
    both=$!
    groups+=("$both")
}
until_true() { # SECONDS COMMAND…
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
has_said() {
    address=$(sed -n 's|^ *\(http://127\.0\.0\.1:[0-9]*/set-up/.*\)|\1|p' \
        "$work/said" 2>/dev/null)
    at=${address%/set-up/*}
    [ -n "$address" ]
}
knows() { grep -rqF "$1" "$folder/cache" 2>/dev/null; }
is_over() { ! kill -0 "$both" 2>/dev/null; }
ended() { # WANTED STATUS: the script, the hub, the screen
    says "$1: all over" yes "$(yes_or_no 20 is_over)"
    is_over || kill -KILL -- "-$both"
    wait "$both"
    says "with status $2" "$2" $?
    both=
    says "and nothing left of it" "7 " "$(curl -sS -o "$work/x" -m 5 \
        "$at/healthz" 2>/dev/null; echo $?) $(pgrep -f "$folder/")"
}
visit() { # PATH [CURL OPTION…]
    local path=$1
    shift
    curl -sS -m 20 -b "$work/jar" -c "$work/jar" -H 'Accept: text/html' \
        -H 'Sec-Fetch-Site: same-origin' -o "$work/page" \
        -w '%{http_code}' "$@" "$at$path" 2>>"$work/curl.err"
}

# ---- in a window, ended by Esc ----------------------------------------------

run_together 1280x720
until_true 30 has_said
says "it says where to look after it" yes "${address:+yes}"
says "as a sentence" 1 "$(grep -c 'open this in a browser' "$work/said")"
says "the screen has the board from there" yes \
    "$(yes_or_no 30 knows "Two-minute mysteries")"
pictures() { ls "$folder/cache" | grep -q ^picture-; }
says "with the photo of the idea of the week" yes "$(yes_or_no 30 pictures)"
says "by the hub's own feed" yes \
    "$(grep -qF "showing $at/v1/feed.json" "$work/log" && echo yes)"
says "its token is for nobody else" 600 \
    "$(stat -c %a "$folder/kiosk/hub-token")"
says "nor is anything in there" 700 "$(stat -c %a "$folder/kiosk")"
says "the address is good" 200 "$(visit "/set-up/${address##*/}")"
token=$(tr '\n' ' ' <"$work/page" |
    sed 's|.*name="token" value="\([^"]*\)".*|\1|')
says "for one who sets it up" 303 "$(visit "/set-up/${address##*/}" \
    --data-urlencode "token=$token" -d name=Maria \
    --data-urlencode "password=seven quiet kettles" \
    --data-urlencode "again=seven quiet kettles")"
visit /screens >"$work/x"
says "and finds the screen there" yes \
    "$(grep -q 'Hillcrest staffroom' "$work/page" && echo yes)"
run "$programs/staffroom-hub" --data "$folder/hub" --add-screen Hall \
    --school oakfield
says "nobody adds a screen behind its back" "2 1" \
    "$status $(grep -c 'Another hub is running' "$work/err")"
export DISPLAY=:$number
window=$(xdotool search --onlyvisible --pid "$(pgrep -f "$folder/kiosk.conf" |
    tail -n 1)" 2>/dev/null | head -n 1)
[ -z "$window" ] || xdotool windowfocus "$window" 2>/dev/null
sleep 1
cp "$work/screen/Xvfb_screen0" "$work/1-together.xwd"
xdotool key Escape
ended Esc 0

# ---- on the whole screen, ended by Ctrl-C; the usual port is taken ----------

python3 -c '
import socket, time
try:
    s = socket.create_server(("127.0.0.1", 8080))
except OSError:
    pass  # somebody else has it: as good
time.sleep(100)' &
taken=$!
first=$address
run_together
until_true 30 has_said
says "where its port is taken it finds another" yes "${address:+yes}"
says "really" yes "$([ "$at" != http://127.0.0.1:8080 ] && echo yes)"
says "and begins afresh" yes "$([ "$address" != "$first" ] &&
    [ "$(visit "/set-up/${address##*/}")" = 200 ] && echo yes)"
kill -INT -- "-$both"
ended Ctrl-C 130

# ---- no display -------------------------------------------------------------

display='' run_together
ended "no display" 3
says "and no address that leads nowhere" "" "$(cat "$work/said")"
is_clean "$work/log" "$folder/hub.log" && ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"
finish

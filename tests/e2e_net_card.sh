#!/bin/bash
# The network card as a school's IT meets it: pressed open on a real screen, its
# code read off that screen, on the days it is for: a page to sign in to in place
# of the feed, a filter that inspects, a PIN, a screen nobody may touch.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh

for tool in Xvfb xdotool python3 openssl zbarimg; do
    command -v $tool >/dev/null || {
        skip "the network card" "$tool is not installed"
        finish
    }
done

kiosk='' screen='' filter=''
stop_all() {
    # shellcheck disable=SC2086 # those that run
    kill $kiosk $screen $filter 2>/dev/null
    wait 2>/dev/null
}
trap stop_all EXIT

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

# ---- a school's network and a screen in it ----------------------------------

name=hub.northside.example
sh assets/sample/shift-weeks.sh <assets/sample/feed.json >"$work/feed.json"
mkfifo "$work/hold"
python3 tests/school_filter.py "$work" $name "$work/feed.json" \
    <"$work/hold" >"$work/ports" 2>"$work/filter.log" &
filter=$!
exec 8>"$work/hold"
until_true 20 test -s "$work/ports"
read -r sign_in proxy <"$work/ports"

mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp -noreset \
    -fbdir "$work" 3>"$work/number" 2>"$work/xvfb.log" &
screen=$!
read -r display <"$work/number"
export DISPLAY=:$display

# What a phone reads off the screen, in $scanned.
scan() {
    scanned=$(zbarimg -q --raw -Sdisable -Sqrcode.enable \
        "xwd:$work/Xvfb_screen0" 2>>"$work/zbar.log")
}
shows() { # PART…: all of them
    scan
    for part; do
        [[ $scanned == *"$part"* ]] || return 1
    done
}
shows_nothing() {
    scan
    [ -z "$scanned" ]
}
has_logged() { grep -qF "$1" "$work/log"; }

# start_kiosk SETTING…: lines of its settings.
start_kiosk() {
    printf '%s\n' "$@" "[storage]" "cache = $work/cache" >"$work/conf"
    STATE_DIRECTORY=$work/state "$STAFFROOM" --config "$work/conf" \
        2>>"$work/log" 8>&- &
    kiosk=$!
    until_true 20 has_logged "showing "
    sleep 1
}
stop_kiosk() {
    kill "$kiosk"
    wait "$kiosk"
    says "it ends well" 0 $?
    cat "$work/log" >>"$work/all.log"
    rm -rf "$work/log" "$work/cache"
    : >"$work/log"
}
press_corner() { # SECONDS
    xdotool mousemove 90 60 mousedown 1 sleep "$1" mouseup 1
}
keep() { cp "$work/Xvfb_screen0" "$work/$1.xwd"; }
: >"$work/log"

# ---- a page to sign in to ----------------------------------------------------

start_kiosk "[feed]" "feed = http://127.0.0.1:$sign_in/feed.json?key=sesame" \
    "interval_s = 15"
until_true 20 has_logged "A web page came"
press_corner 1
says "a short press in the corner opens nothing" yes "$(yes_or_no 2 shows_nothing)"
press_corner 3.5
says "a long one opens the card, and a phone can read it" yes \
    "$(yes_or_no 10 shows "A web page came instead of the feed")"
until_true 10 shows "A web page"
keep sign-in
says "it names the page that came" 1 \
    "$(grep -c 'What came: a web page, "Hillcrest Web Filter: please sign in"' \
        <<<"$scanned")"
says "and how it came" 1 "$(grep -c 'Answer: HTTP 200' <<<"$scanned")"
says "and from where" 1 \
    "$(grep -c "Connected to: 127.0.0.1 port $sign_in" <<<"$scanned")"
says "and which Staffroom this is" 1 "$(grep -c '^Staffroom: [0-9]' <<<"$scanned")"
says "the secret part of the address is not in it" 0 \
    "$(grep -c sesame <<<"$scanned")"
xdotool mousemove 1760 990 click 1
says "Close closes it" yes "$(yes_or_no 5 shows_nothing)"
stop_kiosk

# ---- a filter that inspects --------------------------------------------------

feed="feed = https://$name/feed.json?key=sesame"
start_kiosk "[feed]" "$feed" "interval_s = 15" \
    "proxy = http://me:word@127.0.0.1:$proxy"
xdotool key F1
who="signed by School Filter CA, Hillcrest Council, IT"
says "a filter whose certificate is missing is named" yes \
    "$(yes_or_no 20 shows "school filter may need its certificate" "$who; this screen does not")"
until_true 10 shows "$who"
keep inspected
says "nobody has answered behind the proxy" 1 \
    "$(grep -c "^! Answer: none" <<<"$scanned")"
says "with the proxy it is" 1 \
    "$(grep -c "Proxy: http://127.0.0.1:$proxy" <<<"$scanned")"
says "without its password" 0 "$(grep -c word <<<"$scanned")"
xdotool key Escape
stop_kiosk

start_kiosk "[feed]" "$feed" "interval_s = 15" "ca_file = $work/filter.pem" \
    "proxy = http://me:word@127.0.0.1:$proxy"
xdotool key F1
says "and is named as well once it is trusted" yes \
    "$(yes_or_no 20 shows "Certificate: $who")"
until_true 10 shows "$who"
says "when nothing is wrong with the way" 0 "$(grep -c 'not believe' <<<"$scanned")"
keep trusted
stop_kiosk

# ---- a PIN, on a screen that is not to be touched ------------------------------

start_kiosk "[feed]" "feed = http://127.0.0.1:$sign_in/feed.json" \
    "[screen]" "touch = off" "pin = 0417"
press_corner 3.5
sleep 1
keep pin
says "with a PIN nothing is shown before it is typed" yes \
    "$(yes_or_no 2 shows_nothing)"
xdotool type --delay 100 0418
sleep 1
says "nor after a wrong one" yes "$(yes_or_no 2 shows_nothing)"
xdotool type --delay 100 0417
says "the right one opens it, where touch is off as well" yes \
    "$(yes_or_no 10 shows "A web page came")"
xdotool mousemove 1760 990 click 1
says "and it can be closed there" yes "$(yes_or_no 5 shows_nothing)"
stop_kiosk

says "no log has a password or the PIN" "" \
    "$(grep -hoE 'me:word|0417' "$work/all.log" | sort -u)"
if is_clean "$work/all.log"; then
    ok "the sanitizers have nothing to say"
else
    not_ok "the sanitizers have nothing to say" "$reports"
fi
finish

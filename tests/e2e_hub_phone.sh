#!/bin/bash
# From a screen to a phone and back: a kiosk behind nginx shows its letters and a
# code, the code is read off its screen, the screen is added; then the code on
# its board is read, opened in Chromium as on a phone, a post-it is written
# there, and hangs on that very board.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh
. tests/hub_tap.sh

PATH=$PATH:/usr/sbin # nginx, for who is not root
for tool in Xvfb xdotool python3 curl nginx openssl chromium zbarimg; do
    command -v $tool >/dev/null || {
        skip "a phone before a screen" "$tool is not installed"
        finish
    }
done
# Screens show no code for a hub at 127.0.0.1, so it goes by this machine's name.
name=$(hostname)
address=$(getent ahostsv4 "$name" | sed -n '1s/ .*//p')
if [ -z "$address" ] || [ "$name" = localhost ]; then
    skip "a phone before a screen" "this machine's name has no address"
    finish
fi

nginx='' kiosk='' screen=''
stop_all() {
    # shellcheck disable=SC2086 # those that run
    kill $hub $nginx $kiosk $screen 2>/dev/null
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

# ---- a hub that phones can reach --------------------------------------------

sh assets/sample/shift-weeks.sh <assets/sample/feed.json >"$work/sample.json"
start --behind-proxy --sample "$work/sample.json"
first=$(sed -n 's|^Nobody can sign in yet.*\(/set-up/.*\)|\1|p' "$work/hub.out")

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$name" \
    -addext "subjectAltName = DNS:$name" -keyout "$work/key" \
    -out "$work/certificate" 2>"$work/openssl.log"
port=$(python3 -c 'import socket, sys
s = socket.socket()
s.bind((sys.argv[1], 0))
print(s.getsockname()[1])' "$address")
{
    echo "daemon off; master_process off; pid $work/nginx.pid;"
    echo "error_log $work/nginx.log; events { } http { access_log off;"
    for kind in client_body proxy fastcgi uwsgi scgi; do
        echo "${kind}_temp_path $work/$kind;"
    done
    # shellcheck disable=SC2016 # nginx's own
    echo "server { listen $address:$port ssl; ssl_certificate $work/certificate;
        ssl_certificate_key $work/key; location / { proxy_pass $at;"' 
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $remote_addr; } } }'
} >"$work/nginx.conf"
nginx -e "$work/nginx.log" -p "$work" -c "$work/nginx.conf" 2>>"$work/nginx.log" &
nginx=$!
at=https://$name:$port
export CURL_CA_BUNDLE=$work/certificate
says "the hub answers by its name" yes \
    "$(yes_or_no 10 curl -sSf -o "$work/health" "$at/healthz" 2>>"$work/curl.err")"
visit "$first"
send "$first" "name=Maria" "password=seven quiet kettles" \
    "again=seven quiet kettles"
says "it is set up" 303 "$status"

# ---- a screen, added by its code --------------------------------------------

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
shows() { # PATTERN
    scan
    [[ $scanned =~ ^$1$ ]]
}
shows_after_a_turn() {
    shows "$1" && return 0
    xdotool key Right
    sleep 1
    shows "$1"
}
has_token() { [ -s "$work/state/hub-token" ]; }
knows() { grep -rqF "$1" "$work/cache" 2>/dev/null; }

printf '[hub]\nhub = %s\n[feed]\ninterval_s = 15\nca_file = %s\n[storage]\ncache = %s\n' \
    "$at" "$work/certificate" "$work/cache" >"$work/conf"
STATE_DIRECTORY=$work/state "$STAFFROOM" --config "$work/conf" \
    2>>"$work/log" &
kiosk=$!
says "the code beside a new screen's letters can be read" yes \
    "$(yes_or_no 30 shows "$at/screens/add\?code=[B-Z]{8}")"
until_true 5 shows "$at/screens/add\?code=[B-Z]{8}" # here, not in a subshell
code=${scanned##*=}
jar=$work/jar
cp "$jar" "$work/signed-in"
rm "$jar"
visit "${scanned#"$at"}"
says "it leads to signing in, and back" "303 /sign-in?to=/screens/add?code=$code" \
    "$status $to"
cp "$work/signed-in" "$jar"
visit "${scanned#"$at"}"
says "to where its letters stand already" 1 \
    "$(grep -c "value=\"$code\"" "$work/page")"
send /screens/add "code=$code" "name=Hillcrest staffroom" "school=hillcrest"
says "the screen is added" "303 /screens" "$status $to"
says "and has its token" yes "$(yes_or_no 20 has_token)"
says "and the board" yes "$(yes_or_no 30 knows "Two-minute mysteries")"

# ---- a post-it, written on a phone -------------------------------------------

page="$at/post/[A-Za-z0-9_-]{27}"
says "the code on its board can be read" yes \
    "$(yes_or_no 60 shows_after_a_turn "$page")"
until_true 5 shows "$page"
cp "$work/Xvfb_screen0" "$work/board.xwd"
post=${scanned#"$at"}
cat >"$work/phone.py" <<'PYTHON'
import json, sys, tempfile
sys.path.insert(0, "tests")
from look_at_pages import Chromium, FAULTS

address, folder = sys.argv[1:3]
with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as own:
    phone = Chromium(own)
    phone.call("Page.enable")
    phone.call("Security.setIgnoreCertificateErrors", ignore=True)

    def click(what):
        phone.call("Runtime.evaluate",
                   expression=f"document.querySelector({json.dumps(what)}).click()")

    def loaded():
        while phone.read().get("method") != "Page.loadEventFired":
            pass
        return phone.run("document.fonts.ready.then(() => "
                         "document.querySelector('h1').innerText)")

    def faults(where):
        for fault in phone.run(FAULTS):
            print(f"{where}: {fault}")
        phone.picture(f"{folder}/{where}.png")

    phone.open(address, 320)
    faults("form-320")
    phone.open(address, 390)
    phone.run("document.querySelector('#text').focus()")
    phone.call("Input.insertText", text="Doors open at reading time 👩‍👩‍👧‍👦")
    print(phone.run("document.querySelector('#text-hint').innerText"))
    click("#colour-mint")
    click("#sort-delight")
    print(phone.run("getComputedStyle(document.querySelector('#text'))"
                    ".backgroundColor"))
    faults("form-390")
    click("button.main")
    print(loaded())
    faults("thanks-390")
    print(phone.run("document.cookie") or "no cookie",
          len(phone.call("Network.getAllCookies")["cookies"]))
    phone.close()
PYTHON
says "it is written there" "112 letters left.
rgb(191, 235, 207)
Thank you
no cookie 0" "$(timeout 120 python3 "$work/phone.py" "$at$post" "$work" 2>&1)"
says "and hangs on that very board" yes \
    "$(yes_or_no 40 knows "Doors open at reading time")"
says "not yet in the world" 0 "$(curl -sS "$at/feed.json" | grep -c "Doors open")"
visit /postits
says "it waits to be read" 1 "$(grep -cF "Doors open at reading time" "$work/page")"

# ---- the same without JavaScript, and taken back ----------------------------

rm "$jar"
hidden() {
    grep -o "name=\"$1\" value=\"[^\"]*" "$work/page" | tail -n 1 |
        sed 's/.*"//'
}
visit "$post"
id=$(hidden id)
visit "$post" "${site[@]}" -d "id=$id" -d "proof=$(hidden proof)" \
    -d "text=Second thoughts" -d author= -d sort=idea -d colour=blue
says "a plain form does as well" "200 1" \
    "$status $(grep -c '<h1>Thank you</h1>' "$work/page")"
visit "$post/$id" "${site[@]}" -d "proof=$(hidden proof)"
says "and is taken back" "200 1" \
    "$status $(grep -c '<h1>Taken back</h1>' "$work/page")"
says "nothing is kept on the phone" 0 "$(grep -c staffroom "$jar")"
site=(-H 'Sec-Fetch-Site: cross-site')
visit "$post"
visit "$post" "${site[@]}" -d "id=$(hidden id)" -d "proof=$(hidden proof)" \
    -d "text=Spam" -d author= -d sort=idea -d colour=blue
says "another site cannot post" 403 "$status"
site=(-H 'Sec-Fetch-Site: same-origin')

# ---- the screen is sent away -------------------------------------------------

cp "$work/signed-in" "$jar"
visit /screens
number=$(grep -o 'href="/screens/[0-9]*/remove"' "$work/page" | tr -dc 0-9)
visit "/screens/$number/remove"
send "/screens/$number/remove"
visit "$post"
says "with the screen goes its address" "404 1" \
    "$status $(grep -c 'scan the code on the screen again' "$work/page")"
lost_token() { ! has_token; }
says "the screen notices" yes "$(yes_or_no 40 lost_token)"
says "and shows a code to be added again" yes \
    "$(yes_or_no 40 shows_after_a_turn "$at/screens/add[?]code=[A-Z0-9]{8}")"
found=
for _ in $(seq 12); do # all the way round, were there anything but that code
    scan
    found+=$scanned
    xdotool key Right
    sleep 0.7
done
says "and none for phones" "" "$(grep -o /post/ <<<"$found")"

kill -TERM "$kiosk"
wait "$kiosk"
says "the screen leaves in good order" 0 $?
kiosk=
stop
says "so does the hub" 0 "$stopped"
is_clean "$work/log" "$work/hub.err" && ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"
says "no words and no tokens are in the logs" "" \
    "$(grep -hE "Doors|thoughts|${post##*/}" "$work/log" "$work/hub.err")"
finish

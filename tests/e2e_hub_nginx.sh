#!/bin/bash
# The shipped nginx-hub.conf in front of a hub at a socket, with only names,
# ports and paths changed: two real screens over HTTPS, a post-it from one to
# the other, a hub that dies and comes back, and callers who mean no good.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh
. tests/hub_tap.sh
. tests/screens_tap.sh
. tests/proxy_tap.sh

PATH=$PATH:/usr/sbin # nginx, for who is not root
for tool in nginx openssl Xvfb xdotool python3 curl; do
    command -v $tool >/dev/null || {
        skip "nginx in front of the hub" "$tool is not installed"
        finish
    }
done

# ---- nginx ------------------------------------------------------------------

logs=$work/nginx
nginx=

# write_nginx: the shipped file between what a machine's nginx.conf has.
write_nginx() {
    local kind
    mkdir -p "$logs"
    sed -e "s|hub\.example|localhost|g" \
        -e "s|listen 80;|listen 127.0.0.1:$http_port;|" \
        -e "s|listen 443 ssl;|listen 127.0.0.1:$https_port ssl;|" \
        -e "/listen \[::\]/d" \
        -e "s|/etc/letsencrypt/live/localhost/fullchain.pem|$work/hub.crt|" \
        -e "s|/etc/letsencrypt/live/localhost/privkey.pem|$work/hub.key|" \
        -e "s|/run/staffroom-hub/hub.sock|$socket|" \
        -e "s|/var/cache/nginx-staffroom|$logs/cache|" \
        -e "s|/var/log/nginx/|$logs/|" \
        config/nginx-hub.conf >"$work/nginx-hub.conf"
    {
        echo "daemon off; pid $logs/pid; worker_processes 1;"
        [ "$(id -u)" != 0 ] || echo "user root;"
        echo "worker_rlimit_nofile 8192; events { worker_connections 4096; }"
        echo "http { access_log off;"
        for kind in client_body proxy fastcgi uwsgi scgi; do
            echo "${kind}_temp_path $logs/$kind;"
        done
        echo "include $work/nginx-hub.conf; }"
    } >"$logs/nginx.conf"
}

start_nginx() {
    nginx -e "$logs/main.log" -p "$logs" -c "$logs/nginx.conf" \
        >>"$logs/out" 2>&1 &
    nginx=$!
    until_true 10 curl -sS -o "$work/x" "http://127.0.0.1:$http_port/" \
        2>>"$work/curl.err"
}

stop_nginx() {
    [ -z "$nginx" ] || { kill "$nginx" && wait "$nginx"; }
    nginx=
}
trap 'stop_nginx; stop_all' EXIT
trap 'exit 1' TERM INT HUP

get() { # URL-PATH [CURL OPTION…]: the head in $work/head, the body in $work/page
    local path=$1
    shift
    status=$(curl -sS -m 20 -D "$work/head" -o "$work/page" \
        -w '%{http_code}' "$@" "$at$path" 2>>"$work/curl.err")
}
head_of() {
    sed -n "s/^$1: \(.*\)\r$/\1/Ip" "$work/head"
}

# ---- the day ----------------------------------------------------------------

make_keys || not_ok "keys" "$(<"$work/openssl.log")"
free_ports
write_nginx
sh assets/sample/shift-weeks.sh <assets/sample/feed.json >"$work/sample.json"
nginx -t -e "$logs/main.log" -p "$logs" -c "$logs/nginx.conf" 2>"$work/said" &&
    ! grep -q warn "$work/said" && ok "nginx likes the file that is shipped" ||
    not_ok "nginx likes the file that is shipped" "$(<"$work/said")"
begin_hub
start_nginx || {
    not_ok "nginx starts" "$(<"$logs/main.log")"
    finish
}
at=https://localhost:$https_port
ca_file=$work/ca.crt
export CURL_CA_BUNDLE=$ca_file
set_up_hub
session=$(sed -n 's/^set-cookie: __Host-[^=]*=\([^;]*\);.*/\1/Ip' "$work/head")
get /feed.json # from now on nginx has it, and for half a minute asks nobody
says "the feed is there" 200 "$status"

for name in hillcrest marsh-lane; do
    open_screen $name
    start_kiosk $name
    says "$name shows its letters" yes "$(yes_or_no 20 has_code)"
    visit /screens/add
    send /screens/add "code=$(codes)" "name=$name staffroom" "school=$name"
    says "$name is added" "303 /screens" "$status $to"
    says "$name has its token" yes "$(yes_or_no 20 has_token $name)"
done
token_of() { head -n 1 "$work/$1/state/hub-token"; }
says "it has the board, from this hub" yes \
    "$(yes_or_no 30 knows hillcrest "Two-minute mysteries")"
keys=("${first#/set-up/}" "$session" "$(token_of hillcrest)"
    "$(token_of marsh-lane)")

# write NAME TEXT: a post-it by touch, on the board or beside what is up.
write() {
    tap_at "$1" 1670 996
    DISPLAY=:${display[$1]} xdotool type --delay 20 "$2"
    sleep 0.5
    tap_at "$1" 1720 83
}
sleep 2 # until the slide has faded in
write hillcrest "Doors open at reading time"
says "a post-it written at Hillcrest waits to be read" yes \
    "$(yes_or_no 20 waits "Doors open at reading time")"
id=$(grep -oE 'action="/postits/[0-9a-f-]{36}' "$work/page" | head -n 1 |
    sed 's|.*/||')
send "/postits/$id" do=share from=/postits
says "a coordinator shares it" "303 /postits" "$status $to"

# ---- while Marsh Lane has not asked yet -------------------------------------

visit /screens --compressed
says "a page of theirs is for them alone" "200 no-store" \
    "$status $(head_of cache-control)"
says "and not compressed" "" "$(head_of content-encoding)"
says "all is HTTPS from then on" "max-age=31536000 nginx" \
    "$(head_of strict-transport-security) $(head_of server)"
says "http leads there" "308 https://localhost/set-up/x" \
    "$(curl -sS -o "$work/x" -w '%{http_code} %{redirect_url}' \
        "http://127.0.0.1:$http_port/set-up/x")"
device=$(token_of hillcrest)
get /v1/feed.json -H "Authorization: Bearer $device"
says "a screen's feed is for it alone" "200 private, no-cache" \
    "$status $(head_of cache-control)"
get /v1/feed.json
says "and for nobody else" 401 "$status"
touch=8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7aff
for expected in 201 200; do
    get "/v1/reactions/https:%2F%2Fschool.example%2F%3Fp=3/$touch" -X PUT \
        -H "Authorization: Bearer $device" --data-binary '{"kind":"thanks"}'
    says "an idea whose id is an address is thanked: $expected" $expected \
        "$status"
done
get "/v1/status" -X PUT -H "Authorization: Bearer $device" \
    -H "Transfer-Encoding: chunked" --data-binary '{"revision":0}'
says "nginx makes chunks into a length" 200 "$status"
attack smuggling bodies spoof cache
says "Marsh Lane shows what Hillcrest wrote" yes \
    "$(yes_or_no 30 knows marsh-lane "Doors open at reading time")"

# ---- the hub dies -----------------------------------------------------------

{
    kill -KILL "$hub"
    wait "$hub"
} 2>/dev/null # the shell would tell of it
hub=
get /v1/feed.json -H "Authorization: Bearer $device"
says "its API is away, for ten seconds at least" "503 10" \
    "$status $(head_of retry-after)"
visit /this-week
says "people are told so" "503 1" \
    "$status $(grep -c 'The hub is away' "$work/page")"
visit "$first"
visit "/post/$session"
write hillcrest "Written in the dark"
is_stale() { # what nginx says of the last one; true also when there was none
    get /feed.json
    [ "$status" = 200 ] || return 0
    grep ' /feed.json ' "$logs/staffroom-hub.access.log" | tail -n 1 |
        grep -qE ' (STALE|UPDATING)$'
}
until_true 40 is_stale
says "the feed is served, when it is too old as well" "200 1" \
    "$status $(grep -c jsonfeed.org "$work/page")"

# ---- and comes back ---------------------------------------------------------

begin_hub
attack crowd
says "what was written meanwhile is sent" yes \
    "$(yes_or_no 45 waits "Written in the dark")"
says "once" 1 "$(grep -oF 'Written in the dark' "$work/page" | wc -l)"
visit /postits
id=$(grep -oE 'action="/postits/[0-9a-f-]{36}' "$work/page" | head -n 1 |
    sed 's|.*/||')
send "/postits/$id" do=share from=/postits
says "shared as well" "303 /postits" "$status $to"

kill -TERM "${kiosk[@]}"
for name in hillcrest marsh-lane; do
    wait "${kiosk[$name]}"
    says "$name leaves in good order" 0 $?
done
kiosk=()
stop
says "so does the hub" 0 "$stopped"
stop_nginx
says "paths are in the log" yes "$(grep -q ' PUT /v1/postits 201 ' \
    "$logs/staffroom-hub.access.log" && grep -q ' GET /set-up 200 ' \
    "$logs/staffroom-hub.access.log" && echo yes)"
says "and that the hub was away" yes "$(grep -q 'connect() .*failed' \
    "$logs/staffroom-hub.error.log" && echo yes)"
keyless "$logs"/staffroom-hub.*.log "$logs/main.log" "$work/hub.err"
is_clean "$work"/*/log "$work/hub.err" && ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"
finish

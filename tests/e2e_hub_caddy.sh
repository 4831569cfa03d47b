#!/bin/bash
# The shipped Caddyfile in front of a hub at a socket, with only names, ports
# and paths changed: a coordinator, a screen spoken by curl, a hub that is away,
# and callers who mean no good.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh
. tests/hub_tap.sh
. tests/proxy_tap.sh

for tool in caddy openssl python3 curl; do
    command -v $tool >/dev/null || {
        skip "Caddy in front of the hub" "$tool is not installed"
        finish
    }
done

logs=$work/caddy
caddy=
stop_caddy() {
    [ -z "$caddy" ] || { kill "$caddy" && wait "$caddy"; }
    caddy=
}
trap 'stop_caddy; [ -z "$hub" ] || kill "$hub" 2>/dev/null' EXIT
trap 'exit 1' TERM INT HUP

# Its own port for questions about itself is one that others may have taken.
write_caddyfile() {
    mkdir -p "$logs"
    sed -e "s|hub\.example|localhost|g" \
        -e "0,/^{/s|^{|{\n\tadmin off\n\thttp_port $http_port\n\thttps_port \
$https_port\n\tdefault_bind 127.0.0.1|" \
        -e "s|#tls .*|tls $work/hub.crt $work/hub.key|" \
        -e "s|/run/staffroom-hub/hub.sock|$socket|" \
        -e "s|/var/log/caddy/|$logs/|" config/Caddyfile >"$work/Caddyfile"
}

get() { # URL-PATH [CURL OPTION…]: the head in $work/head, the body in $work/page
    local path=$1
    shift
    status=$(curl -sS -m 20 -D "$work/head" -o "$work/page" \
        -w '%{http_code}' "$@" "$at$path" 2>>"$work/curl.err")
}
head_of() {
    sed -n "s/^$1: \(.*\)\r$/\1/Ip" "$work/head"
}
member() {
    python3 -c 'import json, sys
print(json.load(open(sys.argv[1])).get(sys.argv[2], ""))' "$work/page" "$1"
}

make_keys || not_ok "keys" "$(<"$work/openssl.log")"
free_ports
write_caddyfile
sh assets/sample/shift-weeks.sh <assets/sample/feed.json >"$work/sample.json"
begin_hub
caddy run --adapter caddyfile --config "$work/Caddyfile" >"$logs/out" \
    2>"$logs/main.log" </dev/null &
caddy=$!
at=https://localhost:$https_port
export CURL_CA_BUNDLE=$work/ca.crt
for _ in $(seq 100); do
    ! curl -sS -o "$work/x" "$at/healthz" 2>>"$work/curl.err" || break
    kill -0 $caddy || {
        not_ok "Caddy starts" "$(<"$logs/main.log")"
        finish
    }
    sleep 0.1
done
set_up_hub
session=$(sed -n 's/^set-cookie: __Host-[^=]*=\([^;]*\);.*/\1/Ip' "$work/head")

# ---- a screen ---------------------------------------------------------------

secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
get /v1/pair --data-binary "{\"secret\":\"$secret\"}"
code=$(member code)
visit /screens/add
send /screens/add "code=$code" "name=Hillcrest staffroom" school=hillcrest
says "a screen is added" "303 /screens" "$status $to"
get "/v1/pair/$code" -H "Authorization: Bearer $secret"
device=$(member token)
says "and has its token" "200 43" "$status ${#device}"
keys=("${first#/set-up/}" "$session" "$device" "$secret")
id=8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7b01
made=$(date -u +%FT%TZ)
put_postit() {
    get "/v1/postits/$id" -X PUT -H "Authorization: Bearer $device" \
        --data-binary "{\"sort\":\"idea\",\"colour\":\"yellow\",\
\"text\":\"Draw it\",\"author\":\"\",\"answers\":\"\",\"made\":\"$made\"}"
}
put_postit
says "a post-it gets through" 201 "$status"
touch=8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7aff
for expected in 201 200; do
    get "/v1/reactions/https:%2F%2Fschool.example%2F%3Fp=3/$touch" -X PUT \
        -H "Authorization: Bearer $device" --data-binary '{"kind":"thanks"}'
    says "an idea whose id is an address is thanked: $expected" $expected \
        "$status"
done
visit /postits
says "a coordinator reads it" 1 "$(grep -c 'Draw it' "$work/page")"
send "/postits/$id" do=share from=/postits
says "and shares it" "303 /postits" "$status $to"
get /v1/feed.json -H "Authorization: Bearer $device"
says "a screen's feed is for it alone" "200 private, no-cache" \
    "$status $(head_of cache-control)"
get /feed.json
etag=$(head_of etag)
says "the feed has it" "200 1" "$status $(grep -c 'Draw it' "$work/page")"
get /feed.json -H "If-None-Match: $etag"
says "who has it need not fetch it" "304" "$status"

# ---- what a web server is for -----------------------------------------------

visit /screens --compressed
says "a page of theirs is for them alone" "200 no-store" \
    "$status $(head_of cache-control)"
says "and not compressed" "" "$(head_of content-encoding)"
says "all is HTTPS from then on" "max-age=31536000 " \
    "$(head_of strict-transport-security) $(head_of server)"
says "http leads there" "308" \
    "$(curl -sS -o "$work/x" -w '%{http_code}' -H 'Host: localhost' \
        "http://127.0.0.1:$http_port/set-up/x")"
attack smuggling bodies spoof crowd

{
    kill -KILL "$hub"
    wait "$hub"
} 2>/dev/null # the shell would tell of it
hub=
get /v1/feed.json -H "Authorization: Bearer $device"
says "the hub is dead: for ten seconds at least" "503 10" \
    "$status $(head_of retry-after)"
visit "$first"
says "people are told so" "503 1" \
    "$status $(grep -c 'The hub is away' "$work/page")"
begin_hub
put_postit
says "it is back, and knows the post-it" 200 "$status"

stop
says "the hub ends in good order" 0 "$stopped"
stop_caddy
says "paths are in the log" yes "$(grep -q '"uri":"/set-up"' \
    "$logs/staffroom-hub.access.log" && echo yes)"
says "and that the hub was away" yes "$(grep -q '"uri":"/v1/feed.json".*503' \
    "$logs/staffroom-hub.access.log" && echo yes)"
keyless "$logs/staffroom-hub.access.log" "$logs/main.log" "$work/hub.err"
is_clean "$work/hub.err" && ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"
finish

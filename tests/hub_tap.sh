# Sourced after tap.sh by the scripts that run a hub: starting it, and a browser
# made of curl with a cookie jar.
# shellcheck shell=bash

: "${STAFFROOM_HUB:=$PWD/build/asan/staffroom-hub}"

hub=
trap '[ -z "$hub" ] || kill "$hub" 2>/dev/null' EXIT
: >"$work/hub.err"

# start OPTION…: the hub, and its address in $at.
start() {
    : >"$work/hub.out"
    "$STAFFROOM_HUB" --data "$work/data" --listen 127.0.0.1:0 "$@" \
        >"$work/hub.out" 2>>"$work/hub.err" </dev/null &
    hub=$!
    for _ in $(seq 200); do
        at=$(sed -n 's/^The hub is at //p' "$work/hub.out")
        [ -z "$at" ] || return 0
        kill -0 "$hub" 2>/dev/null || break
        sleep 0.05
    done
    not_ok "the hub starts" "$(cat "$work/hub.err")"
    finish
}

stop() {
    kill "$hub"
    wait "$hub"
    stopped=$?
    hub=
}

# visit PATH [CURL OPTION…]: the status in $status, where it leads in $to.
visit() {
    local path=$1
    shift
    status=$(curl -sS -m 60 -b "$work/jar" -c "$work/jar" -D "$work/head" \
        -H 'Accept: text/html' -o "$work/page" -w '%{http_code}' "$@" \
        "$at$path" 2>>"$work/curl.err")
    to=$(sed -n 's/^location: \(.*\)\r$/\1/Ip' "$work/head")
}

# send PATH FIELD=VALUE…: the form of the last page that has this action.
send() {
    local path=$1 fields=()
    shift
    token=$(tr '\n' ' ' <"$work/page" | grep -oF "action=\"$path\"><input \
type=\"hidden\" name=\"token\" value=\"" >/dev/null &&
        tr '\n' ' ' <"$work/page" |
        sed "s|.*action=\"$path\"><input type=\"hidden\" name=\"token\" \
value=\"\([^\"]*\)\".*|\1|")
    for field in "$@"; do fields+=(--data-urlencode "$field"); done
    [ -z "$token" ] || fields+=(--data-urlencode "token=$token")
    visit "$path" "${site[@]}" "${fields[@]}"
}
site=(-H 'Sec-Fetch-Site: same-origin')


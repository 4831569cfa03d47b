#!/bin/bash
# A kiosk's day with the real hub, spoken by curl: pairing, a post-it that is
# sent twice, the feed before and after somebody shares it, taking back, and a
# hub that is killed in between. What a coordinator does on the hub's pages is
# done here in the store, by sqlite through python.
. tests/tap.sh
: "${STAFFROOM_HUB:=$PWD/build/asan/staffroom-hub}"

hub=
trap '[ -z "$hub" ] || kill "$hub" 2>/dev/null' EXIT
: >"$work/hub.err"

# start: the hub on a port of its own; where it is in $at.
start() {
    : >"$work/hub.out" # what the one before said is not to be read again
    "$STAFFROOM_HUB" --data "$work/data" --listen 127.0.0.1:0 \
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

# ask METHOD PATH [CURL OPTION…]: the status in $status, the rest in files.
ask() {
    local method=$1 path=$2
    shift 2
    status=$(curl -sS -m 20 -X "$method" -D "$work/head" -o "$work/body" \
        -w '%{http_code}' "$@" "$at$path" 2>>"$work/curl.err")
}

# kiosk METHOD PATH [JSON]: the same with the kiosk's token.
kiosk() {
    if [ $# -gt 2 ]; then
        ask "$1" "$2" -H "Authorization: Bearer $token" \
            -H 'Content-Type: application/json' --data-binary "$3"
    else
        ask "$1" "$2" -H "Authorization: Bearer $token"
    fi
}

head_of() { # the value of a header of the last answer
    sed -n "s/^$1: \(.*\)\r$/\1/Ip" "$work/head"
}

member() { # a member of the last answer's object
    python3 -c 'import json, sys
print(json.load(open(sys.argv[1])).get(sys.argv[2], ""))' "$work/body" "$1"
}

# in_store SQL: what a coordinator did meanwhile.
in_store() {
    python3 - "$work/data/hub.sqlite" "$1" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
db.executescript("BEGIN IMMEDIATE;" + sys.argv[2] +
                 "UPDATE change SET number = number + 1; COMMIT;")
END
}

# items: the ids in the last answer, a feed, on one line.
items() {
    python3 -c 'import json, sys
print(*sorted(i["id"] for i in json.load(open(sys.argv[1]))["items"]))' \
        "$work/body"
}

# is_problem WHAT STATUS: the last answer is a refusal that says so.
is_problem() {
    says "$1" "$2 application/problem+json $2" \
        "$status $(head_of content-type) $(member status)"
}

id=8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01
thanks=8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7aff
made=$(date -u +%FT%TZ)
postit='{"sort":"idea","colour":"yellow","text":"Draw it & smile","author":"Jo, Y5","answers":"","made":"'$made'"}'
secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA

start

# --- pairing ---

ask POST /v1/pair --data-binary "{\"secret\":\"$secret\"}"
code=$(member code)
says "a kiosk gets a code" "201 600" "$status $(member expires_s)"
token=$secret
kiosk GET "/v1/pair/$code"
says "nobody has typed it in yet" 202 "$status"
in_store "INSERT INTO device (name, school, paired_s)
              VALUES ('Hillcrest staffroom', 'hillcrest', 0);
          UPDATE pairing SET device = 1 WHERE code = '$code';"
kiosk GET "/v1/pair/$code"
says "then there is a token" "200 hillcrest Hillcrest staffroom" \
    "$status $(member school) $(member name)"
token=$(member token)
says "which no cache keeps" no-store "$(head_of cache-control)"

# --- a post-it ---

kiosk PUT "/v1/postits/$id" "$postit"
says "a post-it is new" 201 "$status"
kiosk PUT "/v1/postits/$id" "$postit"
says "the same again is no news" 200 "$status"
kiosk PUT "/v1/postits/$id" "${postit/smile/frown}"
is_problem "other words under its id are refused" 409
kiosk PUT "/v1/postits/${id%1}2" "${postit/idea/moan}"
is_problem "nonsense is refused" 422
kiosk PUT "/v1/postits/NOT-A-UUID" "$postit"
is_problem "an id that is none is nowhere" 404
ask PUT "/v1/postits/$id" --data-binary "$postit"
is_problem "who is not paired is refused" 401
says "and told how" Bearer "$(head_of www-authenticate)"

ask GET /feed.json
says "nobody outside sees it yet" "200 " "$status $(items)"
kiosk GET /v1/feed.json
says "its own school does" "200 $id" "$status $(items)"
says "with its name" "Jo, Y5" "$(grep -o 'Jo, Y5' "$work/body")"
says "and for itself alone" "private, no-cache" "$(head_of cache-control)"

in_store "UPDATE postit SET state = 1;"
ask GET /feed.json
says "shared, everybody sees it" "200 $id" "$status $(items)"
says "without its name" "" "$(grep -o 'Jo, Y5' "$work/body")"
says "as a feed" application/feed+json "$(head_of content-type)"
says "for half a minute" \
    "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400" \
    "$(head_of cache-control)"
etag=$(head_of etag)
ask GET /feed.json -H "If-None-Match: \"x\", W/$etag"
says "who has it need not fetch it" "304 $etag" "$status $(head_of etag)"
length=$(curl -sS "$at/feed.json" | wc -c)
status=$(curl -sS -m 20 -I -D "$work/head" -o /dev/null -w '%{http_code}' \
    "$at/feed.json")
says "HEAD says the same" "200 $length $etag" \
    "$status $(head_of content-length) $(head_of etag)"

# --- reactions and status ---

kiosk PUT "/v1/reactions/$id/$thanks" '{"kind":"thanks"}'
says "a thank-you is new" 201 "$status"
kiosk PUT "/v1/reactions/$id/$thanks" '{"kind":"thanks"}'
says "and counts once" 200 "$status"
ask GET /feed.json
says "it is in the feed" '"thanks":1' "$(grep -o '"thanks":[0-9]*' "$work/body")"
says "under another tag" yes "$([ "$(head_of etag)" = "$etag" ] || echo yes)"
kiosk DELETE "/v1/reactions/$id/$thanks"
says "until it is undone" 204 "$status"
kiosk PUT /v1/status '{"revision":0,"size":"1920x1080","clock":"trusted"}'
says "a kiosk says how it is" 200 "$status"
says "and hears of the page for phones" yes "$(grep -qE '^\{"post_page":"/post/[A-Za-z0-9_-]{27}"\}$' "$work/body" && echo yes)"

# --- killed ---

{
    kill -KILL "$hub"
    wait "$hub"
} 2>/dev/null # the shell would tell of it
start
kiosk PUT "/v1/postits/$id" "$postit"
says "after a kill it is there still, once" 200 "$status"
ask GET /feed.json
says "on every wall" "200 $id" "$status $(items)"

# --- away ---

kiosk DELETE "/v1/postits/$id"
says "it is taken back" 204 "$status"
ask GET /feed.json
says "and gone from the feed" "200 " "$status $(items)"
kiosk PUT "/v1/postits/$id" "$postit"
is_problem "for good" 410
kiosk DELETE "/v1/postits/${id%1}3"
is_problem "what was never here cannot be taken back" 404
in_store "UPDATE device SET is_revoked = 1, token_hash = NULL;"
kiosk GET /v1/feed.json
is_problem "a revoked screen is refused" 401

# --- manners ---

for _ in $(seq 40); do
    kiosk GET /v1/feed.json
    [ "$status" = 401 ] || break
done
is_problem "guessing tokens is slow" 429
says "with a time to come back" yes \
    "$(head_of retry-after | grep -qE '^[0-9]+$' && echo yes)"
ask GET /feed.json
says "the feed answers all the same" 200 "$status"

kill "$hub"
wait "$hub"
says "the hub ends when it is told to" 0 $?
hub=
if is_clean "$work/hub.err"; then
    ok "no sanitizer spoke"
else
    not_ok "no sanitizer spoke" "$reports"
fi
says "no words, names or tokens are in the log" "" \
    "$(grep -E "Draw it|Jo, Y5|$token" "$work/hub.err")"
finish

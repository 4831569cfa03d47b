#!/bin/bash
# A coordinator's first day with the real hub, by curl with a cookie jar: setting
# up, a screen, a post-it that waits, sharing it, signing out, and what other
# sites may not do. With Chromium on the machine, also that every page fits a
# phone and can be seen: STAFFROOM_LOOK=FOLDER keeps the pictures.
. tests/tap.sh
. tests/hub_tap.sh

# look COOKIE PATH…: measured in a browser, wide and narrow.
look() {
    local cookie=$1
    shift
    says "$* can be seen and touched, wide and narrow" "" \
        "$(timeout 120 python3 tests/look_at_pages.py "$at" "$cookie" \
            "${STAFFROOM_LOOK:-}" "$@" 2>&1)"
}

has() { # how often WORDS stand in the page
    grep -cF "$1" "$work/page"
}

kiosk() { # METHOD PATH JSON
    curl -sS -m 20 -X "$1" -H "Authorization: Bearer $token_of_kiosk" \
        --data-binary "$3" "$at$2"
}

secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
id=8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01
password='seven quiet kettles'

# --- the first start ---

start
first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
"$STAFFROOM_HUB" --data "$work/data" --listen 127.0.0.1:0 >"$work/second" 2>&1
says "a second hub on the same folder is refused" "2 1" \
    "$? $(grep -c 'Another hub is running' "$work/second")"
says "a new hub says where it is set up" yes \
    "$(printf %s "$first" | grep -qE '^/set-up/[A-Za-z0-9_-]{43}$' && echo yes)"
visit /
says "its first page is this week" "303 /this-week" "$status $to"
visit /this-week
says "for who is signed in" "303 /sign-in?to=/this-week" "$status $to"
stop
start
visit "$first"
says "the address of an earlier start is used up" 404 "$status"
first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
visit "$first"
says "that of this one is good" 200 "$status"
[ -z "$(command -v chromium)" ] || look "" "$first"
send "$first" "name=Maria" "password=short" "again=short" "title=" \
    "zone=Europe/Nowhere" "schools="
says "what is missing is said beside its field" "422 4" \
    "$status $(has 'aria-invalid="true"')"
send "$first" "name=Maria" "password=$password" "again=$password" \
    "title=Northside Learning Partnership" "zone=Europe/London" \
    "schools=Hillcrest Primary
St Aidan’s"
says "the hub is set up" "303 /screens" "$status $to"
cookie=$(grep -i '^set-cookie: staffroom=' "$work/head" | tr -d '\r')
says "with a cookie for this browser alone" yes "$(printf %s "$cookie" |
    grep -qE 'Path=/; HttpOnly; SameSite=Strict$' && echo yes)"
visit "$first"
says "and the address is gone" 404 "$status"
visit /screens
says "it says so" "200 1" "$status $(has 'add your first screen')"
visit /screens
says "once" "200 0" "$status $(has 'add your first screen')"
says "no page of theirs is kept" no-store \
    "$(sed -n 's/^cache-control: \(.*\)\r$/\1/Ip' "$work/head")"

for file in $(sed -n 's/.*url("\([^"]*\)").*/\1/p' assets/web/style.css) \
    style.css; do
    visit "/web/$file"
    [ "$status" = 200 ] || break
done
says "the style and its fonts are there" "style.css 200" "$file $status"

# --- a screen ---

code=$(curl -sS --data-binary "{\"secret\":\"$secret\"}" "$at/v1/pair" |
    grep -o '[A-Z]\{8\}')
visit /screens/add
# shellcheck disable=SC1112 # the apostrophe of the school's name
says "schools can be chosen" 1 "$(has 'value="st-aidans">St Aidan’s')"
send /screens/add "code=BCDFGHJK" "name=Hillcrest staffroom" "school=hillcrest-primary"
says "a code nobody waits with is refused" "422 1" \
    "$status $(has 'id="code-wrong"')"
small=$(printf %s "$code" | tr '[:upper:]' '[:lower:]')
send /screens/add "code=${small:0:4} ${small:4}" "name=Hillcrest staffroom" \
    "school=hillcrest-primary"
says "eight letters add a screen" "303 /screens" "$status $to"
token_of_kiosk=$(curl -sS -H "Authorization: Bearer $secret" \
    "$at/v1/pair/$code" | grep -o '"token":"[^"]*' | cut -d'"' -f4)
visit /screens
says "it is there" 1 "$(has 'Hillcrest staffroom<span')"

# --- a post-it ---

kiosk PUT "/v1/postits/$id" '{"sort":"disturbance","colour":"blue","text":"Who <never> gets picked?","author":""}' >"$work/put"
says "nobody else sees it" 0 "$(curl -sS "$at/feed.json" | grep -c "$id")"
visit /this-week
says "it waits" "200 1" "$status $(has 'Who &lt;never&gt; gets picked?')"
before=$(cat "$work/page")
site=(-H 'Sec-Fetch-Site: cross-site')
send "/postits/$id" do=share from=/this-week
says "another site cannot share it" 403 "$status"
site=()
printf '%s' "$before" >"$work/page"
send "/postits/$id" do=share from=/this-week
says "nor who says nothing of where they come from" 403 "$status"
site=(-H 'Sec-Fetch-Site: same-origin')
visit "/postits/$id" "${site[@]}" -d do=share
says "nor a form without its token" 403 "$status"
says "nothing was shared" 0 "$(curl -sS "$at/feed.json" | grep -c "$id")"
site=(-H "Origin: $at")
printf '%s' "$before" >"$work/page"
send "/postits/$id" do=share from=/this-week
says "its own page can" "303 /this-week" "$status $to"
site=(-H 'Sec-Fetch-Site: same-origin')
says "everybody sees it" 1 "$(curl -sS "$at/feed.json" | grep -c "$id")"
visit /this-week
says "it waits no more" "1 1" \
    "$(has 'on the screens of all schools') $(has 'you have read every')"
visit /postits
send "/postits/$id" do=take-down from=/postits
says "taking down asks first" "200 1" "$status $(has '<h1>Take this post-it down?')"
says "and has done nothing yet" 1 \
    "$(curl -sS "$at/feed.json" | grep -c "$id")"

# --- how it looks ---

wide=$(printf 'W%.0s' $(seq 140))
say() { # LAST DIGITS, SORT, COLOUR, TEXT, AUTHOR
    kiosk PUT "/v1/postits/${id%01}$1" '{"sort":"'"$2"'","colour":"'"$3"'","text":"'"$4"'","author":"'"$5"'"}' >"$work/put"
}
say 11 idea yellow "$wide" "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"
say 12 delight pink "👩‍👩‍👧‍👦🎉 Best assembly ever 🎻🐢" "Zoë ŵ ŷ"
say 13 answer mint "نضع سؤالا واحدا على السبورة كل صباح" "ليلى"
say 14 discovery blue "Children explain fractions better with rope than with cake." "Jo, Y5"
say 15 idea mint "Swap rooms for one lesson." "Danielle"
for n in 1 2 3; do
    kiosk PUT "/v1/reactions/${id%01}15/${id%01}f$n" '{"kind":"face-down"}' >"$work/put"
done
kiosk PUT "/v1/reactions/${id%01}15/${id%01}f9" '{"kind":"thanks"}' >"$work/put"
visit /postits
send "/postits/${id%01}15" do=share from=/postits
visit /postits
send "/postits/${id%01}14" do=keep from=/postits
kiosk PUT /v1/status '{"revision":1,"version":"0.1.0","size":"1920x1080","clock":"trusted","disk_free_mb":9000}' >"$work/put"
publish() { # a question, two screens that are silent, and a long school
    python3 - "$work/data/hub.sqlite" <<'END'
import json, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=10)
number, document = db.execute("SELECT number, document FROM revision "
                              "ORDER BY number DESC").fetchone()
feed = json.loads(document)
feed["_staffroom"]["schools"].append({"id": "long", "name":
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Community School"})
feed["items"].append({"id": "q-1", "content_text": "What do our quietest pupils "
    "know that we haven\u2019t found a way to ask?",
    "authors": [{"name": "Priya, Year 4"}],
    "_staffroom": {"kind": "question", "next_asker": "Tom",
                   "on": time.strftime("%Y-%m-%d", time.gmtime())}})
db.execute("UPDATE revision SET document = ? WHERE number = ?",
           (json.dumps(feed), number))
db.execute("INSERT INTO device (name, school, paired_s, size) VALUES "
           "('Moor Lane staffroom', 'long', 1, '3840x2160')")
db.execute("INSERT INTO seen SELECT max(number), ? FROM device",
           (int(time.time()) - 200000,))
db.execute("INSERT INTO device (name, school, paired_s) VALUES "
           "('WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW', "
           "'st-aidans', 1)")
db.execute("UPDATE change SET number = number + 1")
db.commit()
END
}
set_codes() { # KEY: Maria's; names are shown to who has one
    python3 - "$work/data/hub.sqlite" "$1" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
db.execute("UPDATE person SET totp = ?", sys.argv[2:])
db.commit()
END
}
publish
set_codes GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
if command -v chromium >/dev/null && command -v python3 >/dev/null; then
    look "$(sed -n 's/.*\t\(staffroom\)\t\(.*\)/\1=\2/p' "$work/jar")" \
        /this-week /postits /screens /screens/add /screens/1/remove /account
    look "" /sign-in /nothing
else
    skip "every page fits a phone and can be seen" "no chromium here"
fi

set_codes ""
visit /postits
send "/postits/$id" do=take-down from=/postits
send "/postits/$id" do=delete from=/postits
says "then it is gone" "303 0" \
    "$status $(curl -sS "$at/feed.json" | grep -c "$id")"

# --- out and in ---

visit /this-week
cp "$work/jar" "$work/old-jar"
send /sign-out
says "one signs out" "303 /sign-in" "$status $to"
cp "$work/old-jar" "$work/jar"
visit /postits
says "and the cookie is good no more" "303 /sign-in?to=/postits" "$status $to"
visit "$to"
send /sign-in name=Maria "password=not this one" to=/postits
says "a wrong password is refused" "422 1" "$status $(has 'is not right')"
send /sign-in name=nobody "password=not this one" to=/postits
says "in the same words for a wrong name" "422 1" "$status $(has 'is not right')"
send /sign-in name=maria "password=$password" to=/postits
says "the right one leads back" "303 /postits" "$status $to"
visit /screens/1/remove
send /screens/1/remove
says "a screen is removed" "303 /screens" "$status $to"
says "and refused from then on" 401 "$(curl -sS -o "$work/x" \
    -w '%{http_code}' -H "Authorization: Bearer $token_of_kiosk" \
    "$at/v1/feed.json")"
rm "$work/jar"
for _ in $(seq 8); do
    visit /sign-in
    send /sign-in name=Maria password=guess
    [ "$status" = 422 ] || break
done
says "guessing is slow" "429 1" "$status $(has 'Too many tries. Wait a minute')"

stop
says "the hub ends when it is told to" 0 "$stopped"
if is_clean "$work/hub.err"; then
    ok "no sanitizer spoke"
else
    not_ok "no sanitizer spoke" "$reports"
fi
says "no words, names or passwords are in the log" "" \
    "$(grep -E "picked|Maria|kettles|$token_of_kiosk" "$work/hub.err")"
finish

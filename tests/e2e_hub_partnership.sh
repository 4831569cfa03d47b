#!/bin/bash
# A partnership over its years, with the real hub: what it is, who reads first,
# what can be taken away, a name that has to go, and a copy of the hub that is
# put back. By curl with a cookie jar. STAFFROOM_LOOK=FOLDER keeps pictures.
. tests/tap.sh
. tests/hub_tap.sh

has() { # how often WORDS stand in the page
    grep -cF "$1" "$work/page"
}

kiosk() { # METHOD PATH JSON
    curl -sS -m 20 -X "$1" -H "Authorization: Bearer $token_of_kiosk" \
        -o "$work/put" -w '%{http_code}' --data-binary "$3" "$at$2"
}

say() { # LAST DIGIT OF ITS ID, TEXT, AUTHOR
    kiosk PUT "/v1/postits/${id%1}$1" \
        '{"sort":"idea","colour":"yellow","text":"'"$2"'","author":"'"$3"'"}'
}

revision() { # of the public feed
    curl -sS "$at/feed.json" | grep -o '"revision":[0-9]*' | cut -d: -f2
}

sql() {
    python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
db.execute(sys.argv[2])
db.commit()' "$work/data/hub.sqlite" "$1"
}

secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
id=8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01

command -v python3 >/dev/null || {
    skip "a partnership over its years" "no python3 here"
    finish
}

start
first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
visit "$first"
send "$first" "name=Maria" "password=seven quiet kettles" \
    "again=seven quiet kettles" "title=Northside" "zone=Europe/London" \
    "schools=Hillcrest Primary"
code=$(curl -sS --data-binary "{\"secret\":\"$secret\"}" "$at/v1/pair" |
    grep -o '[A-Z]\{8\}')
visit /screens/add
send /screens/add "code=$code" "name=Hillcrest staffroom" \
    "school=hillcrest-primary"
token_of_kiosk=$(curl -sS -H "Authorization: Bearer $secret" \
    "$at/v1/pair/$code" | grep -o '"token":"[^"]*' | cut -d'"' -f4)

# --- what it is ---

visit /partnership
send /partnership "revision=1" "title=Northside Learning Partnership" \
    "home_page=https://northside.example/" "language=en-GB" \
    "zone=Europe/London" "frozen=yes" "id-0=hillcrest-primary" \
    "school-0=Hillcrest Primary" "new_schools=Moor Lane" \
    "from-0=2026-11-02" "until-0=2026-12-18"
says "the partnership is changed" "303 /partnership" "$status $to"
curl -sS "$at/feed.json" >"$work/feed.json"
says "screens are told" "1 1 1" \
    "$(grep -c '"frozen":true' "$work/feed.json") $(
        grep -c '"home_page_url":"https://northside.example/"' "$work/feed.json"
    ) $(grep -c '"until":"2026-12-18"' "$work/feed.json")"
"$STAFFROOM" --check "$work/feed.json" >"$work/check" 2>&1
says "and understand it" 0 "$?"

# --- who reads first ---

say 1 "Read me first" "Danielle" >"$work/code"
says "a post-it waits" "0" "$(curl -sS "$at/feed.json" | grep -c 'Read me')"
visit /partnership
send /partnership/moderation moderation=off
says "moderation is off" 303 "$status"
say 2 "At once" "Tom" >"$work/code"
says "a new one goes out at once, what waited waits" "1 0" "$(
    curl -sS "$at/feed.json" | grep -c 'At once') $(
    curl -sS "$at/feed.json" | grep -c 'Read me')"
visit /postits
says "which the page says" 1 "$(has 'new ones are not read here first')"
visit /partnership
send /partnership/moderation moderation=on
say 3 "Waits again, said Danielle" "Danielle, Year 4" >"$work/code"
says "and on again" 0 "$(curl -sS "$at/feed.json" | grep -c 'Waits again')"

# --- taken away ---

visit /export
send /export/everything
says "everything, without names for who has no codes" "200 0" \
    "$status $(grep -c '"author"' "$work/page")"
sql "UPDATE person SET totp = 'JBSWY3DPEHPK3PXP'"
visit /export
send /export/everything
says "with them for who has" "200 3" \
    "$status $(grep -o Danielle "$work/page" | wc -l)"
says "it is JSON" 0 "$(python3 -m json.tool "$work/page" >"$work/tool" 2>&1; echo $?)"
says "to be kept as a file" 1 \
    "$(grep -ci '^content-disposition: attachment; filename="staffroom-everything-20[0-9-]*\.json"' "$work/head")"
visit /export
send /export/post-its
says "a table has a row each" "200 4" "$status $(grep -c , "$work/page")"
visit /export
send /export/feed
cp "$work/page" "$work/sample.json"
"$STAFFROOM_HUB" --data "$work/other" --listen 127.0.0.1:0 \
    --sample "$work/sample.json" >"$work/other.out" 2>&1 &
other=$!
for _ in $(seq 200); do
    there=$(sed -n 's/^The hub is at //p' "$work/other.out")
    [ -z "$there" ] || break
    sleep 0.05
done
says "another hub begins with it" "1 0" "$(
    curl -sS "$there/feed.json" | grep -c 'At once') $(
    curl -sS "$there/feed.json" | grep -c 'Read me')"
kill "$other"
wait "$other" 2>/dev/null

# --- a name that has to go ---

everywhere() { # in how many files of the hub NAME stands
    grep -rlaF "$1" "$work/data" | wc -l
}
says "a name is in its files" yes "$([ "$(everywhere Danielle)" -gt 0 ] && echo yes)"
visit /erase
send /erase "name=danielle"
says "it is found" "200 2 1" \
    "$status $(has 'name="signed"') $(has 'name="words"')"
cp "$work/page" "$work/found.html"
send /erase "name=danielle" erase=yes how=name "signed=Danielle" \
    "signed=Danielle, Year 4" "words=Danielle"
says "it is erased" "303 /erase" "$status $to"
visit /erase
says "it says so" 1 "$(has 'Erased: here, in all earlier versions')"
says "no byte of it is left, in backups neither" 0 "$(everywhere Danielle)"
says "nor in any case" 0 "$(grep -rlaiF danielle "$work/data" | wc -l)"
says "there is one backup, for this user alone" "600" \
    "$(stat -c %a "$work"/data/backups/hub-20??-??-??.db)"
kiosk GET /v1/feed.json "" >"$work/code"
says "the school's own screen gets none" 0 "$(grep -ci danielle "$work/put")"
visit /history
says "the history says it was done, not of whom" "yes 0" \
    "$([ "$(has 'Erased a name')" -gt 0 ] && echo yes) $(has Danielle)"

# --- a copy is put back ---

before=$(revision)
visit /partnership
send /partnership "revision=$before" "title=Much later" "home_page=" \
    "language=en-GB" "zone=Europe/London" "id-0=hillcrest-primary" \
    "school-0=Hillcrest Primary" "id-1=moor-lane" "school-1=Moor Lane"
after=$(revision)
says "a later revision" "$((before + 1))" "$after"
stop
rm -f "$work/data/hub.sqlite" "$work/data/hub.sqlite-wal" \
    "$work/data/hub.sqlite-shm"
cp "$work"/data/backups/hub-20??-??-??.db "$work/data/hub.sqlite"
start
curl -sS "$at/feed.json" >"$work/feed.json"
says "the old words come back" 1 \
    "$(grep -c '"title":"Northside Learning Partnership"' "$work/feed.json")"
says "with a number above all that screens have seen" "$((after + 1))" \
    "$(revision)"
says "screens are known as before" 200 "$(kiosk GET /v1/feed.json "")"

# --- how it looks ---

if command -v chromium >/dev/null; then
    says "every page can be seen and touched, wide and narrow" "" \
        "$(timeout 120 python3 tests/look_at_pages.py "$at" \
            "$(sed -n 's/.*\t\(staffroom\)\t\(.*\)/\1=\2/p' "$work/jar")" \
            "${STAFFROOM_LOOK:-}" /partnership /export /erase /history 2>&1)"
else
    skip "every page can be seen and touched" "no chromium here"
fi

stop
says "the hub ends well" 0 "$stopped"
says "and has complained of nothing but the copy" 0 \
    "$(grep -vcE 'older copy|is copied to|somebody signed in' "$work/hub.err")"
finish

#!/bin/bash
# What becomes of a post-it with the real hub: an idea of the week, a page of the
# scrapbook, and the printed book: with Chromium on the machine as a PDF, read by
# pdftotext. STAFFROOM_LOOK=FOLDER keeps the pictures and the book.
. tests/tap.sh
. tests/hub_tap.sh

has() { # how often WORDS stand in the page
    grep -cF "$1" "$work/page"
}

look() {
    says "$* can be seen and touched, wide and narrow" "" \
        "$(timeout 120 python3 tests/look_at_pages.py "$at" "$cookie" \
            "${STAFFROOM_LOOK:-}" "$@" 2>&1)"
}

sql() { # the hub's own file; it waits for us
    python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
print(*db.execute(sys.argv[2]).fetchall(), sep="\n", end="")
db.execute("UPDATE change SET number = number + 1")
db.commit()' "$work/data/hub.sqlite" "$1"
}

# book FILE [?from=…]: the book as plain text, a line with one form feed a page.
book() {
    timeout 120 python3 tests/print_page.py "$at/scrapbook/book$2" "$cookie" \
        "$work/$1.pdf" && pdftotext -layout "$work/$1.pdf" "$work/$1.txt"
}

# page BOOK N: its words.
page() {
    pdftotext -raw -f "$2" -l "$2" "$work/$1.pdf" - | tr '\n\f' '  '
}

id=8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01
password='seven quiet kettles'
secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA

# --- a partnership, a screen, a post-it ---

start
first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
visit "$first"
send "$first" "name=Maria" "password=$password" "again=$password" \
    "title=Northside Learning Partnership" "zone=Europe/London" \
    "schools=Hillcrest Primary
St Aidan’s
Moor Lane Infants"
says "the hub is set up" 303 "$status"
cookie=$(sed -n 's/.*\t\(staffroom\)\t\(.*\)/\1=\2/p' "$work/jar")
code=$(curl -sS --data-binary "{\"secret\":\"$secret\"}" "$at/v1/pair" |
    grep -o '[A-Z]\{8\}')
visit /screens/add
send /screens/add "code=$code" "name=Hillcrest staffroom" \
    "school=hillcrest-primary"
token_of_kiosk=$(curl -sS -H "Authorization: Bearer $secret" \
    "$at/v1/pair/$code" | grep -o '"token":"[^"]*' | cut -d'"' -f4)
curl -sS -X PUT -H "Authorization: Bearer $token_of_kiosk" --data-binary \
    '{"sort":"idea","colour":"mint","text":"Whisper maths works. Start with one minute of silence.","author":"Jo, Y5"}' \
    "$at/v1/postits/$id" >"$work/put"

# --- the idea of the week ---

visit "/ideas?from=$id"
says "a post-it is in the form for an idea" "200 1 1" \
    "$status $(has 'value="Whisper maths works."') \
$(has 'Start with one minute of silence.')"
says "it says who sees it so far" 1 "$(has 'So far only <bdi>Hillcrest')"
says "no name for who may not see names" 0 "$(has 'Jo, Y5')"
revision=$(grep -o 'name="revision" value="[0-9]*' "$work/page" | tail -1 |
    grep -o '[0-9]*$')
send /ideas "revision=$revision" "id=" "from=$id" "title=Whisper maths" \
    "words=Start with one minute of silence." "school=hillcrest-primary" \
    "week=$(date +%F)"
says "saved, it is an idea" "303 /ideas" "$status $to"
says "on the screens" 1 "$(curl -sS "$at/feed.json" | grep -c "i-$id")"
visit /history
says "the history says from which post-it, without its words" "1 0" \
    "$(has "Added the idea from post-it ${id%%-*} of Hillcrest Primary") \
$(has 'Whisper')"
visit "/ideas?from=$id"
says "the same post-it again leads to that idea" "303 /ideas?edit=i-$id" \
    "$status $to"
visit /postits
says "the post-its' page knows" 1 "$(has 'See the idea made of it')"

# --- the scrapbook ---

keep() { # TITLE DATE WORDS [FIELD=VALUE…]
    local title=$1 date=$2 words=$3
    shift 3
    visit /scrapbook
    revision=$(grep -o 'name="revision" value="[0-9]*' "$work/page" | tail -1 |
        grep -o '[0-9]*$')
    send /scrapbook "revision=$revision" "id=" "title=$title" "date=$date" \
        "words=$words" "$@"
}
long=$(for _ in $(seq 10); do
    printf 'We swapped rooms for one lesson, and each of us found something on the walls that we have since taken home: a word washing line, a quiet corner, a clock with the hours in four languages. '
done)
keep "Two schools, one choir" 2025-12-11 "Eighty children sang together." \
    "who=Danielle" "school=st-aidans"
says "a page is kept" "303 /scrapbook" "$status $to"
keep "Room swap week" 2026-02-03 "$long" "who=Tom and Priya" \
    "school=moor-lane-infants"
keep "Fewer tears on Monday mornings" 2026-01-20 "Two in three new starters settle within a week, since the nursery teachers met.

Last year it was one in three." kind=impact
keep "The reading bench" 2025-10-02 "Built by Year 6 from the old gym floor." \
    "who=Zoë ŵ ŷ" "show_until=2025-10-31" "photo=https://hillcrest.example/bench.jpg"
says "four of them" 303 "$status"
keep "Tomorrow" "$(date -d '+2 days' +%F)" "x"
says "not of a day to come" "422 2" "$status $(has 'still to come. Write')"
keep "x" "" "x" "photo=http://hillcrest.example/bench.jpg"
says "no photo by an open line" "422 2" "$status $(has 'only from addresses that begin')"
keep "x" "" "x" show_from=2026-02-02 show_until=2026-02-01
says "no last day before the first" "422 2" "$status $(has 'last day is before the first')"
visit "/scrapbook?from=$id"
says "a post-it is in the form for a page" "200 1" \
    "$status $(has 'value="Whisper maths works."')"
visit /scrapbook/book
says "the book can be seen" "200 4" "$status $(grep -c '<article' "$work/page")"
visit "/scrapbook/book?from=2026-02-01&until=2026-01-01"
says "not backwards" "422 1" "$status $(has 'after the last one')"
visit "/scrapbook/book?from=2030-01-01"
says "nor empty" "200 1" "$status $(has 'nothing in the scrapbook for these')"

if ! command -v chromium >/dev/null || ! command -v pdftotext >/dev/null; then
    skip "the book on paper" "no chromium or no pdftotext here"
else
    book without
    says "cover, contents, and a sheet for each of four" 6 \
        "$(pdfinfo "$work/without.pdf" | sed -n 's/^Pages: *//p')"
    says "all of A4" "595 x 842" "$(pdfinfo "$work/without.pdf" |
        sed -nE 's/^Page size: *([0-9]+)[.0-9]* x ([0-9]+).*/\1 x \2/p' |
        sed 's/594 x 841/595 x 842/')"
    says "the partnership and its schools are on the cover" \
        "Scrapbook Northside Learning Partnership Hillcrest Primary St Aidan’s Moor Lane Infants October 2025 to February 2026" \
        "$(page without 1 | tr -s ' ' | sed 's/ *$//')"
    says "the newest term is first, and reads as it happened" \
        "Fewer tears,Room swap,The reading,Two schools," \
        "$(for n in 3 4 5 6; do page without "$n" |
            grep -oE 'Fewer tears|Room swap|The reading|Two schools' |
            head -1 | tr '\n' ','; done)"
    says "contents and feet agree" "1 2 3 4 / 1 2 3 4" \
        "$(page without 2 | grep -oE '\b[1-4]\b' | tr '\n' ' ')/$(
            for n in 3 4 5 6; do page without "$n" |
                sed -nE 's/.*Partnership +([0-9]+) *$/ \1/p' | tr -d '\n'; done)"
    says "no names for who may not see them" 0 \
        "$(grep -cE 'Danielle|Priya|Zoë' "$work/without.txt")"
    says "no buttons, no menu" 0 \
        "$(grep -cE 'Take these days|This week|Sign out' "$work/without.txt")"
    book some "?from=2026-01-01&until=2026-12-31"
    says "some days only" "4 0" "$(pdfinfo "$work/some.pdf" |
        sed -n 's/^Pages: *//p') $(grep -c 'reading bench' "$work/some.txt")"
    sql "UPDATE person SET totp = 'JBSWY3DPEHPK3PXP'" >"$work/sql"
    book with
    says "names for who may" 3 "$(grep -cE \
        'Danielle, St Aidan|Tom and Priya, Moor|Zoë ŵ ŷ, 2' "$work/with.txt")"
    sql "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
        WHERE i < 60) INSERT INTO postit (id, sort, colour, text, author,
        answers, school, made_s, expires_s, state, device, came_s)
        SELECT printf('8f1c2b52-0d6e-4c8e-9a54-%012d', i), i % 5, i % 4,
        'Post-it ' || i, '', '', 'st-aidans', unixepoch() - i * 60,
        unixepoch() + 9999, i % 3, 1, 0 FROM n" >"$work/sql"
    [ -z "${STAFFROOM_LOOK:-}" ] || cp "$work"/*.pdf "$STAFFROOM_LOOK"
    look /scrapbook "/scrapbook?from=$id" /scrapbook/book /ideas /postits \
        "/postits?school=st-aidans&page=2"
fi

# --- gone ---

visit "/scrapbook?from=$id"
cp "$work/page" "$work/form"
revision=$(grep -o 'name="revision" value="[0-9]*' "$work/page" | tail -1 |
    grep -o '[0-9]*$')
visit /postits
send "/postits/$id" do=take-down from=/postits
says "taking down says where its words are as well" 1 \
    "$(has 'Its words are in an idea as well')"
send "/postits/$id" do=delete from=/postits
cp "$work/form" "$work/page"
send /scrapbook "revision=$revision" "id=" "from=$id" title=Whisper words=x
says "what was taken down meanwhile is not kept unasked" "422 1" \
    "$status $(has 'not there any more')"
visit "/scrapbook?from=$id"
says "nor offered" "303 /postits" "$status $to"

stop
says "the hub ends when it is told to" 0 "$stopped"
if is_clean "$work/hub.err"; then
    ok "no sanitizer spoke"
else
    not_ok "no sanitizer spoke" "$reports"
fi
says "no words or names are in the log or the audit" "0 0" \
    "$(grep -cE 'Whisper|Jo, Y5|Danielle' "$work/hub.err") \
$(sql 'SELECT what, id FROM deed' | grep -cE 'Whisper|Jo')"
says "but what became of it is" 1 \
    "$(sql 'SELECT what, id FROM deed' | grep -c "made an idea.*$id")"
finish

#!/bin/bash
# Calendars (.ics) on the hub's page Meetings, with the real hub, the real
# staffroom-calendar and a real https server. The hub reads public addresses
# only, so this runs where the network is made of one's own: a namespace with a
# public address on the loopback device, a certificate and a name.
# STAFFROOM_LOOK=FOLDER keeps pictures.
public=93.184.216.34 private=10.20.30.40
if [ -z "$STAFFROOM_OWN_NETWORK" ]; then
    . tests/tap.sh
    : "${STAFFROOM_HUB:=$PWD/build/asan/staffroom-hub}"
    fetched() { # ADDRESS: the sentence why not
        printf '{"url":"%s","etag":"","modified":""}' "$1" |
            "$STAFFROOM_HUB" --fetch 2>&1 |
            sed -n 's/.*"sentence":"\([^"]*\)".*/\1/p'
    }
    for address in https://127.0.0.1/ https://10.0.0.1/ "https://[::1]/" \
        https://169.254.169.254/latest https://0/ https://localhost/; do
        says "$address is not fetched" "The address leads into a private \
network, and the hub reads calendars at public addresses only" \
            "$(fetched "$address")"
    done
    says "nor what is not secure" "The hub reads calendars at addresses that \
begin with https:// only" "$(fetched http://example.com/)"
    run "$STAFFROOM_HUB" --fetch
    says "nor by hand" "2" "$status"
    export STAFFROOM_OWN_NETWORK=yes STAFFROOM_FAILED=$failed
    for how in -nm -rnm; do
        unshare $how sh -c "ip link set lo up &&
            ip address add $public/32 dev lo" 2>/dev/null &&
            exec unshare $how bash "$0"
    done
    skip "calendars from the web" "no network namespace to be had here"
    finish
fi
. tests/tap.sh
. tests/hub_tap.sh
failed=$STAFFROOM_FAILED
bundle=/etc/ssl/certs/ca-certificates.crt
server=
trap 'kill $hub $server 2>/dev/null' EXIT

for needed in python3 openssl ip; do
    command -v $needed >/dev/null || {
        skip "calendars from the web" "no $needed here"
        finish
    }
done

has() { # how often WORDS stand in the page
    grep -cF "$1" "$work/page"
}

asked() { # how often PATH was asked for
    grep -cF "/$1 " "$work/web/asked"
}

# ---- the web --------------------------------------------------------------

mkdir -p "$work/web"
: >"$work/web/asked"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test \
    -keyout "$work/key.pem" -out "$work/cert.pem" -addext \
    "subjectAltName=DNS:calendar.example,DNS:other.example,IP:$public" \
    2>/dev/null
cat $bundle "$work/cert.pem" >"$work/bundle.pem" 2>/dev/null
{
    echo "127.0.0.1 localhost inside.example"
    echo "$public calendar.example other.example"
    echo "$private school.example"
} >"$work/hosts"
ip link set lo up
ip address add $public/32 dev lo
ip address add $private/32 dev lo
if ! mount --bind "$work/bundle.pem" $bundle 2>"$work/mount.err" ||
    ! mount --bind "$work/hosts" /etc/hosts 2>>"$work/mount.err"; then
    skip "calendars from the web" "$(cat "$work/mount.err")"
    finish
fi
start_web() {
    : >"$work/server.out"
    python3 tests/calendar_server.py "$work/cert.pem" "$work/key.pem" \
        "$work/web" $public $private 127.0.0.1 \
        >"$work/server.out" 2>"$work/server.err" &
    server=$!
    for _ in $(seq 200); do
        grep -q ready "$work/server.out" && return
        sleep 0.05
    done
    not_ok "the web is there" "$(cat "$work/server.err")"
    finish
}
start_web

# A meeting every week for years, and one that was called off.
week=$(TZ=Europe/London date +%u)
for days in 7 14; do
    dates+=("$(date -d "+$days days" +%Y%m%d)")
done
begin=$(date -d "-$((364 + week)) days" +%Y%m%d)
event() { # UID SUMMARY START MORE
    printf 'BEGIN:VEVENT\r\nUID:%s\r\nSUMMARY:%s\r\n' "$1" "$2"
    printf 'DTSTART;TZID=Europe/London:%s\r\nDURATION:PT1H\r\n%s' "$3" "$4"
    printf 'END:VEVENT\r\n'
}
{
    printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n'
    printf 'REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n'
    event weekly-1 "Staff meeting" "${begin}T154500" \
        $'LOCATION:Library\r\nDESCRIPTION:<p>Bring <b>one</b> idea</p>\r\nRRULE:FREQ=WEEKLY\r\n'
    event once-1 "Called off" "${dates[0]}T100000" $'STATUS:CANCELLED\r\n'
    event once-2 "Lunch & cake" "${dates[1]}T120000" ""
    printf 'END:VCALENDAR\r\n'
} >"$work/web/weekly.ics"
cp "$work/web/weekly.ics" "$work/web/secret-kettle.ics"
echo '<!doctype html><title>Sign in</title>' >"$work/web/sign-in"
echo 'NOT A CALENDAR' >"$work/web/nothing"

# ---- the hub --------------------------------------------------------------

start
first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
visit "$first"
send "$first" "name=Maria" "password=seven quiet kettles" \
    "again=seven quiet kettles" "title=Northside" "zone=Europe/London" \
    "schools=Hillcrest Primary"

feed() {
    curl -sS "$at/feed.json"
}

times() { # of the meetings in the feed, with that title, as London has them
    feed | python3 -c '
import datetime, json, sys, zoneinfo
for i in json.load(sys.stdin)["items"]:
    if i["title"] == sys.argv[1]:
        at = datetime.datetime.fromisoformat(
            i["_staffroom"]["starts"].replace("Z", "+00:00"))
        print(at.astimezone(zoneinfo.ZoneInfo("Europe/London")).strftime("%H:%M"))
' "$1" | sort | uniq -c | tr -s ' '
}

add() { # ADDRESS NAME [FIELD=VALUE…]
    local address=$1 name=$2
    shift 2
    visit /meetings/calendars
    send /meetings/calendars "address=$address" "label=$name" "$@"
}

visit /meetings
says "there is none at first" "1 0" "$(has "Add a calendar") $(has "Read it now")"

add webcal://calendar.example/secret-kettle.ics "Staff calendar" \
    "school=hillcrest-primary"
says "a calendar is added" "303 /meetings?read=1#calendars" "$status $to"
visit "${to%#*}" # which waits until it was read
says "and read at once" "1 1" "$(has "Staff calendar</h3>") $(
    grep -cE '<p>(9|10) meetings of it are shown. Read today' "$work/page"
)"
says "its address is not on the page" "0 1" \
    "$(has kettle) $(has "From <bdi>calendar.example</bdi>")"
says "every week at the same hour" " 9 15:45" \
    "$(times "Staff meeting" | sed 's/^ 8 /  9 /; s/^  / /')"
feed >"$work/feed.json"
says "in the feed: plain words, its school, no address" "1 1 1 0 0" "$(
    for w in 'Lunch & cake' '"schools":\["hillcrest-primary"\]' \
        'Bring one idea' kettle 'Called off'; do
        grep -o "$w" "$work/feed.json" | sort -u | wc -l
    done | paste -sd' '
)"
"$STAFFROOM" --check "$work/feed.json" >"$work/check" 2>&1
says "and screens understand it" 0 "$?"
says "the page has them, not to be edited" "1" \
    "$(grep -c 'Lunch &amp; cake</h3>' "$work/page")"

# --- again ---

visit /meetings
send /meetings/calendars/1 read=yes
visit "${to%#*}"
says "nothing new is a 304" "2 1" \
    "$(asked secret-kettle.ics) $(grep -c '^/secret-kettle.ics "' "$work/web/asked")"
etag=$(curl -sSI "$at/feed.json" | grep -i '^etag')
cp "$work/web/sign-in" "$work/web/secret-kettle.ics"
visit /meetings
send /meetings/calendars/1 read=yes
visit "${to%#*}"
says "a sign-in page is told, the last good one stays" "1 1 1" "$(
    has "This address leads to a web page"
) $(has "They are of the last time it could be read") $(
    [ "$etag" = "$(curl -sSI "$at/feed.json" | grep -i '^etag')" ] && echo 1
)"

# --- it is not edited here; a typed one goes before ---

visit /meetings
day=$(date -d "${dates[1]}" +%Y-%m-%d)
send /meetings "revision=1" "id=" "title=LUNCH  & cake" "date=$day" "start=12:00"
[ "$status" = 303 ] || send /meetings "revision=1" "id=" "title=LUNCH  & cake" \
    "date=$day" "start=12:00" "anyway=yes"
says "a typed meeting is there once" "303 1 0" "$status $(
    feed | grep -o 'LUNCH & cake' | wc -l) $(feed | grep -o 'Lunch & cake' |
    wc -l)"

# --- after a restart without the web ---

stop
kill "$server"
wait "$server" 2>/dev/null
start
says "after a restart they are there at once" " 9 15:45" \
    "$(times "Staff meeting" | sed 's/^ 8 /  9 /; s/^  / /')"
start_web

# --- where the hub does not go ---

number=1
refused() { # WHAT ADDRESS WORDS
    number=$((number + 1))
    add "$2" "Bad $number"
    visit "${to%#*}"
    says "$1" 1 "$(has "$3")"
    visit /meetings
    send /meetings/calendars/$number remove=yes
}
: >"$work/web/asked"
inside="The address leads into a private network"
refused "this machine" https://127.0.0.1/weekly.ics "$inside"
refused "this machine by IPv6" "https://[::1]/weekly.ics" "$inside"
refused "this machine in other words" https://2130706433/weekly.ics "$inside"
refused "a name that means this machine" https://inside.example/weekly.ics \
    "$inside"
refused "a name that means the school's network" \
    https://school.example/weekly.ics "$inside"
says "were never asked" 0 "$(wc -l <"$work/web/asked")"
refused "a redirect to another server" https://calendar.example/to-another \
    "The address leads on to another server"
refused "a redirect to this machine" https://calendar.example/to-loopback \
    "The address leads on to another server"
refused "a redirect to http" https://calendar.example/to-plain \
    "that is not secure"
says "were not followed" 0 "$(asked weekly.ics)"
refused "a calendar that is too large" https://calendar.example/large \
    "larger than the 1024 KiB"
refused "what is no calendar" https://calendar.example/nothing \
    "This calendar cannot be read"
refused "what is not there" https://calendar.example/gone \
    "There is nothing at this address"
# Ten seconds, and then the hub has had enough.
refused "a server that never ends" https://calendar.example/slow \
    "took too long"
add http://calendar.example/weekly.ics Plain
says "an address without the s" "422 1" "$status $(has "Try it with the s")"

number=$((number + 1))
add https://calendar.example/to-itself "Elsewhere at home" "filter=lunch"
visit "${to%#*}"
says "a redirect on the same server is followed" 1 \
    "$(grep -c '<p>0 meetings of it are shown. Read today' "$work/page")"

if [ -n "$(command -v chromium)" ]; then
    cp "$work/web/weekly.ics" "$work/web/secret-kettle.ics"
    visit /meetings
    send /meetings/calendars/1 read=yes
    visit "${to%#*}"
    add https://calendar.example/sign-in "Moor Lane INSET days"
    visit "${to%#*}"
    says "the pages are fit for people" "" \
        "$(timeout 120 python3 tests/look_at_pages.py "$at" \
            "$(sed -n 's/.*\t\(staffroom\)\t\(.*\)/\1=\2/p' "$work/jar")" \
            "$STAFFROOM_LOOK" /meetings /meetings/calendars \
            /meetings/calendars/1 2>&1)"
else
    skip "the pages are fit for people" "no chromium here"
fi

visit /meetings
send /meetings/calendars/1 remove=yes
says "a removed one is gone from the feed" "" "$(times "Staff meeting")"
visit /history
says "history has it, without addresses" "1 1 0" "$(
    has "Added a calendar" | sed 's/[1-9][0-9]*/1/') $(
    has "Removed a calendar" | sed 's/[1-9][0-9]*/1/') $(has calendar.example)"
stop
says "the hub leaves well" 0 "$stopped"
says "its log has no addresses" 0 "$(grep -cE 'https://|kettle' "$work/hub.err")"
says "nothing of it is left in the store" 0 \
    "$(cat "$work"/data/hub.sqlite* | grep -ac kettle)"
is_clean "$work/hub.err" && ok "and the sanitizers are quiet" ||
    not_ok "the sanitizers are quiet" "$reports"
finish

#!/bin/bash
# Calendars on the kiosk: a meeting that recurs across both clock changes, drawn
# as if a careful person had typed each of its days; doubles; what the command
# line and --check say; and a kiosk on a screen in memory, with nginx before it,
# whose calendar is kept when the address leads to a sign-in page.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"

top=$PWD
weekly=$PWD/tests/calendars/weekly.ics
cd "$work" || exit 1
PATH=$PATH:/usr/sbin # nginx, for who is not root
for tool in nginx Xvfb python3; do
    if ! command -v $tool >/dev/null; then
        not_ok "$tool is installed"
        finish
    fi
done

# ---- the clock changes, drawn -----------------------------------------------

# feed FILE LINE…: TITLE|STARTS|ENDS|PLACE, in the feed's own words.
feed() {
    local file=$1
    shift
    printf '%s\n' "$@" | python3 -c '
import json, sys
items = []
for n, line in enumerate(l for l in sys.stdin.read().split("\n") if l):
    title, starts, ends, place = line.split("|")
    items.append({"id": "typed-%d" % n, "title": title, "_staffroom": {
        "kind": "meeting", "starts": starts, "ends": ends, "place": place}})
print(json.dumps({"title": "Northside", "items": items, "_staffroom": {
    "timezone": "Europe/London",
    "schools": [{"id": "hillcrest", "name": "Hillcrest Primary"}]}}))' >"$file"
}
feed nothing.json

staff='Staff meeting'
at_library='Library, Hillcrest Primary'
feed autumn.json \
    "$staff|2026-10-23T15:45:00+01:00|2026-10-23T17:00:00+01:00|$at_library" \
    "INSET days|2026-10-26|2026-10-27|" \
    "Breakfast briefing|2026-10-26T08:00:00Z|2026-10-26T08:30:00Z|" \
    "$staff|2026-10-30T15:45:00Z|2026-10-30T17:00:00Z|$at_library" \
    "$staff|2026-11-06T15:45:00Z|2026-11-06T17:00:00Z|$at_library" \
    "Breakfast briefing|2026-11-09T08:00:00Z|2026-11-09T08:30:00Z|" \
    "$staff|2026-11-13T15:45:00Z|2026-11-13T17:00:00Z|$at_library" \
    "Breakfast briefing|2026-11-16T08:00:00Z|2026-11-16T08:30:00Z|" \
    "$staff|2026-11-20T15:45:00Z|2026-11-20T17:00:00Z|$at_library"
feed spring.json \
    "$staff|2027-03-26T15:45:00Z|2027-03-26T17:00:00Z|$at_library" \
    "Breakfast briefing|2027-03-29T07:00:00Z|2027-03-29T07:30:00Z|" \
    "$staff|2027-04-02T14:45:00Z|2027-04-02T16:00:00Z|$at_library" \
    "Breakfast briefing|2027-04-05T07:00:00Z|2027-04-05T07:30:00Z|" \
    "$staff|2027-04-09T14:45:00Z|2027-04-09T16:00:00Z|$at_library" \
    "Breakfast briefing|2027-04-12T07:00:00Z|2027-04-12T07:30:00Z|" \
    "$staff|2027-04-16T14:45:00Z|2027-04-16T16:00:00Z|$at_library" \
    "Breakfast briefing|2027-04-19T07:00:00Z|2027-04-19T07:30:00Z|" \
    "$staff|2027-04-23T14:45:00Z|2027-04-23T16:00:00Z|$at_library"

# draw FOLDER FEED TIME SIZE ARG…
draw() {
    local folder=$1 feed=$2 at=$3 size=$4
    shift 4
    run "$STAFFROOM" --config plain.conf --render "$folder" --feed "$feed" \
        --at "$at" --size "$size" "$@"
}

for season in autumn:2026-10-23 spring:2027-03-26; do
    for size in 1920x1080 800x480 720x1280; do
        at=${season#*:}T10:00
        name=${season%:*}-$size
        draw "typed-$name" "${season%:*}.json" "$at" $size
        for zone in UTC America/Chicago; do
            TZ=$zone draw "calendar-$name" nothing.json "$at" $size \
                --calendar "$weekly"
            says "$name (TZ=$zone): as if each meeting had been typed" \
                "0  " "$status $(<err) $(diff -rq "typed-$name" "calendar-$name")"
        done
    done
done
says "and there are slides at all" "3" "$(ls calendar-spring-1920x1080 | wc -l)"

# ---- doubles, schools, filters ----------------------------------------------

# listed ARG…: how many meetings are up, "-" when there is no such slide.
listed() {
    run "$STAFFROOM" --list --at 2026-10-23T10:00 "$@"
    python3 -c '
import json, sys
for line in sys.stdin:
    slide = json.loads(line)
    if slide["slide"] == "meetings":
        print(len(slide["ids"]), "typed-0" in slide["ids"])' <out
}
feed double.json "  STAFF  meeting|2026-10-23T15:45:00+01:00|2026-10-23T16:00:00+01:00|Hall"
says "a meeting the feed has is not shown twice" "9 False
10 True" "$(listed --config plain.conf --feed nothing.json --calendar "$weekly"
    listed --config plain.conf --feed double.json --calendar "$weekly")"
says "the same calendar twice is shown once" "9 False" "$(listed \
    --config plain.conf --feed nothing.json --calendar "$weekly" \
    --calendar "file://$weekly")"
# conf SCHOOL CALENDARS_SCHOOL FILTER
conf() {
    printf '[school]\nschool = %s\n[calendars]\ncalendar = %s\nschool = %s\nfilter = %s\n' \
        "$1" "$weekly" "$2" "$3" >school.conf
    listed --config school.conf --feed nothing.json
}
says "a calendar of this school" "9 False" "$(conf hillcrest hillcrest '')"
says "a calendar of another school" "" "$(conf riverside hillcrest '')"
says "a filter" "1 False" "$(conf '' '' 'inset')"
says "a filter that fits nothing" "" "$(conf '' '' 'set')"
says "what the command line names goes before the settings" "2 False" \
    "$(printf '[calendars]\ncalendar = /nonexistent.ics\n' >school.conf
    sed 's/^RRULE:FREQ=WEEKLY;BYDAY=FR.*/RRULE:FREQ=WEEKLY;COUNT=1/
         s/^RRULE:FREQ=WEEKLY;BYDAY=MO/RRULE:FREQ=WEEKLY;COUNT=7/' \
        "$weekly" >few.ics
    listed --config school.conf --feed nothing.json --calendar few.ics)"

# ---- what is said of bad ones -----------------------------------------------

printf '<!DOCTYPE html>\n<title>Sign in</title>\n' >page.ics
printf 'BEGIN:VCARD\nEND:VCARD\n' >card.ics

# refuses WHAT STATUS PATTERN ARG…: one line about it.
refuses() {
    local what=$1 wanted=$2 pattern=$3
    shift 3
    run "$STAFFROOM" --at 2026-10-23T10:00 "$@"
    if [ $status -eq "$wanted" ] && [ "$(wc -l <err)" -eq 1 ] &&
        grep -qE "^staffroom: .*$pattern" err; then
        ok "$what"
    else
        not_ok "$what" "exit $status, not $wanted, or no /$pattern/" "$(<err)"
    fi
}
usual=(--config plain.conf --list --feed nothing.json)
refuses "a calendar that is not there" 2 'calendar "none.ics": .*No such file' \
    "${usual[@]}" --calendar none.ics
refuses "a web page" 2 'calendar "page.ics": a web page came instead' \
    "${usual[@]}" --calendar page.ics
refuses "a business card" 2 'calendar "card.ics": .*no calendar' \
    "${usual[@]}" --calendar card.ics
refuses "an address of another kind" 2 'begins with https://' \
    "${usual[@]}" --calendar ftp://x.example/a.ics
refuses "an empty address" 2 '--calendar cannot be empty' \
    "${usual[@]}" --calendar ''
nine=()
for n in 1 2 3 4 5 6 7 8 9; do nine+=(--calendar "$n.ics"); done
refuses "nine calendars" 2 '8 times at most' "${usual[@]}" "${nine[@]}"
printf '[calendars]\ncalendar = card.ics\nlabel = Cards\n' >card.conf
refuses "one of the settings that is bad is left out" 0 \
    'calendar "Cards": .*no calendar' --config card.conf --list \
    --feed double.json

run "$STAFFROOM" --config plain.conf --check double.json --at 2026-10-23T10:00 \
    --calendar "$weekly" --calendar page.ics
says "--check tells of each, and of a bad one by its status" "1 1 1" \
    "$status $(grep -cE '^calendar "weekly.ics": [0-9]+ meetings ' out) \
$(grep -c '^calendar "page.ics": a web page' out)"

mkdir alone
cp "$STAFFROOM" alone/
STAFFROOM_ASSETS=$top/assets PATH=/usr/bin:/bin run alone/staffroom --config \
    card.conf --list --feed double.json --at 2026-10-23T10:00
if grep -q 'staffroom-calendar is not installed' err && [ $status -eq 0 ]; then
    ok "without staffroom-calendar the feed goes on"
elif command -v staffroom-calendar >/dev/null; then
    skip "without staffroom-calendar the feed goes on" "it is in PATH"
else
    not_ok "without staffroom-calendar the feed goes on" "exit $status" "$(<err)"
fi

# ---- a kiosk, from an address -----------------------------------------------

own=()
end_all() {
    [ ${#own[@]} -eq 0 ] || kill "${own[@]}" 2>/dev/null
    wait 2>/dev/null
}
trap end_all EXIT

port=$(python3 -c 'import socket; s = socket.socket()
s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p site
cp "$weekly" site/secret-7.ics
cat >nginx.conf <<EOF
daemon off;
master_process off;
pid $work/nginx.pid;
error_log $work/nginx.log;
events { }
http {
    log_format asked '\$status \$http_if_none_match';
    access_log $work/asked asked;
    client_body_temp_path $work/temp;
    proxy_temp_path $work/temp;
    fastcgi_temp_path $work/temp;
    uwsgi_temp_path $work/temp;
    scgi_temp_path $work/temp;
    server {
        listen 127.0.0.1:$port;
        root $work/site;
    }
}
EOF
nginx -p "$work" -c "$work/nginx.conf" 2>>nginx.log &
own+=($!)

mkdir screen
mkfifo number
Xvfb -displayfd 3 -screen 0 1280x720x24 -nolisten tcp -noreset \
    -fbdir "$work/screen" 3>number 2>xvfb.log &
own+=($!)
read -r display <number

cat >kiosk.conf <<EOF
[calendars]
calendar = http://127.0.0.1:$port/secret-7.ics
label = Hillcrest
EOF
until_said() {
    local left=100
    until grep -q "$1" log; do
        [ $((left -= 1)) -gt 0 ] || return 1
        sleep 0.2
    done
}

# show: a kiosk with an empty log.
show() {
    : >log
    DISPLAY=:$display "$STAFFROOM" --config kiosk.conf --feed nothing.json \
        --at 2026-10-23T10:00:00+01:00 2>>log &
    kiosk=$!
    own+=("$kiosk")
}
end_kiosk() {
    kill "$kiosk"
    wait "$kiosk" 2>/dev/null
}
# sees WHAT: the slide with the calendar's meetings is up.
sees() {
    if seen=$(python3 "$top/tests/png.py" wait 20 15-85 '^look/01' \
        screen/Xvfb_screen0 prints); then
        ok "$1"
    else
        not_ok "$1" "up is ${seen:-no known picture}" "$(<log)"
    fi
}
draw look autumn.json 2026-10-23T10:00 1280x720
python3 "$top/tests/png.py" print 15-85 look/*.png >prints

show
sees "a kiosk shows the meetings of an address"
end_kiosk
says "it was asked once" "200 -" "$(<asked)"
kept=$(echo "$XDG_CACHE_HOME"/staffroom/calendar-*)
says "what came is kept, for this user only" "600" "$(stat -c %a "$kept")"

show
sees "the next start shows what was kept"
end_kiosk
says "and asks with the ETag" "304" "$(tail -n 1 asked | cut -d ' ' -f 1)"

cp page.ics site/secret-7.ics
show
sees "a sign-in page takes no meeting away"
until_said 'a web page came instead'
pattern='Hillcrest.*a web page came instead.*what is shown of it was right'
says "and the log says what is wrong and how old they are" "1 1" \
    "$(grep -c 'is shown as it was' log) $(grep -c "$pattern" log)"
end_kiosk
run "$STAFFROOM" --config kiosk.conf --check nothing.json --at 2026-10-23T10:00
pattern='Hillcrest.*a web page.*what it read on 23 October 2026 at 09:00 UTC'
says "--check says when the kept one was read" "0 1" \
    "$status $(grep -c "$pattern" out)"

kill "${own[0]}"
show
sees "nor does a server that is away"
end_kiosk
says "the address is nowhere in the log" "0" "$(grep -c secret log)"
if is_clean log; then
    ok "nothing from the sanitizers"
else
    not_ok "nothing from the sanitizers" "$reports"
fi
finish

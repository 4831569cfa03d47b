#!/bin/bash
# Inside the lab's machine, with all packages installed: what the services start
# as programs of their own has to work under what the services may not do.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh
at=http://127.0.0.1:8080 page=/tmp/page jar=/tmp/jar

visit() { # PATH [CURL-OPTION…]: its status
    local path=$1
    shift
    curl -s -b $jar -c $jar -H 'Sec-Fetch-Site: same-origin' -o $page \
        -w '%{http_code}' "$@" "$at$path"
}
token() { tr '\n' ' ' <$page | sed 's/.*name="token" value="\([^"]*\)".*/\1/'; }
is_set_up() {
    first=$(journalctl -b -q -o cat -u staffroom-hub --no-pager |
        sed -n "s|.*Set it up, once, at $at||p" | tail -n 1)
    [ -n "$first" ]
}

# ---- the hub draws by the kiosk's program --------------------------------------
check 'the hub says where to set it up' wait_for 60 is_set_up
is_set_up # here, not in a shell of its own
visit "$first" >/dev/null
check 'it is set up' is 303 "$(visit "$first" \
    --data-urlencode "token=$(token)" --data-urlencode name=Maria \
    --data-urlencode 'password=seven quiet kettles' \
    --data-urlencode 'again=seven quiet kettles' \
    --data-urlencode title=Northside --data-urlencode zone=Europe/London \
    --data-urlencode 'schools=Hillcrest Primary')"
visit '/this-week?day=2026-11-26&time=10:42&screen=wide' -m 120 >/dev/null
picture=$(grep -o '/preview/[0-9]*/[0-9]*/[a-z]*/[0-9]*' $page | head -n 1)
check 'This week has a picture' test -n "$picture"
check 'which is one' is '200 PNG' \
    "$(visit "$picture" -m 60) $(head -c 4 $page | tail -c 3)"

# ---- calendars, from the web by the hub, from a file by the kiosk ---------------
cat >/etc/staffroom/meetings.ics <<'END'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Northside//Meetings//EN
BEGIN:VEVENT
UID:one@northside.example
DTSTAMP:20261101T090000Z
DTSTART;TZID=Europe/London:20201126T160000
DURATION:PT1H
RRULE:FREQ=WEEKLY
SUMMARY:Curriculum meeting
END:VEVENT
END:VCALENDAR
END
sed -i 's/$/\r/' /etc/staffroom/meetings.ics
lab-clock synced
told '[calendars]\ncalendar = /etc/staffroom/meetings.ics\nlabel = Northside\n'
check 'the kiosk shows' shows 15
check 'its program for calendars is allowed what it needs' \
    is "$(how_often 'calendar.*(cannot|could not|ended|killed|limits)')" 0
lab-touch kbd >/dev/null
sleep 3
for i in 1 2 3 4; do
    lab-touch key RIGHT
    sleep 5
    lab-shot 61-page-$i
done
journalctl -b -q -o cat -u staffroom --no-pager | tail -n 5 | sed 's/^/# /'
finish

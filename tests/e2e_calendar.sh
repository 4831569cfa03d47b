#!/bin/bash
# staffroom-calendar as a program: its command line, what it says of what is no
# calendar, two exports written the way Outlook and Google write them, its
# limits, and the shared calendars when they are there.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"

: "${STAFFROOM_CALENDAR:=$PWD/build/asan/staffroom-calendar}"
: "${STAFFROOM_CALENDAR_STRICT:=$PWD/build/strict/staffroom-calendar}"
top=$PWD
calendars=$PWD/tests/calendars
cd "$work" || exit 1
usual=(--from 2026-10-01 --until 2027-01-01 --zone Europe/London)

# expand FILE ARG…: as run, with FILE on stdin.
expand() {
    local file=$1
    shift
    timeout 20 "$STAFFROOM_CALENDAR" "$@" >out 2>err <"$file"
    status=$?
}

# refuses WHAT STATUS PATTERN FILE ARG…: one line about it on stderr, nothing on
# stdout.
refuses() {
    local what=$1 wanted=$2 pattern=$3
    shift 3
    expand "$@"
    if [ $status -ne "$wanted" ]; then
        not_ok "$what: exit $wanted" "exit $status" "$(<err)"
    elif [ "$(wc -l <err)" -ne 1 ] ||
        ! grep -qE "^staffroom-calendar: .*$pattern" err; then
        not_ok "$what: one line like /$pattern/" "$(<err)"
    elif [ -s out ]; then
        not_ok "$what: nothing on stdout" "$(<out)"
    else
        ok "$what"
    fi
}

# ---- the command line -------------------------------------------------------

google=$calendars/google.ics
refuses "no options" 2 'say --from DATE as well' "$google"
refuses "no --until" 2 'say --until DATE as well' "$google" --from 2026-10-01
refuses "no --zone" 2 'say --zone ZONE as well' "$google" \
    --from 2026-10-01 --until 2026-10-02
refuses "an unknown option" 2 'unknown option --bogus' "$google" --bogus
refuses "a word that is no option" 2 'unknown option x\.ics' "$google" \
    "${usual[@]}" x.ics
refuses "an option without its value" 2 '--zone needs a value' "$google" \
    --from 2026-10-01 --until 2026-10-02 --zone
refuses "an option with a value too many" 2 '--help takes no value' \
    "$google" --help=yes
for day in tomorrow 2026-02-29 20261001 2026-10-01T10:00 ''; do
    refuses "--from '$day'" 2 "--from cannot be ${day:-empty}" "$google" \
        --from "$day" --until 2027-01-01 --zone Europe/London
done
refuses "a window that ends as it begins" 2 'later than --from' "$google" \
    --from 2026-10-01 --until 2026-10-01 --zone Europe/London
for zone in Nowhere/Else ../../etc/passwd /etc/localtime $'a\nb'; do
    refuses "--zone ${zone@Q}" 2 '--zone cannot be .*no such zone' "$google" \
        --from 2026-10-01 --until 2026-10-02 --zone "$zone"
done
expand "$google" --version
says "--version" "0 staffroom-calendar 0.1.0" "$status $(<out)"
expand "$google" --help
says "--help tells every option" "0 5" "$status $(grep -cE '^  --' out)"
says "no line of --help is wider than a terminal" "" \
    "$(awk 'length > 80' out)"

# ---- what is no calendar ----------------------------------------------------

: >empty
printf '<!DOCTYPE html>\n<title>Sign in</title>\n' >page
printf 'BEGIN:VCARD\nFN:A\nEND:VCARD\n' >card
head -c 2000 "$google" >cut
{
    printf 'BEGIN:VCALENDAR\n'
    yes 'X-FILLER:x' | head -c 1048577
    printf '\nEND:VCALENDAR\n'
} >large
refuses "an empty file" 1 'no calendar: it is empty' empty "${usual[@]}"
refuses "a web page" 1 'no calendar: it is a web page' page "${usual[@]}"
refuses "a business card" 1 'no calendar' card "${usual[@]}"
refuses "half a calendar" 1 'ends too soon' cut "${usual[@]}"
refuses "more than 1 MiB" 1 'larger than 1 MiB' large "${usual[@]}"
refuses "a folder" 1 'cannot be read' . "${usual[@]}"
if [ -e /dev/full ]; then
    "$STAFFROOM_CALENDAR" "${usual[@]}" >/dev/full 2>err \
        <"$calendars/outlook.ics"
    says "lines that cannot be written" "1 1" "$? $(wc -l <err)"
fi

# ---- Outlook's and Google's -------------------------------------------------

# same NAME FROM UNTIL: what is found is what tests/calendars has, wherever the
# machine is.
same() {
    local zone
    for zone in UTC Europe/London America/Chicago ''; do
        TZ=$zone expand "$calendars/$1.ics" --from "$2" --until "$3" \
            --zone Europe/London
        if [ $status -ne 0 ] || [ -s err ] ||
            ! diff "$calendars/$1.jsonl" out >difference; then
            not_ok "$1 (TZ=$zone)" "exit $status" "$(<err)" "$(<difference)"
            return
        fi
    done
    ok "$1, on machines in four zones"
}
same outlook 2026-10-01 2027-01-01
same google 2027-03-01 2027-05-01

# A window that is one day, which the meeting of 29 October is not on.
expand "$calendars/outlook.ics" --from 2026-10-29 --until 2026-10-30 \
    --zone Europe/London
says "nothing on that day" "0 " "$status $(<out)$(<err)"
expand "$calendars/outlook.ics" --from 2026-11-05 --until 2026-11-06 \
    --zone America/New_York
says "the offset is the zone's that was asked for" \
    '"start":"2026-11-05T10:45:00-05:00"' "$(grep -oE '"start":"[^"]*"' out)"

# ---- what it may cost -------------------------------------------------------

# rules NAME RULE: many events of a rule that takes long.
rules() {
    {
        printf 'BEGIN:VCALENDAR\n'
        for ((i = 0; i < 6000; i++)); do
            printf 'BEGIN:VEVENT\nUID:%d\nDTSTART:16010101T000000Z\n' "$i"
            printf 'RRULE:%s\nEND:VEVENT\n' "$2"
        done
        printf 'END:VCALENDAR\n'
    } >"$1"
}
rules minutely 'FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30'
expand minutely "${usual[@]}"
says "thousands of rules by the minute are not followed" "0 1" \
    "$status $(grep -c 'more often than daily' err)"

rules never 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9'
began=$SECONDS
refuses "what takes longer than 2 seconds" 1 \
    'takes more than 2 seconds|more recurring events than' never "${usual[@]}"
took=$((SECONDS - began))
if [ $took -le 10 ]; then
    ok "and does not go on for long"
else
    not_ok "and does not go on for long" "$took s"
fi

# The limits as the kernel has them: the sanitized one must not limit memory.
mkfifo pipe
"$STAFFROOM_CALENDAR_STRICT" "${usual[@]}" >out 2>err <pipe &
running=$!
exec 3>pipe
for ((i = 0; i < 50; i++)); do # it opens the pipe before it sets them
    limits=$(awk '/^Max (cpu time|address space|core file)/ {
        print $(NF - 2), $(NF - 1) }' "/proc/$running/limits" | xargs)
    [ "$limits" != "2 3 0 0 268435456 268435456" ] || break
    sleep 0.1
done
says "2 s of processor, no core, 256 MiB" "2 3 0 0 268435456 268435456" \
    "$limits"
exec 3>&-
wait "$running"
says "and it ends with its input" 1 $?

# Only what it needs: no network, no screen, no database.
says "libical is in this program and in no other" "0 0 1" \
    "$(for p in staffroom staffroom-hub staffroom-calendar; do
        ldd "$top/build/strict/$p" | grep -c 'libical\.so'
    done | xargs)"
says "it cannot reach the network, nor a database" "" \
    "$(ldd "$STAFFROOM_CALENDAR_STRICT" | grep -E 'curl|sqlite|SDL|ssl')"

# ---- the shared calendars ---------------------------------------------------

if [ -d "${STAFFROOM_FIXTURES:-/nonexistent}/ics" ]; then
    python3 "$top/tests/calendar_expected.py" "$STAFFROOM_CALENDAR" \
        "$STAFFROOM_FIXTURES/ics" || failed=1
else
    skip "the shared calendars" "no STAFFROOM_FIXTURES"
fi

finish

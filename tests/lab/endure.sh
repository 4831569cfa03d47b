#!/bin/bash
# Inside the lab's machine: a school year of televisions that are switched off and
# on, and of services that die. Not among the usual tests: half an hour.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh
cycles=${CYCLES:-200} kills=${KILLS:-50}

resident_kb() { awk '/^VmRSS/ { print $2 }' /proc/"$(at_work)"/status; }

told ''
check 'it shows' shows 10
pid=$(at_work)
missed=0
for ((i = 1; i <= cycles; i++)); do
    # It looks every five seconds; asking it meanwhile would take most of what
    # the machine can do.
    lab-hdmi off
    sleep 5.5
    [ $((i % 20)) -ne 0 ] || wait_for 20 has StatusText \
        'the screen is switched off' >&2 || missed=$((missed + 1))
    lab-hdmi on
    sleep 5.5
    wait_for 40 has StatusText 'showing the board' >&2 || missed=$((missed + 1))
    # By then every slide has been shown, and its photos are in memory.
    [ $i -ne $((cycles / 5)) ] || early=$(resident_kb)
    [ $((i % 20)) -ne 0 ] || echo "# $i times, $(resident_kb) kB resident"
done
late=$(resident_kb)
check "the screen came back $cycles times" is $missed 0
check 'to the same program' is "$(at_work)" "$pid"
check 'which did not grow by a twentieth' test "$late" -le $((early * 21 / 20))
lab-shot 51-after-off-and-on

missed=0
is_another() { [ "$(at_work)" != "$pid" ] && [ "$(at_work)" != 0 ]; }
for ((i = 1; i <= kills; i++)); do
    pid=$(at_work)
    kill -KILL "$pid"
    wait_for 60 is_another >&2 || missed=$((missed + 1))
    wait_for 60 has StatusText 'showing the board' >&2 ||
        missed=$((missed + 1))
    [ $((i % 10)) -ne 0 ] || echo "# killed $i times, $(resident_kb) kB resident"
done
check "it came back after $kills kills" is $missed 0
check 'and shows' has StatusText 'showing the board'
sleep 10
lab-shot 52-after-kills
finish

#!/bin/bash
# Inside the lab's machine: a screen with hours on the console. Its signal ends
# outside them, stays so, and comes back with a touch that does nothing else.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh

signal() { is "$(cat /sys/class/drm/card*-Virtual-1/dpms)" "$1"; }
up_for() { [ "$(cut -d. -f1 /proc/uptime)" -ge "$1" ]; }

told ''
check 'it shows' shows 5
check 'with a signal' signal On
colour=$(/srv/first_sight 20 20)
lab-touch mt 1280x800 >/dev/null

# An hour that is not now, in whatever zone the board has.
hour=$((($(date +%-H) + 6) % 24))
wait_for 240 up_for 190 # until then somebody has just plugged it in
told "[screen]\nhours = $hour:00-$hour:01\n"
check 'outside its hours it goes off' wait_for 60 said 'the screen goes off'
check 'by ending the signal' said 'off is dpms'
check 'which the card has done' wait_for 20 signal Off
check 'it says how it is' wait_for 20 has StatusText \
    'the screen is off: it is outside its hours'
sleep 8
lab-shot 31-off
pid=$(at_work)

# ---- asleep ----------------------------------------------------------------------
switches() { # of all its threads
    cat /proc/"$pid"/task/*/status | awk '/ctxt_switches/ { n += $2 } END { print n }'
}
before=$(switches)
sleep 70 # longer than the watchdog has, and than it waits to say "off" again
after=$(switches)
echo "# $((after - before)) wake-ups in 70 s"
check 'it sleeps' test $(((after - before) / 70)) -le 4
check 'the watchdog leaves it alone' is "$(at_work)" "$pid"
check 'it is still off' signal Off
check 'nothing was shown in vain' is "$(how_often 'pageflip')" 0

# ---- the television comes and goes ----------------------------------------------
lab-hdmi off
check 'it notices that the screen is gone' wait_for 40 \
    has StatusText 'the screen is switched off'
lab-hdmi on
check 'and that it is back, still outside its hours' wait_for 40 \
    has StatusText 'the screen is off: it is outside its hours'
check 'and off' wait_for 20 signal Off

# ---- a touch ----------------------------------------------------------------------
lab-touch tap 640 400
check 'a touch wakes it' wait_for 20 signal On
check 'and it says so' said 'the screen is on again'
check 'it shows the board' wait_for 20 has StatusText 'showing the board'
sleep 8
lab-shot 32-woken
lab-touch drag 900 400 300 400 200
sleep 5
lab-shot 33-the-next-touch-turns
check 'it is the same one' is "$(at_work)" "$pid"
check 'no error from the graphics card' is "$(how_often 'SDL: ')" 0

# ---- stopped and killed while it is off ---------------------------------------------
systemctl stop staffroom
sleep 3
shown=$(/srv/first_sight 20 20)
check 'stopped, it does not show' test "$shown" != "$colour"
check 'started anew it does not either' is "$(/srv/first_sight 20 20 \
    "$colour" 15 systemctl start --no-block staffroom)" never
check 'it goes off again' wait_for 60 signal Off
kill -KILL "$(at_work)"
is_another() { [ "$(at_work)" != "$pid" ] && [ "$(at_work)" != 0 ]; }
pid=$(at_work)
check 'killed, another one starts' wait_for 60 is_another
sleep 10
check 'which is off as well' wait_for 60 signal Off
told ''
check 'without hours it is on' wait_for 60 signal On
sleep 8
lab-shot 34-without-hours
finish

#!/bin/bash
# Inside the lab's machine, started with its television off.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh

check 'the screen is off' is "$(lab-hdmi status)" disconnected
check 'it waits for it' wait_for 30 has StatusText 'waiting for a screen'
check 'as a service that is well' has ActiveState active
check 'it says so once' is "$(how_often 'No screen is plugged in')" 1
check 'it shows nothing yet' is "$(how_often ': showing ')" 0
pid=$(at_work)
sleep 50 # longer than the watchdog would have
check 'the watchdog leaves it alone' is "$(at_work)" "$pid"
lab-hdmi on
check 'the screen is switched on' wait_for 60 has StatusText 'showing the board'
check 'and it shows' shows 10
check 'the same one' is "$(at_work)" "$pid"
lab-shot 21-switched-on
check 'never started again' is "$(of NRestarts)" 0

# Another screen: the lab's cannot change its modes, so this one's are told to be
# others. What SDL has is of the first.
another() {
    echo 640x480 >/tmp/modes
    mount --bind /tmp/modes "$(readlink -f /sys/class/drm/card*-Virtual-1)/modes"
}
check 'another screen' another
is_another() { [ "$(at_work)" != "$pid" ] && [ "$(at_work)" != 0 ]; }
check 'it starts again for another screen' wait_for 60 is_another
check 'and says why' said 'another screen was plugged in'
check 'no failure' is "$(how_often 'Failed with result')" 0
check 'it shows again' wait_for 60 has StatusText 'showing the board'
sleep 8
lab-shot 22-another
finish

#!/bin/bash
# Inside the lab's machine, after the package was installed there by dpkg: what
# a caretaker's week brings to a running kiosk. Screenshots are to be looked at.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh

check 'it runs as soon as it is installed' wait_for 60 has ActiveState active
check 'and will at the next start' has UnitFileState enabled
check 'it is not root' has User staffroom
check 'the login prompt made way' has ActiveState inactive getty@tty1.service
check 'it shows' shows 10
check 'on the console' said 'on KMSDRM, opengles2'
check 'it says how it is' has StatusText 'showing how to set this screen up'
lab-shot 00-no-settings

# ---- settings -----------------------------------------------------------------
card=/boot/staffroom.conf
[ ! -d /boot/firmware ] || card=/boot/firmware/staffroom.conf
printf '\357\273\277[feed]\r\nfeeed = x\r\n' >$card
check 'a mistake on the card stands on the screen' wait_for 60 \
    has StatusText 'showing what is wrong in the settings'
check 'and in the log, with its line' said 'staffroom.conf:2: there is no setting'
sleep 5
lab-shot 00-mistake
printf '\357\273\277[feed]\r\nfeed = /usr/share/staffroom/sample/feed.json\r\n' \
    >$card
check 'put right, it goes on' wait_for 60 has StatusText 'showing the board'
rm $card
told ''
check 'its own log outlives it' test "$(staffroom --log | grep -c starts)" -ge 3
check 'it shows' shows 10
lab-shot 01-first
uid=$(stat -c %U:%a /var/lib/staffroom)
check 'what it keeps is its own' is "$uid" staffroom:700
check 'nothing on stderr but a few lines' test "$(how_often .)" -lt 40

# ---- the first picture ----------------------------------------------------------
colour=$(/srv/first_sight 20 20)
showings() { how_often '^(<6>)?staffroom: showing '; }
systemctl stop staffroom
before=$(showings)
/srv/first_sight 20 20 "$colour" 60 systemctl start --no-block staffroom |
    sed 's/^/# ms to the picture: /'
check 'the picture is there before the graphics driver' is "$(showings)" "$before"
check 'and stays as that takes over' \
    is "$(/srv/first_sight 20 20 "!$colour" 10 true)" never
check 'which it has' test "$(showings)" -gt "$before"
check 'and it is the same' is "$(/srv/first_sight 20 20)" "$colour"

# ---- touch --------------------------------------------------------------------
lab-touch mt 1280x800 >/dev/null
sleep 3
lab-touch drag 900 400 300 400 200
sleep 4
lab-shot 02-swiped

# ---- a panel that looks like a mouse -----------------------------------------------
looks_like() { # KEY…: what udev calls a panel with these keys
    python3 - "$@" <<'END'
import subprocess
import sys

from evdev import AbsInfo, UInput, ecodes as e

axis = AbsInfo(0, 0, 32767, 0, 0, 0)
panel = UInput({e.EV_KEY: [e.ecodes[key] for key in sys.argv[1:]],
                e.EV_ABS: [(e.ABS_X, axis), (e.ABS_Y, axis)]}, name="panel")
subprocess.run(["udevadm", "settle"], check=True)
print(subprocess.run(["udevadm", "info", "-q", "property", panel.device.path],
                     check=True, capture_output=True, text=True).stdout)
END
}
is_panel() { looks_like "$@" | grep -qx ID_INPUT_TOUCHSCREEN=1; }
check 'a panel with a mouse button is a panel' is_panel BTN_LEFT BTN_TOUCH
is_mouse() { looks_like "$@" | grep -qx ID_INPUT_MOUSE=1; }
check 'a mouse is a mouse' is_mouse BTN_LEFT

# ---- a keyboard with a plug -------------------------------------------------------
lab-touch kbd >/dev/null
sleep 3
timeout 8 cat </dev/tty1 >/tmp/leak &
sleep 1
lab-touch type 'whoami\n'
lab-touch key RIGHT
sleep 3
lab-shot 03-key-right
wait
check 'no key reaches the console behind it' test ! -s /tmp/leak
check 'the prompt is not back' has ActiveState inactive getty@tty1.service
lab-touch unplug kbd

pid=$(at_work)

# ---- the cable of the screen -------------------------------------------------------
lab-hdmi off
check 'it notices that the screen is off' wait_for 40 \
    has StatusText 'the screen is switched off'
lab-hdmi on
check 'and that it is back' wait_for 40 has StatusText 'showing the board'
check 'without starting again' is "$(at_work)" "$pid"
sleep 3
lab-shot 04-off-and-on

# ---- network, clock ---------------------------------------------------------------
lab-net off
sleep 5
lab-net on
lab-clock jump 7200
check 'it hears of another time at once' wait_for 5 said 'clock was set, by \+7'
sleep 8
lab-shot 05-two-hours-later
check 'network and clock do not move it' is "$(at_work)" "$pid"

# ---- it hangs; it is killed ----------------------------------------------------------
pid=$(at_work)
kill -STOP "$pid"
check 'one that hangs is ended by the watchdog' wait_for 90 \
    said 'Watchdog timeout' staffroom
is_another() { [ "$(at_work)" != "$pid" ] && [ "$(at_work)" != 0 ]; }
check 'and another one starts' wait_for 60 is_another
pid=$(at_work)
check 'which shows' wait_for 60 has StatusText 'showing the board'
for _ in 1 2 3 4 5 6 7; do
    kill -KILL "$(at_work)"
    wait_for 60 is_another
    pid=$(at_work)
done
check 'seven kills in a row do not end it' wait_for 60 has ActiveState active
sleep 15
lab-shot 06-after-kills

# ---- hardening -----------------------------------------------------------------------
exposed=$(systemd-analyze security --no-pager staffroom.service |
    sed -n 's/.*exposure level.*: \([0-9.]*\) .*/\1/p')
echo "# exposure $exposed"
check 'but it could set how bright a panel is' nsenter -t "$(at_work)" -m \
    findmnt -n -O rw /sys/devices
check 'hardened' awk "BEGIN { exit !($exposed <= 2.0) }"
systemctl status --no-pager -n 0 staffroom | sed 's/^/# /'
# For what the next start measures: what it costs to stand still.
told '[screen]\nreduce_motion = yes\n'
finish

#!/bin/bash
# Inside a lab's machine that has cage and Chromium as well: from the start of a
# service to its first picture, ours and that of a browser with the same picture.
# When it is there is read off the glass by first_sight (tests/bench), which takes
# next to nothing from either; a screenshot a second later is for somebody to look
# at, and for run.sh to judge.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh
rounds=${ROUNDS:-5} cold_rounds=${COLD_ROUNDS:-3}

# race NAME-ROUND SECONDS UNIT: one start of the unit, and its end.
race() {
    local ms
    ms=$(/srv/first_sight 20 20 "$colour" "$2" systemctl start --no-block "$3")
    echo "# race $1 $ms"
    sleep 1
    lab-shot "$1"
    systemctl stop "$3"
    sleep 4
}

# The host gives an emulated machine its memory when it is first touched, and
# slowly: not while somebody's start is measured.
touch_memory() {
    mkdir /run/memory
    mount -t tmpfs -o size=90% tmpfs /run/memory
    dd if=/dev/zero of=/run/memory/all bs=1M 2>/dev/null \
        count=$(($(awk '/MemAvailable/ { print $2 }' /proc/meminfo) * 9 / 10240))
    umount /run/memory
}

# As after the power was off: nothing of the disk is in memory.
forget_disk() {
    sync
    echo 3 >/proc/sys/vm/drop_caches
    sleep 2
}

# cage wants to give up root's rights itself, so it is started with them by a
# user who has none; and it wants a binary for X11, which it never starts here.
useradd --system --groups video,render,input browser
chmod u+s /usr/bin/cage
[ -e /usr/bin/Xwayland ] || install -m 755 /bin/true /usr/bin/Xwayland
cat >/etc/systemd/system/browser.service <<'END'
[Unit]
Conflicts=getty@tty1.service staffroom.service
[Service]
User=browser
TTYPath=/dev/tty1
StandardInput=tty-force
StandardOutput=journal
Environment=XDG_RUNTIME_DIR=/run/browser HOME=/var/lib/browser
Environment=WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 LIBSEAT_BACKEND=builtin
RuntimeDirectory=browser
StateDirectory=browser
ExecStart=/usr/bin/cage -- /usr/bin/chromium --no-sandbox --kiosk --no-first-run \
    --ozone-platform=wayland --disable-gpu --password-store=basic \
    file:///srv/page/index.html
KillMode=mixed
TimeoutStopSec=10
END
systemctl daemon-reload
told ''
check 'it shows' shows 20
lab-shot slide
colour=$(/srv/first_sight 20 20)
systemctl stop staffroom
touch_memory
# Chromium has its folders and the disk has been read once, as on any morning.
systemctl start browser
sleep 90
lab-shot browser-warm
check 'the browser runs' pgrep -f type=renderer
systemctl stop browser
sleep 4
# Each once uncounted: what the other pushed out of memory is read again.
race ours-0 60 staffroom
race browser-0 120 browser
for ((i = 1; i <= rounds; i++)); do
    race "ours-$i" 60 staffroom
    race "browser-$i" 120 browser
done
for ((i = 1; i <= cold_rounds; i++)); do
    forget_disk
    race "ours-cold-$i" 60 staffroom
    forget_disk
    race "browser-cold-$i" 240 browser
done
journalctl -b -q -u browser --no-pager | tail -n 5 | sed 's/^/# /'
finish

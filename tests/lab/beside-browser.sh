#!/bin/bash
# Inside a lab's machine that has cage and Chromium as well: from the start of a
# service to its first picture, ours and that of a browser with the same picture.
# What is seen is seen by screenshots, taken one after another; the number in
# their names is when, in milliseconds after the start.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh
rounds=${ROUNDS:-5}

now_ms() { awk '{ printf "%d\n", $1 * 1000 }' /proc/uptime; }

# watch NAME SECONDS COMMAND…
watch() {
    local name=$1 until begun at
    until=$(($(now_ms) + $2 * 1000))
    shift 2
    begun=$(now_ms)
    "$@"
    while at=$(now_ms) && [ "$at" -lt $until ]; do
        lab-shot "$(printf '%s-%06d' "$name" $((at - begun)))"
    done
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
systemctl stop staffroom
# Chromium has its folders and the disk has been read once, as on any morning.
systemctl start browser
sleep 90
lab-shot browser-warm
check 'the browser runs' pgrep -f type=renderer
systemctl stop browser
for ((i = 1; i <= rounds; i++)); do
    watch "ours-$i" 15 systemctl start --no-block staffroom
    systemctl stop staffroom
    sleep 3
    watch "browser-$i" 60 systemctl start --no-block browser
    systemctl stop browser
    sleep 3
done
journalctl -b -q -u browser --no-pager | tail -n 5 | sed 's/^/# /'
finish

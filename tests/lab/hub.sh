#!/bin/bash
# Inside the lab's machine, with the hub's package installed: it alone, and two
# partnerships beside it that cannot see each other.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh

main=staffroom-hub.service
check 'it runs as soon as it is installed' wait_for 60 has ActiveState active $main
check 'and will at the next start' has UnitFileState enabled $main
check 'it answers' wait_for 20 curl -sf http://127.0.0.1:8080/healthz
check 'it serves the style' curl -sf -o /dev/null http://127.0.0.1:8080/web/style.css
check 'it says where to set it up' said 'Set it up, once, at http' staffroom-hub
check 'what it keeps is its own' is \
    "$(stat -c %U:%a /var/lib/staffroom-hub)" staffroom-hub:700

for name in north south; do
    printf 'socket = /run/staffroom-hub-%s/hub.sock\nbehind_proxy = yes\n' $name \
        >/etc/staffroom/hub-$name.conf
    check "a hub for $name" systemctl start staffroom-hub@$name
    check "it answers at its socket" curl -sf \
        --unix-socket /run/staffroom-hub-$name/hub.sock http://hub/healthz
done
pid=$(of MainPID staffroom-hub@north.service)
check 'north sees its own' nsenter -t "$pid" -m test -e \
    /var/lib/staffroom-hubs/north/hub.sqlite
check 'north does not see south' bash -c "! nsenter -t $pid -m test -e \
    /var/lib/staffroom-hubs/south"
check 'nor the one without a name' bash -c "! nsenter -t $pid -m test -e \
    /var/lib/staffroom-hub/hub.sqlite"
check 'the folder of a socket is for its group' is \
    "$(stat -c %U:%G:%a /run/staffroom-hub-north)" \
    staffroom-hub:staffroom-hub:750

kill -STOP "$(of MainPID $main)"
check 'one that hangs is ended by the watchdog' wait_for 90 \
    said 'Watchdog timeout' staffroom-hub
check 'and is back' wait_for 60 curl -sf http://127.0.0.1:8080/healthz
systemctl restart $main
check 'told to stop it stops well' bash -c \
    "! journalctl -b -u $main --no-pager -n 8 | grep -q 'Failed with'"

for unit in $main staffroom-hub@north.service; do
    exposed=$(systemd-analyze security --no-pager $unit |
        sed -n 's/.*exposure level.*: \([0-9.]*\) .*/\1/p')
    echo "# exposure of $unit $exposed"
    check "$unit is hardened" awk "BEGIN { exit !($exposed <= 2.0) }"
done
check 'purged' dpkg -P staffroom-hub
left=$(ls -d /var/lib/staffroom* /etc/staffroom 2>/dev/null)
check 'nothing is left of it' is "$left" ''
finish

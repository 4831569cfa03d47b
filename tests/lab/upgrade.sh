#!/bin/bash
# Inside the lab's machine, with the package installed: upgrades that go well
# and badly, and taking it away. Debs beside it: the same with a higher version,
# one whose program does not start, and one whose scripts are broken.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh
export DEBIAN_FRONTEND=noninteractive

version() { dpkg-query -W -f '${Version}' staffroom; }
is_running_as_before() { is "$(at_work)" "$pid" && has ActiveState active; }

check 'it shows' shows 3
echo mine >/var/lib/staffroom/mine
sed -i 's/^#touch = on$/touch = off/' /etc/staffroom/staffroom.conf
systemctl restart staffroom
check 'it shows with that' wait_for 60 \
    has StatusText 'showing how to set this screen up'
pid=$(at_work)

# ---- one that fails keeps the old one running ------------------------------------
out=$(dpkg -i /srv/debs2/broken-program.deb 2>&1)
check 'a program that does not start is not installed in silence' \
    grep -q 'does not start on this machine' <<<"$out"
check 'and the old one goes on' is_running_as_before
dpkg -i /srv/debs2/broken-script.deb >/tmp/out 2>&1
check 'a broken script is noticed' test $? -ne 0
check 'and the old one goes on all the same' is_running_as_before

# A disk that has no room for the new one.
df --output=avail -B1 / | tail -n 1 >/tmp/avail
fallocate -l $(($(</tmp/avail) - 400 * 1024)) /var/full
dd if=/dev/zero of=/var/full2 bs=4k 2>/dev/null
dpkg -i /srv/debs2/newer.deb >/tmp/out 2>&1
check 'a full disk is noticed' test $? -ne 0
check 'and the old one goes on there, too' is_running_as_before
rm -f /var/full /var/full2
sync

# ---- one that goes well ------------------------------------------------------------
out=$(dpkg -i /srv/debs2/newer.deb 2>&1)
check 'an upgrade after all that' test $? -eq 0 || echo "$out"
check 'is the new one' is "$(version)" "$NEWER"
is_another() { [ "$(at_work)" != "$pid" ] && [ "$(at_work)" != 0 ]; }
check 'which runs' is_another
check 'and shows' wait_for 60 has StatusText 'showing how to set this screen up'
check 'what was kept is kept' is "$(cat /var/lib/staffroom/mine)" mine
check 'and what was set is set' grep -qx 'touch = off' \
    /etc/staffroom/staffroom.conf

# One that was switched off by whoever looks after it stays off.
systemctl -q disable --now staffroom
dpkg -i /srv/debs2/newer.deb >/dev/null 2>&1
check 'a disabled one stays off' has ActiveState inactive
check 'and disabled' has UnitFileState disabled
systemctl -q enable --now staffroom

# ---- away with it ---------------------------------------------------------------------
check 'removed' dpkg -r staffroom
check 'it is stopped' has ActiveState inactive
check 'the login prompt is back' wait_for 20 \
    has ActiveState active getty@tty1.service
check 'what was kept is kept still' test -e /var/lib/staffroom/mine
check 'and the settings' test -e /etc/staffroom/staffroom.conf
check 'installed once more' dpkg -i /srv/debs2/newer.deb
check 'it runs again' wait_for 60 has ActiveState active
check 'purged' dpkg -P staffroom
left=$(find / -xdev -path /opt -prune -o -path /proc -prune -o \
    -iname '*staffroom*' -print 2>/dev/null | grep -v '^/run\|^/tmp')
check 'nothing is left of it' is "$left" ''
finish

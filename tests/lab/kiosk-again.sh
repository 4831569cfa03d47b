#!/bin/bash
# The same machine, started anew: it comes by itself.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh

check 'it shows after a start of the machine' shows 10
check 'the login prompt made way' has ActiveState inactive getty@tty1.service
check 'once is enough' is "$(of NRestarts)" 0
lab-shot 11-next-morning

# ---- standing still: a slide may turn meanwhile, without a fade ------------------
pid=$(at_work)
woken() { # THREADS…
    cat "$@" | awk '/^voluntary_ctxt/ { n += $2 } END { print n }'
}
written() { awk '/^write_bytes/ { print $2 }' /proc/"$pid"/io; }
ui=$(woken /proc/"$pid"/status) all=$(woken /proc/"$pid"/task/*/status)
wrote=$(written)
sleep 60
echo "# in a minute: $(($(woken /proc/"$pid"/status) - ui)) wake-ups of the UI" \
    "thread, $(($(woken /proc/"$pid"/task/*/status) - all)) of all," \
    "$(($(written) - wrote)) bytes written," \
    "$(awk '/^VmRSS/ { print $2 }' /proc/"$pid"/status) kB resident"
check 'nothing is written while nothing happens' is $(($(written) - wrote)) 0
systemd-analyze critical-chain staffroom.service --no-pager | sed 's/^/# /'
journalctl -b -q -o short-monotonic -u staffroom --no-pager | head -5 | sed 's/^/# /'
finish

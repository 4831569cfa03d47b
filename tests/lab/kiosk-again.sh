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
# How often each thread was woken, by its name; the UI's bears the program's.
woken() {
    local task
    for task in /proc/"$pid"/task/*; do
        awk -v name="$(tr " " _ <"$task"/comm)" \
            '/^voluntary_ctxt/ { print name, $2 }' "$task"/status
    done
}
written() { awk '/^write_bytes/ { print $2 }' /proc/"$pid"/io; }
woken >/tmp/woken
wrote=$(written)
sleep 60
woken | awk 'NR == FNR { n[$1] -= $2; next } { n[$1] += $2 }
    END {
        for (name in n) { if (n[name]) list = list " " name " " n[name]; sum += n[name] }
        print "# wake-ups in a minute: " sum " of all threads:" list
    }' /tmp/woken -
echo "# $(($(written) - wrote)) bytes written," \
    "$(awk '/^VmRSS/ { print $2 }' /proc/"$pid"/status) kB resident"
check 'nothing is written while nothing happens' is $(($(written) - wrote)) 0
systemd-analyze critical-chain staffroom.service --no-pager | sed 's/^/# /'
journalctl -b -q -o short-monotonic -u staffroom --no-pager | head -5 | sed 's/^/# /'
finish

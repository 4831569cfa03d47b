# Sourced by what runs inside the lab's machine, as root: the lines it prints,
# and what it asks of the kiosk there.
# shellcheck shell=bash

failed=0

ok() {
    printf 'ok %s\n' "$1"
}

# not_ok WHAT LINE…: and the lines that say what was seen instead.
not_ok() {
    printf 'not ok %s\n' "$1"
    shift
    [ $# -eq 0 ] || printf '%s\n' "$@" | tail -n 15 | sed 's/^/    /'
    failed=1
}

# check WHAT COMMAND…
check() {
    local what=$1 out
    shift
    if out=$("$@" 2>&1); then ok "$what"; else not_ok "$what" "$out"; fi
}

# wait_for SECONDS COMMAND…: repeats it until it succeeds. (lab-wait is a program
# of its own, which knows no function of ours.)
wait_for() {
    local until=$(($(cut -d. -f1 /proc/uptime) + $1)) # clocks may jump
    shift
    until "$@" >/dev/null 2>&1; do
        if [ "$(cut -d. -f1 /proc/uptime)" -ge $until ]; then
            "$@"
            return
        fi
        sleep 0.5
    done
}

finish() {
    exit $failed
}

is() {
    [ "$1" = "$2" ] || {
        echo "\"$1\" is not \"$2\""
        return 1
    }
}

# of PROPERTY [UNIT]: as systemd has it.
of() {
    systemctl show -P "$1" "${2:-staffroom.service}"
}

# has PROPERTY VALUE [UNIT]
has() {
    is "$(of "$1" "${3:-staffroom.service}")" "$2"
}

# said PATTERN [UNIT]: in the journal of this boot.
said() {
    journalctl -b -q -o cat -u "${2:-staffroom}" --no-pager | grep -qE -- "$1"
}

how_often() {
    journalctl -b -q -o cat -u "${2:-staffroom}" --no-pager | grep -cE -- "$1"
}

# A picture stands once the log says on what it is shown, and some time later.
shows() {
    wait_for 120 said '^(<6>)?staffroom: showing ' || return
    sleep "${1:-5}"
}

# told SETTINGS: these, and the sample as the board (a service that is told of none
# says how it is set up); begun anew with them.
told() {
    printf '[feed]\nfeed = /usr/share/staffroom/sample/feed.json\n%b' "$1" \
        >/etc/staffroom/staffroom.conf
    systemctl restart staffroom
    wait_for 60 has StatusText 'showing the board'
}

# at_work: the main process, which differs after each start.
at_work() {
    of MainPID
}

#!/bin/bash
# What systemd is told, by both programs as they are: ready, how it goes, that
# the loop still turns, and that it ends. A small listener stands for systemd.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
hub=${STAFFROOM_HUB:-$PWD/build/asan/staffroom-hub}

cat >"$work/systemd.py" <<'END'
import socket
import sys

s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print("listening", flush=True)
while True:
    print(s.recv(4096).decode(), flush=True)
END

# listen NAME: what it is told then stands in $work/NAME.heard.
listen() {
    heard=$work/$1.heard
    export NOTIFY_SOCKET=$work/$1.socket
    : >"$heard"
    python3 "$work/systemd.py" "$NOTIFY_SOCKET" >"$heard" &
    listener=$!
    hears listening
}

# hears LINE: within 20 s.
hears() {
    for _ in $(seq 200); do
        ! grep -qx -- "$1" "$heard" || return 0
        sleep 0.1
    done
    return 1
}

heard() { # WHAT LINE
    if hears "$2"; then ok "$1"; else not_ok "$1" "$(<"$heard")"; fi
}

# How often it was told so by now.
count() {
    grep -cx -- "$1" "$heard"
}

# Within 20 s, and however seldom anything else happens.
heard_again() { # WHAT LINE
    local before
    before=$(count "$2")
    for _ in $(seq 200); do
        [ "$(count "$2")" -le "$before" ] || {
            ok "$1"
            return
        }
        sleep 0.1
    done
    not_ok "$1" "$(<"$heard")"
}

stop() { # PROCESS WHAT
    kill "$1"
    wait "$1"
    says "$2" 0 $?
}

end_listening() {
    kill $listener
    wait $listener 2>/dev/null
    unset NOTIFY_SOCKET
}

# ---- the hub ------------------------------------------------------------------

listen hub
WATCHDOG_USEC=600000 "$hub" --data "$work/data" --listen 127.0.0.1:0 \
    >"$work/hub.out" 2>"$work/hub.err" </dev/null &
pid=$!
heard "the hub is ready" READY=1
heard "and alive" WATCHDOG=1
heard_again "also while nobody asks" WATCHDOG=1
kill -STOP $pid
sleep 0.5
before=$(count WATCHDOG=1)
sleep 1.5
says "one that hangs is not alive" "$before" "$(count WATCHDOG=1)"
kill -CONT $pid
stop $pid "it ends when it is told to"
heard "and says so" STOPPING=1
end_listening

# ---- the kiosk ------------------------------------------------------------------

if command -v Xvfb >/dev/null; then
    listen kiosk
    WATCHDOG_USEC=600000 tests/with-screen.sh 800x480 "$STAFFROOM" \
        --config "$work/plain.conf" --feed "$sample" >"$work/out" 2>"$work/err" \
        </dev/null &
    pid=$!
    heard "the kiosk is ready" READY=1
    heard "it says how it is" 'STATUS=showing the board'
    heard "and is alive" WATCHDOG=1
    heard_again "also while a slide stands" WATCHDOG=1
    pkill -TERM -P $pid -x staffroom
    heard "it says that it ends" STOPPING=1
    wait $pid
    is_clean "$work/err" || not_ok "without a word from the sanitizers" "$reports"
    end_listening
else
    skip "the kiosk is ready" "Xvfb is not installed"
fi

if grep -qsx connected /sys/class/drm/card*-*/status; then
    skip "it waits for a screen" "a screen is plugged in here"
else
    listen dark
    "$STAFFROOM" --config "$work/plain.conf" --feed "$sample" >"$work/out" \
        2>"$work/err" </dev/null &
    pid=$!
    heard "it waits for a screen" 'STATUS=waiting for a screen'
    heard "as a service that is well" READY=1
    sleep 3 # two looks
    says "and says so once" 1 "$(grep -c 'No screen is plugged in' "$work/err")"
    if kill -0 $pid 2>/dev/null; then ok "it is still there"; else
        not_ok "it is still there" "$(<"$work/err")"
    fi
    kill $pid
    wait $pid
    says "and can be told to end" 143 $?
    end_listening
fi
finish

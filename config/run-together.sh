#!/bin/bash
# run-together.sh PROGRAMS FEED FOLDER [WIDTHxHEIGHT]: a hub that begins with
# FEED and a screen that it knows, side by side until one of them is ended; what
# both keep is in FOLDER, which is made anew each time. `make run` is this. The
# way the screen is added, without anybody who types letters, is the one for
# many screens at once: --add-screen, and a file hub-token of three lines.
set -eu
umask 077

programs=$1 feed=$2 folder=$3 window=${4:-}
usual=127.0.0.1:8080
school=hillcrest

hub= kiosk=
end_both() {
    for one in $kiosk $hub; do kill "$one" 2>/dev/null || true; done
    for one in $kiosk $hub; do wait "$one" 2>/dev/null || true; done
    kiosk='' hub=''
}
trap end_both EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# start_hub ADDRESS: where it is in $at; false when it could not begin there.
start_hub() {
    : >"$folder/hub.out"
    "$programs/staffroom-hub" --data "$folder/hub" --listen "$1" \
        >"$folder/hub.out" 2>"$folder/hub.log" </dev/null &
    hub=$!
    while kill -0 "$hub" 2>/dev/null; do
        # The line about setting up is the last it says.
        if grep -q '^Nobody can sign in yet' "$folder/hub.out"; then
            at=$(sed -n 's/^The hub is at //p' "$folder/hub.out")
            return
        fi
        sleep 0.1
    done
    hub=
    return 1
}

rm -rf "$folder"
mkdir -p "$folder/kiosk"
token=$("$programs/staffroom-hub" --data "$folder/hub" --sample "$feed" \
    --add-screen "Hillcrest staffroom" --school $school)
start_hub $usual || start_hub "${usual%:*}:0" || {
    cat "$folder/hub.log" >&2
    exit 1
}
printf '%s\n' "$token" "$at" $school >"$folder/kiosk/hub-token"
printf '[hub]\nhub = %s\n[storage]\ncache = %s\n' "$at" "$folder/cache" \
    >"$folder/kiosk.conf"

# Bash gives /dev/null to what it starts beside itself; the console's keyboard
# is wanted here.
STATE_DIRECTORY=$folder/kiosk "$programs/staffroom" \
    --config "$folder/kiosk.conf" ${window:+--window "$window"} <&0 &
kiosk=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do # without a display it ends at once
    kill -0 $kiosk 2>/dev/null || break
    sleep 0.1
done
! kill -0 $kiosk 2>/dev/null || cat <<EOF

The screen shows what the hub at $at has.
To look after it, open this in a browser and choose a name and a password:

    $(sed -n 's/^Nobody can sign in yet.* at //p' "$folder/hub.out")

${window:+Esc in its window, or }Ctrl-C here ends both. The next "make run" begins afresh.
EOF
status=0
wait $kiosk || status=$?
kiosk=
exit $status

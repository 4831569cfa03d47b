#!/bin/bash
# with-screen.sh 1920x1080 COMMAND…: runs it on an X screen of that size which
# exists only in memory and goes away with the command. Exit status: its own.
# SCREEN_FOLDER: a folder where Xvfb keeps the screen's pixels in the file
# Xvfb_screen0, for a program that wants to watch them.
set -u
size=$1
shift
number=$(mktemp)
Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp -noreset \
    ${SCREEN_FOLDER:+-fbdir "$SCREEN_FOLDER"} 3>"$number" >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -f "$number"' EXIT
for ((i = 0; i < 100; i++)); do
    [ ! -s "$number" ] || break
    sleep 0.1
done
[ -s "$number" ] || { echo "Xvfb did not start" >&2; exit 1; }
DISPLAY=:$(<"$number") "$@"

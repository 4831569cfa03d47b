#!/bin/bash
# The first days of a screen on a wall, as nobody with a keyboard is there:
# without settings, with settings on the boot partition, with a mistake in them,
# with nothing that could be written to, and after a pulled plug, what it logged.
# In a file system of its own, so that this machine's settings are left alone.
set -u
cd "$(dirname "$0")/.." || exit 1

if [ -z "${STAFFROOM_OWN_MOUNTS:-}" ]; then
    # As root without a namespace of users, where that is not allowed to others.
    for how in -m -rm; do
        if unshare $how true 2>/dev/null; then
            STAFFROOM_OWN_MOUNTS=1 exec unshare $how bash "$0"
        fi
    done
    echo "ok the first days # SKIP no file system of its own is allowed here"
    exit 0
fi
# shellcheck source=tests/tap.sh
. tests/tap.sh
for tool in Xvfb python3 xdotool zbarimg; do
    command -v $tool >/dev/null || {
        skip "the first days" "$tool is not installed"
        finish
    }
done

# ---- this machine, as a fresh one ---------------------------------------------

card=$work/boot/firmware
mkdir -p "$card"
mount --bind "$work/boot" /boot || {
    skip "the first days" "nothing may be mounted here"
    finish
}
[ ! -d /etc/staffroom ] || mount -t tmpfs none /etc/staffroom
conf=/boot/firmware/staffroom.conf

kiosk='' screen='' listener=''
end_all() {
    kill $kiosk $screen $listener 2>/dev/null
    wait 2>/dev/null
}
trap end_all EXIT

cat >"$work/systemd.py" <<'END'
import socket
import sys

s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print("listening", flush=True)
while True:
    print(s.recv(4096).decode(), flush=True)
END
heard=$work/heard
python3 "$work/systemd.py" "$work/socket" >"$heard" &
listener=$!

mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1280x720x24 -nolisten tcp -noreset -fbdir "$work" \
    3>"$work/number" 2>"$work/xvfb.log" &
screen=$!
read -r number <"$work/number"
export DISPLAY=:$number

# shot NAME: the screen as it is, for people to look at (convert shows it).
shot() {
    sleep 0.5
    cp "$work/Xvfb_screen0" "${STAFFROOM_LOOK:-$work}/$1.xwd"
}

# until_true SECONDS COMMAND…: true as soon as it is.
until_true() {
    local left=$(($1 * 10))
    shift
    while ! "$@"; do
        [ $((left -= 1)) -gt 0 ] || return 1
        sleep 0.1
    done
}

# start: as systemd does, or with STARTS=person.
start() {
    : >"$work/log"
    if [ "${STARTS:-service}" = service ]; then
        NOTIFY_SOCKET=$work/socket STATE_DIRECTORY=$work/state \
            CACHE_DIRECTORY=$work/cache "$STAFFROOM" 2>"$work/log" &
    else
        "$STAFFROOM" --window 640x360 2>"$work/log" &
    fi
    kiosk=$!
}

logs() { grep -qE -- "$1" "$work/log"; }
logged() { # WHAT PATTERN: within 20 s
    if until_true 20 logs "$2"; then ok "$1"; else
        not_ok "$1" "$(<"$work/log")"
    fi
}

has_ended() { ! kill -0 $kiosk 2>/dev/null; }
# ends WHAT STATUS: within 30 s, without a word from the sanitizers.
ends() {
    if until_true 30 has_ended; then
        wait $kiosk
        says "$1" "$2" $?
    else
        not_ok "$1" "it goes on" "$(<"$work/log")"
        kill $kiosk
        wait $kiosk
    fi
    is_clean "$work/log" || not_ok "$1: without a fault" "$reports"
}

stop() {
    kill $kiosk
    ends "it ends when it is told to" 0
}

# ---- no settings ----------------------------------------------------------------

until_true 20 grep -qx listening "$heard"
start
logged "without settings it says how to be set up" \
    'showing how to set this screen up on '
until_true 20 grep -qx 'STATUS=showing how to set this screen up' "$heard" &&
    ok "and to systemd, too" || not_ok "and to systemd, too" "$(<"$heard")"
shot 1-no-settings
# Whoever stands there to set it up asks for the network card.
sleep 1
xdotool key F1
sleep 2
shot 1-network-card
says "the network card opens there, too" "This screen waits for its settings." \
    "$(zbarimg -q --raw -Sdisable -Sqrcode.enable "xwd:$work/Xvfb_screen0" \
        2>/dev/null | head -n 1)"
xdotool key Escape
says "nothing was fetched, so nothing is kept" "staffroom.log" \
    "$(ls "$work/state" "$work/cache" 2>/dev/null | grep -v : | xargs)"
printf '[hub]\r\n' >"$card/staffroom.conf.txt"
ends "a file on the card is noticed" 75
start
logged "one with a name that Windows made longer is named" \
    'staffroom.conf.txt is not read: its name has to be staffroom.conf'
shot 2-misnamed
rm "$card/staffroom.conf.txt"
ends "it is taken away" 75

# ---- a mistake -----------------------------------------------------------------

printf '\357\273\277[feed]\r\nfeeed = x\r\n' >$conf
start
logged "a mistake leaves no wall dark" 'showing what is wrong in the settings on '
logged "the log has its line" "staffroom: $conf:2: there is no setting \"feeed\""
shot 3-mistake
# What is asked for by somebody at a keyboard fails as ever.
run "$STAFFROOM" --list
says "for --list it is an error" "2 $conf:2:" \
    "$status $(grep -o "$conf:2:" "$work/err")"
run "$STAFFROOM" --config $conf
says "and with --config" 2 $status
printf '\357\273\277[feed]\r\nfeed = nowhere.json\r\ntouch = on\r\n' >$conf
ends "another mistake is another start" 75
start
logged "and is told" "$conf:3: touch belongs under"
printf '\357\273\277[feed]\r\nfeed = %s\r\n' "$sample" >$conf
ends "the file is put right" 75
start
logged "and it shows the board" "showing $sample on "
logged "the log says whose settings these are" "the settings are those in $conf"
cp $conf "$work/boot/staffroom.conf"
sleep 6 # two looks
if has_ended; then
    not_ok "a kiosk with a board leaves its settings alone" "$(<"$work/log")"
else
    ok "a kiosk with a board leaves its settings alone"
fi
stop
rm "$work/boot/staffroom.conf"

# Nobody starts it again for a person: it goes on by itself.
printf '[feed]\nfeeed = x\n' >$conf
STARTS=person start
logged "a person is shown it, too" 'showing what is wrong in the settings on '
printf '[feed]\nfeed = %s\n' "$sample" >$conf
logged "and then the board, by the same process" "showing $sample on "
stop
rm $conf
STARTS=person start
logged "a person without settings sees the sample" 'showing .*sample/feed.json on '
stop

# ---- its own log -----------------------------------------------------------------

printf '[feed]\nfeed = %s\n' "$sample" >$conf
before=$(grep -c 'staffroom [0-9.]* starts' "$work/state/staffroom.log")
start
logged "it runs" "showing $sample on "
kill -9 $kiosk
wait $kiosk 2>/dev/null
STATE_DIRECTORY=$work/state run "$STAFFROOM" --log
cp "$work/out" "$work/kept"
says "its log outlives a pulled plug" "$((before + 1))" \
    "$(grep -c 'staffroom [0-9.]* starts' "$work/kept")"
if tail -n 1 "$work/kept" | grep -qE '^20[0-9-]+T[0-9:]+Z \+[0-9]+s '; then
    ok "each line has its time"
else
    not_ok "each line has its time" "$(tail -n 3 "$work/kept")"
fi
grep -q "showing $sample on" "$work/kept" &&
    ok "and what was logged" || not_ok "and what was logged" "$(<"$work/kept")"
says "nobody else may read it" 600 "$(stat -c %a "$work/state/staffroom.log")"

# ---- for IT, beside the service ---------------------------------------------------

mkdir -p "$work/var/staffroom"
cp -R "$work/state/." "$work/var/staffroom"
rm -rf "$HOME/.local/state/staffroom"
mount --bind "$work/var" /var/lib
run "$STAFFROOM" --export "$work/none.csv"
says "--export finds what the service keeps" \
    "1 staffroom: There are no post-its on this screen" "$status $(<"$work/err")"
run "$STAFFROOM" --log
says "so does --log" "0 $(cksum <"$work/kept")" "$status $(cksum <"$work/out")"
mkdir -p "$HOME/.local/state/staffroom"
run "$STAFFROOM" --export "$work/none.csv"
says "who has a kiosk of their own has their own" \
    "1 staffroom: No post-its have been written on this screen yet" \
    "$status $(cut -d: -f1-2 "$work/err")"
umount /var/lib

# ---- where nothing can be kept ----------------------------------------------------

rm -rf "$work/state" "$work/cache"
mkdir "$work/state" "$work/cache"
mount -t tmpfs none "$work/state"
start
logged "in memory: it says what will be lost" \
    'state is in memory \(tmpfs\): post-its, .* may be gone'
stop
says "and has its store there all the same" yes \
    "$([ -e "$work/state/postits.db" ] && echo yes)"
umount "$work/state"

mount -t tmpfs -o ro none "$work/state"
mount -t tmpfs -o ro none "$work/cache"
start
logged "read-only: it shows the board" "showing $sample on "
logged "and says that post-its cannot be kept" 'post-its cannot be kept: '
sleep 1
if has_ended; then not_ok "and goes on" "$(<"$work/log")"; else ok "and goes on"; fi
stop
umount "$work/state" "$work/cache"

mount -t tmpfs -o size=64k none "$work/state"
head -c 100000 /dev/zero >"$work/state/full" 2>/dev/null
start
logged "a full disk: it shows the board" "showing $sample on "
logged "and says that post-its cannot be kept there" 'post-its cannot be kept: '
stop
umount "$work/state"

rm -rf "$work/state" "$work/cache"
: >"$work/state"
: >"$work/cache"
start
logged "no folders at all: it shows the board" "showing $sample on "
logged "and says what is lost" 'nothing can be kept for a day without network: '
stop
finish

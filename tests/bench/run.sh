#!/bin/bash
# Prints what the kiosk costs beside the least possible (a bare SDL program,
# cJSON alone) and beside Chromium in kiosk mode showing the same feed, all
# measured in this run on this machine; then what becomes of fingers and
# post-its. Needs about ten minutes. Numbers, not tests: nothing here fails
# because a machine is slow.
set -eu
cd "$(dirname "$0")/../.."
. tests/bench/proc.sh

bin=build/release/tests/bench
work=build/bench
font=assets/fonts/AtkinsonHyperlegibleNext_400Regular.ttf
rounds=${BENCH_ROUNDS:-9}
still_s=${BENCH_STILL_S:-30}
rows=$work/rows
postit_rows=$work/postit-rows
mkdir -p "$work/home"
export HOME=$PWD/$work/home XDG_CACHE_HOME="" XDG_RUNTIME_DIR=""
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS STAFFROOM_FEED

say() { echo "  $*" >&2; }
row() { printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$rows"; }
median() { sort -n | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }'; }

# ---- what is started --------------------------------------------------------

# The feed comes from a real web server, so that the cache is the real one.
serve() {
    local log=$work/server.log
    python3 -u -m http.server --bind 127.0.0.1 --directory build/sample 0 \
        >"$log" 2>&1 &
    server=$!
    for ((i = 0; i < 50; i++)); do
        port=$(sed -n 's/.*port \([0-9]*\).*/\1/p' "$log")
        [ -z "$port" ] || return 0
        sleep 0.1
    done
    say "the web server did not start"
    return 1
}

# One idea and nothing else, photo and all: a slide that stands still.
make_still_feed() {
    python3 - build/sample/feed.json >build/sample/still.json <<'PYTHON'
import json, sys
feed = json.load(open(sys.argv[1], encoding="utf-8"))
kind = lambda item: item.get("_staffroom", {}).get("kind")
feed["items"] = [i for i in feed["items"] if kind(i) == "idea"][:1]
print(json.dumps(feed))
PYTHON
}

settings() { # NAME: a kiosk with a cache of its own, and its feed
    printf '[feed]\nfeed = http://127.0.0.1:%s/%s.json\n[storage]\ncache = %s\n' \
        "$port" "$1" "$PWD/$work/cache-$1" >"$work/$1.conf"
}

use_browser() {
    chromium=
    for name in chromium chromium-browser google-chrome; do
        [ -n "$chromium" ] || chromium=$(command -v "$name" || true)
    done
    python3 tests/bench/page.py build/sample/feed.json >"$work/page.html"
    browser=("$chromium" --kiosk --no-sandbox --disable-gpu --no-first-run
        --disable-background-networking --disable-component-update
        --disable-sync --no-default-browser-check --password-store=basic
        "--window-position=0,0" "--window-size=1920,1080"
        --user-data-dir="$PWD/$work/chromium" "file://$PWD/$work/page.html")
}

kiosk=(build/release/staffroom --config "$work/feed.conf")
still_kiosk=(build/release/staffroom --config "$work/still.conf")

# ---- exec to first picture --------------------------------------------------

# What each showed first is kept in build/bench/first-*.ppm.
first_picture() { # WHO COMMAND…: adds a time to start-WHO
    local who=$1
    shift
    "$bin/first_picture" 60 "$work/first-$who.ppm" "$@" \
        >>"$work/start-$who" 2>>"$work/$who.log" || true
}

measure_start() {
    local who
    say "exec to first picture, $rounds rounds …"
    "${kiosk[@]}" >/dev/null 2>>"$work/ours.log" & # fills the cache
    sleep 4
    kill $! && wait $! || true
    [ -z "$chromium" ] || first_picture chromium "${browser[@]}"
    for who in ours bare chromium; do
        : >"$work/start-$who"
    done
    for ((i = 0; i < rounds; i++)); do
        first_picture ours "${kiosk[@]}"
        first_picture bare "$bin/bare_sdl" "$font"
        [ -z "$chromium" ] || first_picture chromium "${browser[@]}"
    done
    row "exec to first picture, cached board, ms" \
        "$(median <"$work/start-ours")" "$(median <"$work/start-bare")" \
        "$(median <"$work/start-chromium")" "≤ 80"
}

# ---- standing still ---------------------------------------------------------

# stand_still NAME COMMAND…: fills the files NAME-{pss,switches,cpu}.
stand_still() {
    local name=$1 pid from_switches from_cpu from to
    shift
    say "$name standing still for $still_s s …"
    "$@" >/dev/null 2>>"$work/$name.log" &
    pid=$!
    sleep 12
    from=$(date +%s%N) from_switches=$(switches $pid) from_cpu=$(cpu_us $pid)
    sleep "$still_s"
    to=$(date +%s%N)
    awk -v n=$(($(switches $pid) - from_switches)) -v ns=$((to - from)) \
        'BEGIN { printf "%.2f\n", n / (ns / 1e9) }' >"$work/$name-switches"
    awk -v us=$(($(cpu_us $pid) - from_cpu)) -v ns=$((to - from)) \
        'BEGIN { printf "%.3f\n", 100 * us / (ns / 1e3) }' >"$work/$name-cpu"
    pss_kib $pid | awk '{ printf "%.1f\n", $1 / 1024 }' >"$work/$name-pss"
    kill $(tree_of $pid) 2>/dev/null || true
    wait $pid 2>/dev/null || true
}

measure_still() {
    local f
    rm -f "$work"/chromium-{pss,switches,cpu}
    stand_still ours "${still_kiosk[@]}"
    stand_still bare "$bin/bare_sdl" "$font"
    [ -z "$chromium" ] || stand_still chromium "${browser[@]}"
    for f in "pss:PSS on a slide standing still, MiB:≤ 34" \
        "switches:context switches a second, standing still:≤ 0.5" \
        "cpu:CPU standing still, % of a core:≤ 0.03"; do
        row "$(cut -d: -f2 <<<"$f")" "$(cat "$work/ours-${f%%:*}")" \
            "$(cat "$work/bare-${f%%:*}")" "$(cat "$work/chromium-${f%%:*}" 2>/dev/null)" \
            "${f##*:}"
    done
}

# ---- fading, painting, reading ----------------------------------------------

measure_fade() { # WxH PROMISE
    local numbers
    say "cross-fade at $1 …"
    numbers=$(tests/with-screen.sh "$1" "$bin/fade" 2>>"$work/ours.log") ||
        numbers=
    set -- "$1" "$2" $numbers
    row "cross-fade at $1, median frame, ms" "${4:-}" "" "" "$2"
    row "cross-fade at $1, 99th in a hundred, ms" "${5:-}" "" "" "≤ 16"
}

measure_paint() {
    local worst
    say "painting every slide …"
    STAFFROOM_ASSETS=assets "$bin/paint" build/sample/feed.json 1920x1080 >"$work/paint" \
        2>>"$work/ours.log" || true
    worst=$(sort -k3 -n "$work/paint" | tail -n 1)
    row "slowest slide at 1080p from nothing, warm, ms" \
        "$(cut -d' ' -f3 <<<"$worst")" "" "" "≤ 10"
    worst=$(sort -k2 -n "$work/paint" | tail -n 1)
    row "slowest slide, the first time ever, ms" \
        "$(cut -d' ' -f2 <<<"$worst")" "" "" ""
}

measure_reading() {
    say "reading 2 MiB …"
    "$bin/read_feed" assets/fonts >"$work/read" 2>>"$work/ours.log" || true
    of() { awk -v name="$1" -v n="$2" '$1 == name { print $n }' "$work/read"; }
    row "2 MiB feed with 500 items: read, ms" "$(of read 2)" "$(of cjson 2)" "" ""
    row "… and its first slide laid out, ms" "$(of first-slide 2)" "" "" "≤ 150"
    row "… and every slide laid out, ms" "$(of every-slide 2)" "" "" "≤ 150"
    row "2 MiB feed: more memory while reading, MiB" "$(of read 3)" \
        "$(of cjson 3)" "" "≤ 40"
    row "… and every slide laid out, MiB" "$(of every-slide 3)" "" "" "≤ 40"
}

# ---- post-its ---------------------------------------------------------------

postit_row() { printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$postit_rows"; }

# three FILE WHAT: "median / p99 / most", as a benchmark printed them there.
three() {
    awk -v what="$2" '$1 == what { print $2 " / " $3 " / " $4 }' "$1" 2>/dev/null
}

memory() { awk -v when="$2" '$1 == "pss" && $2 == when { print $3 }' "$1"; }

# The real program with a store of its own on a real disk, touched and watched
# from outside. Its panel's size is given, so that ours is the same.
touch_on_screen() {
    local state=$PWD/$work/state screen=$SCREEN_FOLDER/Xvfb_screen0
    rm -rf "$state"
    mkdir -p "$state"
    printf '[feed]\nfeed = %s\n[screen]\nscreen_diagonal_in = 43\n[storage]\ncache = %s\n' \
        "$PWD/build/sample/feed.json" "$PWD/$work/cache-touch" >"$work/touch.conf"
    "$bin/touch" floor "$screen" "$bin/bare_touch" >"$work/touch-floor" \
        2>>"$work/bare.log" || say "the floor could not be touched"
    STATE_DIRECTORY=$state STAFFROOM_ASSETS=assets \
        "$bin/touch" kiosk "$screen" build/sample/feed.json "$work/touch.conf" \
        "$state" build/release/staffroom --config "$work/touch.conf" \
        >"$work/touch" 2>>"$work/ours.log" || say "the kiosk could not be touched"
}

measure_touch() {
    local folder f=$work/touch floor=$work/touch-floor
    say "touching, typing and posting …"
    folder=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
    SCREEN_FOLDER=$folder tests/with-screen.sh 1920x1080 "$0" touch-on-screen
    rm -rf "$folder"
    postit_row "finger down to changed pixels, ms" "$(three "$f" down)" \
        "$(three "$floor" down)" "≤ 16.7" "a square in bare SDL"
    postit_row "\"Add a post-it\" to the composer, ms" "$(three "$f" open)" \
        "$(three "$floor" down)" "" "the same"
    postit_row "\"Post it\" to \"Up on this board\", ms" "$(three "$f" up)" \
        "$(three "$f" fsync)" "≤ 150" \
        "4 KiB and fsync on $(stat -f -c %T "$work/state")"
    postit_row "letters kept, of 40 typed in 2 s, 5 times" \
        "$(awk '$1 == "kept" { print $2 " of " $3 }' "$f")" "" "all" ""
    postit_row "PSS on a slide, MiB" "$(memory "$f" slide)" \
        "$(memory "$floor" bare)" "" "bare SDL"
    postit_row "PSS with the composer open, MiB" "$(memory "$f" composer)" \
        "$(memory "$floor" bare)" "≤ 40" "the same"
    postit_row "… after 20 post-its, MiB" "$(memory "$f" later)" \
        "$(memory "$floor" bare)" "≤ 40" "the same"
}

measure_board() {
    local count f=$work/board-5000 few=$work/board-20
    for count in 20 5000; do
        say "a board of $count post-its …"
        STAFFROOM_ASSETS=assets "$bin/full_board" build/sample/feed.json \
            $count >"$work/board-$count" 2>>"$work/ours.log" || true
    done
    postit_row "5,000 post-its: a page turned, ms" "$(three "$f" page)" \
        "$(three "$few" page)" "≤ 16" "with 20 post-its"
    postit_row "… of that on the processor, ms" "$(three "$f" page-cpu)" \
        "$(three "$f" fill-cpu)" "" "one colour all over"
    postit_row "5,000 post-its: a key, ms" "$(three "$f" key)" \
        "$(three "$few" key)" "≤ 16" "with 20 post-its"
    postit_row "5,000 post-its: each minute, ms" "$(three "$f" minute)" \
        "$(three "$few" minute)" "≤ 16" "the same"
}

# ---- all of it --------------------------------------------------------------

on_screen() { # the part that needs a screen; run by with-screen.sh
    serve
    trap 'kill $server 2>/dev/null || true' EXIT
    make_still_feed
    settings feed
    settings still
    use_browser
    measure_start
    measure_still
}

print_tables() {
    echo
    awk -F '\t' 'BEGIN {
        printf "%-48s %9s %9s %9s  %s\n", "medians of this run", "ours", \
            "floor", "Chromium", "promise"
    } { for (i = 2; i <= 4; i++) if ($i == "") $i = "-"
        printf "%-48s %9s %9s %9s  %s\n", $1, $2, $3, $4, $5
    }' "$rows"
    echo "floor: a bare SDL program that shows one line; cJSON alone for reading"
    echo
    awk -F '\t' 'BEGIN {
        printf "%-44s %22s %22s  %-8s %s\n", "post-its: median / p99 / most", \
            "ours", "beside it", "promise", "which is"
    } { for (i = 2; i <= 3; i++) if ($i == "") $i = "-"
        printf "%-44s %22s %22s  %-8s %s\n", $1, $2, $3, $4, $5
    }' "$postit_rows"
}

if [ "${1:-}" = on-screen ]; then
    on_screen
    exit
fi
if [ "${1:-}" = touch-on-screen ]; then
    touch_on_screen
    exit
fi
read -r load _ </proc/loadavg
: >"$rows"
: >"$postit_rows"
rm -f "$work"/*.log
tests/with-screen.sh 1920x1080 "$0" on-screen
measure_fade 1920x1080 "≤ 3"
measure_fade 3840x2160 "≤ 10"
measure_paint
measure_reading
measure_touch
measure_board

print_tables | tee "$work/report.txt"
echo
tests/bench/calendar.sh | tee -a "$work/report.txt"
use_browser
[ -n "$chromium" ] || echo "chromium is not installed: nothing to compare with"
awk -v load="$load" 'BEGIN { if (load > 0.7)
    print "the machine was busy before this began (load " load "): times are too long" }'
echo "what was said on the way is in $work/*.log, the first pictures in *.ppm"

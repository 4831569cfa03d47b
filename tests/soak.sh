#!/bin/bash
# soak.sh DAYS SPEED: shows the sample for so many days of its own clock, which
# runs SPEED times as fast, and prints its memory as it goes. A month at 100
# takes seven hours. Fails when what was held in the last quarter is more than
# 1 MiB above what was held in the second: the first is for warming up.
set -eu
cd "$(dirname "$0")/.."
. tests/bench/proc.sh
days=$1 speed=$2
work=build/soak
mkdir -p "$work"

soak() {
    local seconds every start=$SECONDS
    seconds=$(awk -v d="$days" -v s="$speed" 'BEGIN { printf "%.0f", d * 86400 / s }')
    every=$((seconds > 2400 ? 60 : seconds / 40 + 1))
    printf '[feed]\nfeed = %s\n[storage]\ncache = %s\n' \
        "$PWD/build/sample/feed.json" "$PWD/$work/cache" >"$work/soak.conf"
    echo "$days days at $speed times the speed: $((seconds / 60)) min"
    build/release/staffroom --config "$work/soak.conf" --speed "$speed" \
        2>"$work/stderr.log" &
    pid=$!
    trap 'kill $pid 2>/dev/null || true' EXIT
    : >"$work/memory"
    while [ $((SECONDS - start)) -lt "$seconds" ]; do
        sleep "$every"
        if [ ! -e "/proc/$pid/smaps_rollup" ]; then
            echo "it ended by itself; its last words:"
            tail -n 5 "$work/stderr.log"
            return 1
        fi
        echo "$((SECONDS - start)) $(rss_kib $pid) $(pss_kib $pid)" |
            tee -a "$work/memory" |
            awk -v all="$seconds" -v days="$days" '{
                printf "day %5.1f  RSS %.1f MiB  PSS %.1f MiB\n",
                    days * $1 / all, $2 / 1024, $3 / 1024 }'
    done
    kill $pid
    wait $pid || true
    verdict
}

# Start, middle and end; and whether the most that was held near the end is
# more than the most before. Not medians: a fade has two pictures more, and
# how many readings fall into one is chance.
verdict() {
    awk '{ rss[NR] = $2 }
    function most(from, until,    i, m) {
        for (i = int(from) + 1; i <= until; i++) if (rss[i] > m) m = rss[i]
        return m
    }
    END {
        early = most(NR / 4, NR / 2); late = most(NR * 3 / 4, NR)
        has_grown = (late > early + 1024)
        printf "RSS at the start %.1f, in the middle %.1f, at the end %.1f MiB\n",
            rss[1] / 1024, rss[int((NR + 1) / 2)] / 1024, rss[NR] / 1024
        printf "most in the second quarter %.1f, in the last %.1f MiB: %s\n",
            early / 1024, late / 1024, has_grown ? "it grew" : "no growth"
        exit has_grown
    }' "$work/memory"
}

if [ "${3:-}" = on-screen ]; then
    soak
else
    tests/with-screen.sh 1920x1080 "$0" "$days" "$speed" on-screen
fi

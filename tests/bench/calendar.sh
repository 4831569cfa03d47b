#!/bin/bash
# Prints what a calendar of 1 MiB with 5,000 events costs, expanded for a year,
# beside `wc -c` and `cat` of the same bytes. `make benches all` first.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p build/bench
build/release/tests/bench/calendar build/release/staffroom-calendar \
    build/bench/calendar.ics | awk '
    BEGIN {
        what["wc"] = "wc -c (floor)"
        what["cat"] = "cat (floor)"
        what["usual"] = "5,000 events, a fifth recurring"
        what["recurring"] = "5,000 events, all recurring weekly"
        promise["usual"] = promise["recurring"] = "≤ 300"
        printf "%-36s %9s %9s %9s %9s  %s\n", "a calendar of 1 MiB", \
            "median ms", "most ms", "cpu ms", "most MiB", "promise"
    }
    { printf "%-36s %9s %9s %9s %9s  %s\n", what[$1], $2, $3, $4, $5,
        promise[$1] }'

#!/bin/bash
# Fuzzes each named target for so many seconds. What is found to be new stays
# in build/fuzz/corpus/<name>; what breaks it is kept in build/fuzz/crashes and
# shown. Copy what is worth keeping into tests/fuzz/corpus/<name>.
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=$1
shift
crashes=build/fuzz/crashes
mkdir -p "$crashes"
broken=0

for name; do
    seeds=tests/fuzz/corpus/${name#fuzz_}
    found=build/fuzz/corpus/${name#fuzz_}
    mkdir -p "$found"
    printf '%-16s %s s …\n' "$name" "$seconds"
    if "build/fuzz/tests/fuzz/$name" -max_total_time="$seconds" -timeout=10 \
        -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="$crashes/$name-" "$found" "$seeds" \
        2>"$crashes/$name.log"; then
        sed -n 's/^stat::number_of_executed_units: */    inputs tried: /p' \
            "$crashes/$name.log"
    else
        broken=$((broken + 1))
        tail -n 40 "$crashes/$name.log" | sed 's/^/    | /'
    fi
done
echo "$broken of $# broke; what broke them is in $crashes"
[ $broken -eq 0 ]

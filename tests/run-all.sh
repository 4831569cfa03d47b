#!/bin/bash
# Every check there is, one line each, the whole output of those that fail, and
# as the last line how many passed. `make check` calls this once the packages
# are there. Logs stay in build/check/.
set -u
cd "$(dirname "$0")/.." || exit 1

make=${MAKE:-make}
logs=build/check
rm -rf "$logs"
mkdir -p "$logs" build/cppcheck

fixtures=${STAFFROOM_FIXTURES:-../shared/fixtures}
if [ -d "$fixtures" ]; then
    STAFFROOM_FIXTURES=$(cd "$fixtures" && pwd)
    export STAFFROOM_FIXTURES
else
    unset STAFFROOM_FIXTURES
fi
# The same everywhere: nobody's desktop, nobody's settings.
unset DISPLAY WAYLAND_DISPLAY XDG_CONFIG_HOME STAFFROOM_GOLDEN
export XDG_CACHE_HOME=$PWD/$logs/cache
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1
export STAFFROOM=$PWD/build/asan/staffroom
export STAFFROOM_STRICT=$PWD/build/strict/staffroom
export STAFFROOM_HUB=$PWD/build/asan/staffroom-hub
export STAFFROOM_CALENDAR=$PWD/build/asan/staffroom-calendar
export STAFFROOM_CALENDAR_STRICT=$PWD/build/strict/staffroom-calendar

# How many checks run side by side. More than there are cores: most of the time
# of most of them is spent waiting for something to be late.
lanes=$(($(nproc) * 2))
# Ctrl-C ends what runs beside us too: the shell keeps it from them.
trap 'for job in $(jobs -p); do pkill -P "$job"; done; exit 130' INT TERM

# tally NAME PASSED FAILED SKIPPED: the line about a check, and its output when
# there is something to say, written at once because others are writing too;
# the numbers go into a file, to be added up at the end.
tally() {
    local word=ok counts="$2 passed"
    [ "$4" -eq 0 ] || { word=SKIPPED counts+=", $4 skipped"; }
    [ "$3" -eq 0 ] || { word=FAILED counts+=", $3 failed"; }
    echo "$2 $3 $4" >"$logs/$1.count"
    {
        printf '%-8s %-38s %s (%d s)\n' "$word" "$1" "$counts" \
            $((SECONDS - began))
        if [ "$word" = FAILED ]; then
            { # the sentences first: a leak report can be very long
                grep -E 'error|ERROR|FAILED|^not ok' "$logs/$1.log" |
                    head -n 25
                echo "--- the end of $logs/$1.log"
                tail -n 25 "$logs/$1.log"
            } | sed 's/^/    | /'
        elif [ "$word" = SKIPPED ]; then
            grep -i 'skip' "$logs/$1.log" | sed 's/^/    | /'
        fi
    } >"$logs/$1.said"
    flock "$logs" cat "$logs/$1.said"
}

# beside COMMAND…: runs it as soon as a lane is free.
beside() {
    while [ "$(jobs -rp | wc -l)" -ge "$lanes" ]; do wait -n; done
    "$@" &
}

# log NAME COMMAND…: runs it into its log and gives its exit status.
log() {
    local name=$1 status
    shift
    began=$SECONDS
    timeout -k 10 240 "$@" >"$logs/$name.log" 2>&1 </dev/null
    status=$?
    [ $status -ne 124 ] || echo "took longer than 240 s" >>"$logs/$name.log"
    # What a sanitizer says is a failure whatever the program made of it.
    if grep -qE 'runtime error:|ERROR: [A-Za-z]+Sanitizer|WARNING: Thread' \
        "$logs/$name.log"; then
        [ $status -ne 0 ] || status=1
    fi
    return $status
}

# One yes or no.
check() {
    local name=$1
    if log "$@"; then tally "$name" 1 0 0; else tally "$name" 0 1 0; fi
}

skip() {
    began=$SECONDS
    echo "SKIPPED: $2" >"$logs/$1.log"
    tally "$1" 0 0 1
}

count_of() { # the number in the last line of the log like "[ WHAT ] 12 test"
    sed -nE "s/.*\[ +$2 +\] ([0-9]+) test.*/\1/p" "$logs/$1.log" | tail -n 1
}

# A cmocka program: as many checks as it has tests. One that dies counts as one
# failure more than it could report.
check_cmocka() {
    local name=$1 status good bad not_run
    log "$@"
    status=$?
    good=$(count_of "$name" PASSED) bad=$(count_of "$name" FAILED)
    not_run=$(count_of "$name" SKIPPED)
    if [ $status -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then bad=1; fi
    if [ $status -eq 0 ] && [ -z "$good$not_run" ]; then bad=1; fi
    tally "$name" "${good:-0}" "${bad:-0}" "${not_run:-0}"
}

# A script that prints "ok …", "not ok …" and "ok … # SKIP why".
check_script() {
    local name=$1 status good bad not_run
    log "$@"
    status=$?
    not_run=$(grep -ciE '^ok\b.*# *skip' "$logs/$name.log")
    good=$(($(grep -cE '^ok\b' "$logs/$name.log") - not_run))
    bad=$(grep -cE '^not ok\b' "$logs/$name.log")
    if [ $status -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    if [ $status -eq 0 ] && [ $((good + bad + not_run)) -eq 0 ]; then bad=1; fi
    tally "$name" "$good" "$bad" "$not_run"
}

# build NAME VARIANT TARGETS…: everything that can be built, is.
build() {
    local name=$1 variant=$2
    shift 2
    echo "building $name …"
    began=$SECONDS
    if "$make" --no-print-directory -k VARIANT="$variant" "$@" \
        >"$logs/$name.log" 2>&1; then
        tally "$name" 1 0 0
    else
        tally "$name" 0 1 0
    fi
}

data_race_tests() {
    local t
    for t in tests/test_worker.c; do
        [ ! -e "$t" ] || echo "build/tsan/${t%.c}"
    done
}

# TSan of gcc 12 cannot start where the kernel scatters addresses too widely;
# then without scattering, and where that is not allowed, not at all.
check_data_races() {
    local program=$1 name=tsan-${1##*/}
    timeout 1 "$program" >"$logs/$name.try" 2>&1 </dev/null
    if ! grep -q 'unexpected memory mapping' "$logs/$name.try"; then
        check_cmocka "$name" "$program"
    elif setarch -R true 2>/dev/null; then
        check_cmocka "$name" setarch -R "$program"
    else
        skip "$name" "ThreadSanitizer cannot start on this kernel"
    fi
}

build program-strict strict all benches
build program-asan asan all tests fuzzers
mapfile -t racy < <(data_race_tests)
[ ${#racy[@]} -eq 0 ] || build tests-tsan tsan "${racy[@]}"

# The longest first, so that none is left running alone at the end.
for program in "${racy[@]}"; do
    beside check_data_races "$program"
done
for t in tests/e2e_*.sh; do
    [ -e "$t" ] || continue
    beside check_script "$(basename "$t" .sh)" bash "$t"
done

# legacyUninitvar: cppcheck's old guess, which takes "read it through a pointer"
# for "never set"; uninitvar is the one that follows values.
# duplicateAssignExpression: two sizes may well be equal today.
# normalCheckLevelMaxBranches: a newer cppcheck telling how long it looks.
beside check cppcheck cppcheck -q --std=c11 --language=c -Isrc \
    -D_GNU_SOURCE -D__linux__ --enable=warning,performance,portability \
    --cppcheck-build-dir=build/cppcheck --inline-suppr --error-exitcode=1 \
    --suppress=missingIncludeSystem --suppress=legacyUninitvar \
    --suppress=duplicateAssignExpression \
    --suppress=normalCheckLevelMaxBranches src
if command -v clang >/dev/null; then
    beside build clang-analyze strict analyze
else
    skip clang-analyze "clang is not installed"
fi

for t in tests/test_*.c; do
    name=$(basename "$t" .c)
    beside check_cmocka "$name" "build/asan/tests/$name"
    # What opens windows is run once without a screen and once with.
    if grep -q '^// links:.*src/sdl/glass\.c' "$t"; then
        beside check_cmocka "$name-x11" tests/with-screen.sh 1280x720 \
            "build/asan/tests/$name"
    fi
done

for t in tests/fuzz/fuzz_*.c; do
    name=$(basename "$t" .c)
    corpus=(tests/fuzz/corpus/"${name#fuzz_}")
    case $name in fuzz_feed | fuzz_screen)
        [ -z "${STAFFROOM_FIXTURES:-}" ] ||
            corpus+=("$STAFFROOM_FIXTURES"/{json,feeds}) ;;
    fuzz_calendar)
        corpus+=(tests/calendars)
        [ -z "${STAFFROOM_FIXTURES:-}" ] ||
            corpus+=("$STAFFROOM_FIXTURES"/ics) ;;
    esac
    beside check "$name" "build/asan/tests/fuzz/$name" "${corpus[@]}"
done
beside check rooms tests/check-rooms.sh
beside check security-table tests/check-security.sh
[ -n "${STAFFROOM_FIXTURES:-}" ] ||
    skip fixtures "there is no ../shared/fixtures, nor STAFFROOM_FIXTURES"
wait

read -r passed failed skipped < <(cat "$logs"/*.count |
    awk '{ p += $1; f += $2; s += $3 } END { print p, f, s }')
[ "$skipped" -eq 0 ] || echo "$skipped SKIPPED (see above for why)"
echo "logs are in $logs; this took $SECONDS s"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

#!/bin/bash
# soak-postits.sh SECONDS [SEED]: tries to make the store of post-its lose one.
# First the disks that a power cut may leave behind and every call to the disk
# refused; then, until the time is up, a thousand post-its through a process
# that is killed three hundred times, each round with the next seed, and after
# ten of them other disks. Says the seed of what failed. Logs stay in
# build/soak-postits/.
set -u
cd "$(dirname "$0")/.." || exit 1
seconds=$1 seed=${2:-$(date +%j%H%M)}
seed=$((10#$seed))
work=build/soak-postits
mkdir -p "$work"
export STAFFROOM_SOAK=1

# run NAME: its numbers as they come, the rest into a log.
run() {
    local name=$1 log=$work/$1.log
    echo "$((SECONDS / 60)) min: $name, seed $STAFFROOM_SOAK_SEED"
    "build/asan/tests/$name" 2>"$log.errors" | tee "$log" |
        grep --line-buffered -E '^[0-9]+ ' | sed -u 's/^/    /'
    [ "${PIPESTATUS[0]}" -eq 0 ] && return
    tail -n 20 "$log" "$log.errors"
    echo "FAILED: $name with STAFFROOM_SOAK_SEED=$STAFFROOM_SOAK_SEED"
    exit 1
}

export STAFFROOM_SOAK_SEED=$seed
export STAFFROOM_ONLY=what_was_said_to_be_up_survives_being_killed
run test_kiosk_store
run test_bad_disk
run test_power_cut
rounds=1
while [ $SECONDS -lt "$seconds" ]; do
    STAFFROOM_SOAK_SEED=$((STAFFROOM_SOAK_SEED + 1))
    run test_kiosk_store
    rounds=$((rounds + 1))
    [ $((rounds % 10)) -ne 0 ] || run test_power_cut
done
echo "$rounds rounds of killing in $((SECONDS / 60)) min: no post-it lost"

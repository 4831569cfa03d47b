#!/bin/bash
# Runs what compares with tests/golden/ with leave to write it instead, then
# shows what changed. Only a person can say whether the change was meant: read
# the diff, look at the pictures, and commit them with the change that caused
# them.
set -eu
cd "$(dirname "$0")/.."
export STAFFROOM_GOLDEN=write
export STAFFROOM=$PWD/build/asan/staffroom
export STAFFROOM_STRICT=$PWD/build/strict/staffroom
mkdir -p tests/golden

status=0
for t in $(grep -lE 'golden_matches|STAFFROOM_GOLDEN' tests/test_*.c \
    tests/e2e_*.sh 2>/dev/null); do
    echo "$t"
    case $t in
    *.c) "build/asan/${t%.c}" || status=$? ;;
    *.sh) bash "$t" || status=$? ;;
    esac
done
git status --short -- tests/golden || true
git --no-pager diff --stat -- tests/golden || true
exit $status

#!/bin/bash
# Every test that the table of tests/README.md names for a row of the security
# standard is there. Prints those that are not.
set -u
cd "$(dirname "$0")/.." || exit 1
missing=0 named=0
while IFS=: read -r file test; do
    named=$((named + 1))
    case $file in
    test_*) found=tests/$file.c ;;
    *) found=$(find tests -name "$file") ;;
    esac
    if [ ! -e "$found" ] || ! grep -qF -- "$test" "$found"; then
        echo "tests/README.md names $file:$test, which is not there"
        missing=1
    fi
done < <(sed -n '/^## Security, row by row/,$p' tests/README.md |
    grep -oE '`[a-z_0-9-]+(\.[a-z]+)?:[^`]+`' | tr -d '`')
[ "$named" -gt 50 ] || { echo "only $named tests are named"; missing=1; }
exit $missing

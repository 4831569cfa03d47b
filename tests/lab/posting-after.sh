#!/bin/bash
# The same machine after the power came back.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh

check 'it shows after the power failed' shows 10
check 'what was posted is there' is 1 "$(sqlite3 -readonly \
    /var/lib/staffroom/postits.db "SELECT count(*) FROM postit WHERE text = 'power'")"
check 'and the store is sound' is ok "$(sqlite3 -readonly \
    /var/lib/staffroom/postits.db 'PRAGMA integrity_check')"
lab-touch kbd >/dev/null
sleep 3
for page in 1 2 3 4; do
    lab-touch key RIGHT
    sleep 5
    lab-shot 43-page-$page
done
finish

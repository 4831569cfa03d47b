#!/bin/bash
# Inside the lab's machine: a post-it is written by touch and keyboard; the power
# fails as soon as the screen may have said that it is up. (What the disk was
# given and not told to flush is then lost.)
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh

written() {
    sqlite3 -readonly /var/lib/staffroom/postits.db \
        "SELECT count(*) FROM postit WHERE text = 'power'" 2>/dev/null
}
is_written() { [ "$(written)" = 1 ]; }

told ''
check 'it shows' shows 6
lab-touch mt 1280x800 >/dev/null
lab-touch kbd >/dev/null
sleep 3
lab-touch tap 1110 743 # Add a post-it
sleep 6
lab-touch type 'power'
sleep 6
lab-shot 41-written
lab-touch tap 1147 55 # Post it
wait_for 20 is_written && lab-powercut
lab-shot 42-not-posted
check 'it was posted, and the power failed' false
finish

#!/bin/bash
# A coordinator's whole week in Chromium, at a desk and on a phone, with axe on
# every page. STAFFROOM_LOOK=FOLDER keeps the pictures.
. tests/tap.sh
. tests/hub_tap.sh

if ! [ -d build/browser/node_modules ] || ! command -v chromium >/dev/null; then
    skip "a coordinator's week in a browser" "no Playwright or no chromium here"
    finish
fi

week() { # WIDTH
    rm -rf "$work/data"
    start
    first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
    timeout 110 node tests/browser/week.mjs "$at" "$first" "$1" \
        "${STAFFROOM_LOOK:-}" || not_ok "the week at $1 pixels ends" "exit $?"
    stop
    says "the hub ends well after the week at $1 pixels" 0 "$stopped"
}

week 1280
week 390
if is_clean "$work/hub.err"; then
    ok "no sanitizer spoke"
else
    not_ok "no sanitizer spoke" "$reports"
fi
finish

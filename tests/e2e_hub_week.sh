#!/bin/bash
# A coordinator's whole week in Chromium, at a desk (e2e_hub_week_phone.sh: on a
# phone), with axe on every page. STAFFROOM_LOOK=FOLDER keeps the pictures.
. tests/tap.sh
. tests/hub_tap.sh

if ! [ -d build/browser/node_modules ] || ! command -v chromium >/dev/null; then
    skip "a coordinator's week in a browser" "no Playwright or no chromium here"
    finish
fi

start --kiosk-program "$STAFFROOM_STRICT"
first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
timeout 220 node tests/browser/week.mjs "$at" "$first" "${width:-1280}" \
    "${STAFFROOM_LOOK:-}"
ended=$?
[ $ended -le 1 ] || not_ok "the week ends in time" "exit $ended"
[ $ended -eq 0 ] || failed=1
stop
says "the hub ends well after it" 0 "$stopped"
if is_clean "$work/hub.err"; then
    ok "no sanitizer spoke"
else
    not_ok "no sanitizer spoke" "$reports"
fi
says "no words, names or passwords are in the log" "" \
    "$(grep -E "Danielle|Zoë|strange photo|kettles|lanterns" "$work/hub.err")"
finish

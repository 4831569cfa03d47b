#!/bin/bash
# Every field of the hub's pages filled with what a careless page would run, in
# Chromium, which must run none of it.
. tests/tap.sh
. tests/hub_tap.sh

if ! [ -d build/browser/node_modules ] || ! command -v chromium >/dev/null; then
    skip "nothing typed is ever run" "no Playwright or no chromium here"
    finish
fi

start
first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
timeout 200 node tests/browser/strange.mjs "$at" "$first" ||
    not_ok "the walk with strange words ends" "exit $?"
stop
says "the hub ends well after it" 0 "$stopped"
if is_clean "$work/hub.err"; then
    ok "no sanitizer spoke"
else
    not_ok "no sanitizer spoke" "$reports"
fi
finish

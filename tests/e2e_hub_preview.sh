#!/bin/bash
# The slides on the page This week, by the real hub and the real kiosk program:
# that they are the pictures which that program draws, that the hub answers
# others meanwhile, and what happens when the program hangs, crashes or is not
# there. STAFFROOM_LOOK=FOLDER keeps pictures of the page.
. tests/tap.sh
. tests/hub_tap.sh

password='seven quiet kettles'
when='day=2026-11-26&time=10:42'

has() { # how often WORDS stand in the page
    grep -cF "$1" "$work/page"
}

pictures() { # their addresses on the page
    grep -o '/preview/[0-9]*/[0-9]*/[a-z]*/[0-9]*' "$work/page"
}

size_of() { # of the first picture on the page
    visit "$(pictures | head -n 1)"
    python3 tests/png.py size "$work/page" | cut -d" " -f1
}

start --sample "$sample" --kiosk-program "$STAFFROOM_STRICT"
first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
visit "$first"
send "$first" "name=Maria" "password=$password" "again=$password" \
    "title=Northside" "zone=Europe/London" "schools=Hillcrest Primary"
says "the hub is set up" 303 "$status"

visit /this-week
says "there is a form, and no pictures yet" "200 1 0" \
    "$status $(has 'Show the slides') $(has '<img')"
visit "/this-week?$when&screen=wide"
cp "$work/page" "$work/shown"
says "a moment that was chosen is drawn" "200 1" \
    "$status $(has 'Thursday 26 November at 10:42')"

# What the program draws by itself, from the feed the hub gives to screens.
visit /feed.json
cp "$work/page" "$work/feed.json"
cp "$work/shown" "$work/page"
"$STAFFROOM_STRICT" --config "$work/plain.conf" --render "$work/own" \
    --feed "$work/feed.json" --at 2026-11-26T10:42 --size 960x540 \
    >"$work/own.out" 2>"$work/own.err"
says "as many pictures as the program draws" "$(wc -l <"$work/own.out")" \
    "$(pictures | wc -l)"
says "each with its size and words for who does not see it" \
    "$(pictures | wc -l)" \
    "$(grep -cE '<img src="[^"]*" width="960" height="540" alt="[^"]+">' \
        "$work/page")"
meetings=$(pictures | tail -n 1)
visit "$meetings"
says "a picture is one" "200 image/png no-store" "$status $(
    sed -n 's/^content-type: \(.*\)\r$/\1/Ip' "$work/head") $(
    sed -n 's/^cache-control: \(.*\)\r$/\1/Ip' "$work/head")"
# No names are on this one, so the feed for everybody gives the same bytes.
says "and the very one that the program draws" yes \
    "$(cmp -s "$work/page" "$(tail -n 1 "$work/own.out")" && echo yes)"
says "in a folder for the hub alone" "700" \
    "$(stat -c %a "$work/data/preview")"
says "nothing but pictures is kept" "" \
    "$(find "$work/data/preview" -type f ! -name '[0-9]*.png')"

for shape in small:800x480 upright:540x960; do
    visit "/this-week?$when&screen=${shape%:*}"
    says "it is drawn $shape" "200 ${shape#*:}" "$status $(size_of)"
done
visit "/this-week?day=2031-03-02&time=10:42&screen=wide"
says "another day has other slides" "200 1" "$status $(
    has 'Sunday 2 March')"
visit "/this-week?day=yesterday&time=25:00"
says "what is no moment is said beside its field" "200 2" \
    "$status $(has 'aria-invalid="true"')"
visit "/this-week?day=2026-03-29&time=01:30"
says "an hour that clocks leave out as well" "200 1" \
    "$status $(has 'clocks go forward')"

says "who has not signed in sees none" "303" \
    "$(curl -sS -o "$work/none" -w '%{http_code}' "$at$meetings")"
for wrong in /preview/1/1/wide/1 "${meetings%/*}/99" "${meetings%/*}/0" \
    "${meetings%/wide/*}/..%2f/1" "${meetings%/wide/*}/huge/1"; do
    visit "$wrong"
    [ "$status" = 404 ] || [ "$status" = 400 ] || break
done
says "what is not kept is not there" "404" "$status"

# --- whether words would fit, before they are saved ---

long=$(for _ in $(seq 40); do printf 'What do our pupils know '; done)

# save PATH FIELD…: the form for a new entry, as somebody fills it.
save() {
    local path=$1
    shift
    visit "$path"
    revision=$(grep -o 'name="revision" value="[0-9]*"' "$work/page" |
        head -n 1 | cut -d'"' -f4)
    send "$path" "revision=$revision" id= "$@"
}
ask() { # DAY, HOW MANY LETTERS, FIELD…
    local on=$1 question=${long:0:$2}
    shift 2
    save /thinking-thursday "question=$question" "on=$on" asker= \
        next_asker= "$@"
}
ask 2026-12-03 590
says "what takes two pages says so before it is saved" "422 1 1" \
    "$status $(has 'on a screen it takes 2, with letters 19 mm high') $(
        has 'name="anyway"')"
ask 2026-12-03 590 anyway=yes
says "it may be saved all the same" "303 /thinking-thursday" "$status $to"
ask 2026-12-10 280
says "what only has many letters, but fits, is saved" "303 /thinking-thursday" \
    "$status $to"
idea=(title=Mystery who= school= week=2026-11-30 next_step=)
save /ideas "words=${long:0:400}" "${idea[@]}"
says "an idea in small letters says how small" "422 1" \
    "$status $(has 'letters 19 mm high on a 43-inch screen')"
save /ideas "words=${long:0:120}" "${idea[@]}"
says "one with few words does not" "303 /ideas" "$status $to"
meeting=(date=2026-12-03 start=15:45 end= last= place= notes=)
save /meetings "title=${long:0:290}" "${meeting[@]}"
says "what would be left out says so" "422 1" \
    "$status $(has 'have no room on a screen')"
save /meetings "title=Learning lunch" "${meeting[@]}"
says "a meeting like others is saved" "303 /meetings" "$status $to"
visit "/this-week?$when&screen=wide"
says "after a change pictures are drawn anew" "200 0" \
    "$status $(has "${meetings%/*}/")"

if command -v chromium >/dev/null && command -v python3 >/dev/null; then
    says "the page can be seen and touched, wide and narrow" "" \
        "$(timeout 120 python3 tests/look_at_pages.py "$at" \
            "$(sed -n 's/.*\t\(staffroom\)\t\(.*\)/\1=\2/p' "$work/jar")" \
            "${STAFFROOM_LOOK:-}" "/this-week?screen=wide&$when" \
            "/this-week?screen=upright&$when" 2>&1)"
else
    skip "the page can be seen and touched, wide and narrow" "no chromium here"
fi
stop
says "pictures go with the hub" "0 no" "$stopped $([ -e "$work/data/preview" ] ||
    echo no)"

# --- programs with bad manners ---

# bad WHAT: a program that is none of ours.
bad() {
    printf '#!/bin/sh\n%s\n' "$1" >"$work/bad"
    chmod +x "$work/bad"
}
bad 'touch "$STAFFROOM_ASSETS/began"; exec sleep 600'
mkdir -p "$work/assets"
cp -R assets/web "$work/assets/"
STAFFROOM_ASSETS=$work/assets start --kiosk-program "$work/bad"
curl -sS -m 60 -b "$work/jar" "$at/this-week?$when" >"$work/hangs" \
    2>>"$work/curl.err" &
asking=$!
for _ in $(seq 500); do
    [ ! -e "$work/assets/began" ] || break
    sleep 0.02
done
says "while a program hangs" yes "$([ -e "$work/assets/began" ] && echo yes)"
visit /healthz
says "the hub answers others" 200 "$status"
visit /this-week
says "and this page" 200 "$status"
visit "$(printf '/this-week?%s&screen=small' "$when")" -m 1
says "who waits may go away" 000 "$status"
stop
says "it ends when it is told to" 0 "$stopped"
wait "$asking"
says "and who waits hears how far it came" 1 \
    "$(grep -c 'still being drawn' "$work/hangs")"

run "$STAFFROOM_HUB" --data "$work/data" --kiosk-program staffroom
says "a program without its whole path is refused" "2 1" \
    "$status $(grep -c 'kiosk-program cannot be staffroom' "$work/err")"
bad 'kill -SEGV $$'
echo "kiosk_program = $work/bad" >"$work/hub.conf"
start --config "$work/hub.conf"
visit "/this-week?$when"
says "a crash is said, and the slides are told in words" "200 1 1" \
    "$status $(has 'could not be drawn') $(has '<strong>Meetings</strong>')"
stop
start --kiosk-program /nonexistent
visit "/this-week?$when"
says "without the program they are told in words" "200 1 1" \
    "$status $(has 'is not installed') $(has '<strong>Meetings</strong>')"
ask 2026-12-17 280
says "and letters are counted" "422 1" \
    "$status $(has 'alert">“Question” has 280 characters. Beyond 200')"
stop

if is_clean "$work/hub.err"; then
    ok "no sanitizer spoke"
else
    not_ok "no sanitizer spoke" "$reports"
fi
says "no words or names are in the log" "" \
    "$(grep -E 'sugar|Priya|mysteries|Maria' "$work/hub.err")"
finish

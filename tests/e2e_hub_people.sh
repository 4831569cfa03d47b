#!/bin/bash
# People with the real hub, each with a cookie jar of their own: Maria invites
# Sam, who chooses a password; Maria switches on codes, sees names, loses her
# phone and comes in by a recovery code; Sam forgets his password, and is
# removed. With Chromium on the machine, also how all of that looks.
. tests/tap.sh
. tests/hub_tap.sh

has() { # how often WORDS stand in the page
    grep -cF "$1" "$work/page"
}

is() { # NAME: whose browser it is from now on
    cp "$work/jar" "$work/jar-$now" 2>/dev/null
    now=$1
    touch "$work/jar-$now"
    cp "$work/jar-$now" "$work/jar"
}
now=maria

code_of() { # KEY: as a phone makes it (RFC 6238)
    python3 - "$1" <<'END'
import base64, hmac, struct, sys, time
mac = hmac.new(base64.b32decode(sys.argv[1]),
               struct.pack(">Q", int(time.time()) // 30), "sha1").digest()
at = mac[19] & 15
print("%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7fffffff) % 10**6))
END
}

address() {
    grep -oE '/welcome/[A-Za-z0-9_-]{43}' "$work/page" | head -n 1
}

look() { # PATH…: measured in a browser, wide and narrow
    local cookie
    command -v chromium >/dev/null || return 0
    cookie=$(sed -n 's/.*\t\(staffroom\)\t\(.*\)/\1=\2/p' "$work/jar")
    says "$* can be seen and touched, wide and narrow" "" \
        "$(timeout 120 python3 tests/look_at_pages.py "$at" "$cookie" \
            "${STAFFROOM_LOOK:-}" "$@" 2>&1)"
}

password='seven quiet kettles'
his='nine purple otters'

start
first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
visit "$first"
send "$first" "name=Maria" "password=$password" "again=$password" \
    "title=Northside" "zone=Europe/London" "schools=Hillcrest Primary"
visit /screens
says "the welcome says why to switch on codes" "1 1" \
    "$(has 'Switch on codes for yourself') $(has 'href="/account/codes"')"

# --- an invitation ---

visit /people
send /people name=Sam role=coordinator "own=guess"
says "inviting asks for one's own password" "422 1" "$status $(has 'id="own-wrong"')"
send /people name=Sam role=coordinator "own=$password"
link=$(address)
says "it makes an address, shown with the host it was asked from" "200 1" \
    "$status $(has "$at$link")"
says "that nobody keeps" no-store \
    "$(sed -n 's/^cache-control: \(.*\)\r$/\1/Ip' "$work/head")"
visit /people
says "and that is not shown again" "200 0 1" \
    "$status $(has "$link") $(has 'Addresses not used yet')"
is sam
visit "$link"
says "Sam opens it" "200 1" "$status $(has 'value="Sam"')"
look "$link"
send "$link" "password=password1234" "again=password1234"
says "a common password is refused" 422 "$status"
cp "$work/page" "$work/form"
send "$link" "password=$his" "again=$his"
says "a good one lets him in" "303 /account" "$status $to"
visit /people
says "as a coordinator" "200 1" "$status $(has '<h1>People</h1>')"
cp "$work/form" "$work/page"
send "$link" "password=$his" "again=$his"
says "the address works once" 404 "$status"
visit /people
send /people name=Priya role=moderator "own=$his"
link=$(address)
is nobody
visit "$link"
cp "$work/page" "$work/form"
for i in 1 2 3 4; do
    curl -sS -m 60 -H 'Sec-Fetch-Site: same-origin' -o "$work/race$i" \
        -w '%{http_code}\n' --data-urlencode "password=$his" \
        --data-urlencode "again=$his" "$at$link" >"$work/code$i" &
    racers+=($!)
done
wait "${racers[@]}"
says "even for four at the same time" "303 404 404 404" \
    "$(sort "$work"/code? | tr '\n' ' ' | sed 's/ $//')"

# --- names and codes ---

is maria
look /people /people/2 /account /account/codes /account/password /postits
visit /account/codes
key=$(grep -o '?secret=[A-Z2-7]*' "$work/page" | cut -d= -f2)
visit /account/qr.svg
says "the key is a picture of ours" "200 image/svg+xml" \
    "$status $(sed -n 's/^content-type: \(.*\)\r$/\1/Ip' "$work/head")"
says "which is well-formed" "" "$(python3 -c 'import sys, xml.dom.minidom
xml.dom.minidom.parse(sys.argv[1])' "$work/page" 2>&1)"
visit /account/codes
send /account/codes do=on "code=$(code_of "$key")" "own=$password"
says "codes are switched on" "200 1" "$status $(has '<h1>Your recovery codes</h1>')"
recovery=$(sed -n 's/^<li><code>\(.*\)<\/code><\/li>$/\1/p' "$work/page")
says "with ten recovery codes" 10 \
    "$(printf '%s\n' "$recovery" | sort -u | grep -cE '^([2-9B-Z]{4}-){5}[2-9B-Z]{4}$')"
visit /account/codes
says "and the key is not shown again" 0 "$(has "$key")"
look /people /account /account/codes /account/recovery
rm "$work/jar"
visit /sign-in
send /sign-in name=Maria "password=$password"
says "the password alone does no longer" 422 "$status"
one=$(printf '%s\n' "$recovery" | head -n 1)
send /sign-in name=Maria "password=$password" "code=$one"
says "a recovery code does" "303 /account" "$status $to"
visit /account
says "and is used up" 1 "$(has '9 of your recovery codes are left')"
rm "$work/jar"
visit /sign-in
send /sign-in name=Maria "password=$password" "code=$one"
says "for good" 422 "$status"
send /sign-in name=Maria "password=$password" \
    "code=$(printf '%s\n' "$recovery" | sed -n 2p | tr -d - | tr '[:upper:]' '[:lower:]')"
says "the next one does, as somebody types it" 303 "$status"

# --- changing others ---

visit /people/2
send /people/2 do=password "own=$password"
link=$(address)
says "Sam has forgotten his password" "200 1" "$status $(has 'works once')"
is nobody
visit "$link"
send "$link" "password=${his}s" "again=${his}s"
says "he chooses another" "303 /sign-in" "$status $to"
is sam
visit /people
says "his old session is over" 303 "$status"
visit /sign-in
send /sign-in name=Sam "password=$his"
says "the old password is no good" 422 "$status"
send /sign-in name=Sam "password=${his}s"
says "the new one is" 303 "$status"
visit /people/1
cp "$work/page" "$work/form"
is maria
visit /people/2
send /people/2 do=remove "own=$password"
says "he is removed" "303 /people" "$status $to"
is sam
cp "$work/form" "$work/page"
send /people/1 do=remove "own=${his}s"
says "at once: what he had open does nothing" "303 /sign-in" "$status $to"
is maria
visit /people
says "Maria is still there" "200 0" "$status $(has '>Sam<')"

# --- what is kept ---

stop
says "the hub ends when it is told to" 0 "$stopped"
says "no secret is kept as it is" "" "$(grep -aohF -e "$password" -e "$his" \
    -e "${link#/welcome/}" -e "$one" -e "$(tr -d - <<<"$one")" \
    "$work"/data/hub.sqlite* | sort -u)"
says "the log names nobody and no secret" "" \
    "$(grep -E "Maria|Sam|Priya|$his|$password|welcome/" "$work/hub.err")"
if is_clean "$work/hub.err"; then
    ok "no sanitizer spoke"
else
    not_ok "no sanitizer spoke" "$reports"
fi
finish

#!/bin/bash
# The kiosk on a screen in memory and nginx before it: a board over HTTPS, news,
# a server that goes and comes back, answers that are no feed, certificates,
# keys, taps and swipes. Which slide is up is decided by comparing the screen
# with what --render makes of the same feed at the same time.
#
# Four stories, side by side because most of their time is waiting for the next
# question to the server; what each has to say is printed when all have ended.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"

interval_s=15                # the shortest there is
within_s=$((interval_s + 4)) # one interval, and time to look
thursday=2026-11-26T10:42:00Z
friday=2026-11-27T09:05:00Z
screen=1280x720

PATH=$PATH:/usr/sbin # nginx, for who is not root
for tool in nginx Xvfb xdotool openssl python3; do
    if ! command -v $tool >/dev/null; then
        not_ok "$tool is installed"
        finish
    fi
done

# ---- processes --------------------------------------------------------------

# Each story is a subshell with its own list, and ends what it began.
own=()
end_all() {
    local pid
    for pid in "${own[@]}"; do
        kill "$pid" 2>/dev/null
    done
    for pid in "${own[@]}"; do
        wait "$pid" 2>/dev/null
    done
    own=()
}
trap end_all EXIT
trap 'tell; exit 1' TERM INT HUP # not one word less when it takes too long

# start_screen STORY WxH: sets DISPLAY; the screen is the file $shot.
start_screen() {
    local dir=$work/$1/screen
    mkdir -p "$dir"
    Xvfb -displayfd 3 -screen 0 "${2}x24" -nolisten tcp -noreset \
        -fbdir "$dir" 3>"$dir/number" >"$dir/log" 2>&1 &
    own+=("$!")
    for _ in {1..100}; do
        [ ! -s "$dir/number" ] || break
        sleep 0.1
    done
    DISPLAY=:$(<"$dir/number")
    export DISPLAY
    shot=$dir/Xvfb_screen0
    # Its arrow is in no picture.
    xdotool mousemove 200 2
}

# start_kiosk LOG PROGRAM ARG…: sets $kiosk.
start_kiosk() {
    kiosk_log=$1
    shift
    : >>"$kiosk_log"
    "$@" >>"$kiosk_log" 2>&1 </dev/null &
    kiosk=$!
    own+=("$kiosk")
}

is_running() {
    kill -0 "$1" 2>/dev/null
}

# ended_within SECONDS PID: its exit status in $status; false when it goes on.
ended_within() {
    for ((i = $1 * 10; i > 0; i--)); do
        if ! is_running "$2"; then
            wait "$2"
            status=$?
            return 0
        fi
        sleep 0.1
    done
    return 1
}

# What each story has to say so far.
tell() {
    cat "$work"/*.tap
}

# ---- looking ----------------------------------------------------------------

whole=0-100
below=10-100  # without the header and its clock
middle=15-85  # nor the footer, where a held slide has its ring

# know NAME FEED TIME: renders what will be looked for, as NAME/NN-slide.
know() {
    "$STAFFROOM_STRICT" --config "$work/day.conf" --render "$work/$1" \
        --feed "$2" --at "$3" --size $screen >/dev/null || return 1
    python3 tests/png.py print $whole,$below,$middle "$work/$1"/*.png |
        sed "s|$work/||; s|\.png\$||" >"$work/$1.prints"
}

# sees PATTERN SECONDS BAND NAME: waits for such a picture of those known by
# that name, and sets $seen: the one that is up, "" for none of them.
sees() {
    local seconds=$2
    is_running "$kiosk" || seconds=0
    seen=$(python3 tests/png.py wait $seconds "$3" "$1" "$shot" \
        "$work/$4.prints")
}

# must_see WHAT PATTERN SECONDS BAND NAME
must_see() {
    local what=$1
    shift
    if sees "$@"; then
        ok "$what"
    else
        cp "$shot" "$work/$story.xwd" # convert shows it
        not_ok "$what" "looked $2 s for $1; up is ${seen:-no known picture}" \
            "$(tail -n 3 "$kiosk_log")"
    fi
}

# must_say WHAT PATTERN SECONDS: in the kiosk's log, after what was there at
# `listen`.
listen() {
    heard=$(wc -l <"$kiosk_log")
}
must_say() {
    local until=$((SECONDS + $3 + 1))
    while [ $SECONDS -lt $until ]; do
        sleep 0.2
        if tail -n +$((heard + 1)) "$kiosk_log" | grep -qE "$2"; then
            ok "$1"
            return
        fi
        is_running "$kiosk" || break
    done
    not_ok "$1" "no /$2/ within $3 s in:" "$(<"$kiosk_log")"
}

must_be_clean() {
    if is_clean "$kiosk_log"; then
        ok "$1: nothing from the sanitizers"
    else
        not_ok "$1: nothing from the sanitizers" "$reports"
    fi
}

# ---- the server -------------------------------------------------------------

site=$work/site
keys=$work/keys
mkdir -p "$site"/{story,answers} "$keys"

# put FILE WHERE: all at once, as a careful editor would.
put() {
    cp "$1" "$site/$2.new" && mv "$site/$2.new" "$site/$2"
}

free_ports() {
    python3 - "$1" <<'PYTHON'
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in held:
    s.bind(("127.0.0.1", 0))
print(*[s.getsockname()[1] for s in held])
PYTHON
}

# make_certificate NAME FROM UNTIL ADDRESS [CA]: times as YYMMDDHHMMSSZ.
make_certificate() {
    local name=$1 ca=${5:-ca}
    openssl req -new -newkey rsa:2048 -nodes -subj "/CN=$name" \
        -keyout "$keys/$name.key" -out "$keys/$name.csr" 2>>"$keys/log" &&
        openssl ca -batch -config "$keys/ca.conf" -name "$ca" -notext \
            -startdate "$2" -enddate "$3" -in "$keys/$name.csr" \
            -extfile <(echo "subjectAltName = $4") \
            -out "$keys/$name.crt" 2>>"$keys/log"
}

make_certificates() {
    local ca
    for ca in ca stranger; do
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$ca" \
            -keyout "$keys/$ca.key" -out "$keys/$ca.crt" 2>>"$keys/log"
        cat <<EOF
[ $ca ]
database = $keys/$ca.index
new_certs_dir = $keys
certificate = $keys/$ca.crt
private_key = $keys/$ca.key
rand_serial = yes
default_md = sha256
policy = any
EOF
        : >"$keys/$ca.index"
    done >"$keys/ca.conf"
    printf '[ any ]\ncommonName = supplied\n' >>"$keys/ca.conf"
    local begun now later address=IP:127.0.0.1
    begun=$(date -u -d '-1 day' +%y%m%d%H%M%SZ)
    now=$(date -u -d '-1 hour' +%y%m%d%H%M%SZ)
    later=$(date -u -d '+1 day' +%y%m%d%H%M%SZ)
    make_certificate good "$begun" "$later" $address
    make_certificate expired "$begun" "$now" $address
    make_certificate early "$later" "$(date -u -d '+9 days' +%y%m%d%H%M%SZ)" \
        $address
    make_certificate other "$begun" "$later" DNS:other.example
    make_certificate unknown "$begun" "$later" $address stranger
}

# server PORT CERTIFICATE ROOT: one block of nginx's settings.
server() {
    local tls=
    if [ "$2" != none ]; then
        tls="ssl_certificate $keys/$2.crt; ssl_certificate_key $keys/$2.key;"
        echo "server { listen 127.0.0.1:$1 ssl; $tls root $3; }"
    else
        echo "server { listen 127.0.0.1:$1; root $3; }"
    fi
}

# write_nginx NAME: its settings around the servers on stdin.
write_nginx() {
    local dir=$work/nginx-$1 kind
    mkdir -p "$dir"
    {
        echo "daemon off; master_process off; pid $dir/pid;"
        echo "error_log $dir/error.log; events { }"
        echo "http { access_log $dir/access.log;"
        echo "types { application/feed+json json; image/jpeg jpg; }"
        for kind in client_body proxy fastcgi uwsgi scgi; do
            echo "${kind}_temp_path $dir/$kind;"
        done
        cat
        echo "}"
    } >"$dir/nginx.conf"
}

# start_nginx NAME PORT: sets $nginx, and returns when it answers.
start_nginx() {
    local dir=$work/nginx-$1
    nginx -e "$dir/error.log" -p "$dir" -c "$dir/nginx.conf" \
        >>"$dir/log" 2>&1 &
    nginx=$!
    own+=("$nginx")
    for _ in {1..100}; do
        ! (: <>"/dev/tcp/127.0.0.1/$2") 2>/dev/null || return 0
        sleep 0.1
    done
    return 1
}

stop_nginx() {
    kill "$nginx" && wait "$nginx" 2>/dev/null
}

# write_settings NAME
write_settings() {
    # A panel of a known size and place, so that the pictures are the same.
    cat >"$work/$1.conf" <<EOF
[feed]
interval_s = $interval_s
ca_file = $keys/ca.crt
[screen]
screen_diagonal_in = 43
viewing_distance_m = 3
[storage]
cache = $work/$1.cache
EOF
}

# ---- a day with the server --------------------------------------------------

story_day() {
    local url=https://127.0.0.1:$story_port/story/feed.json
    start_screen day $screen
    start_nginx story "$story_port" ||
        not_ok "nginx starts" "$(<"$work/nginx-story/error.log")"

    # $screen, and in the first minute even the clock is as rendered.
    start_kiosk "$work/day.log" "$STAFFROOM" --config "$work/day.conf" \
        --feed "$url" --at $thursday
    must_see "the board appears over HTTPS" '/..-question$' 15 $whole thursday
    xdotool key Right key Right
    must_see "Right twice: the next slide's second page" '/..-purpose-2$' 5 \
        $middle thursday
    xdotool key Right
    must_see "the photo comes from the server" '/..-idea$' 5 $middle thursday
    xdotool key Left key Left key Left
    must_see "and back to the question" '/..-question$' 5 $middle thursday

    put "$work/news.json" story/feed.json
    must_see "news is on the screen within an interval" '/..-question$' \
        $within_s $middle news
    xdotool key Right key Right key Right
    must_see "and its new slide comes in its turn" '^news/04-purpose-2$' 5 \
        $middle news

    listen
    stop_nginx
    must_say "a server that is gone is a line in the log" \
        'could not be read: .*server' $within_s
    must_see "and the board stays" . 3 $middle news
    must_be_clean "a day"

    kill -9 "$kiosk"
    wait "$kiosk" 2>/dev/null
    # The next day, the server still gone.
    start_kiosk "$work/day-2.log" "$STAFFROOM_STRICT" \
        --config "$work/day.conf" --feed "$url" --at $friday
    must_see "killed and started again: the board from the disk within 2 s" \
        '/..-purpose-1$' 2 $middle friday
    must_see_age "yesterday's board says its age" 3 friday
    listen
    start_nginx story "$story_port"
    must_say "the server is back: well again within an interval" 'well again' \
        $within_s
    must_see "and the age is gone" . 3 $below friday
}

# must_see_age WHAT SECONDS NAME: the picture is a known one but for something
# wide in the footer, between the dots and the button.
must_see_age() {
    local until=$((SECONDS + $2 + 1)) box=
    local left top right bottom
    while [ $SECONDS -lt $until ]; do
        sees . 2 $middle "$3" || continue
        box=$(python3 tests/png.py differ "$work/$seen.png" "$shot" 100) || {
            box="no place"
            sleep 0.5
            continue
        }
        read -r left top right bottom <<<"$box"
        if [ "$left" -gt 200 ] && [ "$right" -lt 1000 ] &&
            [ $((right - left)) -gt 100 ] && [ "$top" -gt 612 ] &&
            [ $((bottom - top)) -gt 10 ]; then
            ok "$1"
            return
        fi
    done
    not_ok "$1" "on the screen: $seen, with a difference at $box"
}

# ---- answers that are no feed -----------------------------------------------

story_answers() {
    local url=http://127.0.0.1:$answers_port/answers/feed.json
    start_screen answers $screen
    # The wall clock at twice its speed, so that the board is old after one
    # interval; the server is asked as ever.
    start_kiosk "$work/answers.log" "$STAFFROOM" --config "$work/answers.conf" \
        --feed "$url" --at $thursday --speed 2
    must_see "answers: the board appears" . 15 $below thursday

    # answer NAME PATTERN: that one is given now.
    answer() {
        listen
        put "$work/$1.json" answers/feed.json
        must_say "answers: $1 is a sentence in the log" \
            "could not be read: .*$2" $within_s
        must_see "answers: $1: the last good board stays" . 3 $middle thursday
    }
    answer login-page 'web page'
    answer truncated 'cut off'
    answer garbage 'UTF-8|JSON|NUL'
    must_see_age "answers: by now the board says its age" 12 thursday
    listen
    put "$work/news.json" answers/feed.json
    must_say "answers: a good one again within an interval" 'well again' \
        $within_s
    must_see "answers: and it is on the screen, without an age" . 3 \
        $below news
    must_be_clean answers
}

# ---- keys, taps, swipes -----------------------------------------------------

# at_part N of the footer's: X Y, its middle.
at_part() {
    python3 tests/png.py parts 89 96 "$work/thursday/01-question.png" |
        sed -n "${1}s/-/ /p" | awk '{ print int(($1 + $2) / 2), 666 }'
}

# swipe FROM UNTIL: at mid height.
swipe() {
    local y=${3:-360}
    xdotool mousemove "$1" "$y" mousedown 1 sleep 0.05 \
        mousemove $((($1 + $2) / 2)) $((y + 2)) sleep 0.05 \
        mousemove "$2" $((y + 4)) sleep 0.05 mouseup 1
}

# does WHAT PATTERN COMMAND…: and the slide is up that then should be.
does() {
    local what=$1 pattern=$2
    shift 2
    "$@"
    must_see "$what" "$pattern" 4 $middle thursday
}

# stays WHAT COMMAND…: nothing is turned by it.
stays() {
    local what=$1
    shift
    sees . 2 $middle thursday
    local before=${seen:-none}
    "$@"
    sleep 0.8
    must_see "$what" "^$before\$" 0 $middle thursday
}

# comes_moved RIGHT DOWN NAME: within a few seconds, such a picture.
comes_moved() {
    for _ in {1..15}; do
        sleep 0.2
        ! python3 tests/png.py moved "$1" "$2" "$work/$3.png" "$shot" ||
            return 0
    done
    return 1
}

story_touch() {
    start_screen touch $screen
    start_kiosk "$work/touch.log" "$STAFFROOM" --config "$work/touch.conf" \
        --feed "$sample" --at $thursday
    must_see "touch: the board from a file" '/..-question$' 15 $below thursday

    local previous next last
    read -ra previous <<<"$(at_part 1)"
    read -ra next <<<"$(at_part 2)"
    does "Right: the next slide" '/..-purpose-1$' xdotool key Right
    does "Page Down: its next page" '/..-purpose-2$' xdotool key Page_Down
    does "Page Up: the page before" '/..-purpose-1$' xdotool key Page_Up
    does "a tap on › turns" '/..-purpose-2$' \
        xdotool mousemove "${next[@]}" click 1
    does "a tap on ‹ turns back" '/..-purpose-1$' \
        xdotool mousemove "${previous[@]}" click 1
    does "a swipe to the left: the next" '/..-purpose-2$' swipe 900 500
    does "a swipe to the right: back" '/..-purpose-1$' swipe 500 900
    does "Space, twice: the slide after it" '/..-idea$' \
        xdotool key space key space
    does "Left: the last page of the slide before" '/..-purpose-2$' \
        xdotool key Left
    last=("$work"/thursday/*)
    does "backwards past the first: the last page of all" \
        "/$(basename "${last[-1]}" .png)\$" xdotool key Left key Left key Left
    stays "a short slip is no swipe" swipe 600 640 50
    stays "a tap where nothing is does nothing" xdotool mousemove 640 50 click 1
    stays "a meeting opens, and Esc closes it" \
        xdotool mousemove 640 300 click 1 sleep 0.4 key Escape
    stays "the right button is no finger" \
        xdotool mousemove "${next[@]}" click 3
    stays "a finger that slides off › turns nothing" xdotool \
        mousemove "${next[@]}" mousedown 1 sleep 0.05 \
        mousemove "${next[0]}" 300 sleep 0.05 mouseup 1
    stays "other keys do nothing" xdotool key q key a key Return key F4
    stays "Esc does nothing on the whole screen" xdotool key Escape
    stays "nor does Ctrl-Q" xdotool key ctrl+q
    # The next round everything stands a pixel elsewhere, against burn-in.
    xdotool key Right
    if comes_moved 1 0 thursday/01-question; then
        ok "forwards past the last: the first, moved by a pixel"
    else
        not_ok "forwards past the last: the first, moved by a pixel"
    fi
    if is_running "$kiosk"; then
        ok "a kiosk that fills the screen cannot be left"
    else
        not_ok "a kiosk that fills the screen cannot be left" \
            "$(tail -n 3 "$kiosk_log")"
    fi
    kill "$kiosk"
    if ended_within 6 "$kiosk"; then
        says "but it goes when the system asks it to, in good order" 0 $status
    else
        not_ok "but it goes when the system asks it to" "still there after 6 s"
    fi
    must_be_clean touch

    # A window is left, and then everything has been given back.
    local key
    for key in Escape ctrl+q; do
        # Where its arrow is not in the way, and the window hears the key.
        xdotool mousemove 200 2
        start_kiosk "$work/window.log" "$STAFFROOM" \
            --config "$work/touch.conf" --feed "$sample" --at $thursday \
            --window $screen
        must_see "$key: a window with the board" '/..-question$' 15 \
            $middle thursday
        xdotool key $key
        if ended_within 6 "$kiosk"; then
            says "$key leaves a window, and all is well" 0 $status
        else
            not_ok "$key leaves a window" "it is still there after 6 s"
        fi
        must_be_clean "$key in a window"
    done
}

# ---- a panel that hangs on its side, and certificates -----------------------

story_turned() {
    start_screen turned 720x1280
    start_kiosk "$work/turned.log" "$STAFFROOM_STRICT" \
        --config "$work/touch.conf" --feed "$sample" --at $thursday --rotate 90
    must_see_turned "the board" 01-question
    # What stands at x, y for a reader is at 719 - y, x on the panel.
    local next
    read -ra next <<<"$(at_part 2)"
    xdotool mousemove $((719 - next[1])) "${next[0]}" click 1
    must_see_turned "a tap on ›" 02-purpose-1
    xdotool mousemove 360 900 mousedown 1 sleep 0.05 mousemove 358 700 \
        sleep 0.05 mousemove 356 500 sleep 0.05 mouseup 1
    must_see_turned "a swipe to the reader's left" 03-purpose-2
    kill "$kiosk"
    wait "$kiosk" 2>/dev/null

    # No board has ever been seen from these.
    local name pattern port
    while read -r name port pattern; do
        start_kiosk "$work/$name.log" "$STAFFROOM" --config "$work/day.conf" \
            --feed "https://127.0.0.1:$port/story/feed.json" --at $thursday
        heard=0
        must_say "a certificate that is $name is a sentence in the log" \
            "could not be read: .*$pattern" 15
        must_be_clean "$name"
        kill "$kiosk"
        wait "$kiosk" 2>/dev/null
    done <<EOF
expired $expired_port certificate has expired
early $early_port clock is wrong
other $other_port made out to another name
unknown $unknown_port not one this screen knows
EOF
}

# must_see_turned WHAT SLIDE: but for a reader's footer, where the held ring is.
must_see_turned() {
    local box
    for _ in {1..40}; do
        if ! box=$(python3 tests/png.py differ "$work/turned/$2.png" "$shot") ||
            [ "$(cut -d' ' -f3 <<<"$box")" -lt 108 ]; then
            ok "turned by 90: $1"
            return
        fi
        sleep 0.2
    done
    not_ok "turned by 90: $1" "no $2; it differs at $box"
}

# ---- all of it --------------------------------------------------------------

make_certificates
read -r story_port answers_port expired_port early_port other_port \
    unknown_port < <(free_ports 6)
server "$story_port" good "$site" | write_nginx story
{
    server "$answers_port" none "$site"
    server "$expired_port" expired "$site"
    server "$early_port" early "$site"
    server "$other_port" other "$site"
    server "$unknown_port" unknown "$site"
} | write_nginx other
for name in day answers touch; do
    write_settings $name
done

for where in story answers; do
    cp assets/sample/mysteries.jpg "$site/$where/"
    put "$sample" $where/feed.json
done
# Another wording, and a slide more.
python3 - "$sample" "$work/news.json" <<'PYTHON'
import json, sys
feed = json.load(open(sys.argv[1], encoding="utf-8"))
feed["_staffroom"]["revision"] += 1
for item in feed["items"]:
    if item["id"] == "q-2026-11-26":
        item["content_text"] = "Who has not been asked anything today?"
feed["items"].insert(1, {
    "id": "purpose-2", "content_text": "Nobody stays alone.",
    "_staffroom": {"kind": "purpose"}})
json.dump(feed, open(sys.argv[2], "w", encoding="utf-8"))
PYTHON
cp assets/sample/mysteries.jpg "$work/"
cat >"$work/login-page.json" <<'EOF'
<!DOCTYPE html><html><head><title>Sign in</title></head>
<body><form action="/login">Welcome to the guest network.</form></body></html>
EOF
head -c 5000 "$sample" >"$work/truncated.json"
head -c 5000 assets/sample/mysteries.jpg >"$work/garbage.json"

know thursday "$sample" $thursday
know news "$work/news.json" $thursday
know friday "$work/news.json" $friday
"$STAFFROOM_STRICT" --config "$work/day.conf" --render "$work/turned" \
    --feed "$sample" --at $thursday --size 720x1280 --rotate 90 >/dev/null
start_nginx other "$answers_port" ||
    not_ok "nginx starts" "$(<"$work/nginx-other/error.log")"

stories=()
for story in day answers touch turned; do
    (
        own=()
        trap end_all EXIT
        "story_$story"
        exit $failed
    ) >"$work/$story.tap" 2>&1 &
    stories+=("$!")
    own+=("$!")
done
for pid in "${stories[@]}"; do
    wait "$pid" || failed=1
done
tell
finish

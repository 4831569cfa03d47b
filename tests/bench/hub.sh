#!/bin/bash
# Prints what the hub costs beside nginx with one worker, which serves the same
# bytes from a file, and beside SQLite by itself; what it is after 10,000
# post-its; and then 25,000 kiosks through a break of ten minutes
# (HUB_BENCH_SECONDS=600). All on this machine in this run, over loopback, the
# sides taking turns. Numbers, not tests: nothing here fails because a machine
# is slow. Needs a quarter of an hour.
set -eu
cd "$(dirname "$0")/../.."
. tests/bench/proc.sh

hub_program=$PWD/build/release/staffroom-hub
bin=$PWD/build/release/tests/bench
work=$PWD/build/bench-hub
rounds=${HUB_BENCH_ROUNDS:-5}
round_s=${HUB_BENCH_ROUND_S:-5}
day_s=${HUB_BENCH_SECONDS:-600}
kiosks=${HUB_BENCH_KIOSKS:-25000}
schools=${HUB_BENCH_SCHOOLS:-10000}
rows=$work/rows
rm -rf "$work"
mkdir -p "$work/www"
: >"$rows"

say() { echo "  $*" >&2; }
row() { printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$rows"; }
median() { sort -n | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b }'; }

hub= nginx=
end_all() {
    [ -z "$hub" ] || kill "$hub" 2>/dev/null || true
    [ -z "$nginx" ] || kill "$nginx" 2>/dev/null || true
}
trap end_all EXIT

start_hub() { # NAME OPTION…: on the folder of that name; sets hub, at, port
    local name=$1 i
    shift
    : >"$work/$name.out"
    "$hub_program" --data "$work/$name" --listen 127.0.0.1:0 "$@" \
        >"$work/$name.out" 2>>"$work/$name.log" &
    hub=$!
    for ((i = 0; i < 100; i++)); do
        at=$(sed -n 's/^The hub is at //p' "$work/$name.out")
        port=${at##*:}
        [ -z "$at" ] || return 0
        sleep 0.05
    done
    say "the hub did not start: $(cat "$work/$name.log")"
    return 1
}

stop_hub() {
    kill "$hub"
    wait "$hub" || true
    hub=
}

fill() { # NAME KIOSKS SCHOOLS WAITING SHARED
    mkdir -p "$work/$1"
    "$bin/hub_fill" "$work/$1/hub.sqlite" "$2" "$3" "$4" "$5"
}

# ---- the feed, beside nginx -------------------------------------------------

# The same bytes with the same headers, from a file nginx keeps open.
start_nginx() { # PORT
    local i
    cat >"$work/nginx.conf" <<END
daemon off; worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  open_file_cache max=10; server_tokens off;
  types { application/feed+json json; }
  server {
    listen 127.0.0.1:$1; root $work/www;
    add_header Cache-Control "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400";
    add_header X-Content-Type-Options nosniff;
    add_header Referrer-Policy same-origin;
    add_header Cross-Origin-Opener-Policy same-origin;
  }
}
END
    nginx -e "$work/nginx.log" -c "$work/nginx.conf" &
    nginx=$!
    for ((i = 0; i < 100; i++)); do
        ! curl -so "$work/nginx.body" "http://127.0.0.1:$1/feed.json" ||
            return 0
        sleep 0.05
    done
    say "nginx did not start"
    return 1
}

free_port() {
    python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

etag_of() { # URL
    curl -s -D - -o /dev/null "$1" | sed -n 's/^etag: \(.*\)\r$/\1/Ip'
}

# ask_both WHO PID URL: adds to WHO-200 and WHO-304, requests a second, and to
# WHO-…-cpu the processor time of one, in microseconds.
ask_both() {
    local who=$1 pid=$2 url=$3 kind etag cpu out
    etag=$(etag_of "$url")
    for kind in 200 304; do
        cpu=$(cpu_us "$pid")
        if [ $kind = 200 ]; then
            out=$(wrk -t1 -c64 -d"${round_s}s" "$url")
        else
            out=$(wrk -t1 -c64 -d"${round_s}s" -H "If-None-Match: $etag" "$url")
        fi
        cpu=$(($(cpu_us "$pid") - cpu))
        awk '/^Requests\/sec:/ { print $2 }' <<<"$out" >>"$work/$who-$kind"
        awk -v us=$cpu '/requests in/ { printf "%.2f\n", us / $1 }' \
            <<<"$out" >>"$work/$who-$kind-cpu"
    done
}

worker_of() { cat /proc/"$1"/task/*/children | awk '{ print $1 }'; }

measure_feed() { # NAME WHAT: of the hub that runs
    local name=$1 what=$2 i kind ours theirs nginx_port
    curl -so "$work/www/feed.json" "$at/feed.json"
    nginx_port=$(free_port)
    start_nginx "$nginx_port"
    cmp -s "$work/www/feed.json" "$work/nginx.body" || say "not the same bytes"
    say "$what: $(stat -c %s "$work/www/feed.json") bytes, $rounds rounds of $round_s s …"
    for ((i = 0; i < rounds; i++)); do
        ask_both "$name-ours" "$hub" "$at/feed.json"
        ask_both "$name-nginx" "$(worker_of $nginx)" \
            "http://127.0.0.1:$nginx_port/feed.json"
    done
    kill $nginx
    wait $nginx || true
    nginx=
    for kind in 200 304; do
        ours=$(median <"$work/$name-ours-$kind")
        theirs=$(median <"$work/$name-nginx-$kind")
        row "$what, $kind, a second" "$ours" "$theirs" \
            "$(ratio "$ours" "$theirs")" "≥ 0.9 × nginx"
        ours=$(median <"$work/$name-ours-$kind-cpu")
        theirs=$(median <"$work/$name-nginx-$kind-cpu")
        row "… processor time of one, µs" "$ours" "$theirs" \
            "$(ratio "$ours" "$theirs")" ""
    done
}

measure_feeds() {
    start_hub sample --sample build/sample/feed.json
    measure_feed sample "the sample's feed"
    stop_hub
    fill full 1 1 0 600
    start_hub full
    measure_feed full "a feed of 500 post-its"
    stop_hub
}

# ---- post-its, beside SQLite ------------------------------------------------

measure_posts() {
    local i ours bare
    say "post-its, each with a commit, $rounds rounds of $round_s s …"
    for ((i = 0; i < rounds; i++)); do
        fill "posts-$i" 20000 200 0 100
        fill "bare-$i" 20000 200 0 100
        start_hub "posts-$i"
        "$bin/hub_kiosks" "$port" 20000 20 "$round_s" 0 "$work/posts-$i.ids" \
            >"$work/posts-$i.txt"
        stop_hub
        awk '/^acknowledged/ { n = $2 } /^seconds/ { s = $2 }
            END { printf "%.1f\n", n / s }' "$work/posts-$i.txt" \
            >>"$work/posts-ours"
        python3 tests/bench/hub_check.py "$work/posts-$i/hub.sqlite" \
            "$work/posts-$i.ids" >>"$work/posts-check" ||
            say "post-its are lost: $work/posts-$i"
        "$bin/hub_bare_inserts" "$work/bare-$i/hub.sqlite" "$round_s" \
            >>"$work/posts-bare"
    done
    ours=$(median <"$work/posts-ours") bare=$(median <"$work/posts-bare")
    row "post-its accepted from 20 senders, a second" "$ours" "$bare" \
        "$(ratio "$ours" "$bare")" "≥ 500, or ≥ 0.8 × SQLite"
    row "… of these lost, doubled or changed" "$(awk '/^(lost|doubled|changed)/ {
        n += $2 } END { print n + 0 }' "$work/posts-check")" "" "" "0"
}

# ---- memory and start -------------------------------------------------------

# What a coordinator's phone does: signs in once, and opens every page.
open_pages() {
    local first token path jar=$work/jar page=$work/page
    first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/big.out")
    curl -s -b "$jar" -c "$jar" "$at$first" -o "$page"
    token=$(tr '\n' ' ' <"$page" |
        sed -n 's/.*name="token" value="\([^"]*\)".*/\1/p')
    curl -s -b "$jar" -c "$jar" -H 'Sec-Fetch-Site: same-origin' -o /dev/null \
        --data-urlencode "token=$token" --data-urlencode name=Maria \
        --data-urlencode "password=seven quiet kettles" \
        --data-urlencode "again=seven quiet kettles" \
        --data-urlencode title=Northside --data-urlencode schools=Hillcrest \
        --data-urlencode zone=Europe/London "$at$first"
    for path in /this-week /postits "/postits?show=shared" /thinking-thursday \
        /ideas /meetings /purpose /screens /history; do
        curl -s -b "$jar" -c "$jar" -o "$page" -w "%{http_code} $path\n" \
            "$at$path"
    done >"$work/pages"
    grep -q '^200 /postits' "$work/pages" || say "the pages could not be opened"
}

measure_memory() {
    local i
    say "10,000 post-its …"
    fill big 2000 20 9000 1000
    start_hub big
    row "memory of a hub just started, MiB" \
        "$(awk -v k="$(rss_kib $hub)" 'BEGIN { printf "%.1f", k / 1024 }')" "" "" ""
    "$bin/hub_kiosks" "$port" 2000 64 65 1000 "$work/big.ids" day \
        >"$work/big.txt"
    open_pages
    "$bin/hub_kiosks" "$port" 2000 20 2 0 "$work/big.ids" >"$work/big2.txt"
    for ((i = 0; i < 20; i++)); do curl -so /dev/null "$at/feed.json"; done
    row "… after 10,000 post-its, 20 schools' feeds, pages, MiB" \
        "$(awk -v k="$(rss_kib $hub)" 'BEGIN { printf "%.1f", k / 1024 }')" "" "" "≤ 32"
    row "… the most ever (64 of it to hash one password), MiB" "$(awk '/^VmHWM:/ { printf "%.1f",
        $2 / 1024 }' /proc/$hub/status)" "" "" ""
    stop_hub
}

measure_start() {
    local i
    say "exec to first answer …"
    fill start 2000 20 9000 1000
    rm -rf "$work/fresh"
    for ((i = 0; i < 9; i++)); do
        "$bin/hub_start" "$hub_program" --data "$work/fresh-$i" \
            --listen 127.0.0.1:0 >>"$work/start-fresh" 2>>"$work/start.log"
        "$bin/hub_start" "$hub_program" --data "$work/start" \
            --listen 127.0.0.1:0 >>"$work/start-full" 2>>"$work/start.log"
    done
    row "exec to first answer, a new folder, ms" \
        "$(median <"$work/start-fresh")" "" "" "≤ 100"
    row "… with 10,000 post-its, ms" "$(median <"$work/start-full")" "" "" "≤ 100"
}

# ---- a break ----------------------------------------------------------------

# What coordinators do meanwhile, as another program: three times a post-it that
# waits is shared, which every screen is to see. For a process of its own.
share_some() { # STORE SECONDS
    exec python3 - "$@" <<'PYTHON'
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
for _ in range(3):
    time.sleep(int(sys.argv[2]) / 4)
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE postit SET state = 1 WHERE place = "
               "(SELECT min(place) FROM postit WHERE state = 0)")
    db.execute("UPDATE change SET number = number + 1")
    db.execute("COMMIT")
PYTHON
}

# Beside it, ten times a second, what the disk takes to keep 4 KiB: a hub that
# commits cannot be quicker. Prints the median, the 99th in a hundred, the most.
try_disk() { # FILE SECONDS
    exec python3 - "$@" <<'PYTHON'
import os, sys, time
f = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY, 0o600)
took, until = [], time.monotonic() + int(sys.argv[2])
while time.monotonic() < until:
    at = time.monotonic()
    os.pwrite(f, os.urandom(4096), 0)
    os.fdatasync(f)
    took.append(1000 * (time.monotonic() - at))
    time.sleep(0.1)
took.sort()
print("%.2f / %.2f / %.2f" % (took[len(took) // 2],
                              took[len(took) * 99 // 100], took[-1]))
PYTHON
}

measure_break() { # NAME LINES SECONDS WHAT
    local name=$1 lines=$2 seconds=$3 what=$4 f=$work/$1.txt sharer disk cpu kind
    say "$kiosks kiosks for $seconds s, $what …"
    fill "$name" "$kiosks" "$schools" 500 150
    start_hub "$name"
    share_some "$work/$name/hub.sqlite" "$seconds" &
    sharer=$!
    try_disk "$work/$name.disk-file" "$seconds" >"$work/$name.disk" &
    disk=$!
    cpu=$(cpu_us $hub)
    "$bin/hub_kiosks" "$port" "$kiosks" "$lines" "$seconds" \
        $((kiosks * seconds / 600)) "$work/$name.ids" day >"$f" || true
    cpu=$(($(cpu_us $hub) - cpu))
    kill $sharer 2>/dev/null || true
    wait $disk || true
    of() { awk -v k="$1" -v n="$2" '$1 == k { print $n }' "$f"; }
    for kind in poll status post; do
        row "$what: ${kind/%s/se}s" "$(of $kind 2)" "" "" ""
        row "… p50 / p99 / most, ms" \
            "$(of $kind 3) / $(of $kind 4) / $(of $kind 5)" "" "" \
            "$([ $kind = status ] || echo "p99 ≤ 50")"
    done
    row "… the disk's own p50 / p99 / most, ms" "$(cat "$work/$name.disk")" "" "" ""
    row "… 304 among the polls, %" "$(awk '$1 == "poll" { n = $2 }
        $1 == "answer" && $2 == 304 { s = $3 }
        END { printf "%.0f", n ? 100 * s / n : 0 }' "$f")" "" "" ""
    row "… one core's share for the hub, %" "$(awk -v us=$cpu -v s="$seconds" \
        'BEGIN { printf "%.1f", us / s / 1e4 }')" "" "" ""
    row "… memory, MiB" "$(awk -v k="$(rss_kib $hub)" 'BEGIN { printf "%.1f",
        k / 1024 }')" "" "" ""
    stop_hub
    python3 tests/bench/hub_check.py "$work/$name/hub.sqlite" \
        "$work/$name.ids" >"$work/$name.check" || true
    row "… post-its acknowledged" "$(awk '/^ack/ { print $2 }' \
        "$work/$name.check")" "" "" ""
    row "… lost, doubled, changed, without an answer" "$(awk '/^lost|^doubled|^changed/ { printf "%s, ", $2 }' "$work/$name.check")$(of unsettled 2)" "" "" "0"
}

# ---- all of it --------------------------------------------------------------

print_table() {
    awk -F '\t' 'BEGIN {
        printf "%-54s %22s %10s %6s  %s\n", "medians of this run", "ours", \
            "beside", "ratio", "promise"
    } { for (i = 2; i <= 4; i++) if ($i == "") $i = "-"
        printf "%-54s %22s %10s %6s  %s\n", $1, $2, $3, $4, $5
    }' "$rows"
    echo "beside: nginx, one worker, the same bytes from a file; SQLite, the same inserts"
}

read -r load _ </proc/loadavg
for part in ${HUB_BENCH_PARTS:-feeds posts memory start break fresh}; do
    case $part in
    break) measure_break break 64 "$day_s" "64 lines, as a proxy's" ;;
    fresh) measure_break fresh 0 "$((day_s / 5))" "a fresh connection each" ;;
    *) "measure_$part" ;;
    esac
done
echo
print_table | tee "$work/report.txt"
awk -v load="$load" 'BEGIN { if (load > 0.7)
    print "the machine was busy before this began (load " load "): believe the ratios" }'
echo "what was said on the way is in $work/"

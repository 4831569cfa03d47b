#!/bin/bash
# Bad days of a hub. It is killed in the middle of a thousand post-its from
# twenty senders who speak as kiosks do; its disk is full and has room again;
# what is sent is meant for its database and for its pages. Afterwards every
# post-it that was acknowledged is there exactly once, in the store, in the
# feeds, and on the walls of two real kiosks.
# STAFFROOM_SOAK_SECONDS: kill it for so long (make soak-hub).
. tests/tap.sh
. tests/hub_tap.sh

for variant in strict asan release; do
    bench=$PWD/build/$variant/tests/bench
    [ ! -x "$bench/hub_kiosks" ] || break
done
if [ ! -x "$bench/hub_kiosks" ] || [ ! -x "$bench/hub_fill" ]; then
    skip "a hub that is killed" "the benches are not built (make benches)"
    finish
fi

senders= xvfb=
declare -A kiosk=()
stop_all() {
    for job in $hub $senders $xvfb "${kiosk[@]}"; do
        kill "$job" 2>/dev/null
    done
    wait 2>/dev/null
}
trap stop_all EXIT

# begin: the hub again, where it was; may be told to write no files any more.
begin() {
    : >"$work/hub.out"
    (
        trap '' XFSZ # a write past the limit fails, as on a full disk
        exec "$STAFFROOM_HUB" --data "$work/data" --listen "$where"
    ) >"$work/hub.out" 2>>"$work/hub.err" </dev/null &
    hub=$!
    for _ in $(seq 400); do
        at=$(sed -n 's/^The hub is at //p' "$work/hub.out")
        [ -z "$at" ] || break
        kill -0 "$hub" 2>/dev/null || break
        sleep 0.05
    done
    [ -z "$at" ] && not_ok "the hub starts" "$(cat "$work/hub.err")" && finish
    where=${at#http://}
}

kill_hub() {
    kill -KILL "$hub"
    wait "$hub"
} 2>/dev/null # the shell would tell of it

fill() { # KIOSKS, each at a school of its own
    rm -rf "$work/data"
    mkdir -p "$work/data"
    "$bench/hub_fill" "$work/data/hub.sqlite" "$1" "$1" 0 0
}

cat >"$work/wire.py" <<'END'
"""What a kiosk of hub_fill is known by, and what it says."""
import base64, json, sqlite3, struct, sys, time, urllib.error, urllib.request
from urllib.parse import quote

at, data = sys.argv[1], sys.argv[2]


def token(kiosk):  # tests/bench/hub_kiosk.h
    out = b""
    for i in range(4):
        h = 14695981039346656037
        for b in struct.pack("=ii", kiosk, i):
            h = (h ^ b) * 1099511628211 % (1 << 64)
        out += struct.pack("=Q", h)
    return base64.urlsafe_b64encode(out).rstrip(b"=").decode()


def ask(method, path, kiosk=0, body=None, bearer=None):
    headers = {"Accept": "*/*"}
    if kiosk or bearer:
        headers["Authorization"] = "Bearer " + (bearer or token(kiosk))
    data = None if body is None else json.dumps(body).encode()
    r = urllib.request.Request(at + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(r, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as e:
        return e.code, dict(e.headers), e.read()


def feed(kiosk=0):
    status, _, body = ask("GET", "/v1/feed.json" if kiosk else "/feed.json",
                          kiosk)
    assert status == 200, status
    return json.loads(body)["items"]


def store():
    return sqlite3.connect(data + "/hub.sqlite", timeout=10,
                           isolation_level=None)


def postit(text, author="", **more):
    return dict({"sort": "idea", "colour": "pink", "text": text,
                 "author": author, "answers": ""}, **more)


def uuid(n):
    return "0badda70-0000-4000-8000-%012x" % n


def says(what, wanted, seen):
    good = wanted == seen
    print(("ok " if good else "not ok ") + what)
    if not good:
        print("    expected: %.300r\n    but was:  %.300r" % (wanted, seen))
END

py() { # SCRIPT on stdin, with all of the above
    cat "$work/wire.py" - >"$work/script.py"
    python3 "$work/script.py" "$at" "$work/data" "$@" >"$work/py.out" 2>&1 ||
        echo "not ok a script ended early: $(tail -n 1 "$work/py.out")" \
            >>"$work/py.out"
    cat "$work/py.out"
    ! grep -q '^not ok' "$work/py.out" || failed=1
}

# --- killed ---

kill_round() { # POSTITS MOST_KILLS
    local kills=0
    fill 22
    where=127.0.0.1:0
    begin
    rm -f "$work/ids"
    ASAN_OPTIONS=detect_leaks=0 "$bench/hub_kiosks" "${at##*:}" 20 20 0 "$1" "$work/ids" \
        >"$work/senders" 2>&1 &
    senders=$!
    while kill -0 $senders 2>/dev/null && [ $kills -lt "$2" ]; do
        sleep "0.$((RANDOM % 5 + 1))"
        kill_hub
        kills=$((kills + 1))
        begin
    done
    wait $senders
    says "$1 post-its through $kills kills: all are settled" 0 $?
    senders=
    says "and none was refused" "" "$(grep '^answer [345]' "$work/senders")"
    kill_hub # once more: what is answered is on the disk
    begin
    says "all are in the store, once, word for word" \
        "acknowledged $1 lost 0 doubled 0 changed 0" \
        "$(python3 tests/bench/hub_check.py "$work/data/hub.sqlite" \
            "$work/ids" | tr '\n' ' ' | sed 's/ $//')"
}

in_the_feeds() {
    py <<'END'
said = [line.split()[0] for line in open(data + "/../ids")]
seen = []
for k in range(1, 21):
    seen += [i["id"] for i in feed(k)]
says("each waits once, in the feed of its school", sorted(said), sorted(seen))
says("the world sees none of them", [], feed())
db = store()
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE postit SET state = 1 WHERE place <= "
           "(SELECT place FROM postit ORDER BY place LIMIT 1 OFFSET 399)")
db.execute("UPDATE change SET number = number + 1")
db.execute("COMMIT")
time.sleep(0.05) # a hub that wrote nothing itself looks every 10 ms
shared = sorted(r[0] for r in db.execute("SELECT id FROM postit WHERE state = 1"))
open(data + "/../shared", "w").write("\n".join(shared))
says("shared, everybody sees 400 of them, once", shared,
     sorted(i["id"] for i in feed()))
says("another school too", shared, sorted(i["id"] for i in feed(21)))
END
}

# --- on every wall ---

start_kiosk() { # NUMBER
    local dir=$work/kiosk-$1
    mkdir -p "$dir/state"
    chmod 700 "$dir/state"
    py "$1" <<'END' | grep -v '^ok' >"$dir/state/hub-token"
n = int(sys.argv[3])
print("%s\n%s\nschool-%d" % (token(n), at, n % 22))
END
    chmod 600 "$dir/state/hub-token"
    printf '[hub]\nhub = %s\n[feed]\ninterval_s = 15\n[storage]\ncache = %s\n' \
        "$at" "$dir/cache" >"$dir/conf"
    DISPLAY=:$display STATE_DIRECTORY=$dir/state "$STAFFROOM" \
        --config "$dir/conf" 2>>"$dir/log" &
    kiosk[$1]=$!
}

# How many of the shared ones are in the newest feed that kiosk has kept, each
# once.
on_wall() {
    local newest
    newest=$(grep -rlF '"items"' "$work/kiosk-$1/cache" 2>/dev/null |
        xargs -r ls -t | head -n 1)
    [ -n "$newest" ] || return 0
    grep -aoE '"id":"[0-9a-f-]{36}"' "$newest" | cut -d'"' -f4 |
        grep -Fxf "$work/shared" | sort | uniq -u | wc -l
}

on_the_walls() {
    local n
    command -v Xvfb >/dev/null || {
        skip "on the walls of two kiosks" "Xvfb is not installed"
        return
    }
    mkfifo "$work/number"
    Xvfb -displayfd 3 -screen 0 1280x720x24 -nolisten tcp -noreset \
        3>"$work/number" 2>"$work/xvfb.log" &
    xvfb=$!
    read -r display <"$work/number"
    for n in 21 22; do start_kiosk $n; done
    for n in 21 22; do
        for _ in $(seq 150); do
            [ "$(on_wall $n)" != 400 ] || break
            sleep 0.2
        done
        says "kiosk $n has all that are shared" 400 "$(on_wall $n)"
    done
    for n in 21 22; do
        kill -TERM "${kiosk[$n]}"
        wait "${kiosk[$n]}"
        says "kiosk $n leaves in good order" 0 $?
    done
    kiosk=()
    kill $xvfb
    wait $xvfb 2>/dev/null
    xvfb=
}

# --- a full disk ---

full_disk() {
    fill 3
    begin
    py <<'END'
for n in range(20):
    assert ask("PUT", "/v1/postits/" + uuid(n), 1, postit("n%d" % n))[0] == 201
says("before: 20 post-its", 20, len(feed(1)))
END
    prlimit --pid "$hub" --fsize=4096: # nothing grows any more
    py <<'END'
statuses = set()
for n in range(20, 40):
    status, headers, body = ask("PUT", "/v1/postits/" + uuid(n), 1,
                                postit("n%d" % n))
    statuses.add((status, headers.get("Content-Type"),
                  "Retry-After" in headers, json.loads(body).get("status")))
says("a full disk: 503, and when to come back",
     {(503, "application/problem+json", True, 503)}, statuses)
says("what is there is known", 200,
     ask("PUT", "/v1/postits/" + uuid(3), 1, postit("n3"))[0])
says("the feed goes on", 20, len(feed(1)))
says("also for who asks first", 0, len(feed(2)))
says("and a 401 is a 401", 401,
     ask("GET", "/v1/feed.json", bearer="A" * 43)[0])
says("thanks", 503, ask("PUT", "/v1/reactions/%s/%s" % (uuid(1), uuid(900)),
                         1, {"kind": "thanks"})[0])
says("taking back", 503, ask("DELETE", "/v1/postits/" + uuid(1), 1)[0])
END
    prlimit --pid "$hub" --fsize=unlimited:
    py <<'END'
says("with room again it takes them", {201},
     {ask("PUT", "/v1/postits/" + uuid(n), 1, postit("n%d" % n))[0]
      for n in range(20, 40)})
says("and nothing is lost", sorted(uuid(n) for n in range(40)),
     sorted(i["id"] for i in feed(1)))
says("the database is whole", "ok",
     store().execute("PRAGMA integrity_check").fetchone()[0])
END
    says "it said so once in its log" 1 "$(grep -c 'disk' "$work/hub.err")"
}

# --- what is sent ---

hostile() {
    fill 3
    begin
    first=$(sed -n "s|^Nobody can sign in yet.* at $at||p" "$work/hub.out")
    visit "$first"
    send "$first" "name=<b onclick=alert(1)>Maria" \
        "password=seven quiet kettles" "again=seven quiet kettles" \
        "title=<script>alert(1)</script>" "zone=Europe/London" \
        "schools=<img src=x onerror=alert(2)>"
    says "a hub with a nasty name is set up" 303 "$status"
    py <<'END'
import time
words = ["'; DROP TABLE postit; --", "\" OR 1=1", "x' UNION SELECT password"
         " FROM person--", "%27%3B", "\\'; --", "${7*7} {{7*7}} %s%n",
         "<script>alert('hub')</script>", "<img src=x onerror=alert(3)>",
         "\"><svg onload=alert(4)>", "</textarea><script>x</script>",
         "javascript:alert(5)", "&lt;script&gt; &amp; &#60;", "a ]]> b <!-- c"]
for n, text in enumerate(words):
    status = ask("PUT", "/v1/postits/" + uuid(n), 1,
                 postit(text, author=text[:40].strip(), answers=text))[0]
    assert status == 201, (status, text)
there = {i["id"]: i for i in feed(1)}
import html
def word(s):  # a reader of feeds decodes references
    return html.unescape(s)
says("every word comes back as it went in", words,
     [word(there[uuid(n)]["content_text"]) for n in range(len(words))])
says("every name", [w[:40].strip() for w in words],
     [word(there[uuid(n)]["authors"][0]["name"]) for n in range(len(words))])
says("every id it answers", words,
     [there[uuid(n)]["_staffroom"]["answers"] for n in range(len(words))])
says("thanks for any id", {201}, {ask(
    "PUT", "/v1/reactions/%s/%s" % (quote(t.replace("/", "|"), safe=""),
                                    uuid(500 + n)), 1, {"kind": "thanks"})[0]
    for n, t in enumerate(words) if "\\" not in t})
says("a status is not markup either", 200, ask("PUT", "/v1/status", 1, {
    "version": "<script>v</script>", "size": "<i onmouseover=alert(6)>",
    "clock": "trusted"})[0])
for path in ("/v1/postits/' OR 1=1", "/v1/postits/" + uuid(1) + "'",
             "/v1/postits/" + uuid(1).upper(), "/v1/postits/" + uuid(1)[:-1]):
    says("no such path: " + path, 404,
         ask("PUT", quote(path), 1, postit("x"))[0])
for method in ("PATCH", "POST", "OPTIONS", "TRACE"):
    status, headers, _ = ask(method, "/v1/postits/" + uuid(1), 1)
    says("%s is refused" % method, (405, "PUT, DELETE"),
         (status, headers.get("Allow")))
# Replayed, by who sent it and by another screen: one post-it, one thank-you.
for n in range(5):
    ask("PUT", "/v1/reactions/%s/%s" % (uuid(0), uuid(700)), 1,
        {"kind": "thanks"})
says("a replay does nothing", (200, 200, 409),
     (ask("PUT", "/v1/postits/" + uuid(0), 1, postit(
         words[0], author=words[0], answers=words[0]))[0],
      ask("PUT", "/v1/postits/" + uuid(0), 2, postit(
         words[0], author=words[0], answers=words[0]))[0],
      ask("PUT", "/v1/postits/" + uuid(0), 2, postit("other words"))[0]))
says("a thank-you counts once", 1, [i["_staffroom"]["thanks"] for i in feed(1)
                                    if i["id"] == uuid(0)][0])
says("another screen takes nothing back", 403,
     ask("DELETE", "/v1/postits/" + uuid(0), 2)[0])
# A token that was revoked, however good it was.
store().execute("UPDATE device SET is_revoked = 1, token_hash = NULL "
                "WHERE number = 3")
says("a revoked token opens nothing", {401}, {
    ask("GET", "/v1/feed.json", 3)[0],
    ask("PUT", "/v1/postits/" + uuid(800), 3, postit("x"))[0],
    ask("DELETE", "/v1/postits/" + uuid(0), 3)[0],
    ask("PUT", "/v1/status", 3, {})[0]})
says("the tables are all there", len(words),
     store().execute("SELECT count(*) FROM postit").fetchone()[0])
END
    for path in /this-week /postits /screens /thinking-thursday /ideas \
        /meetings /purpose /history /account /nothing; do
        visit "$path"
        says "$path shows words as words" "" \
            "$(tr '\n' ' ' <"$work/page" | grep -oiE \
                '<(script|img|svg|b|i) ?(>|on|src=x)[^>]{0,40}' | head -n 3)"
    done
    visit /postits
    says "they are on the page, escaped" yes "$(grep -qF '&lt;script&gt;alert(' \
        "$work/page" && echo yes)"
}

seconds=${STAFFROOM_SOAK_SECONDS:-0}
kill_round 1000 6
in_the_feeds
on_the_walls
kill_hub
while [ $SECONDS -lt "$seconds" ]; do
    kill_round 3000 60
    kill_hub
done
where=127.0.0.1:0
: >"$work/hub.err.kills"
cat "$work/hub.err" >>"$work/hub.err.kills"
: >"$work/hub.err"
full_disk
kill_hub
where=127.0.0.1:0
hostile
says "no words are in the log" "" "$(grep -hE 'DROP TABLE|alert' "$work/hub.err")"
stop
says "the hub leaves in good order" 0 "$stopped"
is_clean "$work"/hub.err "$work"/hub.err.kills "$work"/kiosk-*/log &&
    ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"
finish

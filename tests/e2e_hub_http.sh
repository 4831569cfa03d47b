#!/bin/bash
# The hub's web server as the world may meet it: requests two programs would
# read differently, bodies without end, a thousand callers who never finish
# speaking, wrong options, signals, and a UNIX socket. Raw sockets, because no
# client would send such things.
. tests/tap.sh
: "${STAFFROOM_HUB:=$PWD/build/asan/staffroom-hub}"

hub=
trap '[ -z "$hub" ] || kill "$hub" 2>/dev/null' EXIT

# start ARG…: the hub with a folder of its own; where it is in $at.
start() {
    rm -f "$work/hub.out" # or we would read where the last one was
    "$STAFFROOM_HUB" --data "$work/data" "$@" >"$work/hub.out" \
        2>>"$work/hub.err" </dev/null &
    hub=$!
    for _ in $(seq 200); do
        at=$(sed -n 's/^The hub is at //p' "$work/hub.out" 2>/dev/null)
        [ -z "$at" ] || return 0
        kill -0 "$hub" 2>/dev/null || break
        sleep 0.05
    done
    not_ok "the hub starts with $*" "$(cat "$work/hub.err")"
    finish
}

# stop SIGNAL: its exit status in $status.
stop() {
    kill -"$1" "$hub"
    wait "$hub"
    status=$?
    hub=
}

mkdir -p "$work/assets/web/folder.css"
echo 'body { color: black }' >"$work/assets/web/style.css"
echo secret >"$work/assets/web/.hidden.css"
echo secret >"$work/assets/web/notes.md"
echo secret >"$work/assets/secret.css"
export STAFFROOM_ASSETS=$work/assets
: >"$work/hub.err"

cat >"$work/talk.py" <<'END'
import json, os, re, resource, socket, sys, time

at = sys.argv[1]
failed = False


def connect():
    if at.startswith("http"):
        host, port = at[len("http://"):].rsplit(":", 1)
        return socket.create_connection((host.strip("[]"), int(port)), 20)
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(20)
    s.connect(at)
    return s


def hear(s):
    """All there is until the other side closes, as bytes."""
    got = b""
    while True:
        try:
            more = s.recv(65536)
        except (ConnectionResetError, BrokenPipeError):
            return got
        if not more:
            return got
        got += more


def hear_one(s):
    """One answer with a Content-Length: status, headers in lower case, body."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = s.recv(65536)
        if not more:
            return 0, {}, got
        got += more
    head, body = got.split(b"\r\n\r\n", 1)
    status, headers = parse(head)
    while len(body) < int(headers.get("content-length", "0")):
        body += s.recv(65536)
    return status, headers, body


def parse(head):
    lines = head.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return int(lines[0].split(" ")[1]), headers


def tell(what, good, seen=""):
    global failed
    failed |= not good
    print(("ok " if good else "not ok ") + what)
    if not good:
        print("    " + repr(seen)[:400])


def ask(raw):
    """Sends `raw`, and gives (statuses, all bytes) until the hub closes."""
    with connect() as s:
        try:
            s.sendall(raw)
        except (ConnectionResetError, BrokenPipeError):
            pass
        got = hear(s)
    # libmicrohttpd's own pages may speak of an "HTTP/1.1 request".
    return [int(n) for n in re.findall(rb"HTTP/1\.1 (\d{3}) ", got)], got


HOST = b"Host: hub\r\n"
END = b"Connection: close\r\n\r\n"


def get(target, headers=b"", method=b"GET"):
    return ask(method + b" " + target + b" HTTP/1.1\r\n" + HOST + headers + END)


def healthy():
    with connect() as s:
        s.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
        status, _, body = hear_one(s)
        return status == 200 and body == b"ok\n"


def ambiguities():
    # What follows would be a second request if the hub had read on. That would
    # be answered with 200, and must not be. (Some refusals are libmicrohttpd's
    # own, which sends their head twice.)
    second = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
    rows = [
        ("two lengths", b"POST / HTTP/1.1\r\n" + HOST +
         b"Content-Length: 2\r\nContent-Length: 0\r\n\r\nab", {400}),
        ("the same length twice", b"POST / HTTP/1.1\r\n" + HOST +
         b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nab", {400}),
        ("a length and chunks", b"POST / HTTP/1.1\r\n" + HOST +
         b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         {400}),
        ("chunks and a length", b"POST / HTTP/1.1\r\n" + HOST +
         b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
         {400}),
        ("chunks alone", b"POST / HTTP/1.1\r\n" + HOST +
         b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {411}),
        ("another coding", b"POST / HTTP/1.1\r\n" + HOST +
         b"Transfer-Encoding: xchunked\r\n\r\n", {400, 411}),
        ("a length that is none", b"POST / HTTP/1.1\r\n" + HOST +
         b"Content-Length: +2\r\n\r\nab", {400}),
        ("a list of lengths", b"POST / HTTP/1.1\r\n" + HOST +
         b"Content-Length: 2, 2\r\n\r\nab", {400}),
        ("a negative length", b"POST / HTTP/1.1\r\n" + HOST +
         b"Content-Length: -1\r\n\r\nab", {400}),
        ("a length beyond all numbers", b"POST / HTTP/1.1\r\n" + HOST +
         b"Content-Length: 99999999999999999999\r\n\r\nab", {400, 413}),
        ("two hosts", b"GET /healthz HTTP/1.1\r\n" + HOST +
         b"Host: other\r\n\r\n", {400}),
        ("no host", b"GET /healthz HTTP/1.1\r\n\r\n", {400}),
        ("two tokens", b"GET /healthz HTTP/1.1\r\n" + HOST +
         b"Authorization: Bearer a\r\nauthorization: Bearer b\r\n\r\n", {400}),
        ("a space before the colon", b"POST / HTTP/1.1\r\n" + HOST +
         b"Content-Length : 2\r\n\r\n", {400}),
        ("a header without a name", b"GET /healthz HTTP/1.1\r\n: x\r\n" +
         HOST + b"\r\n", {400}),
        ("a folded header", b"GET /healthz HTTP/1.1\r\n" + HOST +
         b"X-A: b\r\n c\r\nX-D: e\r\n\r\n", {400}),
        # libmicrohttpd 1.0 hangs up on it without a word.
        ("a NUL in the address", b"GET /healthz\0/x HTTP/1.1\r\n" + HOST +
         b"\r\n", {400, None}),
        ("a NUL in a header", b"GET /healthz HTTP/1.1\r\nX-A: b\0c\r\n" + HOST +
         b"\r\n", {400}),
        ("a control character in a header", b"GET /healthz HTTP/1.1\r\n" +
         HOST + b"X-A: b\x01c\r\n\r\n", {400}),
        ("a bare CR in a header", b"GET /healthz HTTP/1.1\r\n" + HOST +
         b"X-A: b\rc\r\n\r\n", {400}),
        ("bare LFs", b"GET /healthz HTTP/1.1\nX-A: b\n" + HOST + b"\r\n",
         {400}),
        ("a space in the address", b"GET /healthz x HTTP/1.1\r\n" + HOST +
         b"\r\n", {400}),
        ("HTTP/0.9", b"GET /healthz\r\n\r\n", {400}),
        ("HTTP/2.0", b"GET /healthz HTTP/2.0\r\n" + HOST + b"\r\n", {505}),
        ("no HTTP at all", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", set()),
    ]
    for what, raw, wanted in rows:
        statuses, got = ask(raw + second)
        good = wanted.issuperset(statuses) and bool(
            statuses or not wanted or None in wanted)
        tell(what + " refused, and nothing behind it read", good, got)


def paths():
    for target in (b"/../secret.css", b"/web/../secret.css", b"/web/%2e%2e/x",
                   b"/web/%2e%2e", b"/web//style.css", b"//healthz",
                   b"/healthz%00", b"/healthz%0d%0aX:y", b"/%c0%ae%c0%ae/",
                   b"http://hub/healthz", b"*", b"healthz", b"/a\\b",
                   b"/web/%5c..%5csecret.css", b"/%zz", b"/a#b", b"/\x7f",
                   b"/\xc3\xab"):
        statuses, got = get(target)
        tell("no such path: %r" % target, statuses == [400], got)
    for target in (b"/web/.hidden.css", b"/web/notes.md", b"/web/folder.css",
                   b"/web/nothing.css", b"/web/", b"/web", b"/HEALTHZ",
                   b"/web/..%2fsecret.css", b"/web%2fstyle.css", b"/%2fhealthz",
                   b"/web/..%2F..%2Fhealthz", b"/x/..%2fhealthz",
                   b"/healthz/", b"/" + b"a" * 4000):
        statuses, got = get(target)
        tell("nothing at %r" % target[:40],
             statuses == [404] and b"secret" not in got, got)
    statuses, got = get(b"/" + b"a" * 40000)
    tell("an endless address", statuses == [414], got)
    statuses, got = get(b"/healthz", b"X-A: " + b"a" * 40000 + b"\r\n")
    tell("an endless header", statuses == [431], got)
    statuses, got = get(b"/healthz", b"X: y\r\n" * 5000)
    tell("endless headers", statuses == [431], got)


def methods():
    for method in (b"OPTIONS", b"TRACE", b"PATCH", b"POST", b"PUT", b"DELETE",
                   b"PROPFIND", b"get"):
        statuses, got = get(b"/healthz", method=method)
        tell("%s is refused, and told what there is" % method.decode(),
             statuses == [405] and b"\r\nAllow: GET, HEAD\r\n" in got, got)
    statuses, got = get(b"hub:443", method=b"CONNECT")
    tell("CONNECT is refused", statuses == [400], got)
    _, full = get(b"/web/style.css")
    statuses, got = get(b"/web/style.css", method=b"HEAD")
    head = full.split(b"\r\n\r\n")[0]
    tell("HEAD has the headers of GET and no body", statuses == [200]
         and sorted(got.strip().split(b"\r\n")) == sorted(head.split(b"\r\n")),
         got)


def answers():
    statuses, got = get(b"/")
    tell("the first page is this week", statuses == [303]
         and b"\r\nLocation: /this-week\r\n" in got, got)
    statuses, got = get(b"/web/style.css")
    _, headers = parse(got.split(b"\r\n\r\n")[0])
    tell("a style sheet is a style sheet", statuses == [200]
         and headers["content-type"] == "text/css; charset=utf-8"
         and headers["cache-control"] == "public, max-age=3600"
         and got.endswith(b"body { color: black }\n"), got)
    etag = headers["etag"].encode()
    statuses, got = get(b"/web/style.css", b"If-None-Match: " + etag + b"\r\n")
    tell("and not sent again", statuses == [304]
         and got.endswith(b"\r\n\r\n"), got)
    statuses, got = get(b"/nothing", b"Accept: text/html\r\n")
    tell("a browser gets a page, with the policy for pages", statuses == [404]
         and b"<h1>" in got and b"default-src 'none'" in got, got)
    statuses, got = get(b"/nothing")
    tell("a program gets problem+json", statuses == [404]
         and json.loads(got.split(b"\r\n\r\n")[1])["status"] == 404, got)
    for target in (b"/", b"/healthz", b"/nothing", b"/web/style.css", b"/%00"):
        _, got = get(target)
        tell("%s has what every answer has" % target.decode(),
             b"\r\nX-Content-Type-Options: nosniff\r\n" in got
             and b"\r\nReferrer-Policy: same-origin\r\n" in got
             and b"\r\nCross-Origin-Opener-Policy: same-origin\r\n" in got
             and b"\r\nAccess-Control-" not in got
             and b"\r\nCache-Control: " in got, got)
    with connect() as s:
        s.sendall((b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n") * 2)
        first, second = hear_one(s), None
        if first[2] == b"ok\n":
            second = hear_one(s)
        else:  # both came at once
            second = first
        tell("one connection carries two requests", first[0] == 200
             and second[0] == 200, (first, second))
    statuses, got = ask(b"GET /healthz HTTP/1.0\r\n\r\n")
    tell("HTTP/1.0 is answered", statuses == [200], got)
    # The head in many pieces, of many sizes: none of them is ambiguous.
    bad = []
    for size in (0, 1, 100, 1000, 3000, 7000):
        for piece in (1, 7, 512, 4000):
            raw = (b"GET /healthz?" + b"q" * (size // 2) +
                   b" HTTP/1.1\r\n" + HOST + b"X-Empty:\r\nX-Tab:\t b \r\n" +
                   b"X-A: " + b"a" * size + b"\r\nCookie: a=b; c=\"d\"\r\n" +
                   END)
            step = max(piece, len(raw) // 60)
            with connect() as s:
                s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for i in range(0, len(raw), step):
                    s.sendall(raw[i:i + step])
                    time.sleep(0.001)
                got = hear(s)
            if not got.endswith(b"\r\n\r\nok\n"):
                bad.append((size, piece, got[:80]))
    tell("a head may come in any pieces", bad == [], bad)


def bodies():
    def put(length, sent=None, headers=b""):
        return ask(b"PUT /healthz HTTP/1.1\r\n" + HOST + headers +
                   b"Content-Length: %d\r\n" % length + END +
                   b"a" * (length if sent is None else sent))
    tell("64 KiB are read", put(65536)[0] == [405])
    tell("one byte more is too long", put(65537)[0] == [413])
    tell("a megabyte is heard out", put(1 << 20)[0] == [413])
    tell("a gigabyte is refused at once", put(1 << 30, 0)[0] == [413])
    statuses, got = put(1 << 30, 0, b"Expect: 100-continue\r\n")
    tell("before it is sent, if one asks", statuses == [413], got)
    statuses, got = put(10, None, b"Expect: 100-continue\r\n")
    # Unless it is there before anybody could ask (RFC 9110, 10.1.1).
    tell("and a short one is asked for",
         statuses in ([100, 405], [405]), got)
    with connect() as s:
        s.sendall(b"PUT /healthz HTTP/1.1\r\n" + HOST +
                  b"Content-Length: 10\r\n\r\nabc")
    tell("who hangs up in the middle harms nobody", healthy())


def crowd():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    want = 1600
    if hard != resource.RLIM_INFINITY and hard < want:
        print("ok a crowd # SKIP this machine allows %d open files" % hard)
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, want), hard))
    slow = []
    for count, begun in ((1000, b"GET /healthz HT"), (500, b"PUT /healthz "
                         b"HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na")):
        for _ in range(count):
            s = connect()
            s.sendall(begun)
            slow.append(s)
        tell("%d who never finish, and the hub answers" % len(slow), healthy())
    gone = 0
    for s in slow:
        s.setblocking(False)
        try:
            gone += s.recv(1) == b""
        except BlockingIOError:
            pass
        except ConnectionResetError:
            gone += 1
    tell("those who waited longest had to go", 400 <= gone <= 700, gone)
    first_alive = slow[-1]
    first_alive.setblocking(True)
    first_alive.sendall(b"bcdefghi")
    first_alive.settimeout(20)
    tell("and the last of them is still heard", hear_one(first_alive)[0] == 405)
    for s in slow:
        s.close()
    tell("when they are gone, too", healthy())


for name in sys.argv[2:]:
    globals()[name]()
sys.exit(failed)
END

talk() {
    timeout 120 python3 "$work/talk.py" "$@" </dev/null || failed=1
}

start --listen 127.0.0.1:0
case $at in
http://127.0.0.1:*) ok "it says where it listens" ;;
*) not_ok "it says where it listens" "$at" ;;
esac
says "its folder is for nobody else" 700 "$(stat -c %a "$work/data")"
talk "$at" answers ambiguities paths methods bodies crowd

run "$STAFFROOM_HUB" --data "$work/data" --listen "${at#http://}"
says "an address that is taken: exit 2" 2 "$status"
kill -HUP "$hub"
run curl -s "$at/healthz"
says "a closed terminal does not end it" ok "$(cat "$work/out")"
stop TERM
says "SIGTERM ends it in good order" 0 "$status"

start --listen '[::1]:0'
run curl -gs "$at/healthz"
says "IPv6" ok "$(cat "$work/out")"
stop INT
says "SIGINT ends it as well" 0 "$status"

socket=$work/hub.sock
start --socket "$socket"
says "a socket is for owner and group" 660 "$(stat -c %a "$socket")"
run curl -s --unix-socket "$socket" http://hub/healthz
says "a UNIX socket" ok "$(cat "$work/out")"
run "$STAFFROOM_HUB" --data "$work/data" --socket "$socket"
says "a second hub leaves the first its socket: exit 2" 2 "$status"
run curl -s --unix-socket "$socket" http://hub/healthz
says "which still answers" ok "$(cat "$work/out")"
kill -KILL "$hub"
wait "$hub" 2>/dev/null # the shell would tell of it
start --socket "$socket"
run curl -s --unix-socket "$socket" http://hub/healthz
says "what a killed hub left behind is no hindrance" ok "$(cat "$work/out")"
stop TERM
[ ! -e "$socket" ] && ok "it takes its socket with it" ||
    not_ok "it takes its socket with it"

echo mine >"$work/file"
printf '# ours\n[hub]\nlisten = 127.0.0.1:0\nbehind_proxy = no\n' \
    >"$work/hub.conf"
printf 'listen = 127.0.0.1:0\nlisten_to = x\n' >"$work/wrong.conf"
start --config "$work/hub.conf"
run curl -s "$at/healthz"
says "settings from a file" ok "$(cat "$work/out")"
stop TERM

# refused WHAT PATTERN ARG…: one line that has PATTERN in it, and exit 2.
refused() {
    local what=$1 pattern=$2
    shift 2
    run "$STAFFROOM_HUB" "$@"
    if [ $status -eq 2 ] && [ "$(wc -l <"$work/err")" -eq 1 ] &&
        grep -q -- "$pattern" "$work/err"; then
        ok "refused: $what"
    else
        not_ok "refused: $what" "exit $status" "$(cat "$work/err")"
    fi
}
d=$work/data
refused "no folder" '--data DIR'
refused "an unknown option" '--help' --data "$d" --lisen 127.0.0.1:0
refused "an option without its value" 'needs a value' --data
refused "a value too many" 'takes no value' --behind-proxy=yes
refused "two places" 'not both' --data "$d" --listen 127.0.0.1:0 --socket "$d/s"
refused "the whole network" 'TLS' --data "$d" --listen 0.0.0.0:0
refused "the whole network in IPv6" 'TLS' --data "$d" --listen '[::]:0'
refused "a port alone" 'address and port' --data "$d" --listen 8080
refused "an address without brackets" 'address and port' --data "$d" \
    --listen ::1:8080
refused "a port that is none" 'address and port' --data "$d" --listen 127.0.0.1:x
refused "a port beyond ports" '127.0.0.1' --data "$d" --listen 127.0.0.1:99999
refused "a file as a folder" 'cannot be made' --data "$work/file"
refused "a file as a socket" 'no socket' --data "$d" --socket "$work/file"
refused "settings that are not there" 'nothing.conf' --data "$d" \
    --config "$work/nothing.conf"
refused "a setting it does not know" 'wrong.conf:2:' --data "$d" \
    --config "$work/wrong.conf"
says "the file is as it was" mine "$(cat "$work/file")"

run "$STAFFROOM_HUB" --help
[ $status -eq 0 ] && grep -q -- '--behind-proxy' "$work/out" &&
    ok "--help" || not_ok "--help" "$(cat "$work/out")"
run "$STAFFROOM_HUB" --version
says "--version" 0 "$status"

start --listen 0.0.0.0:0 --behind-proxy
run curl -s "http://127.0.0.1:${at##*:}/healthz"
says "behind a proxy it may listen to a network" ok "$(cat "$work/out")"
stop TERM

if is_clean "$work/hub.err"; then
    ok "the sanitizers have nothing to say"
else
    not_ok "the sanitizers have nothing to say" "$reports"
fi
finish

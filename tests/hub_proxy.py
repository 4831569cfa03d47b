"""hub_proxy.py PORT CA SOCKET WHAT…: says to the web server in front of a hub,
by TLS at that port, what no browser would, and prints "ok" or "not ok" for each
thing it looked at. SOCKET is where the hub itself listens."""

import os
import re
import resource
import socket
import ssl
import sys

PORT, CA, SOCKET = int(sys.argv[1]), sys.argv[2], sys.argv[3]
TLS = ssl.create_default_context(cafile=CA)
HOST = b"Host: localhost:%d\r\n" % PORT
END = b"Connection: close\r\n\r\n"
failed = False


def tell(what, good, seen=""):
    global failed
    failed |= not good
    print(("ok " if good else "not ok ") + what, flush=True)
    if not good:
        print("    " + repr(seen)[:400])


def connect(source="127.0.0.1"):
    s = socket.create_connection(("127.0.0.1", PORT), 30, (source, 0))
    return TLS.wrap_socket(s, server_hostname="localhost")


def hear(s):
    got = b""
    while True:
        try:
            more = s.recv(65536)
        except (OSError, ssl.SSLError):
            return got
        if not more:
            return got
        got += more


def ask(raw, source="127.0.0.1"):
    """All statuses, and all bytes, until the server closes."""
    with connect(source) as s:
        try:
            s.sendall(raw)
        except (OSError, ssl.SSLError):
            pass
        got = hear(s)
    return [int(n) for n in re.findall(rb"HTTP/1\.[01] (\d{3}) ", got)], got


def get(target, headers=b"", method=b"GET", source="127.0.0.1"):
    return ask(method + b" " + target + b" HTTP/1.1\r\n" + HOST + headers + END,
               source)


def header(got, name):
    found = re.search(rb"\r\n" + name + rb": ([^\r]*)\r\n", got, re.I)
    return found.group(1) if found else b""


def feed_answers():
    statuses, got = get(b"/feed.json")
    return statuses == [200] and b"jsonfeed.org" in got


def smuggling():
    second = b"GET /healthz HTTP/1.1\r\n" + HOST + END
    one, other = (b"Authorization: Bearer " + c * 43 + b"\r\n"
                  for c in (b"A", b"B"))
    put = b"PUT /v1/status HTTP/1.1\r\n" + HOST
    rows = (
        ("a length and chunks", put + b"Content-Length: 4\r\n"
         b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        ("chunks and a length", put + b"Transfer-Encoding: chunked\r\n"
         b"Content-Length: 5\r\n\r\n0\r\n\r\n"),
        ("two lengths", put + b"Content-Length: 0\r\n"
         b"Content-Length: 2\r\n\r\nab"),
        ("another coding", put + b"Transfer-Encoding: xchunked\r\n"
         b"Content-Length: 0\r\n\r\n"),
        ("a length that is none", put + b"Content-Length: +0\r\n\r\n"),
        ("two hosts", b"GET /healthz HTTP/1.1\r\n" + HOST +
         b"Host: other\r\n\r\n"),
        ("no host", b"GET /healthz HTTP/1.1\r\n\r\n"),
        ("two tokens", b"GET /v1/feed.json HTTP/1.1\r\n" + HOST + one +
         other + b"\r\n"),
        ("a space before the colon", put + b"Content-Length : 0\r\n\r\n"),
    )
    for what, raw in rows:
        statuses, got = ask(raw + second)
        # Some servers see one request in it, and answer what follows as the
        # next: never with another's, so 200 is good only behind a refusal.
        # 503 where the hub refused and hung up before it was told all.
        tell(what + ": refused", bool(statuses) and
             statuses[0] in (400, 411, 501, 503), got)
    tell("and the next one is answered", get(b"/healthz")[0] == [200])


def bodies():
    def put(length, sent=None):
        return ask(b"PUT /v1/status HTTP/1.1\r\n" + HOST +
                   b"Content-Length: %d\r\n" % length + END +
                   b"a" * (length if sent is None else sent))
    # Without a token, whatever is not too long is 401.
    tell("64 KiB get through", put(65536)[0] == [401])
    tell("one byte more does not", put(65537)[0] == [413])
    tell("nor does a gigabyte, before it is sent", put(1 << 30, 0)[0] == [413])


def spoof():
    """Guessing tokens is slow however the guesser calls itself."""
    forms = (b"X-Forwarded-For: 203.0.113.%d\r\n",
             b"X-Forwarded-For: 203.0.113.%d, 127.0.0.9\r\n",
             b"X-Forwarded-For: 127.0.0.9\r\nX-Forwarded-For: 203.0.113.%d\r\n",
             b"Forwarded: for=203.0.113.%d\r\n",
             b"X-Real-IP: 203.0.113.%d\r\n")
    token = b"Authorization: Bearer " + b"A" * 43 + b"\r\n"
    seen = [get(b"/v1/feed.json", token + forms[i % len(forms)] % i,
                source="127.0.0.2")[0] for i in range(40)]
    tell("a made-up X-Forwarded-For gets nobody around the bucket",
         seen[0] == [401] and seen[-1] == [429], seen)
    # Else the line above would be no proof: addresses are told apart.
    tell("while another address has one of its own",
         get(b"/v1/feed.json", token, source="127.0.0.3")[0] == [401])


def cache():
    statuses, got = get(b"/feed.json")
    etag = header(got, b"ETag")
    tell("the feed has a tag", statuses == [200] and len(etag) > 2, got)
    for form in (etag, b"W/" + etag, b'"x", ' + etag):
        statuses, got = get(b"/feed.json", b"If-None-Match: " + form + b"\r\n")
        tell("who has it need not fetch it: %s" % form.decode(),
             statuses == [304] and got.endswith(b"\r\n\r\n"), got)
    statuses, got = get(b"/feed.json", b"Accept-Encoding: gzip\r\n")
    tell("it may be compressed", header(got, b"Content-Encoding") == b"gzip",
         got)
    statuses, got = get(b"/feed.json", b"Accept-Encoding: gzip\r\n"
                        b"If-None-Match: " + header(got, b"ETag") + b"\r\n")
    tell("and has a tag then as well", statuses == [304], got)
    # Nothing that leads there puts something else in its place.
    for raw in (b"GET /feed%2ejson?x", b"GET /x/..%2ffeed.json",
                b"GET /v1/../feed.json", b"GET //feed.json",
                b"POST /feed.json", b"HEAD /feed.json", b"DELETE /feed.json",
                b"GET /feed.json%2f..%2ffeed.json"):
        ask(raw + b" HTTP/1.1\r\n" + HOST + b"X-HTTP-Method-Override: PUT\r\n" +
            b"Content-Length: 0\r\n" + END)
        statuses, got = get(b"/feed.json")
        tell("still the feed after %s" % raw.decode(),
             statuses == [200] and header(got, b"ETag") == etag
             and b"jsonfeed.org" in got, got)


def crowd():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2600:
        print("ok a crowd # SKIP this machine allows %d open files" % hard)
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2600), hard))
    slow = []
    for i in range(1000):
        s = connect("127.0.0.4")
        s.sendall(b"GET /feed.json HTTP/1.1\r\nHost: loc" if i % 2 else
                  b"PUT /v1/status HTTP/1.1\r\n" + HOST +
                  b"Content-Length: 9\r\n\r\na")
        slow.append(s)
    tell("1,000 slow callers at the web server, and the feed answers",
         feed_answers())
    tell("so does the hub behind it", get(b"/healthz")[0] == [200])
    for _ in range(1000):
        s = socket.socket(socket.AF_UNIX)
        s.connect(SOCKET)  # waits for its turn, which a timeout would forbid
        s.sendall(b"GET /healthz HT")
        slow.append(s)
    tell("1,000 more at the hub itself, and the feed answers", feed_answers())
    tell("and so does the hub", get(b"/healthz")[0] == [200])
    for s in slow:
        s.close()


for name in sys.argv[4:]:
    globals()[name]()
sys.exit(failed)

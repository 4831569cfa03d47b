"""A web server that misbehaves on request, for the tests of everything that
has to survive one. Standard library and the openssl command only.

    python3 tests/bad_server.py FOLDER

Listens on 127.0.0.1, plain and with five kinds of certificate, prints one
line of names and ports, and ends when its standard input does. FOLDER gets
the certificates and requests.log; FOLDER/files is served below /files/, where
NAME.status beside NAME makes it answer with that status instead.
"""

import email.utils
import gzip
import hashlib
import http.server
import os
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import zlib

FEED = (b'{"version":"https://jsonfeed.org/version/1.1","title":"Good",'
        b'"items":[{"id":"1","content_text":"' + b"Hello. " * 30 + b'"}]}')
BOMB_BYTES = 64 * 1024 * 1024
MODIFIED = "Thu, 26 Nov 2026 08:00:00 GMT"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, *args):
        pass

    def log_line(self):
        words = [self.command, self.path,
                 self.headers.get("If-None-Match", "-"),
                 self.headers.get("Authorization", "-")]
        with LOG_LOCK, open(os.path.join(ROOT, "requests.log"), "a") as log:
            log.write(" ".join(words) + "\n")

    def answer(self, body, status=200, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_start(self, *lines):
        """Headers as they are, for answers that are wrong in themselves."""
        self.close_connection = True
        text = "\r\n".join(("HTTP/1.1 200 OK",) + lines) + "\r\n\r\n"
        self.wfile.write(text.encode())

    def send_chunks(self, chunks):
        for chunk in filter(None, chunks):  # an empty one would be the end
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        self.wfile.write(b"0\r\n\r\n")

    # One method for each way to misbehave: /name is do_name.

    def do_good(self):
        tag = '"v1"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.answer(FEED, ETag=tag, Last_Modified=MODIFIED,
                    Content_Type="application/feed+json")

    def do_gzip(self):
        self.answer(gzip.compress(FEED), Content_Encoding="gzip")

    def do_bomb(self):
        self.send_start("Content-Encoding: gzip", "Transfer-Encoding: chunked")
        pack = zlib.compressobj(9, wbits=31)
        zeros = bytes(1024 * 1024)
        self.send_chunks(pack.compress(zeros) + pack.flush(zlib.Z_SYNC_FLUSH)
                         for _ in range(BOMB_BYTES // len(zeros)))

    def do_endless(self):
        self.send_start("Transfer-Encoding: chunked")
        self.send_chunks(b"x" * 65536 for _ in range(4096))

    def do_declared(self):
        self.send_start("Content-Length: 104857600")

    def do_headers(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for i in range(100000):
            self.wfile.write(b"X-%d: %s\r\n" % (i, b"y" * 1000))

    def do_drip(self):
        self.send_start("Content-Length: 1000")
        for _ in range(1000):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)

    def do_hang(self):
        self.close_connection = True
        self.connection.recv(1)

    def do_reset(self):
        self.send_start("Content-Length: 1000")
        self.wfile.write(FEED[:50])
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                   struct.pack("ii", 1, 0))
        self.connection.close()

    def do_short(self):
        self.send_start("Content-Length: 1000")
        self.wfile.write(FEED)

    def do_nonsense(self):
        self.close_connection = True
        self.wfile.write(b"I am no web server\r\n\r\n")

    def do_silent(self):
        self.close_connection = True

    def do_login(self):
        self.answer(b"<!DOCTYPE html><title>Sign in</title>",
                    Content_Type="text/html")

    def do_empty(self):
        self.answer(b"")

    def do_old(self):
        """As a cache gives it: the Date of long ago, and its Age."""
        then = email.utils.formatdate(time.time() - 3600, usegmt=True)
        body = FEED
        self.send_start("Date: " + then, "Age: 3600",
                        "Content-Length: %d" % len(body))
        self.wfile.write(body)

    def do_wrong_clock(self):
        self.send_start("Date: Thu, 01 Jan 2015 00:00:00 GMT",
                        "Content-Length: %d" % len(FEED))
        self.wfile.write(FEED)

    def do_long_etag(self):
        self.answer(FEED, ETag='"' + "e" * 300 + '"')

    def do_loop(self):
        self.answer(b"round and round", 302, Location="/loop")

    def do_hops(self):
        left = int(self.path.split("/")[2])
        if left == 0:
            self.do_good()
        else:
            self.answer(b"on you go", 302, Location="/hops/%d" % (left - 1))

    def do_to(self):
        self.answer(b"on you go", 302, Location=self.path.split("?", 1)[1])

    def do_status(self):
        status = int(self.path.split("/")[2])
        headers = {"Retry_After": "120"} if status == 503 else {}
        self.answer(b"no", status, **headers)

    def do_whoami(self):
        self.answer(self.headers.get("User-Agent", "-").encode())

    def do_files(self):
        name = os.path.join(ROOT, "files", self.path.split("/", 2)[2])
        if os.path.exists(name + ".status"):
            with open(name + ".status") as f:
                self.answer(b"no", int(f.read()))
            return
        if not os.path.exists(name):
            self.answer(b"no such file", 404)
            return
        with open(name, "rb") as f:
            body = f.read()
        tag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        self.answer(body, ETag=tag)

    def do_GET(self):
        self.log_line()
        if self.path.startswith("http://"):  # we are asked as a proxy
            if "password" in self.path:
                self.answer(b"who are you?", 407, Proxy_Authenticate="Basic")
            else:
                self.answer(b"proxied " + self.path.encode())
            return
        name = self.path.split("?")[0].split("/")[1].replace("-", "_")
        try:
            getattr(self, "do_" + name, self.do_nothing)()
        except OSError:
            self.close_connection = True  # the other side has had enough

    def do_nothing(self):
        self.answer(b"nothing here", 404)

    def do_CONNECT(self):
        self.log_line()
        self.close_connection = True
        self.answer(b"", 407 if "password" in self.path else 403)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, context=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.context = context

    def finish_request(self, request, client_address):
        # Here and not when accepting: a handshake must not hold the others.
        try:
            if self.context:
                request = self.context.wrap_socket(request, server_side=True)
            super().finish_request(request, client_address)
        except OSError:
            pass

    def handle_error(self, request, client_address):
        pass


CA_CONFIG = """
[ca]
default_ca = it
[it]
database = {root}/index.txt
serial = {root}/serial
new_certs_dir = {root}
certificate = {root}/ca.pem
private_key = {root}/ca.key
default_md = sha256
policy = any
unique_subject = no
x509_extensions = server
[any]
commonName = supplied
[server]
subjectAltName = {names}
[req]
distinguished_name = dn
[dn]
"""


def openssl(*words):
    subprocess.run(("openssl",) + words, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_authority():
    for name in ("ca", "other"):
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=Test " + name, "-keyout", path(name + ".key"),
                "-out", path(name + ".pem"))
    open(path("index.txt"), "w").close()
    with open(path("serial"), "w") as f:
        f.write("01\n")
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
            "-keyout", path("server.key"), "-out", path("server.csr"))


def make_context(name, start, end, authority="ca",
                 names="IP:127.0.0.1,DNS:localhost"):
    config = CA_CONFIG.format(root=ROOT, names=names)
    with open(path("ca.cnf"), "w") as f:
        f.write(config)
    stamp = "%Y%m%d%H%M%SZ"
    day = 24 * 60 * 60
    openssl("ca", "-batch", "-notext", "-config", path("ca.cnf"),
            "-cert", path(authority + ".pem"),
            "-keyfile", path(authority + ".key"),
            "-startdate", time.strftime(stamp, time.gmtime(time.time() +
                                                           start * day)),
            "-enddate", time.strftime(stamp, time.gmtime(time.time() +
                                                         end * day)),
            "-in", path("server.csr"), "-out", path(name + ".pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path(name + ".pem"), path("server.key"))
    return context


def path(name):
    return os.path.join(ROOT, name)


def main():
    os.makedirs(path("files"), exist_ok=True)
    make_authority()
    servers = {
        "http": Server(),
        "https": Server(make_context("good", -1, 1)),
        "expired": Server(make_context("expired", -20, -10)),
        "early": Server(make_context("early", 10, 20)),
        "unknown": Server(make_context("unknown", -1, 1, authority="other")),
        "misnamed": Server(make_context("misnamed", -1, 1,
                                        names="DNS:other.example")),
    }
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(" ".join("%s %d" % (name, server.server_address[1])
                   for name, server in servers.items()), flush=True)
    sys.stdin.read()


ROOT = os.path.abspath(sys.argv[1])
LOG_LOCK = threading.Lock()
if __name__ == "__main__":
    main()

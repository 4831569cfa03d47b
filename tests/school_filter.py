"""A school's network on a bad day, for e2e_net_card.sh. Standard library and the
openssl command only.

    python3 tests/school_filter.py FOLDER NAME FEED

Prints two ports of 127.0.0.1 and ends when its standard input does. The first
answers every request with a page to sign in; the second is a proxy that
inspects: whoever asks it for NAME is given FEED under a certificate of its own,
whose authority is FOLDER/filter.pem.
"""

import http.server
import os
import ssl
import subprocess
import sys
import threading

FOLDER, NAME, FEED = sys.argv[1:]
PAGE = (b"<!DOCTYPE html><html><head><title>Hillcrest Web Filter: please sign "
        b"in</title></head><body>Name, password.</body></html>")


def path(name):
    return os.path.join(FOLDER, name)


def make_certificates():
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
           "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    usage = "keyUsage=critical,"
    for words in (
            ["-subj", "/O=Hillcrest Council, IT/CN=School Filter CA",
             "-keyout", path("filter.key"), "-out", path("filter.pem"),
             "-addext", usage + "keyCertSign,cRLSign"],
            ["-subj", "/CN=" + NAME, "-CA", path("filter.pem"),
             "-CAkey", path("filter.key"), "-keyout", path("site.key"),
             "-out", path("site.pem"), "-addext", "subjectAltName=DNS:" + NAME,
             "-addext", usage + "digitalSignature",
             "-addext", "basicConstraints=critical,CA:false"]):
        subprocess.run(new + words, check=True, stderr=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path("site.pem"), path("site.key"))
    return context


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with open(FEED, "rb") as f:
            self.answer(f.read(), "application/feed+json")


class SignIn(Site):
    def do_GET(self):
        self.answer(PAGE, "text/html; charset=utf-8")


class Proxy(Site):
    def do_CONNECT(self):
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            Site(CONTEXT.wrap_socket(self.connection, server_side=True),
                 self.client_address, self.server)
        except OSError:
            pass  # it did not like the certificate


CONTEXT = make_certificates()
servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind)
           for kind in (SignIn, Proxy)]
for server in servers:
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
print(*(server.server_address[1] for server in servers), flush=True)
sys.stdin.read()

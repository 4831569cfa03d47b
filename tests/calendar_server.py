#!/usr/bin/env python3
"""A web server with calendars, good ones and bad ones, over https.

    calendar_server.py CERTIFICATE KEY FOLDER ADDRESS...

Listens on port 443 of each ADDRESS. A file of FOLDER is served with an ETag that
is its hash. Each request is a line of FOLDER/asked: path and If-None-Match.
"""

import hashlib
import os
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

certificate, key, folder, *addresses = sys.argv[1:]

ELSEWHERE = {
    "/to-itself": "/weekly.ics",
    "/to-another": "https://other.example/weekly.ics",
    "/to-loopback": "https://127.0.0.1/weekly.ics",
    "/to-plain": "http://calendar.example/weekly.ics",
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def say(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        known = self.headers.get("If-None-Match", "")
        with open(os.path.join(folder, "asked"), "a") as asked:
            asked.write(f"{self.path} {known}\n")
        if self.path in ELSEWHERE:
            self.say(302, Location=ELSEWHERE[self.path])
        elif self.path == "/large":
            self.say(200, b"BEGIN:VCALENDAR\r\n" + b"X-A:b\r\n" * 200000)
        elif self.path == "/slow":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            time.sleep(60)
        else:
            self.file()

    def file(self):
        path = os.path.join(folder, os.path.basename(self.path))
        if not os.path.isfile(path):
            self.say(404)
            return
        with open(path, "rb") as f:
            body = f.read()
        etag = '"' + hashlib.sha1(body).hexdigest() + '"'
        if self.headers.get("If-None-Match") == etag:
            self.say(304, ETag=etag)
        else:
            self.say(200, body, ETag=etag, Content_Type="text/calendar")


def serve(address):
    server = ThreadingHTTPServer((address, 443), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


for address in addresses:
    serve(address)
print("ready", flush=True)
threading.Event().wait()

"""A hub small enough to read, for the tests of the kiosk's side: it speaks the
same requests as the real one and keeps all in memory. Standard library only.

    python3 tests/small_hub.py FOLDER

Listens on 127.0.0.1, prints its port, and ends when its standard input does.
FOLDER/mood says how it behaves, one "name value" a line, read anew for every
request:

    accept 1        whoever shows a code has been added
    forget 1        no code is waiting (any more)
    gone 1          no token is known (any more)
    revoked 1       the token was revoked
    status 503      the answer to everything but pairing, before anything is done
    retry_after 1   goes with it
    lose 2          so many answers about post-its and touches get lost in all,
                    after the work was done
    refuse 422      the answer to a new post-it
    slow 1          seconds before each answer
    share ID        everybody may read that post-it
    down ID         a coordinator took it down
    page PATH       the answer to a status has that page for phones

FOLDER/log gets a line for every request: method, path, status ("lost" behind
it when nobody heard it), and Authorization or "-". The token of 43 As is good.
"""

import http.server
import json
import os
import sys
import threading
import time
import urllib.parse

TOKEN = "A" * 43
CODE = "BCDFGHJK"
SCHOOL = "hillcrest"
BEARER = {"WWW-Authenticate": "Bearer"}


class Hub:
    def __init__(self):
        self.lock = threading.Lock()
        self.postits = {}  # in the order in which they came
        self.down = set()
        self.reactions = {}
        self.secret = None
        self.lost = 0

    def mood(self):
        said = {"share": set(), "down": set()}
        try:
            with open(os.path.join(ROOT, "mood")) as f:
                for line in f:
                    name, value = line.split()
                    if name in ("share", "down"):
                        said[name].add(value)
                    else:
                        said[name] = value
        except FileNotFoundError:
            pass
        for name in said["down"] & set(self.postits):
            del self.postits[name]
            self.down.add(name)
        return said

    # Each gives a status, a body or None, and headers.

    def pair(self, method, path, body, secret, mood):
        if method == "POST":
            self.secret = json.loads(body)["secret"]
            return 201, {"code": CODE, "expires_s": 600}, {}
        if (path != "/v1/pair/" + CODE or secret != self.secret
                or "forget" in mood):
            return 404, {"title": "No such code"}, {}
        if "accept" not in mood:
            return 202, {}, {}
        return 200, {"token": TOKEN, "name": "Hillcrest staffroom",
                     "school": SCHOOL, "title": "Northside"}, {}

    def put_postit(self, name, body, mood):
        if name in self.down:
            return 410
        if name in self.postits:
            return 200 if self.postits[name] == body else 409
        if "refuse" in mood:
            return int(mood["refuse"])
        self.postits[name] = body
        return 201

    def delete_postit(self, name):
        known = name in self.postits or name in self.down
        self.postits.pop(name, None)
        self.down.add(name)
        return 204 if known else 404

    def put_reaction(self, path, body):
        target, name = path.split("/")
        known = name in self.reactions
        self.reactions[name] = (urllib.parse.unquote(target), body["kind"])
        return 200 if known else 201

    def count(self, target, kind):
        return list(self.reactions.values()).count((target, kind))

    def item(self, name, text, about):
        about.update(thanks=self.count(name, "thanks"),
                     trying=self.count(name, "trying"))
        return {"id": name, "content_text": text, "_staffroom": about}

    def feed(self, mood):
        items = [self.item("i-48", "An idea.", {"kind": "idea"})]
        for name, p in self.postits.items():
            about = {"kind": "postit", "sort": p["sort"], "school": SCHOOL,
                     "colour": p["colour"], "answers": p["answers"] or None}
            if name not in mood["share"]:
                about["schools"] = [SCHOOL]
            items.append(self.item(name, p["text"], about))
        return {"version": "https://jsonfeed.org/version/1.1",
                "title": "Northside", "_staffroom": {"complete": True},
                "items": items}

    def work(self, method, path, body, mood):
        body = json.loads(body) if body else None
        if path == "/v1/feed.json":
            return 200, self.feed(mood)
        if path == "/v1/status":
            return (200, {"post_page": mood["page"]}) if "page" in mood else (
                204, None)
        start, _, name = path.removeprefix("/v1/").partition("/")
        if start == "postits":
            status = (self.put_postit(name, body, mood) if method == "PUT"
                      else self.delete_postit(name))
        elif start == "reactions" and method == "PUT":
            status = self.put_reaction(name, body)
        elif start == "reactions":
            self.reactions.pop(name.split("/")[1], None)
            status = 204
        else:
            status = 404
        return status, None if status == 204 else {"title": "Said"}

    def answer(self, method, path, body, token):
        mood = self.mood()
        time.sleep(float(mood.get("slow", 0)))
        if path.startswith("/v1/pair"):
            return self.pair(method, path, body, token, mood)
        if "status" in mood:
            after = mood.get("retry_after")
            return int(mood["status"]), {"title": "No"}, (
                {"Retry-After": after} if after else {})
        if token != TOKEN or "gone" in mood:
            return 401, {"title": "Who is this?"}, BEARER
        if "revoked" in mood:
            return 401, {"type": "/problems/revoked", "title": "Taken off"}, (
                BEARER | {"Content-Type": "application/problem+json"})
        return self.work(method, path, body, mood) + ({},)

    def loses(self, path):
        most = int(self.mood().get("lose", 0))
        matters = path.startswith(("/v1/postits/", "/v1/reactions/"))
        if not matters or self.lost >= most:
            return False
        self.lost += 1
        return True


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def respond(self):
        size = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(size)
        said = self.headers.get("Authorization", "-")
        with HUB.lock:
            status, answer, headers = HUB.answer(
                self.command, self.path, body, said.removeprefix("Bearer "))
            is_lost = HUB.loses(self.path)
            with open(os.path.join(ROOT, "log"), "a") as log:
                log.write("%s %s %d%s %s\n" % (
                    self.command, self.path, status,
                    " lost" if is_lost else "", said))
        if is_lost:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        sent = json.dumps(answer).encode() if answer is not None else b""
        if status != 204:
            self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    do_GET = do_POST = do_PUT = do_DELETE = respond


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


ROOT = os.path.abspath(sys.argv[1])
HUB = Hub()
if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()

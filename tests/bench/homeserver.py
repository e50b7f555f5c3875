"""A homeserver of a few lines for measuring: it says what it is told and notes when it was asked.

    server = Homeserver(rooms)
    server.say([message(room, sender, "!budget", now_ms)])   # one /sync answer
    server.wait_sent(1)
    server.close()

It is no test of Matrix: tests/scenario has a real one for that. Of keys it knows what a login needs: it keeps the
bot's own and shows them again.
"""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

SERVER = "example.org"
BOT = f"@rotonde:{SERVER}"
MEMBERS = 30


class Handler(BaseHTTPRequestHandler):
    """One request; what it needs to know stands in self.server.house."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def answer(self, body, kind="application/json"):
        if not isinstance(body, bytes):
            body = json.dumps(body, separators=(",", ":")).encode()
        head = (f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n").encode()
        self.wfile.write(head + body)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def do_GET(self):
        house, path = self.server.house, self.path
        if path.startswith("/_matrix/client/v3/sync"):
            self.answer(house.sync(path))
        elif path.endswith("/versions"):
            self.answer({"versions": ["v1.11"]})
        elif path.endswith("/login"):
            self.answer({"flows": [{"type": "m.login.password"}]})
        elif path.endswith("/whoami"):
            self.answer({"user_id": BOT, "device_id": house.device})
        elif path.endswith("/members?not_membership=leave"):
            room = unquote(path.split("/")[-2])
            self.answer({"chunk": [event for event in first_state(room, 0) if event["type"] == "m.room.member"]})
        elif "/account_data/" in path:
            self.answer(house.account_data.get(path, {}))
        elif "/media/download/" in path:
            self.answer(house.photo(path), "image/jpeg")
        else:
            self.answer({})

    def do_POST(self):
        body = self.body()
        if self.path.endswith("/login"):
            self.server.house.device = json.loads(body)["device_id"]
            self.answer({"user_id": BOT, "device_id": self.server.house.device, "access_token": "syt_bench"})
        elif self.path.endswith("/filter"):
            self.answer({"filter_id": "1"})
        elif "/keys/" in self.path:
            self.answer(self.server.house.keys.serve(self.path, json.loads(body), self.server.house.device))
        else:
            self.answer({})

    def do_PUT(self):
        arrived = time.monotonic()
        if "/account_data/" in self.path:
            self.server.house.account_data[self.path] = json.loads(self.body())
            self.answer({})
            return
        self.server.house.take_sent(arrived, json.loads(self.body()))
        self.answer({"event_id": "$ours" + self.path.rpartition("/")[2]})


class Keys:
    """The bot's own keys, as it uploaded and signed them."""

    def __init__(self):
        self.device = {}
        self.cross = {}

    def serve(self, path, body, device):
        if path.endswith("/keys/upload"):
            self.device = body.get("device_keys", self.device)
            return {"one_time_key_counts": {"signed_curve25519": 50}}
        if path.endswith("/device_signing/upload"):
            self.cross = {name: key for name, key in body.items() if name.endswith("_key")}
        elif path.endswith("/signatures/upload"):
            for name, key in body[BOT].items():
                stored = self.device if name == device else self.cross["master_key"]
                stored.setdefault("signatures", {}).setdefault(BOT, {}).update(key["signatures"][BOT])
        elif path.endswith("/keys/query"):
            return {"device_keys": {user: {device: self.device} if user == BOT else {} for user in body["device_keys"]},
                    **{f"{name}s": {BOT: key} for name, key in self.cross.items()}}
        return {}


class Server(ThreadingHTTPServer):
    """Threads that end with the process."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """A daemon that ends leaves its connections where they are."""


class Homeserver:
    """The state behind the handlers, and what a bench tells and asks it."""

    def __init__(self, rooms, encrypted=False):
        self.rooms = rooms
        self.encrypted = encrypted
        self.device = "BENCH"
        self.keys = Keys()
        self.account_data = {}
        self.changed = threading.Condition()
        self.batches = [self.first_batch()]
        self.syncs = []   # when each /sync was asked, and with which token
        self.spoken = []  # when each batch was handed out
        self.sent = []    # when each message of the bot came in, and its content
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.house = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        with self.changed:
            self.batches = None
            self.changed.notify_all()
        self.server.shutdown()
        self.server.server_close()

    # What the handlers ask

    def sync(self, path):
        asked = time.monotonic()
        since = re.search(r"[?&]since=s(\d+)", path)
        timeout = int(re.search(r"[?&]timeout=(\d+)", path)[1])
        index = int(since[1]) if since else 0
        with self.changed:
            self.syncs.append((asked, index))
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.batches is None or index < len(self.batches), timeout / 1000)
            if self.batches is None or index >= len(self.batches):
                return {"next_batch": f"s{index}"}
            if index == len(self.spoken):
                self.spoken.append(0)
            self.spoken[index] = time.monotonic()
            return self.batches[index]

    def photo(self, path):
        """Some 60 KB that differ from file to file."""
        return b"\xff\xd8\xff\xe0" + path.encode() + bytes(60000) + b"\xff\xd9"

    def take_sent(self, arrived, content):
        with self.changed:
            self.sent.append((arrived, content))
            self.changed.notify_all()

    # What a bench tells and asks

    def first_batch(self):
        now_ms = int(time.time() * 1000)
        joined = {room: {"timeline": {"events": [], "limited": False, "prev_batch": "p0"},
                         "state": {"events": first_state(room, now_ms) + (encryption(now_ms) if self.encrypted else [])}}
                  for room in self.rooms}
        return answer(1, joined)

    def say(self, messages):
        """One /sync answer with these (room, event) pairs."""
        joined = {}
        for room, event in messages:
            joined.setdefault(room, {"timeline": {"events": [], "limited": False, "prev_batch": "p1"}})
            joined[room]["timeline"]["events"].append(event)
        with self.changed:
            self.batches.append(answer(len(self.batches) + 1, joined))
            self.changed.notify_all()

    def wait(self, probe, deadline_s, what):
        with self.changed:
            if not self.changed.wait_for(probe, deadline_s):
                raise TimeoutError(f"not within {deadline_s} s: {what}")

    def wait_read(self, deadline_s=60):
        """Everything said was read: it asks for what comes next."""
        self.wait(lambda: self.syncs and self.syncs[-1][1] == len(self.batches), deadline_s, "all is read")

    def wait_sent(self, count, deadline_s=60):
        self.wait(lambda: len(self.sent) >= count, deadline_s, f"{count} messages of the bot")


def answer(number, joined):
    return json.dumps({"next_batch": f"s{number}", "rooms": {"join": joined}}, separators=(",", ":")).encode()


COUNT = [0]


def event_of(kind, sender, content, at_ms, **more):
    COUNT[0] += 1
    return {"type": kind, "sender": sender, "content": content, "origin_server_ts": at_ms,
            "unsigned": {"age": 80}, "event_id": f"${COUNT[0] * 2654435761 % 2**32:08x}{COUNT[0]:035d}", **more}


def first_state(room, now_ms):
    """Who is there, as a server tells on a first /sync."""
    people = [BOT] + [f"@resident{number}{room[1:6]}:{SERVER}" for number in range(MEMBERS)]
    return [event_of("m.room.create", people[1], {"room_version": "11"}, now_ms, state_key="")] + [
        event_of("m.room.member", who, {"membership": "join", "displayname": who[1:-12]}, now_ms, state_key=who)
        for who in people]


def encryption(now_ms):
    """The state that makes a room encrypted."""
    return [event_of("m.room.encryption", f"@lead:{SERVER}", {"algorithm": "m.megolm.v1.aes-sha2"}, now_ms, state_key=""),
            event_of("m.room.history_visibility", f"@lead:{SERVER}", {"history_visibility": "shared"}, now_ms, state_key="")]


def message(room, sender, text, at_ms):
    return room, event_of("m.room.message", sender, {"msgtype": "m.text", "body": text, "m.mentions": {}}, at_ms)


def photo(room, sender, caption, at_ms):
    content = {"msgtype": "m.image", "body": caption, "filename": "bon.jpg", "m.mentions": {},
               "url": f"mxc://{SERVER}/photo{COUNT[0]}", "info": {"mimetype": "image/jpeg", "size": 60000}}
    return room, event_of("m.room.message", sender, content, at_ms)

"""A homeserver of a few lines for measuring: it says what it is told and notes when it was asked.

    server = Homeserver(rooms)
    server.say([message(room, sender, "!budget", now_ms)])   # one /sync answer
    server.wait_sent(1)
    server.close()

It is no test of Matrix: tests/scenario has a real one for that. Of keys it knows what a login needs: it keeps the
bot's own and shows them again. In encrypted rooms say() seals what is said with the keys of its residents (residents.py),
and has the bot's own take their place in every answer.
"""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from residents import Residents, seal_file

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
            body = encode(body)
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
            self.answer(self.server.house.serve_keys(self.path, json.loads(body)))
        else:
            self.answer({})

    def do_PUT(self):
        arrived, house, content = time.monotonic(), self.server.house, json.loads(self.body())
        if "/account_data/" in self.path:
            house.account_data[self.path] = content
            self.answer({})
        elif "/sendToDevice/" in self.path:
            self.answer({})
        else:
            house.take_sent(arrived, content)
            self.answer({"event_id": "$ours" + self.path.rpartition("/")[2]})


class Keys:
    """The bot's own keys, as it uploaded and signed them."""

    user = BOT

    def __init__(self):
        self.device = {}
        self.cross = {}
        self.one_time = {}

    def upload(self, body):
        self.device = body.get("device_keys", self.device)
        self.one_time.update(body.get("one_time_keys", {}))

    def sign(self, body, device):
        for name, key in body[BOT].items():
            stored = self.device if name == device else self.cross["master_key"]
            stored.setdefault("signatures", {}).setdefault(BOT, {}).update(key["signatures"][BOT])

    def curve25519(self):
        return self.key("curve25519")

    def ed25519(self):
        return self.key("ed25519")

    def key(self, algorithm):
        return self.device["keys"][f"{algorithm}:{self.device['device_id']}"]

    def take_one_time_key(self):
        return self.one_time.pop(next(iter(self.one_time)))["key"]


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
        self.residents = Residents(sorted({who for room in rooms for who in residents_of(room)}) if encrypted else [])
        self.files = {}   # the encrypted photos that nobody has fetched yet, by their path
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
                return self.with_counts(encode({"next_batch": f"s{index}"}))
            if index == len(self.spoken):
                self.spoken.append(0)
            self.spoken[index] = time.monotonic()
            return self.with_counts(self.batches[index])

    def with_counts(self, batch):
        """Every answer tells how many of the bot's keys are left: none told would mean none left."""
        counts = {"device_one_time_keys_count": {"signed_curve25519": len(self.keys.one_time)},
                  "device_unused_fallback_key_types": ["signed_curve25519"]}
        return encode(counts)[:-1] + b"," + batch[1:]

    def photo(self, path):
        sealed = self.files.pop(path.rpartition("/")[2], None)
        return sealed or photo_bytes(path)

    def serve_keys(self, path, body):
        with self.changed:
            if path.endswith("/keys/upload"):
                self.keys.upload(body)
                return {"one_time_key_counts": {"signed_curve25519": len(self.keys.one_time)}}
            if path.endswith("/keys/query"):
                return self.devices_of(body["device_keys"])
            if path.endswith("/keys/claim"):
                return self.residents.claim(body["one_time_keys"])
            if path.endswith("/device_signing/upload"):
                self.keys.cross = {name: key for name, key in body.items() if name.endswith("_key")}
            elif path.endswith("/signatures/upload"):
                self.keys.sign(body, self.device)
            return {}

    def devices_of(self, users):
        """Whoever has no devices here has none anywhere."""
        known = self.residents.query(users)
        known["device_keys"] = {user: {} for user in users} | known["device_keys"]
        if BOT in users:
            known["device_keys"][BOT] = {self.device: self.keys.device}
            for name, key in self.keys.cross.items():
                known.setdefault(f"{name}s", {})[BOT] = key
        return known

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
        """One /sync answer with these (room, event) pairs, sealed where the rooms are."""
        joined, to_device = {}, []
        with self.changed:
            for room, event in messages:
                if self.encrypted:
                    event, before = self.seal(room, event)
                    to_device += before
                joined.setdefault(room, {"timeline": {"events": [], "limited": False, "prev_batch": "p1"}})
                joined[room]["timeline"]["events"].append(event)
            self.batches.append(answer(len(self.batches) + 1, joined, to_device))
            self.changed.notify_all()

    def seal(self, room, event):
        """A photo's bytes are sealed for themselves."""
        content = event["content"]
        if "url" in content:
            name = content["url"].rpartition("/")[2]
            file, self.files[name] = seal_file(content["url"], photo_bytes(name))
            event = {**event, "content": {**{key: value for key, value in content.items() if key != "url"}, "file": file}}
        return self.residents.seal(room, event, self.keys)

    def wait(self, probe, deadline_s, what):
        with self.changed:
            if not self.changed.wait_for(probe, deadline_s):
                raise TimeoutError(f"not within {deadline_s} s: {what}")

    def wait_read(self, deadline_s=60):
        """Everything said was read: it asks for what comes next."""
        self.wait(lambda: self.syncs and self.syncs[-1][1] == len(self.batches), deadline_s, "all is read")

    def wait_sent(self, count, deadline_s=60):
        self.wait(lambda: len(self.sent) >= count, deadline_s, f"{count} messages of the bot")


def encode(value):
    return json.dumps(value, separators=(",", ":")).encode()


def answer(number, joined, to_device=()):
    return encode({"next_batch": f"s{number}", "to_device": {"events": to_device}, "rooms": {"join": joined}})


COUNT = [0]


def event_of(kind, sender, content, at_ms, **more):
    COUNT[0] += 1
    return {"type": kind, "sender": sender, "content": content, "origin_server_ts": at_ms,
            "unsigned": {"age": 80}, "event_id": f"${COUNT[0] * 2654435761 % 2**32:08x}{COUNT[0]:035d}", **more}


def residents_of(room):
    """Rooms share theirs by the ten, as the groups of one building do."""
    return [f"@resident{number}{room[1:6]}:{SERVER}" for number in range(MEMBERS)]


def first_state(room, now_ms):
    """Who is there, as a server tells on a first /sync."""
    people = [BOT, *residents_of(room)]
    return [event_of("m.room.create", people[1], {"room_version": "11"}, now_ms, state_key="")] + [
        event_of("m.room.member", who, {"membership": "join", "displayname": who[1:-12]}, now_ms, state_key=who)
        for who in people]


def encryption(now_ms):
    """The state that makes a room encrypted."""
    return [event_of("m.room.encryption", f"@lead:{SERVER}", {"algorithm": "m.megolm.v1.aes-sha2"}, now_ms, state_key=""),
            event_of("m.room.history_visibility", f"@lead:{SERVER}", {"history_visibility": "shared"}, now_ms, state_key="")]


def photo_bytes(name):
    """Some 60 KB that differ from file to file."""
    return b"\xff\xd8\xff\xe0" + name.encode() + bytes(60000) + b"\xff\xd9"


def message(room, sender, text, at_ms):
    return room, event_of("m.room.message", sender, {"msgtype": "m.text", "body": text, "m.mentions": {}}, at_ms)


def photo(room, sender, caption, at_ms):
    content = {"msgtype": "m.image", "body": caption, "filename": "bon.jpg", "m.mentions": {},
               "url": f"mxc://{SERVER}/photo{COUNT[0]}", "info": {"mimetype": "image/jpeg", "size": 60000}}
    return room, event_of("m.room.message", sender, content, at_ms)

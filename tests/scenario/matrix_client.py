"""A resident of a test: a small Matrix client over plain HTTP.

    fatima = register(server, "fatima")
    room = fatima.create_room("Kruitberg", invite=[bot])
    fatima.say(room, "!idee fietsenrek bij de lift")
    answer = fatima.wait_message(room, sender=bot, text=r"Idee 1\b")

A client remembers every timeline event it saw, in order of arrival, in `seen`; waiting
looks at those first and then syncs until one matches or the deadline passes, so that no
test sleeps and hopes. `history()` reads a whole room from the server, for counting.
"""

import hashlib
import hmac
import itertools
import re
import secrets
import time
from urllib.parse import quote

from matrix_http import MatrixError, Wire, path
from processes import DEADLINE_S

# Synapse gives 100 timeline events a room at most; the rest of a gap is paged.
FILTER = '{"room":{"timeline":{"limit":100},"ephemeral":{"types":[]}},"presence":{"types":[]}}'


def register(server, localpart=None, admin=False):
    """A new account, by the admin API with the shared secret. The name gets a random tail."""
    name = f"{localpart or 'bewoner'}-{secrets.token_hex(3)}"
    wire = Wire(server.url)
    nonce = wire.json("GET", "/_synapse/admin/v1/register")["nonce"]
    password = secrets.token_hex(8)
    fields = [nonce, name, password, "admin" if admin else "notadmin"]
    mac = hmac.new(server.shared_secret.encode(), "\0".join(fields).encode(), hashlib.sha1)
    answer = wire.json("POST", "/_synapse/admin/v1/register", {
        "nonce": nonce, "username": name, "password": password, "admin": admin,
        "displayname": localpart or name, "mac": mac.hexdigest()})
    wire.token = answer["access_token"]
    return Client(wire, answer["user_id"], answer["device_id"], password)


def login(server, user_id, password, device_id=None):
    """A client on a new device of an existing account; with an id, on that device."""
    wire = Wire(server.url)
    answer = wire.json("POST", path("login"), {
        "type": "m.login.password", "password": password,
        "identifier": {"type": "m.id.user", "user": user_id},
        **({"device_id": device_id} if device_id else {})})
    wire.token = answer["access_token"]
    return Client(wire, answer["user_id"], answer["device_id"], password)


class Client:
    """One user on one device. Everything that changes something gives the new event's id."""

    txn_numbers = itertools.count(1)

    def __init__(self, wire, user_id, device_id=None, password=None):
        self.wire, self.user_id = wire, user_id
        self.device_id, self.password = device_id, password
        self.since = None
        self.seen = []  # (room id, event), in order of arrival
        self.known_ids = set()
        self.acting_as = None  # an application service speaks for this user
        self.timestamp_ms = None  # an application service sets this time on what it sends

    def __repr__(self):
        return self.user_id

    def call(self, method, *parts, body=None, query=None):
        query = dict(query or {})
        if self.acting_as:
            query["user_id"] = self.acting_as
        return self.wire.json(method, path(*parts), body, query)

    def at_time(self, wire, timestamp_ms):
        """The same user, but what he does goes over an application service's wire and is sent at that time."""
        other = Client(wire, self.user_id)
        other.acting_as, other.timestamp_ms = self.user_id, timestamp_ms
        return other

    # Rooms

    def create_room(self, name=None, invite=(), encrypted=False, state=(), **options):
        """A private room with everybody invited; give `room_version=` and the like in options."""
        state = list(state)
        if encrypted:
            state.append({"type": "m.room.encryption", "state_key": "",
                          "content": {"algorithm": "m.megolm.v1.aes-sha2"}})
        body = {"preset": "private_chat", "name": name, "initial_state": state,
                "invite": [str(user) for user in invite], **options}
        return self.call("POST", "createRoom", body=body)["room_id"]

    def invite(self, room, user):
        self.call("POST", "rooms", room, "invite", body={"user_id": str(user)})

    def join(self, room):
        self.call("POST", "join", room, body={})

    def leave(self, room):
        self.call("POST", "rooms", room, "leave", body={})

    def kick(self, room, user, reason=""):
        self.call("POST", "rooms", room, "kick", body={"user_id": str(user), "reason": reason})

    def ban(self, room, user):
        self.call("POST", "rooms", room, "ban", body={"user_id": str(user)})

    def unban(self, room, user):
        self.call("POST", "rooms", room, "unban", body={"user_id": str(user)})

    def upgrade(self, room, version="11"):
        """Replace the room; the server writes the tombstone. Gives the new room's id."""
        return self.call("POST", "rooms", room, "upgrade",
                         body={"new_version": version})["replacement_room"]

    def members(self, room):
        """user id -> membership, as the server has it."""
        events = self.call("GET", "rooms", room, "members")["chunk"]
        return {event["state_key"]: event["content"]["membership"] for event in events}

    def state(self, room, kind, key=""):
        return self.call("GET", "rooms", room, "state", kind, key)

    def set_state(self, room, kind, content, key=""):
        return self.call("PUT", "rooms", room, "state", kind, key, body=content,
                         query=self.time_query())["event_id"]

    # Sending

    def time_query(self):
        return {} if self.timestamp_ms is None else {"ts": int(self.timestamp_ms)}

    def send(self, room, kind, content):
        """Any event, raw."""
        txn = f"t{next(self.txn_numbers)}-{secrets.token_hex(4)}"
        return self.call("PUT", "rooms", room, "send", kind, txn, body=content,
                         query=self.time_query())["event_id"]

    def say(self, room, text, msgtype="m.text", **more):
        return self.send(room, "m.room.message", {"msgtype": msgtype, "body": text, **more})

    def notice(self, room, text, **more):
        return self.say(room, text, "m.notice", **more)

    def reply(self, room, to, text, **more):
        """A reply as clients send it since Matrix 1.13: without the quoted lines."""
        return self.say(room, text, **{"m.relates_to": {"m.in_reply_to": {"event_id": to}}, **more})

    def edit(self, room, event, text, **more):
        return self.say(room, "* " + text, **{
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event}, **more})

    def react(self, room, event, key):
        return self.send(room, "m.reaction", {"m.relates_to": {
            "rel_type": "m.annotation", "event_id": event, "key": key}})

    def redact(self, room, event, reason=None):
        txn = f"t{next(self.txn_numbers)}-{secrets.token_hex(4)}"
        body = {"reason": reason} if reason else {}
        return self.call("PUT", "rooms", room, "redact", event, txn, body=body)["event_id"]

    def upload(self, data, mimetype="image/jpeg"):
        """Store bytes on the server; gives the mxc:// address."""
        query = {"user_id": self.acting_as} if self.acting_as else None
        status, _, answer = self.wire.request(
            "POST", "/_matrix/media/v3/upload", data, query, content_type=mimetype)
        if status != 200:
            raise MatrixError("POST", "upload", status, answer.decode("utf-8", "replace"))
        return re.search(rb'"content_uri"\s*:\s*"([^"]+)"', answer)[1].decode()

    def photo(self, room, data, caption=None, filename="image.jpg", mimetype="image/jpeg",
              msgtype="m.image", **more):
        """A picture, with a caption as MSC2530 has it: a body that differs from the file name."""
        return self.say(room, filename if caption is None else caption, msgtype, **{
            "filename": filename, **self.attach(room, data, mimetype),
            "info": {"mimetype": mimetype, "size": len(data)}, **more})

    def attach(self, room, data, mimetype):
        """Store bytes for a room; gives the part of a message's content that says where they are."""
        return {"url": self.upload(data, mimetype)}

    def file(self, room, data, caption=None, filename="bon.pdf", mimetype="application/pdf", **more):
        return self.photo(room, data, caption, filename, mimetype, "m.file", **more)

    def fetch(self, event):
        """The bytes of a picture or file somebody sent."""
        return self.download(event["content"]["url"])

    def download(self, mxc):
        server, media_id = mxc.removeprefix("mxc://").split("/")
        status, _, data = self.wire.request(
            "GET", f"/_matrix/client/v1/media/download/{quote(server)}/{quote(media_id)}")
        if status != 200:
            raise MatrixError("GET", mxc, status, data)
        return data

    # Reading

    def sync(self, timeout_ms=0):
        """One /sync; what is new in any joined room is added to `seen`."""
        query = {"filter": FILTER, "timeout": timeout_ms, "set_presence": "offline"}
        if self.since:
            query["since"] = self.since
        answer = self.call("GET", "sync", query=query)
        for room, data in answer.get("rooms", {}).get("join", {}).items():
            timeline = data["timeline"]
            if timeline.get("limited") and self.since:
                self.fill_gap(room, timeline["prev_batch"], self.since)
            self.note(room, timeline["events"])
        self.since = answer["next_batch"]
        return answer

    def fill_gap(self, room, start, end):
        pages = []
        for chunk in self.pages(room, start, end):
            pages = chunk[::-1] + pages
        self.note(room, pages)

    def pages(self, room, start=None, end=None):
        """The chunks of /messages going back from start (default: now), newest first."""
        while True:
            query = {"dir": "b", "limit": 500}
            query.update({"from": start} if start else {})
            query.update({"to": end} if end else {})
            answer = self.call("GET", "rooms", room, "messages", query=query)
            yield answer["chunk"]
            start = answer.get("end")
            if not start:
                return

    def note(self, room, events):
        for event in events:
            if event["event_id"] not in self.known_ids:
                self.known_ids.add(event["event_id"])
                self.seen.append((room, event))

    def history(self, room):
        """Every event of a room that this user may see, oldest first, from the server."""
        events = [event for chunk in self.pages(room) for event in chunk]
        return events[::-1]

    def mark(self):
        """A place in `seen`; hand it to a wait to look only at what comes after."""
        return len(self.seen)

    def wait_event(self, predicate, what, deadline_s=DEADLINE_S, after=0):
        """The first (room, event) at or after the mark that the predicate accepts."""
        end = time.monotonic() + deadline_s
        position = after
        while True:
            while position < len(self.seen):
                room, event = self.seen[position]
                position += 1
                if predicate(room, event):
                    return event
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{self}: not within {deadline_s} s: {what}; "
                                   f"seen last: {self.told_last(after)}")
            self.sync(timeout_ms=max(0, min(int(left * 1000), 5000)))

    def told_last(self, after, count=6):
        return [(event["sender"], event["content"].get("body", event["type"]))
                for _, event in self.seen[after:][-count:]]

    def wait_message(self, room, sender=None, text=None, deadline_s=DEADLINE_S, after=0):
        """The first m.room.message in the room that matches; `text` is a regex for its body."""
        def matches(where, event):
            return (where == room and event["type"] == "m.room.message"
                    and (sender is None or event["sender"] == str(sender))
                    and (text is None or re.search(text, event["content"].get("body", ""))))
        return self.wait_event(matches, f"a message {text!r} of {sender} in {room}",
                               deadline_s, after)

    def wait_until(self, probe, deadline_s, what):
        """Take in what comes until the probe holds."""
        end = time.monotonic() + deadline_s
        while not probe():
            if time.monotonic() > end:
                raise TimeoutError(f"{self}: not within {deadline_s} s: {what}")
            self.sync(timeout_ms=200)

    def wait_membership(self, room, user, membership, deadline_s=DEADLINE_S):
        """Returns when the user has that membership in the room."""
        end = time.monotonic() + deadline_s
        while self.members(room).get(str(user)) != membership:
            if time.monotonic() > end:
                raise TimeoutError(f"{user} is not {membership} in {room}: {self.members(room)}")
            self.sync(timeout_ms=200)


def bodies(events, sender=None):
    """The text of each message among the events (of one sender), in their order."""
    return [event["content"].get("body", "") for event in events
            if event["type"] == "m.room.message" and (sender is None or event["sender"] == str(sender))]

"""A device that does with its keys whatever a test tells it: what no real client can be made to do.

    mallory = env.raw_user("mallory")               # a resident; her device is signed unless told not to
    megolm = RoomSession(room)
    mallory.share(megolm, bot)                      # an honest m.room_key to every device of the bot
    mallory.say_sealed(megolm, "!idee bankje")
    sealed = mallory.seal("m.room_key", bot, device, content, sender=fatima)   # a lie inside good Olm
    mallory.post(bot, device, sealed)

It is a Client: rooms, state and plain events work as for any resident. What sync() brings for the
device is opened and stands in `opened` as {"type", "sender", "content", "prekey", "session"}.
"""

import base64
import json
import secrets

from libolm import Account, GroupSession, InboundGroupSession, OlmError, SigningKey
from matrix_client import Client
from matrix_http import Wire
from processes import DEADLINE_S

OLM, MEGOLM = "m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"
ONE_TIME_KEYS = 20


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def bare_base64(data):
    return base64.b64encode(data).decode().rstrip("=")


def from_base64(text):
    return base64.b64decode(text + "=" * (-len(text) % 4))


class RoomSession(GroupSession):
    """A Megolm session for a room; nobody has its key yet."""

    def __init__(self, room):
        super().__init__()
        self.room = room


class RawDevice(Client):
    """One device of one user, its keys uploaded."""

    def __init__(self, plain):
        super().__init__(Wire(plain.wire.url, plain.wire.token), plain.user_id, plain.device_id, plain.password)
        self.account = Account()
        self.identity = {}  # usage -> SigningKey, after cross_sign()
        self.channels = {}  # Curve25519 key -> Olm sessions, the newest last
        self.opened, self.unopened = [], []
        self.upload_keys()

    # Its own keys

    def signed(self, value):
        """An object with this device's signature."""
        signature = self.account.sign(canonical(value))
        return {**value, "signatures": {self.user_id: {f"ed25519:{self.device_id}": signature}}}

    def device_keys(self):
        return self.signed({
            "user_id": self.user_id, "device_id": self.device_id, "algorithms": [OLM, MEGOLM],
            "keys": {f"curve25519:{self.device_id}": self.account.curve25519,
                     f"ed25519:{self.device_id}": self.account.ed25519}})

    def upload_keys(self):
        keys = self.account.make_one_time_keys(ONE_TIME_KEYS)
        self.call("POST", "keys", "upload", body={
            "device_keys": self.device_keys(),
            "one_time_keys": {f"signed_curve25519:{name}": self.signed({"key": key})
                              for name, key in keys.items()}})

    def cross_sign(self):
        """Make an identity and sign this device with it."""
        self.identity = {usage: SigningKey() for usage in ("master", "self_signing", "user_signing")}
        body = {f"{usage}_key": self.identity_key(usage) for usage in self.identity}
        self.call("POST", "keys", "device_signing", "upload", body={**body, "auth": {
            "type": "m.login.password", "password": self.password,
            "identifier": {"type": "m.id.user", "user": self.user_id}}})
        keys = self.device_keys()
        del keys["signatures"]
        answer = self.call("POST", "keys", "signatures", "upload", body={
            self.user_id: {self.device_id: self.signed_by("self_signing", keys)}})
        assert not answer.get("failures"), answer

    def identity_key(self, usage):
        public = self.identity[usage].public
        key = {"user_id": self.user_id, "usage": [usage], "keys": {f"ed25519:{public}": public}}
        return key if usage == "master" else self.signed_by("master", key)

    def signed_by(self, usage, value):
        key = self.identity[usage]
        return {**value, "signatures": {self.user_id: {f"ed25519:{key.public}": key.sign(canonical(value))}}}

    # Others' devices

    def devices_of(self, user):
        """device id -> its device_keys, as the server has them now; believed unseen."""
        answer = self.call("POST", "keys", "query", body={"device_keys": {str(user): []}})
        return answer["device_keys"].get(str(user), {})

    def device_of(self, user):
        """(id, Curve25519, Ed25519) of a user's only device."""
        (device, keys), = self.devices_of(user).items()
        return device, keys["keys"][f"curve25519:{device}"], keys["keys"][f"ed25519:{device}"]

    def claim(self, user, device):
        """(key id, Curve25519 key, whether it is the fallback key): a one-time key, which is used up by that."""
        answer = self.call("POST", "keys", "claim",
                           body={"one_time_keys": {str(user): {device: "signed_curve25519"}}})
        (name, key), = answer["one_time_keys"][str(user)][device].items()
        return name, key["key"], bool(key.get("fallback"))

    def channel(self, user, one_time_key=None):
        """A new Olm session with a user's only device, on this one-time key or one claimed now."""
        device, curve25519, _ = self.device_of(user)
        session = self.account.outbound(curve25519, one_time_key or self.claim(user, device)[1])
        self.channels.setdefault(curve25519, []).append(session)
        return session

    # To devices

    def payload(self, kind, user, content, **lies):
        """What an Olm message carries; `lies` replace what is honest, a None leaves it out."""
        _, _, ed25519 = self.device_of(user)
        honest = {"type": kind, "content": content, "sender": self.user_id, "recipient": str(user),
                  "keys": {"ed25519": self.account.ed25519}, "recipient_keys": {"ed25519": ed25519},
                  "sender_device_keys": self.device_keys()}
        return {key: value for key, value in {**honest, **lies}.items() if value is not None}

    def seal_text(self, user, text, session=None):
        """An m.room.encrypted content with any text inside, in a channel or the newest one there is."""
        _, curve25519, _ = self.device_of(user)
        if session is None:
            known = self.channels.get(curve25519)
            session = known[-1] if known else self.channel(user)
        kind, body = session.encrypt(text)
        return self.envelope(curve25519, kind, body)

    def envelope(self, curve25519, kind, body):
        return {"algorithm": OLM, "sender_key": self.account.curve25519,
                "ciphertext": {curve25519: {"type": kind, "body": body}}}

    def seal(self, kind, user, content, session=None, **lies):
        return self.seal_text(user, json.dumps(self.payload(kind, user, content, **lies)), session)

    def post(self, user, content, kind="m.room.encrypted", device=None):
        """Send to a user's only device, or a device: a to-device message of any kind."""
        device = device or self.device_of(user)[0]
        self.call("PUT", "sendToDevice", kind, f"r{secrets.token_hex(6)}",
                  body={"messages": {str(user): {device: content}}})

    # Rooms

    def room_key(self, megolm, **lies):
        return {"algorithm": MEGOLM, "room_id": megolm.room, "session_id": megolm.id,
                "session_key": megolm.session_key(), "shared_history": False, **lies}

    def share(self, megolm, user, session=None):
        """The honest way: from the index it is at, in Olm."""
        self.post(user, self.seal("m.room_key", user, self.room_key(megolm), session))

    def sealed_text(self, megolm, text):
        """An m.room.encrypted content for the room with any text inside."""
        return {"algorithm": MEGOLM, "sender_key": self.account.curve25519, "device_id": self.device_id,
                "session_id": megolm.id, "ciphertext": megolm.encrypt(text)}

    def sealed(self, megolm, text, kind="m.room.message", **more):
        """The same for a message, honest but for `more`, which goes in beside type, content and room."""
        return self.sealed_text(megolm, json.dumps({
            "type": kind, "content": {"msgtype": "m.text", "body": text}, "room_id": megolm.room, **more}))

    def say_sealed(self, megolm, text, **more):
        return self.send(megolm.room, "m.room.encrypted", self.sealed(megolm, text, **more))

    # Reading

    def sync(self, timeout_ms=0):
        answer = super().sync(timeout_ms)
        for message in answer.get("to_device", {}).get("events", []):
            self.take_message(message)
        return answer

    def take_message(self, message):
        content = message["content"]
        if message["type"] != "m.room.encrypted":
            self.opened.append({"type": message["type"], "sender": message["sender"], "content": content,
                                "prekey": None, "session": None})
            return
        part = content["ciphertext"][self.account.curve25519]
        try:
            session, text = self.open(content["sender_key"], part["type"], part["body"])
        except OlmError as why:
            self.unopened.append((message, str(why)))
            return
        inside = json.loads(text)
        self.opened.append({"type": inside["type"], "sender": message["sender"], "content": inside["content"],
                            "prekey": part["type"] == 0, "session": session})

    def open(self, curve25519, kind, body):
        """(session, text) of an Olm message."""
        known = self.channels.setdefault(curve25519, [])
        for session in reversed(known):
            if kind == 0 and not session.matches(curve25519, body):
                continue
            try:
                return session, session.decrypt(kind, body)
            except OlmError:
                if kind == 0:
                    raise
        if kind != 0:
            raise OlmError("no session opens it")
        session = self.account.begun_by(curve25519, body)
        known.append(session)
        return session, session.decrypt(kind, body)

    def wait_opened(self, kind, after=0, deadline_s=DEADLINE_S, sender=None):
        """The first message to this device of that type at or after that position."""
        def found():
            return [one for one in self.opened[after:]
                    if one["type"] == kind and sender in (None, one["sender"])]
        self.wait_until(found, deadline_s, f"a to-device message {kind}; opened "
                        f"{[one['type'] for one in self.opened]}, not opened {self.unopened}")
        return found()[0]

    def room_keys(self, room):
        """session id -> the first m.room_key's content that came for it in a room."""
        keys = {}
        for one in self.opened:
            if one["type"] == "m.room_key" and one["content"]["room_id"] == room:
                keys.setdefault(one["content"]["session_id"], one["content"])
        return keys

    def read(self, event):
        """The text inside a room event, with the keys that came."""
        key = self.room_keys(event["room_id"])[event["content"]["session_id"]]
        return json.loads(InboundGroupSession(key["session_key"]).decrypt(event["content"]["ciphertext"])[0])


def spoiled(body):
    """A base64 text whose last byte, of the MAC or of the signature, is another."""
    data = bytearray(from_base64(body))
    data[-1] ^= 1
    return bare_base64(bytes(data))

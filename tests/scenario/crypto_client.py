"""A resident with end-to-end encryption: matrix-js-sdk with its Rust crypto, behind the interface of Client.

    fatima, piet = env.crypto_user("fatima"), env.crypto_user("piet")
    room = fatima.create_room("Kruitberg", invite=[piet])      # encrypted unless said otherwise
    piet.join(room)
    fatima.say(room, "hallo")
    event = piet.wait_message(room, fatima, "^hallo$")
    assert event["shield"] == "NONE"

Reading and sending go through the SDK, so that they are those of a real client; rooms, state and uploads
through the plain wire with the same token. An event is a dict as the server gives it, decrypted, with more:

    encrypted       it came encrypted; content is what was inside
    failure         None, or the SDK's code for why it cannot be read; type is then m.room.encrypted
    shield          NONE, GREY or RED, what a reader is warned of; None for an event sent in clear
    shield_reason   None, UNVERIFIED_IDENTITY, UNSIGNED_DEVICE, UNKNOWN_DEVICE, ...
    sender_key      the Curve25519 key of the device whose session it is; claimed_ed25519 its other key
    wire_content    the content as the server has it
    late            True when its key came after it; the event is then seen twice, unreadable first

The SDK syncs all the time. What was sent before a call of sync() has been seen when it returns; a sender
who must know of a kick or of a new device before he encrypts says sync() first.
"""

import base64
import copy
import itertools

from matrix_client import Client
from matrix_http import Wire
from processes import DEADLINE_S

MEGOLM = "m.megolm.v1.aes-sha2"


class CryptoClient(Client):
    """One user on one device with keys of its own. `url` is where it finds the server (a proxy, say)."""

    session_numbers = itertools.count(1)

    def __init__(self, program, plain, url=None):
        super().__init__(Wire(url or plain.wire.url, plain.wire.token), plain.user_id, plain.device_id,
                         plain.password)
        self.program = program
        self.session = f"{self.user_id} {next(self.session_numbers)}"
        self.to_device_seen = []  # as read: {"type", "sender", "content"}, and "encryption" when encrypted
        self.to_device_wire = []  # as the server gave them
        self.verifications = {}  # transaction id -> what is known of it
        self.keys = self.ask("open", url=self.wire.url, user=self.user_id, device=self.device_id,
                             token=self.wire.token, password=self.password)

    def ask(self, verb, **request):
        return self.program.ask(self.session, verb, **request)

    # Life

    def close(self):
        """Forget this device's keys, as a phone that fell into the water; the server still knows it."""
        self.ask("close")

    def pause(self):
        """Take the network away; requests wait for it, and nothing is forgotten."""
        self.ask("pause")

    def resume(self):
        self.ask("resume")

    def logout(self):
        self.call("POST", "logout", body={})
        self.close()

    def delete_device(self, device):
        """Have the server forget a device of this user."""
        body = {"devices": [device], "auth": {
            "type": "m.login.password", "password": self.password,
            "identifier": {"type": "m.id.user", "user": self.user_id}}}
        self.call("POST", "delete_devices", body=body)

    # Rooms

    def create_room(self, name=None, invite=(), encrypted=True, state=(), history=None, rotation=None,
                    **options):
        """history: the history visibility; rotation: more keys of m.room.encryption (rotation_period_msgs)."""
        state = list(state)
        if encrypted:
            state.append({"type": "m.room.encryption", "state_key": "",
                          "content": {"algorithm": MEGOLM, **(rotation or {})}})
        if history:
            state.append({"type": "m.room.history_visibility", "state_key": "",
                          "content": {"history_visibility": history}})
        room = super().create_room(name, invite, state=state, **options)
        self.sync()  # the room may have come down before it was encrypted
        return room

    def join(self, room):
        super().join(room)
        self.sync()

    def invite_with_history(self, room, user):
        """As an app does: with a bundle of the keys of what was said before."""
        self.ask("invite", room=room, user=str(user))

    def is_encrypted(self, room):
        return self.ask("is_encrypted", room=room)

    # Sending

    def send(self, room, kind, content):
        """Any event, encrypted where the room is and the kind allows it."""
        if self.acting_as is None:
            return self.ask("send", room=room, type=kind, content=content)
        sealed = self.encrypt(room, kind, content)
        return super().send(room, sealed["type"], sealed["content"])

    def at_time(self, wire, timestamp_ms):
        """This device once more, but what it sends goes over an application service's wire at that time."""
        other = copy.copy(self)
        other.wire, other.acting_as, other.timestamp_ms = wire, self.user_id, timestamp_ms
        return other

    def encrypt(self, room, kind, content):
        """What send() would send, as {"type", "content"}: the keys are shared, the event is not sent."""
        return self.ask("encrypt", room=room, type=kind, content=content)

    def send_clear(self, room, kind, content):
        """An event that is not encrypted, whatever the room says."""
        return super().send(room, kind, content)

    def attach(self, room, data, mimetype):
        if not self.is_encrypted(room):
            return super().attach(room, data, mimetype)
        sealed = self.ask("encrypt_attachment", data=base64.b64encode(data).decode())
        url = self.upload(base64.b64decode(sealed["data"]), "application/octet-stream")
        return {"file": {**sealed["file"], "url": url}}

    def fetch(self, event):
        """The bytes of a picture or file somebody sent; NodeError when its hash is wrong."""
        file = event["content"].get("file")
        if file is None:
            return super().fetch(event)
        data = base64.b64encode(self.download(file["url"])).decode()
        return base64.b64decode(self.ask("decrypt_attachment", data=data, file=file))

    # Reading

    def sync(self, timeout_ms=0):
        """Without a time: see all that was sent before this call. With one: at most so long for something new."""
        if timeout_ms:
            self.program.wait_unasked(self.session, timeout_ms / 1000)
        else:
            self.ask("catch_up")
        for message in self.program.take(self.session):
            self.take_in(message)

    def take_in(self, message):
        event = message["event"]
        if event == "timeline":
            self.note(message["description"]["room_id"], [message["description"]])
        elif event == "late":
            self.seen.append((message["description"]["room_id"], {**message["description"], "late": True}))
        elif event == "gap":
            self.fill_gap(message["room"], message["from"], message["to"])
        elif event == "to_device":
            self.to_device_seen.append({**message["message"], "encryption": message["encryption"]})
        elif event == "wire_to_device":
            self.to_device_wire.append(message["message"])
        elif event == "verification":
            self.verifications[message["transaction"]] = message
        else:
            raise ValueError(f"unknown message {message}")

    def history(self, room):
        """As Client's, with every key that was sent to this device before this call."""
        self.sync()
        return super().history(room)

    def pages(self, room, start=None, end=None):
        for chunk in super().pages(room, start, end):
            yield self.read(room, chunk)

    def read(self, room, events):
        """Events as the server gives them, decrypted with what this device has."""
        return self.ask("decrypt", room=room, events=events)

    def wait_failure(self, room, code=None, deadline_s=DEADLINE_S, after=0):
        """The first event in the room that cannot be read (for that reason)."""
        return self.wait_event(
            lambda where, event: where == room and event["failure"] and code in (None, event["failure"]),
            f"an event in {room} that cannot be read ({code})", deadline_s, after)

    def wait_unshielded(self, room, events, deadline_s=DEADLINE_S):
        """Returns when this device reads all these and is warned of none; what it knows of others comes later than events."""
        self.sync()

        def warned():
            return [seen for seen in self.read(room, events) if (seen["failure"], seen["shield"]) != (None, "NONE")]
        try:
            self.wait_until(lambda: not warned(), deadline_s, "")
        except TimeoutError:
            raise AssertionError(f"{self} is warned of {warned()}") from None

    def shield(self, room, event_id):
        """(colour, reason) of an event as this device judges it now; its view of others may have changed."""
        event = self.call("GET", "rooms", room, "event", event_id)
        judged = self.read(room, [event])[0]
        return judged["shield"], judged["shield_reason"]

    def wait_shield(self, room, event_id, colour, reason=None):
        """Returns when this device judges the event so; at first sight it may not know enough of the sender."""
        self.wait_until(lambda: self.shield(room, event_id) == (colour, reason), DEADLINE_S,
                        f"{colour} {reason} for {event_id}")

    def wait_to_device(self, kind, deadline_s=DEADLINE_S, after=0, wire=False):
        """The first to-device message of that type, at or after that position."""
        found = self.to_device_wire if wire else self.to_device_seen
        self.wait_until(lambda: any(one["type"] == kind for one in found[after:]), deadline_s,
                        f"a to-device message {kind}; seen {[one['type'] for one in found[after:]]}")
        return next(one for one in found[after:] if one["type"] == kind)

    # Keys

    def forget_session(self, room):
        """Use a new Megolm session from the next message on."""
        self.ask("forget_session", room=room)

    def prepare(self, room):
        """Share keys as a client does when somebody begins to type."""
        self.ask("prepare", room=room)

    def export_keys(self):
        return self.ask("export_keys")

    def import_keys(self, keys):
        self.ask("import_keys", keys=keys)

    def send_to_device(self, kind, messages):
        """Raw: {user id: {device id: content}}."""
        self.ask("to_device", type=kind, messages=messages)

    def encrypt_to_device(self, kind, user, device, content):
        """The Olm-encrypted content for one device, to be sent as an m.room.encrypted to-device message."""
        return self.ask("encrypt_to_device", type=kind, user=str(user), device=device, content=content)

    # Identity

    def cross_sign(self):
        """Make a cross-signing identity and sign this device with it."""
        self.ask("cross_sign")

    def reset_identity(self):
        """A new identity in the place of the old one; others see that it changed."""
        self.ask("reset_identity")

    def store_secrets(self):
        """Secret storage and key backup. Gives the recovery key."""
        return self.ask("store_secrets")

    def recover(self, recovery_key):
        """On a new device: take the identity from secret storage, sign it; gives how many keys came back."""
        return self.ask("recover", recovery_key=recovery_key)

    def backup(self):
        """The key backup on the server: version, count, auth_data, ..."""
        return self.call("GET", "room_keys", "version")

    def identity(self, user):
        """What this device holds of a user: known, verified, was_verified, needs_approval, master_key."""
        return self.ask("identity", user=str(user))

    def pin_identity(self, user):
        """Accept a changed identity as the user's."""
        self.ask("pin_identity", user=str(user))

    def withdraw_verification(self, user):
        """No longer ask that this user's identity be the verified one."""
        self.ask("withdraw_verification", user=str(user))

    def devices(self, user):
        """device id -> ed25519, curve25519, signed (by its owner), verified (to us), locally_verified."""
        return self.ask("devices", user=str(user))

    def mark_device(self, user, device, verified=True):
        """Trust this one device by hand, or no longer."""
        self.ask("mark_device", user=str(user), device=device, verified=verified)

    def isolate(self, signed_only=True):
        """Share keys with, and read from, devices that their owner signed only; False: with all again."""
        self.ask("isolate", signed_only=signed_only)

    # Comparing emoji

    def verify(self, user, room=None, device=None):
        """Ask a user in a room, or one device, or (of oneself, with neither) all one's other devices."""
        told = self.ask("verify", user=str(user), room=room, device=device)
        return Verification(self, told["transaction"])

    def wait_verification(self, user, deadline_s=DEADLINE_S):
        """The request of that user that nobody has answered yet."""
        def asked():
            return [one for one in self.verifications.values()
                    if one["user"] == str(user) and not one["mine"] and one["phase"] == "requested"]
        self.wait_until(asked, deadline_s, f"a verification request of {user}")
        return Verification(self, asked()[-1]["transaction"])


class Verification:
    """One comparison of emoji as one of the two sees it: request, accept, start, accept_start, confirm."""

    def __init__(self, client, transaction):
        self.client, self.transaction = client, transaction

    @property
    def known(self):
        """The last that was heard: phase, emoji, decimal, cancel_code, cancelled_by, device, ..."""
        return self.client.verifications.get(self.transaction, {"phase": "unsent"})

    def ask(self, verb, **request):
        return self.client.ask(verb, transaction=self.transaction, **request)

    def accept(self):
        """Say yes to the request."""
        self.ask("accept_request")

    def start(self):
        """Begin with SAS, once both are ready; also when the other has begun already."""
        self.wait("ready", "started")
        self.ask("start_sas")

    def accept_start(self):
        """Go along with the other's start."""
        self.wait("started")
        self.ask("accept_sas")

    def emoji(self, deadline_s=DEADLINE_S):
        """The seven [symbol, English name], when they are there."""
        self.client.wait_until(lambda: self.known.get("emoji"), deadline_s, f"emoji; {self.known}")
        return self.known["emoji"]

    def confirm(self):
        """They are the same."""
        self.ask("confirm_sas")

    def mismatch(self):
        """They differ."""
        self.ask("mismatch_sas")

    def cancel(self, code="m.user", reason="User declined"):
        self.ask("cancel_verification", code=code, reason=reason)

    def wait(self, *phases, deadline_s=DEADLINE_S):
        """Gives what is known when it is in one of these: requested, ready, started, done, cancelled."""
        self.client.wait_until(lambda: self.known["phase"] in phases, deadline_s,
                               f"a verification is {' or '.join(phases)}; it is {self.known}")
        return self.known

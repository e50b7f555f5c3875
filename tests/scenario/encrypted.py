"""What scenarios in encrypted rooms look at: the bot's events as the server has them and as readers see
them, their sessions, and keys that are kept from the bot for a while.
"""

import json

import faults
from matrix_client import Client
from neighbourhood import Neighbourhood

SEALED_SEND = "/send/m.room.encrypted/"
KEYS_FOR_DEVICES = "/sendToDevice/m.room.encrypted/"


def hood_started(env, **options):
    """An encrypted neighbourhood with its daemon."""
    hood = Neighbourhood(env, encrypted=True, **options)
    hood.start()
    return hood


def hood_behind_proxy(env, **options):
    """The same with a fault proxy before the daemon."""
    proxy = env.proxy()
    return hood_started(env, url=proxy.url, **options), proxy


def on_the_wire(hood, core, who=None):
    """The messages of the bot, or of somebody else, in a room as the server has them, oldest first."""
    plain = Client(hood.coordinator.wire, hood.coordinator.user_id)
    return [event for event in plain.history(hood.room(core))
            if event["sender"] == (who or hood.bot).user_id and event["type"] in ("m.room.message", "m.room.encrypted")]


def sessions(hood, core):
    """The Megolm session of each of the bot's messages in a room, oldest first."""
    return [event["content"]["session_id"] for event in on_the_wire(hood, core)]


def session_of(event):
    return event["wire_content"]["session_id"]


def check_unshielded(hood, *readers):
    """All that the bot ever said was ciphertext, and these read it without a warning."""
    for room in hood.rooms.values():
        said, members = on_the_wire(hood, room), hood.coordinator.members(room)
        for event in said:
            assert event["type"] == "m.room.encrypted" and "body" not in event["content"], event
        for reader in readers:
            if reader.user_id in members:
                reader.wait_unshielded(room, said)


def check_unreadable(reader, room, event):
    """This device has no key for an event that somebody else read."""
    raw = {**event, "type": "m.room.encrypted", "content": event["wire_content"]}
    reader.sync()  # a key that was sent before the event is there now
    seen = reader.read(room, [raw])[0]
    assert seen["failure"], f"{reader} reads {seen['content']}"


class WithheldKeys:
    """Keys from a resident, who is behind a proxy, to the bot: taken out on their way, given later."""

    def __init__(self, proxy, bot):
        self.bot = bot.user_id
        self.kept = []
        self.rule = proxy.on("PUT", KEYS_FOR_DEVICES, faults.rewrite_request(self.take_out))

    def take_out(self, body):
        content = json.loads(body)
        if devices := content["messages"].pop(self.bot, None):
            self.kept.append({self.bot: devices})
        return json.dumps(content).encode()

    def give(self, owner):
        """Let everything through that was kept until now."""
        self.rule.times = self.rule.used
        for messages in self.kept:
            owner.send_to_device("m.room.encrypted", messages)
        self.kept = []

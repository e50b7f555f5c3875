"""The hostile device and the ratchet check try themselves, against a client that is known to be honest."""

import base64
import json

from libolm import Account, OlmError
from matrix_http import path
from raw_device import RoomSession, spoiled
from ratchet_check import RatchetReused, check_events, check_requests


def raw_room(env):
    """Fatima on the SDK and mallory on a device that does what it is told, in an encrypted room."""
    fatima, mallory = env.crypto_user("fatima"), env.raw_user("mallory")
    room = fatima.create_room("Kruitberg", invite=[mallory])
    mallory.join(room)
    fatima.sync()
    return fatima, mallory, room


def test_raw_device_is_honest_when_told_to(env):
    """Told nothing bad, the raw device and the SDK read each other without a shield."""
    fatima, mallory, room = raw_room(env)
    megolm = RoomSession(room)
    mallory.share(megolm, fatima)
    mallory.say_sealed(megolm, "hallo")
    seen = fatima.wait_message(room, mallory, "^hallo$")
    fatima.wait_shield(room, seen["event_id"], "NONE")
    fatima.say(room, "dag")
    mallory.wait_opened("m.room_key")
    event = mallory.wait_event(lambda where, event: event["type"] == "m.room.encrypted"
                               and event["sender"] == fatima.user_id, "what fatima said")
    assert mallory.read({**event, "room_id": room})["content"]["body"] == "dag"
    assert check_events(mallory.history(room)) == 2


def test_raw_device_lies(env):
    """Its lies are what they are meant to be: the SDK does not take a room key from somebody else's name."""
    fatima, mallory, room = raw_room(env)
    megolm = RoomSession(room)
    key = mallory.seal("m.room_key", fatima, mallory.room_key(megolm), sender="@fatima:other.test")
    mallory.post(fatima, key)
    mallory.say_sealed(megolm, "niemand leest dit")
    fatima.wait_failure(room)
    mallory.share(megolm, fatima)
    mallory.say_sealed(megolm, "dit wel")
    fatima.wait_message(room, mallory, "^dit wel$")


def test_spoiled_message(_):
    """A spoiled prekey message begins a session all the same, and only reading it shows; the good one still opens."""
    alice, bob = Account(), Account()
    one_time_key, = bob.make_one_time_keys(1).values()
    _, body = alice.outbound(bob.curve25519, one_time_key).encrypt("hallo")
    session = bob.begun_by(alice.curve25519, spoiled(body))
    try:
        session.decrypt(0, spoiled(body))
    except OlmError as why:
        assert str(why) == "BAD_MESSAGE_MAC", why
    else:
        raise AssertionError("a spoiled message was read")
    assert session.decrypt(0, body) == "hallo"


def raises_reuse(act):
    try:
        act()
    except RatchetReused:
        return True
    return False


def test_ratchet_check(env):
    """The check sees a Megolm index and an Olm key that sealed two things, and one ciphertext sent as two events."""
    fatima, mallory, room = raw_room(env)
    proxy = env.proxy()
    env.proxies.remove(proxy)  # what is sent over it is wrong on purpose
    mallory.wire.host, mallory.wire.port = "127.0.0.1", int(proxy.url.rsplit(":", 1)[1])
    mallory.wire.close()
    megolm = RoomSession(room)
    mallory.share(megolm, fatima)
    mallory.say_sealed(megolm, "een")
    content = mallory.sealed(megolm, "twee")
    mallory.send(room, "m.room.encrypted", content)
    assert check_requests(proxy.requests()) == 3 and check_events(mallory.history(room)) == 2
    honest = len(proxy.requests())
    mallory.send(room, "m.room.encrypted", content)
    assert raises_reuse(lambda: check_requests(proxy.requests()))
    assert raises_reuse(lambda: check_events(mallory.history(room)))
    other = base64.b64decode(content["ciphertext"] + "==")
    content["ciphertext"] = base64.b64encode(other[:-80] + bytes(80)).decode()
    mallory.send(room, "m.room.encrypted", content)
    assert raises_reuse(lambda: check_requests([*proxy.requests()[:honest], proxy.requests()[-1]]))
    sealed = mallory.seal("m.dummy", fatima, {})
    part, = sealed["ciphertext"].values()
    mallory.post(fatima, sealed)
    part["body"] = spoiled(part["body"])
    mallory.post(fatima, sealed)
    sent = proxy.requests("PUT", path("sendToDevice"))
    assert check_requests(sent[:-1]) == 2 and raises_reuse(lambda: check_requests(sent))
    assert json.loads(sent[0].body)["messages"]

"""Encrypted rooms with a server that lies and a member who cheats: nothing runs that nobody said, and all that
somebody said runs.
"""

import json

import faults
from fault_proxy import Answer
from hostile import CORE, Hostile
from libolm import InboundGroupSession
from processes import DEADLINE_S
from raw_device import MEGOLM, RoomSession, bare_base64, from_base64, spoiled


def test_t09_malformed_prekey_keeps_the_key(env):
    """A spoiled first message spends no one-time key: the good one on the same key is read after it."""
    place = Hostile(env)
    mallory, megolm = place.mallory, RoomSession(place.room)
    device, curve25519, _ = mallory.device_of(place.bot)
    session = mallory.channel(place.bot, mallory.claim(place.bot, device)[1])
    good = mallory.seal("m.room_key", place.bot, mallory.room_key(megolm), session)
    bad = json.loads(json.dumps(good))
    bad["ciphertext"][curve25519]["body"] = spoiled(good["ciphertext"][curve25519]["body"])
    mallory.post(place.bot, bad)
    mallory.post(place.bot, mallory.envelope(curve25519, 0, bare_base64(b"\x03" + bytes(200))))
    mallory.post(place.bot, mallory.envelope(curve25519, 0, "AwoB"))
    mallory.post(place.bot, mallory.envelope(curve25519, 1, "not base64 !"))
    mallory.post(place.bot, good)
    place.idea("bankje", megolm=megolm)
    assert place.ideas() == [("mallory", "bankje")], place.ideas()


def test_t10_unwedge_once_an_hour(env):
    """A broken channel is begun anew once, and not again within the hour; who begins anew gets the room's key again."""
    place = Hostile(env)
    mallory, bot = place.mallory, place.bot
    megolm = place.mallory_speaks()
    place.idea("bankje", megolm=megolm)
    key = mallory.wait_opened("m.room_key")
    device, curve25519, _ = mallory.device_of(bot)

    def break_channel():
        """Messages of a session the bot has, that nobody can open."""
        kind, body = key["session"].encrypt("{}")
        mallory.post(bot, mallory.envelope(curve25519, kind, spoiled(body)))

    claims = len(place.proxy.requests("POST", "/keys/claim"))
    break_channel()
    place.dropped("unreadable")
    place.idea("boom")
    assert len(place.proxy.requests("POST", "/keys/claim")) == claims, "the session is younger than an hour"
    place.daemon.move_clock(hours=2)
    place.proxy.on("POST", "/keys/claim", faults.give(Answer(200, b'{"one_time_keys": {}}', content_type="application/json")), times=1)
    break_channel()
    place.dropped("unreadable", 2)
    place.daemon.move_clock(minutes=30)
    break_channel()
    place.dropped("unreadable", 3)
    place.idea("heg")
    assert len(place.proxy.requests("POST", "/keys/claim")) == claims + 1, "asked in vain, and not again in this hour"
    place.daemon.move_clock(hours=2)
    before = len(mallory.opened)
    break_channel()
    dummy = mallory.wait_opened("m.dummy", before)
    assert dummy["prekey"] and dummy["session"] is not key["session"]
    break_channel()
    break_channel()
    place.dropped("unreadable", 6)
    place.idea("hek")
    mallory.sync()
    assert len(place.proxy.requests("POST", "/keys/claim")) == claims + 2
    assert [one["type"] for one in mallory.opened[before:]].count("m.dummy") == 1
    # The other way round: she begins anew, and may have missed the key.
    before = len(mallory.opened)
    mallory.channel(bot)
    mallory.post(bot, mallory.seal("m.dummy", bot, {}))
    place.idea("lamp")
    again = mallory.wait_opened("m.room_key", before)
    assert again["content"]["room_id"] == place.room


def test_t11_repeated_message(env):
    """The server gives to-device messages again and again: no new session, no key claimed, nothing said twice."""
    place = Hostile(env)
    place.lies.repeat(place.mallory, 3)
    megolm = place.mallory_speaks()
    place.idea("bankje", megolm=megolm)
    place.daemon.move_clock(hours=2)
    place.mallory.share(megolm, place.bot)
    claims = len(place.proxy.requests("POST", "/keys/claim"))
    for text in ("hek", "lamp", "boom"):
        place.idea(text, megolm=megolm)
    assert place.lies.repeated >= 4
    place.dropped("heard-before", 4)
    assert len(place.proxy.requests("POST", "/keys/claim")) == claims
    sessions = place.daemon.query("SELECT count(*) FROM channel_session WHERE user = ?", place.mallory.user_id)
    assert sessions == [(1,)], sessions
    assert [text for _, text in place.ideas()] == ["bankje", "hek", "lamp", "boom"]


def test_t12_megolm_replay(env):
    """A ciphertext that the server shows again as a new event, also in other base64, does not run again."""
    place = Hostile(env)
    shown = []

    def again(event):
        content = event["content"]
        if event["type"] != "m.room.encrypted" or event["sender"] != place.fatima.user_id:
            return [event]
        text = content["ciphertext"]
        variants = [text, text + "=", text + "\n", text[:40] + " " + text[40:], text + "A", text[:-1] + "_"]
        shown.append(event["event_id"])
        return [event, *({**event, "event_id": f"$weer{len(shown)}x{number}",
                 "origin_server_ts": event["origin_server_ts"] + 60_000 * number,
                 "content": {**content, "ciphertext": variant}}
                for number, variant in enumerate(variants))]

    place.lies.rewrite(place.room, again)
    place.idea("bankje")
    place.idea("hek")
    assert [text for _, text in place.ideas()] == ["bankje", "hek"]
    assert len(shown) >= 2
    place.refused("replay", 2)


def test_t13_spoofed_sender(env):
    """An event that the server shows under another's name is refused, as is one with a NUL in the name."""
    place = Hostile(env)
    place.idea("eerst")
    megolm = place.mallory_speaks()
    lies = [place.fatima.user_id, place.hood.treasurer.user_id, place.fatima.user_id + "\0@x:y",
            place.mallory.user_id + "\0", place.fatima.user_id.upper(), "fatima", 12, None]
    shown = []

    def lie(event):
        if event["type"] != "m.room.encrypted" or event["sender"] != place.mallory.user_id or len(shown) == len(lies):
            return [event]
        shown.append(event["event_id"])
        return [{**event, "sender": lies[len(shown) - 1]}]

    place.lies.rewrite(place.room, lie)
    for number in range(len(lies)):
        place.mallory.say_sealed(megolm, f"!idee vals {number}")
    place.idea("bankje")
    assert len(shown) == len(lies)
    place.idea("hek", megolm=megolm)
    assert place.ideas() == [("fatima", "eerst"), ("fatima", "bankje"), ("mallory", "hek")], place.ideas()


def stolen_key(place, session):
    """The key of fatima's session as mallory got it."""
    def got():
        return place.mallory.room_keys(place.room).get(session)
    place.mallory.wait_until(got, DEADLINE_S, "fatima's key reaches mallory")
    return got()


def fatimas_event(place):
    """The last encrypted event of fatima, as the server has it."""
    return next(event for event in reversed(place.mallory.history(place.room))
                if event["type"] == "m.room.encrypted" and event["sender"] == place.fatima.user_id)


def test_t14_stolen_session_after_the_owner(env):
    """A session that another member gives out as her own, after its owner did: what she sends again is her own word, once."""
    place = Hostile(env)
    place.idea("bankje")
    event = fatimas_event(place)
    key = stolen_key(place, event["content"]["session_id"])
    place.mallory.post(place.bot, place.mallory.seal("m.room_key", place.bot, key))
    place.mallory.send(place.room, "m.room.encrypted", event["content"])
    place.mallory.send(place.room, "m.room.encrypted", event["content"])
    place.idea("hek")
    place.refused("replay")
    assert place.ideas() == [("fatima", "bankje"), ("mallory", "bankje"), ("fatima", "hek")], place.ideas()


def test_t14_stolen_session_before_the_owner(env):
    """The same, but the thief is faster: what the owner said runs as the owner's when her own key is there."""
    place = Hostile(env)
    place.idea("eerst")
    place.lies.hold(place.fatima)
    place.fatima.forget_session(place.room)
    place.fatima.say(place.room, "!idee bankje")
    key = stolen_key(place, fatimas_event(place)["content"]["session_id"])
    assert InboundGroupSession(key["session_key"]).first_index() == 0
    place.mallory.post(place.bot, place.mallory.seal("m.room_key", place.bot, key))
    megolm = place.mallory_speaks()
    place.idea("hek", megolm=megolm)
    assert place.lies.held and place.ideas() == [("fatima", "eerst"), ("mallory", "hek")], place.ideas()
    place.lies.release()
    after = place.hood.coordinator.mark()
    place.mallory.say_sealed(megolm, "!idee lamp")
    place.hood.wait_bot(CORE, r"\bbankje\b", after=after)
    place.hood.settle()
    assert sorted(place.ideas()) == [("fatima", "bankje"), ("fatima", "eerst"), ("mallory", "hek"),
                                     ("mallory", "lamp")], place.ideas()


def test_t15_keys_nobody_asked_for(env):
    """A forwarded key, one in the clear, one inside Megolm and one with another's name in it open nothing."""
    place = Hostile(env)
    mallory, bot = place.mallory, place.bot
    known = place.mallory_speaks()
    place.idea("eerst", megolm=known)

    def forwarded(megolm):
        return mallory.seal("m.forwarded_room_key", bot, {
            **mallory.room_key(megolm), "session_key": InboundGroupSession(megolm.session_key()).export(),
            "sender_key": mallory.account.curve25519, "sender_claimed_ed25519_key": mallory.account.ed25519,
            "forwarding_curve25519_key_chain": []})

    def in_megolm(megolm):
        return mallory.sealed_text(known, json.dumps({
            "type": "m.room_key", "content": mallory.room_key(megolm), "room_id": place.room,
            "sender": mallory.user_id, "recipient": str(bot)}))

    def lying(**lies):
        return lambda megolm: mallory.seal("m.room_key", bot, mallory.room_key(megolm), **lies)

    other_keys = {**mallory.device_keys(), "user_id": place.fatima.user_id}
    ways = {
        "forwarded": forwarded, "in Megolm": in_megolm,
        "another sender": lying(sender=place.fatima.user_id),
        "another recipient": lying(recipient=place.fatima.user_id),
        "another Ed25519 key of ours": lying(recipient_keys={"ed25519": mallory.account.ed25519}),
        "another Ed25519 key of hers": lying(keys={"ed25519": "A" * 43}),
        "no sender": lying(sender=None), "no keys": lying(keys=None), "no recipient": lying(recipient=None),
        "device keys of another user": lying(sender_device_keys=mallory.signed(
            {name: value for name, value in other_keys.items() if name != "signatures"})),
        "device keys unsigned": lying(sender_device_keys={**mallory.device_keys(), "signatures": {}}),
        "another session's id": lambda megolm: mallory.seal("m.room_key", bot, mallory.room_key(
            megolm, session_id=RoomSession(place.room).id)),
        "another algorithm": lambda megolm: mallory.seal("m.room_key", bot, mallory.room_key(
            megolm, algorithm="m.megolm.v2")),
        "another room": lambda megolm: mallory.seal("m.room_key", bot, mallory.room_key(
            megolm, room_id=place.hood.rooms["audit"])),
    }
    sessions = {}
    for way, seal in ways.items():
        sessions[way] = RoomSession(place.room)
        mallory.post(bot, seal(sessions[way]))
    sessions["in the clear"] = RoomSession(place.room)
    mallory.post(bot, mallory.room_key(sessions["in the clear"]), kind="m.room_key")
    for way, megolm in sessions.items():
        mallory.say_sealed(megolm, f"!idee {way}")
    place.idea("bankje", megolm=known)
    assert place.ideas() == [("mallory", "eerst"), ("mallory", "bankje")], place.ideas()
    held = place.daemon.query("SELECT count(*) FROM inbound_session WHERE room = ? AND session IN "
                              f"({','.join('?' * len(sessions))})", place.room,
                              *(megolm.id for megolm in sessions.values()))
    assert held == [(0,)], held


def poison(room):
    """Texts for inside a good Megolm message; none of them may run, all must be survived."""
    deep = "[" * 1200 + "]" * 1200
    run = '"msgtype":"m.text","body":"!idee gif NUMBER"'
    where = f'"room_id":"{room}","type":"m.room.message"'
    texts = [
        "", "null", "[]", "7", '"x"', "{", "{}", "\0", deep,
        f'{{{where},"content":{deep}}}',
        f'{{{where},"content":{{{run},"x":{deep}}}}}',
        f'{{{where},"content":{{"msgtype":"m.text","body":"\\ud800"}}}}',
        f'{{{where},"content":{{"msgtype":"m.text","body":["!idee gif NUMBER"]}}}}',
        f'{{{where},"content":null}}', f'{{{where},"content":[{{{run}}}]}}',
        f'{{{where},"content":{{"msgtype":7,"body":"praatje"}}}}',
        f'{{"type":"m.room.message","content":{{{run}}}}}',
        f'{{"room_id":7,"type":"m.room.message","content":{{{run}}}}}',
        f'{{"room_id":"!elders:x","type":"m.room.message","content":{{{run}}}}}',
        f'{{"room_id":"{room}","type":null,"content":{{{run}}}}}',
        f'{{"room_id":"{room}\\u0000","type":"m.room.message","content":{{{run}}}}}',
        f'{{"room_id":"{room}","type":"m.room.encrypted","content":{{{run}}}}}',
        f'{{"room_id":"{room}","type":"m.room.member","state_key":"@x:y","content":{{"membership":"ban"}}}}',
        f'{{{where},"content":{{"msgtype":"m.text","body":"praatje","body":"!idee gif NUMBER"}}}}',
        f'{{"room_id":"!elders:x",{where},"content":{{{run}}}}}',
        f'{{{where},"content":{{"msgtype":"m.text","body":"{"x" * 40_000}"}}}}',
        f'{{{where},"content":{{{run}}}}} {{}}',
        f'{{{where},"content":{{"msgtype":"m.image","body":"!bon 5,00","url":7,"file":"x","info":{deep}}}}}',
    ]
    numbered = [text.replace("NUMBER", str(number)).encode() for number, text in enumerate(texts)]
    return [*numbered, numbered[-2] + b"\xff\xfe", numbered[-2].replace(b"gif", b"gif \xff")]


def test_t28_poison_inside_encryption(env):
    """Hostile words inside good Megolm and good Olm, and round them, are stepped over; commands round them run, other rooms too."""
    place = Hostile(env)
    mallory, bot = place.mallory, place.bot
    known = place.mallory_speaks()
    device, curve25519, _ = mallory.device_of(bot)
    place.idea("eerst", megolm=known)
    for text in poison(place.room):
        mallory.send(place.room, "m.room.encrypted", mallory.sealed_text(known, text))
        mallory.post(bot, mallory.seal_text(bot, text))
    good = mallory.sealed(known, "!idee gif")
    raw = from_base64(good["ciphertext"])
    for bad in ({"ciphertext": 7}, {"ciphertext": ""}, {"ciphertext": {"x": 1}}, {"ciphertext": "A" * 50_000},
                {"ciphertext": bare_base64(raw[:40])}, {"ciphertext": spoiled(good["ciphertext"])},
                {"session_id": 7}, {"session_id": "x" * 30_000}, {"algorithm": None}, {"algorithm": "m.megolm.v9"},
                {"algorithm": "m.olm.v1.curve25519-aes-sha2"}):
        mallory.send(place.room, "m.room.encrypted", {**good, **bad})
    for content in ({}, {"algorithm": 7}, {"algorithm": MEGOLM, "ciphertext": 7},
                    mallory.envelope(curve25519, 2, "AAAA"), mallory.envelope(curve25519, "0", "AAAA"),
                    mallory.envelope("x", 0, "AAAA"),
                    {**mallory.envelope(curve25519, 0, "AAAA"), "sender_key": "A" * 43},
                    {**mallory.envelope(curve25519, 0, "AAAA"), "sender_key": 7},
                    mallory.seal("m.room_key", bot, "x"), mallory.seal("m.room_key", bot, {"algorithm": MEGOLM}),
                    mallory.seal("x" * 300, bot, {}), mallory.seal("m.room_key.withheld", bot, {"code": 7})):
        mallory.post(bot, content)
    for kind in ("m.room_key_request", "m.room_key.withheld", "m.secret.request", "m.secret.send",
                 "m.key.verification.request", "m.key.verification.start", "org.example.vreemd"):
        for content in ({}, {"action": "request", "body": 7, "requesting_device_id": 7, "request_id": []},
                        {"transaction_id": "\0", "methods": 7, "from_device": "x" * 5000, "timestamp": -1}):
            mallory.post(bot, content, kind=kind)
    place.idea("bankje", megolm=known)
    place.idea("hek")
    place.hood.ask(place.hood.coordinator, "coordinators", "!help")
    assert place.ideas() == [("mallory", "eerst"), ("mallory", "bankje"), ("fatima", "hek")], place.ideas()
    assert place.daemon.running()

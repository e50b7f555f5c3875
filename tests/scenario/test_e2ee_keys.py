"""Keys that must not be lost: killed between a batch and its commit or in an upload, flooded, and out of one-time keys."""

import json
import threading

import faults
from hostile import CORE, Hostile
from processes import DEADLINE_S
from raw_device import RoomSession
from ratchet_check import check_events

UPLOAD, SYNC = "/keys/upload", r"/sync\b"
FLOOD, CLAIMS = 350, 60


def test_t02_kill_before_commit(env):
    """Killed with a key and its command read and nothing stored: both come again, and the command runs once."""
    place = Hostile(env)
    place.idea("eerst")
    for point in ("batch.before_commit", "batch.after_commit", "seal.before_commit", "sent.before_commit"):
        place.daemon.stop()
        place.fatima.forget_session(place.room)
        place.fatima.say(place.room, f"!idee {point}")
        before = len(place.proxy.requests("GET", SYNC))
        place.daemon.launch(crash_point=point)
        assert place.daemon.wait_killed(), point
        place.daemon.start()
        place.hood.wait_bot(CORE, point)
        asked = [request.target for request in place.proxy.requests("GET", SYNC)[before:]]
        first, again = (target.split("since=")[1].split("&")[0] for target in
                        (asked[0], next(one for one in asked[1:] if "since=" in one)))
        assert point != "batch.before_commit" or first == again, asked
        place.idea(f"daarna {point}")
    place.hood.settle()
    assert len(place.ideas()) == 9 == len({text for _, text in place.ideas()}), place.ideas()
    answers = place.hood.said(CORE, "(?i)idee \\d")
    assert len(answers) == len(set(answers)) == 9, answers
    assert check_events(place.mallory.history(place.room)) >= 18


def test_t03_kill_in_a_key_upload(env):
    """The server has the keys, the answer is lost and the bot killed: the same keys again, and they are good."""
    place = Hostile(env)
    place.daemon.stop()
    device = place.mallory.device_of(place.bot)[0]
    for _ in range(45):
        place.mallory.claim(place.bot, device)
    gate = threading.Event()
    place.proxy.on("POST", UPLOAD, faults.hold_answer(gate), times=1)
    before = len(place.proxy.requests("POST", UPLOAD))
    place.daemon.launch()
    first = place.proxy.wait_requests("POST", UPLOAD, before + 1)[before]
    # The oldest are given out first: with one of the new in hand, the server has them all.
    place.mallory.wait_until(lambda: place.mallory.claim(place.bot, device)[1] in first.body.decode(), DEADLINE_S,
                             "a key of this upload")
    place.daemon.kill()
    gate.set()
    place.daemon.start()
    second = place.proxy.wait_requests("POST", UPLOAD, before + 2)[before + 1]
    keys, again = (json.loads(one.body)["one_time_keys"] for one in (first, second))
    assert len(keys) >= 20 and keys == again, (keys, again)
    place.idea("bankje", megolm=place.mallory_speaks())
    answers = {request.answered for request in place.proxy.requests("POST", UPLOAD)[before + 1:]}
    assert answers <= {200, None}, answers
    assert not place.daemon.query("SELECT 1 FROM keyring WHERE burnt = 1")


def test_t04_flood_in_order(env):
    """350 room keys that came while the bot was away are all stored, in their order, across a kill in their midst."""
    place = Hostile(env)
    mallory, sessions = place.mallory, [RoomSession(place.room) for _ in range(FLOOD)]
    place.daemon.stop()
    channel, device = mallory.channel(place.bot), mallory.device_of(place.bot)[0]
    for megolm in sessions:
        mallory.post(place.bot, mallory.seal("m.room_key", place.bot, mallory.room_key(megolm), channel), device=device)
    said = [0, 99, 100, 249, FLOOD - 1]
    for number in said:
        mallory.say_sealed(sessions[number], f"!idee vloed {number}")
    place.daemon.launch(crash_point="batch.before_commit:3")
    assert place.daemon.wait_killed()
    place.daemon.start()
    place.hood.wait_bot(CORE, rf"vloed {said[-1]}\b")
    place.hood.settle()
    stored = [session for session, in place.daemon.query(
        "SELECT inbound_session.session FROM inbound_session "
        "JOIN inbound_owner ON inbound_owner.session = inbound_session.id WHERE user = ? "
        "ORDER BY inbound_session.id", mallory.user_id)]
    assert stored == [megolm.id for megolm in sessions], len(stored)
    assert [text for _, text in place.ideas()] == [f"vloed {number}" for number in said], place.ideas()


def test_t08_out_of_one_time_keys(env):
    """With all one-time keys claimed, new channels work on the fallback key; it is replaced, and forgotten in an hour."""
    place = Hostile(env)
    mallory, bot = place.mallory, place.bot
    device = mallory.device_of(bot)[0]
    place.daemon.stop()
    claimed = [mallory.claim(bot, device) for _ in range(CLAIMS)]
    name, fallback, is_fallback = claimed[-1]
    assert is_fallback and not claimed[0][2] and len({key for _, key, _ in claimed}) > 40, claimed
    before = len(place.proxy.requests("POST", UPLOAD))

    def speak_by(key, text):
        megolm = RoomSession(place.room)
        mallory.share(megolm, bot, mallory.channel(bot, key))
        mallory.say_sealed(megolm, f"!idee {text}")

    speak_by(fallback, "bankje")
    place.daemon.start()
    place.hood.wait_bot(CORE, r"\bbankje\b")

    def uploads():
        return [json.loads(request.body) for request in place.proxy.requests("POST", UPLOAD)[before:]]
    mallory.wait_until(lambda: any(one.get("fallback_keys") for one in uploads()), DEADLINE_S, "a new fallback key")
    fresh = [key for one in uploads() for key in one.get("fallback_keys", {})]
    assert fresh and name not in fresh, (name, fresh)
    mallory.wait_until(lambda: mallory.claim(bot, device)[2] is False, DEADLINE_S, "new one-time keys")
    speak_by(fallback, "hek")
    place.hood.wait_bot(CORE, r"\bhek\b")
    place.daemon.move_clock(hours=1, minutes=1)
    place.idea("lamp")
    speak_by(fallback, "te laat")
    speak_by(None, "op tijd")
    place.hood.wait_bot(CORE, r"\bop tijd\b")
    assert [text for _, text in place.ideas()] == ["bankje", "hek", "lamp", "op tijd"], place.ideas()

"""Encrypted rooms: reading and being read, late keys, gaps, losses on the way, and too much of everything."""

import json
import threading

import faults
import test_rooms
from encrypted import (KEYS_FOR_DEVICES, SEALED_SEND, WithheldKeys, check_unshielded, hood_behind_proxy, hood_started,
                       on_the_wire)
from environment import slow
from hostile import CORE, Hostile
from neighbourhood import Neighbourhood
from processes import DEADLINE_S, wait_until
from ratchet_check import check_events, check_requests, megolm_key

CANNOT_READ = "kan ik niet lezen"


def test_t01_roundtrip(env):
    """Both directions decrypt, answers, edits and replies; nothing of the bot's is clear or has a shield."""
    hood = hood_started(env)
    room = hood.rooms["kruitberg"]
    idea = hood.fatima.say(room, "!idee fietsenrek")
    answer = hood.wait_bot("kruitberg", r"Idee 1\b")
    assert answer["encrypted"] and answer["content"]["msgtype"] == "m.notice", answer
    hood.answer_to(lambda: hood.fatima.edit(room, idea, "!idee fietsenrek met dak"), "kruitberg",
                   "aangepast.*met dak")
    hood.answer_to(lambda: hood.piet.reply(room, answer["event_id"], "!idee 1"), "kruitberg", "met dak")
    hood.ask(hood.treasurer, "coordinators", "!help")
    hood.settle()
    check_unshielded(hood, hood.fatima, hood.piet, hood.treasurer)
    replies = [event["content"].get("m.relates_to") for event in on_the_wire(hood, "kruitberg")]
    assert {"m.in_reply_to": {"event_id": idea}} in replies, "the server sees what is answered"


def test_t19_visible_to_the_strict(env):
    """Who shares with and reads signed devices only reads the bot from its very first message."""
    hood = Neighbourhood(env, encrypted=True)
    strict = (hood.fatima, hood.piet, hood.coordinator)
    for resident in strict:
        resident.isolate()
    hood.start()
    hood.ask(hood.fatima, "kruitberg", "!idee fietsenrek", r"Idee 1\b")
    for resident in strict:
        resident.sync()
        said = [event for _, event in resident.seen
                if event["sender"] == hood.bot.user_id and event["encrypted"]]
        assert len(said) >= 2 and not any(event["failure"] for event in said), said
    check_unshielded(hood, *strict)


def plain_in_between(hood, core):
    """Words in the clear, in an encrypted room: the server could have put them there."""
    return hood.piet.send_clear(hood.room(core), "m.room.message",
                                {"msgtype": "m.text", "body": "!idee van de server"})


@slow(400)
def test_t05_limited_gap_commands(env):
    """300 messages while down: each command runs exactly once, in order, across a kill in mid-gap."""
    env.encrypted = True
    test_rooms.test_gap_of_300(env)


def test_t06_first_sync_no_replay(env):
    """What was said before the first batch is history, also where the bot has the key: at the first start, and with a new
    database. What is said in the clear is never a command.
    """
    hood = Neighbourhood(env, encrypted=True)
    room, recovery = hood.rooms["kruitberg"], env.folder / "recovery-key"

    def start_after(*texts):
        """Said to a device that is logged in and was never started."""
        hood.fatima.sync()
        for text in texts:
            hood.fatima.say(room, text)
        hood.daemon.start()
        hood.daemon.wait_query(f"SELECT count(*) FROM inbound_owner WHERE user = '{hood.fatima.user_id}'", 1)

    hood.daemon.tool("login", "--recovery-key-file", recovery)
    hood.bot.join(room)  # who is only invited is told no keys
    start_after(*(f"!idee van vroeger {number}" for number in range(3)))
    hood.coordinator.wait_message(room, hood.bot)
    hood.settle()
    plain_in_between(hood, "kruitberg")
    hood.ask(hood.fatima, "kruitberg", "!idee van nu", r"Idee 1\b")
    hood.daemon.stop()
    for path in hood.daemon.data.iterdir():
        if path.is_file():
            path.unlink()
    hood.daemon.tool("login", "--recover", "--recovery-key-file", recovery)
    start_after("!idee van tussen de twee")
    hood.ask(hood.fatima, "kruitberg", "!idee van straks", r"Idee 1\b")
    hood.settle()
    assert hood.daemon.query("SELECT text FROM idea") == [("van straks",)]
    check_unshielded(hood, hood.piet)


@slow(300)
def test_t07_late_room_key(env):
    """A command whose key comes late runs once; too late it does not; the room hears once that it waits."""
    hood = hood_started(env)
    room, proxy = hood.rooms["kruitberg"], env.proxy()
    anna = env.crypto_user("anna", url=proxy.url)
    hood.coordinator.invite(room, anna)
    anna.join(room)
    keys = WithheldKeys(proxy, hood.bot)
    first = anna.say(room, "!idee met een late sleutel")
    anna.say(room, "en nog wat praat")
    hood.daemon.wait_query("SELECT count(*) FROM inbox WHERE state = 'wait_key'", 2)
    assert "2 of them encrypted" in hood.daemon.status()
    hood.daemon.move_clock(seconds=30)
    notice = hood.wait_bot("kruitberg", CANNOT_READ)
    assert notice["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == first, notice
    keys.give(anna)
    hood.wait_bot("kruitberg", r"Idee 1\b.*late sleutel")
    anna.forget_session(room)
    keys = WithheldKeys(proxy, hood.bot)
    anna.say(room, "!idee met een veel te late sleutel")
    hood.daemon.wait_query("SELECT count(*) FROM inbox WHERE state = 'wait_key'", 1)
    hood.daemon.move_clock(minutes=5)
    hood.daemon.move_clock(days=15)
    hood.daemon.wait_query("SELECT count(*) FROM inbox WHERE state = 'wait_key'", 0)
    keys.give(anna)
    hood.ask(hood.at_daemon_time(hood.fatima), "kruitberg", "!idee op tijd", r"Idee 2\b")
    hood.settle()
    assert [text for text, in hood.daemon.query("SELECT text FROM idea ORDER BY id")] == [
        "met een late sleutel", "op tijd"]
    assert len(hood.said("kruitberg", CANNOT_READ)) == 1


@slow(300)
def test_t24_rate_limit_and_5xx(env):
    """Key requests and sends answered with 429, 502, cut off JSON: all is said once, and there is no storm."""
    proxy = env.proxy()
    hood = Neighbourhood(env, encrypted=True, url=proxy.url)
    for method, pattern, actions in (
            ("POST", "/keys/query", (faults.too_many(header_s=1), faults.truncated_json())),
            ("POST", "/keys/claim", (faults.html(502), faults.truncated_json())),
            ("PUT", KEYS_FOR_DEVICES, (faults.too_many(body_ms=1000), faults.drop_answer(), faults.html(200))),
            ("PUT", SEALED_SEND, (faults.too_many(), faults.status(500), faults.html(502)))):
        for action in actions:
            proxy.on(method, pattern, action, times=1)
    hood.daemon.login()
    hood.daemon.start()
    hood.wait_bot("kruitberg", "")
    hood.ask(hood.fatima, "kruitberg", "!idee fietsenrek", r"Idee 1\b")
    hood.settle()
    assert len(hood.said("kruitberg")) == 2, hood.said("kruitberg")
    for pattern in ("/keys/query", "/keys/claim", KEYS_FOR_DEVICES, SEALED_SEND):
        assert len(proxy.requests("*", pattern)) < 40, proxy.requests("*", pattern)
    check_unshielded(hood, hood.fatima)


def test_t25_send_retry_same_ciphertext(env):
    """A lost answer, a request that arrives after a kill and the restart, an answer that comes too late for the killed: the same
    ciphertext under the same id, one event each, and no index of the session twice.
    """
    hood, proxy = hood_behind_proxy(env)
    room, before = hood.rooms["kruitberg"], len(proxy.requests("PUT", SEALED_SEND))
    proxy.on("PUT", SEALED_SEND, faults.drop_answer(), times=1)
    hood.ask(hood.fatima, "kruitberg", "!idee een", r"Idee 1\b")
    hood.settle()
    for number, hold in ((2, faults.hold_request), (3, faults.hold_answer)):
        gate, asked = threading.Event(), len(proxy.requests("PUT", SEALED_SEND))
        proxy.on("PUT", SEALED_SEND, hold(gate), times=1)
        hood.fatima.say(room, f"!idee nummer {number}")
        proxy.wait_requests("PUT", SEALED_SEND, asked + 1)
        if hold is faults.hold_answer:
            hood.wait_bot("kruitberg", rf"Idee {number}\b")
        hood.daemon.kill()
        hood.daemon.start()
        hood.wait_bot("kruitberg", rf"Idee {number}\b")
        gate.set()
    hood.ask(hood.fatima, "kruitberg", "!idee vier", r"Idee 4\b")
    hood.settle()
    sent = {}
    for one in proxy.requests("PUT", SEALED_SEND)[before:]:
        sent.setdefault(one.path, []).append(one.body)
    assert [len(bodies) for bodies in sent.values()] == [2, 2, 1, 1], "an echo stands for the answer of the third"
    assert all(len(set(bodies)) == 1 for bodies in sent.values())
    keys = [megolm_key(json.loads(bodies[0]))[0] for bodies in sent.values()]
    assert keys == [(*keys[0][:2], keys[0][2] + step) for step in range(4)], keys
    answers = hood.said("kruitberg", r"Idee \d")
    assert len(answers) == len(set(answers)) == 4, answers
    assert check_requests(proxy.requests()) > check_events(on_the_wire(hood, "kruitberg")) == 5


# A sender may have 400 commands in hand, and gets one every two seconds.
FLOOD, MAY_PASS = 1000, 430


def flood(place, idea, answer):
    """1,000 commands of one minute, and between them edits, thumbs and redactions of what is not hers. From the server's
    hand, which could make them up itself: a real one takes longer than a minute for so many. They were said a quarter of an
    hour ago, so that the answers come together and cost no minute.
    """
    megolm, mallory = place.mallory_speaks(), place.mallory
    began_ms = place.daemon.now_ms() - 15 * 60_000

    def event(number, kind, content, part="", **more):
        return {"type": kind, "sender": mallory.user_id, "event_id": f"$vloed{number}{part}", "content": content,
                "origin_server_ts": began_ms + 60 * number, **more}

    edited = {"msgtype": "m.text", "body": "* !idee gekaapt", "m.new_content": {"msgtype": "m.text", "body": "!idee gekaapt"}}
    for number in range(FLOOD):
        yield event(number, "m.room.encrypted", mallory.sealed(megolm, "!taal nl"))
        if number % 10 == 0:
            yield event(number, "m.room.encrypted", {
                **mallory.sealed(megolm, "", content=edited),
                "m.relates_to": {"rel_type": "m.replace", "event_id": idea}}, "edit")
            yield event(number, "m.reaction", {
                "m.relates_to": {"rel_type": "m.annotation", "event_id": answer, "key": "💶"}}, "thumb")
            yield event(number, "m.room.redaction", {"redacts": idea}, "redaction", redacts=idea)


@slow(300)
def test_t30_flood(env):
    """1,000 commands a minute, with edits, thumbs and redactions in between: so many are carried out and no more, one request
    to slow down, a handful of messages, and others are heard.
    """
    place = Hostile(env)
    idea = place.fatima.say(place.room, "!idee fietsenrek")
    answer = place.hood.wait_bot(CORE, r"Idee 1\b")
    before = [list(flood(place, idea, answer["event_id"]))]  # what fatima says next

    def flooded(event):
        return [*before.pop(), event] if before and event["sender"] == place.fatima.user_id else [event]

    sent = len(place.proxy.requests("PUT", SEALED_SEND))
    place.lies.rewrite(place.room, flooded)
    place.fatima.say(place.room, "zomaar wat")
    place.idea("bankje")
    place.hood.settle()
    said = "\n".join(place.hood.said(CORE))
    passed = said.count("Nederlands")
    assert passed <= MAY_PASS and said.count("te snel") == 1, (passed, said[-1000:])
    assert place.daemon.log().count("event=command.flood") == FLOOD - passed - 1
    assert len(place.proxy.requests("PUT", SEALED_SEND)) - sent < 40
    assert place.ideas() == [("fatima", "fietsenrek"), ("fatima", "bankje")], place.ideas()


def test_t30_loop_guard(env):
    """A second bot that answers every word of ours, edits, reactions and redactions by others, words in the clear, and a kick
    lead to nothing.
    """
    place = Hostile(env)
    hood, room, robot = place.hood, place.room, place.mallory
    megolm = place.mallory_speaks()
    idea = hood.fatima.say(room, "!idee fietsenrek")
    answer = hood.wait_bot("kruitberg", r"Idee 1\b")
    talk = hood.fatima.say(room, "zomaar wat")
    told, answered = len(hood.said("kruitberg")), set()
    for _ in range(3):
        for event in hood.coordinator.history(room):
            if event["sender"] == hood.bot.user_id and event["type"] == "m.room.message" and event["event_id"] not in answered:
                answered.add(event["event_id"])
                robot.say_sealed(megolm, event["content"]["body"])
                robot.send(room, "m.room.encrypted", robot.sealed(megolm, "", content={
                    "msgtype": "m.notice", "body": "!idee ik ben een robot"}))
        told += 1
        hood.ask(hood.fatima, "kruitberg", "!ideeen", "fietsenrek")
        hood.settle()
        assert len(hood.said("kruitberg")) == told, hood.said("kruitberg")
    for target, text in ((idea, "!idee gekaapt"), (talk, "!bon 100,00 taart")):
        content = {"msgtype": "m.text", "body": f"* {text}", "m.new_content": {"msgtype": "m.text", "body": text}}
        robot.send(room, "m.room.encrypted", {**robot.sealed(megolm, "", content=content),
                                              "m.relates_to": {"rel_type": "m.replace", "event_id": target}})
    hood.fatima.edit(room, talk, "!bon 100,00 taart")
    robot.react(room, answer["event_id"], "💶")
    robot.send(room, "m.room.message", {"msgtype": "m.text", "body": "!idee van de server"})
    listed = hood.ask(hood.coordinator, "kruitberg", "!ideeen", "fietsenrek")["content"]["body"]
    hood.settle()
    assert "gekaapt" not in listed and len(hood.said("kruitberg")) == told + 1, hood.said("kruitberg")
    assert hood.daemon.query("SELECT (SELECT count(*) FROM idea), (SELECT count(*) FROM receipt)") == [(1, 0)]
    assert "unencrypted" in hood.daemon.status()
    hood.coordinator.kick(room, hood.bot)
    hood.ask(hood.coordinator, "coordinators", "!help")
    assert hood.coordinator.members(room)[hood.bot.user_id] == "leave"


def answers_in(place, state):
    """How many answers of the bot in the group have come to that."""
    where = f"room = '{place.room}' AND reply_to IS NOT NULL AND state = '{state}'"
    return place.daemon.query(f"SELECT count(*) FROM outbox WHERE {where}")[0][0]


@slow(300)
def test_t30_robot(env):
    """A bot that answers each of our messages with a real command is left to talk alone; others are carried out meanwhile."""
    place = Hostile(env)
    hood, robot = place.hood, place.mallory
    megolm = place.mallory_speaks()
    spoken = 0
    while not answers_in(place, "dead") and spoken < 200:
        robot.say_sealed(megolm, "!ideeen")
        spoken += 1
        wait_until(lambda: answers_in(place, "sent") + answers_in(place, "dead") == spoken, DEADLINE_S, f"answer {spoken}")
    assert spoken == 31, spoken
    said = hood.said(CORE, "half uur stil")
    assert len(said) == 1, said
    assert "room.hushed" in place.daemon.status()
    place.fatima.say(place.room, "!idee bankje")
    place.daemon.wait_query("SELECT count(*) FROM idea", 1)
    hood.settle()
    assert (answers_in(place, "sent"), answers_in(place, "dead")) == (30, 2), "it is carried out and not answered"
    hood.ask(hood.coordinator, "coordinators", "!help")


def test_t30_false_tombstone(env):
    """A tombstone that names a stranger's room leads the bot nowhere, in an encrypted room either."""
    env.encrypted = True
    test_rooms.test_false_tombstone(env)

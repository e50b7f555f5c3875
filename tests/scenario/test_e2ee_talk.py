"""Encrypted rooms: reading and being read, late keys, gaps, losses on the way, and too much of everything."""

import faults
import test_faults
import test_rooms
from encrypted import KEYS_FOR_DEVICES, SEALED_SEND, WithheldKeys, check_unshielded, hood_started, on_the_wire
from environment import slow
from matrix_http import Wire
from neighbourhood import Neighbourhood

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
    """Old commands do not run at the first start, nor with a new database; what is said in the clear never does."""
    hood = Neighbourhood(env, encrypted=True)
    room = hood.rooms["kruitberg"]
    for number in range(3):
        hood.fatima.say(room, f"!idee van vroeger {number}")
    recovery = env.folder / "recovery-key"
    hood.daemon.tool("login", "--recovery-key-file", recovery)
    hood.daemon.start()
    hood.coordinator.wait_message(room, hood.bot)
    hood.settle()
    plain_in_between(hood, "kruitberg")
    hood.ask(hood.fatima, "kruitberg", "!idee van nu", r"Idee 1\b")
    hood.daemon.stop()
    for path in hood.daemon.data.iterdir():
        if path.is_file():
            path.unlink()
    hood.daemon.tool("login", "--recover", "--recovery-key-file", recovery)
    hood.daemon.start()
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
    hood.wait_bot("kruitberg", "", deadline_s=90)
    hood.ask(hood.fatima, "kruitberg", "!idee fietsenrek", r"Idee 1\b", deadline_s=60)
    hood.settle(60)
    assert len(hood.said("kruitberg")) == 2, hood.said("kruitberg")
    for pattern in ("/keys/query", "/keys/claim", KEYS_FOR_DEVICES, SEALED_SEND):
        assert len(proxy.requests("*", pattern)) < 40, proxy.requests("*", pattern)
    check_unshielded(hood, hood.fatima)


def test_t25_send_retry_same_ciphertext(env):
    """An answer that is lost, and a kill at that moment: the same ciphertext under the same id, one event."""
    env.encrypted = True
    test_faults.test_lost_answer_and_kill(env)


@slow(300)
def test_t30_flood(env):
    """More commands at once than anybody types: so many are carried out and no more, and one request to slow down."""
    hood = Neighbourhood(env)  # in the clear, for the second client is slower than a flood
    hood.start()
    puppet = Wire(hood.server.url, hood.server.puppet.as_token)
    # Late, so that the answers come together and cost no minute.
    piet = hood.piet.at_time(puppet, hood.daemon.now_ms() - 15 * 60_000)
    for _ in range(440):
        piet.say(hood.rooms["kruitberg"], "!taal nl")
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"Idee 1\b", deadline_s=90)
    hood.settle(90)
    said = "\n".join(hood.said("kruitberg"))
    assert said.count("te snel") == 1 and said.count("Nederlands") <= 400, said
    assert len(hood.daemon.log().split("command.flood")) == 40


def test_t30_loop_guard(env):
    """A second bot, edits, reactions and redactions by others, and words in the clear lead to nothing."""
    hood = hood_started(env)
    room = hood.rooms["kruitberg"]
    idea = hood.fatima.say(room, "!idee fietsenrek")
    answer = hood.wait_bot("kruitberg", r"Idee 1\b")
    told = len(hood.said("kruitberg"))
    hood.piet.notice(room, "!idee ik ben een robot")
    hood.piet.reply(room, answer["event_id"], answer["content"]["body"])
    hood.piet.edit(room, idea, "!idee gekaapt")
    talk = hood.fatima.say(room, "zomaar wat")
    hood.fatima.edit(room, talk, "!bon 100,00 taart")
    hood.piet.react(room, answer["event_id"], "💶")
    plain_in_between(hood, "kruitberg")
    listed = hood.ask(hood.lead, "kruitberg", "!ideeen", "fietsenrek")["content"]["body"]
    hood.settle()
    assert "gekaapt" not in listed and len(hood.said("kruitberg")) == told + 1, hood.said("kruitberg")
    assert hood.daemon.query("SELECT (SELECT count(*) FROM idea), (SELECT count(*) FROM receipt)") == [(1, 0)]
    assert "unencrypted" in hood.daemon.status()
    hood.coordinator.kick(room, hood.bot)
    hood.ask(hood.treasurer, "coordinators", "!help")
    assert hood.coordinator.members(room)[hood.bot.user_id] == "leave"


def test_t30_false_tombstone(env):
    """A tombstone that names a stranger's room leads the bot nowhere, in an encrypted room either."""
    env.encrypted = True
    test_rooms.test_false_tombstone(env)

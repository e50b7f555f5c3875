"""Who gets the bot's room keys and when they are new ones, and whose word counts when his keys change."""

import itertools
import threading

import faults
from encrypted import (check_unreadable, check_unshielded, hood_behind_proxy, hood_started, on_the_wire, session_of,
                       sessions)
from environment import slow

WITHHELD = "MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE"


@slow(300)
def test_t16_rotate_on_leave_and_gap(env):
    """Who left, also within a limited sync, cannot read what follows, and a session ends when somebody was out and is back; who
    comes gets the session as it stands.
    """
    hood = hood_started(env)
    room, seen = hood.rooms["kruitberg"], []

    def next_answer(text, fresh=True):
        hood.fatima.sync()
        answer = hood.ask(hood.fatima, "kruitberg", f"!idee {text}", rf"Idee {len(seen) + 1}\b")
        assert not seen or (session_of(answer) != session_of(seen[-1])) == fresh, text
        seen.append(answer)
        return answer

    def unseen(act):
        """While the daemon is down, and too long ago for what the next batch tells."""
        hood.daemon.stop()
        act()
        for number in range(110):
            hood.coordinator.send_clear(room, "org.example.filler", {"n": number})
        hood.daemon.start()

    def out_and_invited():
        hood.lead.leave(room)
        hood.coordinator.invite(room, hood.lead)

    next_answer("bankje")
    hood.coordinator.kick(room, hood.piet)
    check_unreadable(hood.piet, room, next_answer("hek"))
    out_and_invited()
    hood.lead.join(room)
    next_answer("lamp")
    unseen(out_and_invited)
    next_answer("heg")
    unseen(lambda: hood.lead.leave(room))
    check_unreadable(hood.lead, room, next_answer("boom"))
    anna = hood.resident("anna")
    hood.coordinator.invite(room, anna)
    anna.join(room)
    next_answer("struik", fresh=False)
    anna.wait_message(room, hood.bot, r"Idee 6\b")
    anna.wait_unshielded(room, on_the_wire(hood, "kruitberg")[-1:])
    check_unreadable(anna, room, seen[-2])


@slow(300)
def test_t17_rotate_count_time_restart(env):
    """A session ends after a hundred messages, and when the clock goes on or back; a restart does not end it."""
    hood = hood_started(env, on_client=("fatima", "piet", "coordinator"))
    room = hood.rooms["kruitberg"]

    def say(count):
        # Three kinds in turn: the same answer thirty times would be a loop, and ended.
        for number in range(count - 1):
            hood.fatima.say(room, ("!taal nl", "!taal", "!help taal")[number % 3])
        hood.ask(hood.fatima, "kruitberg", "!ideeen", "nog geen ideeën")

    def lengths():
        return [len(list(group)) for _, group in itertools.groupby(sessions(hood, "kruitberg"))]

    say(60)
    assert lengths() == [61], "the introduction, and the answers"
    hood.daemon.kill()
    hood.daemon.start()
    say(40)
    assert lengths() == [100, 1], lengths()
    hood.daemon.move_clock(days=8)
    hood.ask(hood.at_daemon_time(hood.fatima), "kruitberg", "!ideeen", "nog geen ideeën")
    forward = lengths()
    assert forward[:2] == [100, 1] and len(forward) == 3, forward
    hood.daemon.stop()
    hood.daemon.move_clock(days=-4)
    hood.daemon.start()
    hood.ask(hood.at_daemon_time(hood.piet), "kruitberg", "!ideeen", "nog geen ideeën")
    back = lengths()
    assert back[:len(forward)] == forward and len(back) == len(forward) + 1, back
    hood.piet.sync()
    check_unshielded(hood, hood.piet)


@slow(300)
def test_t18_unsigned_device_excluded(env):
    """A device its owner did not sign gets a word why and no keys; its commands are not carried out."""
    hood = hood_started(env)
    room = hood.rooms["kruitberg"]
    laptop = env.crypto_device(hood.piet)
    hood.fatima.sync()
    answer = hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"Idee 1\b")
    refused = laptop.wait_event(lambda _, event: event["event_id"] == answer["event_id"], "the answer, sealed")
    assert refused["failure"] == WITHHELD, refused["failure"]
    said = laptop.say(room, "!idee van een vreemd toestel")
    hood.daemon.wait_query(f"SELECT count(*) FROM inbox WHERE event = '{said}'", 1)
    hood.daemon.move_clock(seconds=31)
    hood.wait_bot("kruitberg", "nog niet hebt bevestigd")
    said = laptop.say(room, "!idee nog een keer")
    hood.daemon.wait_query(f"SELECT count(*) FROM inbox WHERE event = '{said}'", 1)
    hood.daemon.move_clock(seconds=31)
    hood.ask(hood.piet, "kruitberg", "!idee hek", r"Idee 2\b")
    hood.settle()
    assert hood.daemon.query("SELECT text FROM idea ORDER BY id") == [("bankje",), ("hek",)]
    assert len(hood.said("kruitberg", "nog niet hebt bevestigd")) == 1


def test_t22_identity_reset_suspends(env):
    """Who resets his identity keeps a resident's rights and loses the others, until a person accepts it."""
    hood = hood_started(env, extra="trust:\n  budget: direct")
    hood.ask(hood.treasurer, "coordinators", "!budget buurt", r"96\.000")
    hood.treasurer.reset_identity()
    hood.ask(hood.treasurer, "coordinators", "!budget buurt", "sleutels zijn veranderd")
    hood.wait_bot("coordinators", "(?i)de sleutels van.*veranderd")
    hood.ask(hood.treasurer, "coordinators", "!ideeen")
    status = hood.daemon.status()
    assert hood.treasurer.user_id in status, status
    hood.daemon.tool("accept-identity", hood.treasurer.user_id)
    hood.ask(hood.treasurer, "coordinators", "!budget buurt", r"96\.000")
    assert hood.treasurer.user_id not in hood.daemon.status()


@slow(300)
def test_t26_keys_query_race(env):
    """A device that is added while the question for its owner's devices is under way reads the next message."""
    hood, proxy = hood_behind_proxy(env, extra="encryption:\n  share: all")
    room = hood.rooms["kruitberg"]
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"Idee 1\b")
    asked, gate = len(proxy.requests("POST", "/keys/query")), threading.Event()
    proxy.on("POST", "/keys/query", faults.hold_answer(gate), times=1)
    env.crypto_device(hood.piet)
    proxy.wait_requests("POST", "/keys/query", asked + 1)
    tablet = env.crypto_device(hood.piet)
    hood.fatima.sync()
    talk = hood.fatima.say(room, "zomaar wat")
    hood.daemon.wait_query(f"SELECT count(*) FROM inbox WHERE event = '{talk}'", 1)
    gate.set()  # the answer is older than what the daemon knows by now
    hood.ask(hood.fatima, "kruitberg", "!idee hek", r"Idee 2\b")
    assert tablet.wait_message(room, hood.bot, r"Idee 2\b")["event_id"]
    proxy.on("POST", "/keys/query", faults.status(500))
    phone = env.crypto_device(hood.piet)
    hood.fatima.sync()
    asked = len(proxy.requests("POST", "/keys/query"))
    hood.coordinator.sync()
    after = hood.coordinator.mark()
    hood.fatima.say(room, "!idee lamp")
    proxy.wait_requests("POST", "/keys/query", asked + 1)
    hood.daemon.move_clock(seconds=15)
    hood.wait_bot("kruitberg", r"Idee 3\b", after=after)
    assert phone.wait_failure(room)


def test_history_on_invitation(env):
    """The bot comes back with the keys of what was said meanwhile: it takes none of them, and hears from now on (MATRIX.md 7.15)."""
    hood, proxy = hood_behind_proxy(env)
    room = hood.rooms["kruitberg"]
    hood.ask(hood.fatima, "kruitberg", "!idee van voordien", r"Idee 1\b")
    hood.coordinator.kick(room, hood.bot)
    hood.fatima.sync()
    hood.fatima.say(room, "!idee van toen de bot weg was")
    hood.settle()
    before = len(hood.daemon.log())
    hood.coordinator.invite_with_history(room, hood.bot)
    hood.daemon.wait_log(r"crypto.todevice_unheard ", after=before)  # the one thing that came, sealed
    hood.daemon.wait_log(r"room.join ", after=before)
    hood.fatima.sync()
    hood.ask(hood.fatima, "kruitberg", "!idee van daarna", r"Idee 2\b.*daarna")
    hood.settle()
    assert [text for text, in hood.daemon.query("SELECT text FROM idea ORDER BY id")] == ["van voordien", "van daarna"]
    assert not proxy.requests("GET", "/download/"), "nothing is fetched"

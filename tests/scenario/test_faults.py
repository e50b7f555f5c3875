"""The network and the homeserver at their worst; nothing is lost, nothing doubled, no busy loop."""

import json
import threading

import faults
from environment import slow
from matrix_client import bodies
from messages import SyncLies
from neighbourhood import Neighbourhood
from processes import DEADLINE_S, wait_until

SEND = r"/send/m\.room\.(message|encrypted)/"


def hood_behind_proxy(env, **options):
    proxy = env.proxy()
    hood = Neighbourhood(env, url=proxy.url, **options)
    hood.start()
    return hood, proxy


def check_answered_once(hood, count, core="kruitberg"):
    """`count` ideas stand in the books and each number was said exactly once in the room."""
    hood.settle()
    answers = hood.said(core, "(?i)\\bidee\\b.*\\d|\\d.*\\bidee\\b")
    assert len(answers) == len(set(answers)) == count, answers
    assert hood.daemon.query("SELECT count(*) FROM idea")[0][0] == count


def test_lost_answers_are_repeated_alike(env):
    """A send whose answer is lost is repeated byte for byte under the same transaction id."""
    hood, proxy = hood_behind_proxy(env)
    # What it said itself would tell the daemon as well that it was sent.
    SyncLies(proxy).rewrite(hood.rooms["kruitberg"], lambda event: [] if event["sender"] == hood.bot.user_id else [event])
    proxy.cut_connections()
    rule, before = proxy.on("PUT", SEND, faults.drop_answer(), times=2), len(proxy.requests("PUT", SEND))
    hood.ask(hood.fatima, "kruitberg", "!idee fietsenrek", r"\b1\b")
    check_answered_once(hood, 1)
    sends = proxy.requests("PUT", SEND)[before:]
    assert rule.used == 2 and len(sends) == 3 and len({(send.path, send.body) for send in sends}) == 1, sends


def test_lost_answer_and_kill(env):
    """Killed between a send and its answer: the same bytes under the same id, one event."""
    hood, proxy = hood_behind_proxy(env)
    gate = threading.Event()
    proxy.on("PUT", SEND, faults.hold_answer(gate), times=1)
    before = len(proxy.requests("PUT", SEND))
    hood.fatima.say(hood.rooms["kruitberg"], "!idee fietsenrek")
    proxy.wait_requests("PUT", SEND, before + 1)
    hood.wait_bot("kruitberg", r"\b1\b")
    hood.daemon.kill()
    gate.set()
    hood.daemon.start()
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b2\b")
    check_answered_once(hood, 2)
    for send in proxy.requests("PUT", SEND)[before:]:
        alike = [other.body for other in proxy.requests("PUT", SEND) if other.path == send.path]
        assert len(set(alike)) == 1, alike


@slow(300)
def test_429_storm(env):
    """429 with header only, body only, both and neither: waited out, said once, no storm of ours."""
    hood, proxy = hood_behind_proxy(env)
    for action in (faults.too_many(header_s=2), faults.too_many(body_ms=2000),
                   faults.too_many(header_s=1, body_ms=1000), faults.too_many()):
        proxy.on("PUT", SEND, action, times=1)
    before = len(proxy.requests("PUT", SEND))
    hood.ask(hood.fatima, "kruitberg", "!idee fietsenrek", r"\b1\b")
    sends = proxy.requests("PUT", SEND)[before:]
    assert len(sends) == 5, sends
    waits = [later.at - earlier.at for earlier, later in zip(sends, sends[1:])]
    assert waits[0] >= 1.9 and waits[1] >= 1.9 and min(waits) >= 0.9, waits
    check_answered_once(hood, 1)


@slow(300)
def test_sync_429_and_5xx(env):
    """/sync answered with 429, 502 HTML, 200 HTML, truncated JSON and cut bodies: it goes on."""
    hood, proxy = hood_behind_proxy(env)
    for action in (faults.too_many(header_s=1), faults.html(502), faults.html(200),
                   faults.truncated_json(), faults.cut_answer(0.5), faults.status(500),
                   faults.drop_request(reset=True)):
        proxy.on("GET", r"/sync\b", action, times=1)
    before = len(proxy.requests("GET", r"/sync\b"))
    proxy.cut_connections()
    hood.ask(hood.fatima, "kruitberg", "!idee fietsenrek", r"\b1\b", deadline_s=120)
    assert len(proxy.requests("GET", r"/sync\b")) - before < 40, "no busy loop"
    check_answered_once(hood, 1)


@slow(300)
def test_5xx_on_sends(env):
    """Sends answered with 500 and 502 for a while are sent in the end, once, in order."""
    hood, proxy = hood_behind_proxy(env)
    proxy.on("PUT", SEND, faults.status(500), times=2)
    proxy.on("PUT", SEND, faults.html(502), times=2)
    room = hood.rooms["kruitberg"]
    for number in range(5):
        hood.fatima.say(room, f"!idee nummer {number}")
    hood.wait_bot("kruitberg", r"\b5\b", deadline_s=120)
    check_answered_once(hood, 5)
    numbers = [int(next(word for word in body.replace(":", " ").replace(".", " ").split()
                        if word.isdigit())) for body in hood.said("kruitberg")[-5:]]
    assert numbers == sorted(numbers), numbers


def test_repeated_sync(env):
    """The same /sync answer twice executes nothing twice."""
    hood, proxy = hood_behind_proxy(env)
    kept = {}

    def remember(content):
        if content.get("rooms", {}).get("join"):
            kept["rooms"] = content["rooms"]

    def again(content):
        if not content.get("rooms", {}).get("join") and "rooms" in kept:
            content["rooms"] = kept.pop("rooms")

    proxy.on("GET", r"/sync\b", faults.rewrite_json(remember), times=3)
    proxy.on("GET", r"/sync\b", faults.rewrite_json(again), times=3)
    proxy.cut_connections()
    for text in ("bankje", "hek", "lamp"):
        hood.ask(hood.fatima, "kruitberg", f"!idee {text}")
    hood.ask(hood.fatima, "kruitberg", "!idee boom", r"\b4\b")
    check_answered_once(hood, 4)


@slow(300)
def test_synapse_restarts_in_mid_traffic(env):
    """The homeserver goes down and up while people type: every idea once, in order."""
    server = env.own_synapse()
    hood = Neighbourhood(env, server=server)
    hood.start()
    room = hood.rooms["kruitberg"]
    for number in range(30):
        if number in (10, 20):
            (server.stop if number == 10 else server.kill)()
            server.start()
        hood.fatima.say(room, f"!idee nummer {number}")
    hood.wait_bot("kruitberg", r"\b30\b", deadline_s=120)
    check_answered_once(hood, 30)


@slow(300)
def test_long_outage(env):
    """Two minutes of refused connections are survived without a storm, and the answer still goes out."""
    hood, proxy = hood_behind_proxy(env)
    proxy.point_at("http://127.0.0.1:1")
    proxy.cut_connections()
    hood.fatima.say(hood.rooms["kruitberg"], "!idee tijdens de storing")
    before = len(proxy.requests())
    proxy.wait_requests("GET", r"/sync\b", len(proxy.requests("GET", r"/sync\b")) + 3)
    assert len(proxy.requests()) - before < 40
    proxy.point_at(hood.server.url)
    hood.wait_bot("kruitberg", r"\b1\b")
    check_answered_once(hood, 1)


def test_token_only_in_the_header(env):
    """The access token stands in no URL and in no log line, and neither does what people said."""
    hood, proxy = hood_behind_proxy(env)
    hood.ask(hood.fatima, "kruitberg", "!idee geheimpje onder de mat", r"\b1\b")
    tokens = {dict((name.lower(), value) for name, value in request.headers).get("authorization")
              for request in proxy.requests("GET", "/sync")}
    token = tokens.pop().removeprefix("Bearer ")
    assert len(token) > 10 and not tokens
    assert not proxy.requests("*", token) and "access_token" not in str(proxy.requests())
    assert token not in hood.daemon.log() and "geheimpje" not in hood.daemon.log()
    assert hood.bot.password not in hood.daemon.log()


def test_refused_send_is_final(env):
    """A final 4xx of one message is not retried for ever, stands as an incident, and the rest goes on."""
    hood, proxy = hood_behind_proxy(env)
    rule = proxy.on("PUT", SEND, faults.status(403, "M_FORBIDDEN"), times=1)
    hood.fatima.say(hood.rooms["kruitberg"], "!idee verloren antwoord")
    wait_until(lambda: rule.used, DEADLINE_S, "the send was refused")
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b2\b")
    hood.settle()
    assert rule.used == 1 and len(hood.said("kruitberg", r"verloren")) == 0


@slow(300)
def test_poison_events(env):
    """Hostile events are stepped over and counted; the neighbours' commands around them run."""
    hood, proxy = hood_behind_proxy(env)
    deep = "[" * 1200 + "]" * 1200

    def poison(body):
        if b'"!idee twee"' not in body:
            return body
        answer = json.loads(body)
        for room in answer["rooms"]["join"].values():
            events = room["timeline"]["events"]
            good = next((event for event in events
                         if event["content"].get("body") == "!idee twee"), None)
            if good:
                room["timeline"]["events"] = [*hostile(good), *events]
        return json.dumps(answer).encode().replace(b'"DEEP"', deep.encode())

    proxy.on("GET", r"/sync\b", faults.rewrite_answer(poison))
    proxy.cut_connections()
    hood.ask(hood.fatima, "kruitberg", "!idee een", r"\b1\b")
    hood.ask(hood.fatima, "kruitberg", "!idee twee", r"\b2\b")
    hood.ask(hood.fatima, "kruitberg", "!idee drie", r"\b3\b")
    assert hood.daemon.running()
    check_answered_once(hood, 3)


def hostile(good):
    """Events that no honest server sends, made after a good one."""
    def other(number, **changes):
        return {**good, "event_id": f"$gif{number}", **changes}
    command = {"msgtype": "m.text", "body": "!idee gif"}
    return [
        other(1, content="DEEP"), other(2, content={"body": "DEEP", "msgtype": "m.text"}),
        other(3, content={"msgtype": "m.text", "body": "wat een gif \ud800"}),
        other(4, content={"msgtype": "m.text", "body": ["!idee gif"]}),
        other(5, sender=12, content=command), other(6, sender="fatima", content=command),
        other(7, sender=good["sender"] + "\0@x:y", content=command),
        other(8, type=None), other(9, content=None), other(10, content=[]),
        {"type": "m.room.message", "content": command}, 7, None, "x", [], {},
        other(11, origin_server_ts="gisteren", content={"msgtype": "m.text", "body": "x" * 200_000}),
        other(12, origin_server_ts=-1, content={"msgtype": "m.text", "body": "x"}),
    ]


def test_bodies_of_odd_length(env):
    """A 60 KB message, NUL and control characters are no trouble, and no answer either."""
    hood, _ = hood_behind_proxy(env)
    room = hood.rooms["kruitberg"]
    hood.fatima.say(room, "x" * 60_000)
    hood.fatima.say(room, "a\u0000b\u202e\u0007")
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b1\b")
    assert len(bodies(hood.coordinator.history(room), hood.bot)) == 2

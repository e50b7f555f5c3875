"""The crash tests once more in encrypted rooms, where the bot begins a new session every few messages and people do, too.

Afterwards every command took effect once, every answer stands in the room once and can be read, the books add up,
and nothing that left the bot shows a ratchet that was used twice.
"""

import crash_points
import faults
from environment import slow
from matrix_client import Client
from neighbourhood import Neighbourhood
from ratchet_check import check_events
from test_crash import Traffic, check_exactly_once, kill_at_points, kill_at_random

PEOPLE = ("fatima", "lead", "coordinator", "piet")
KILLS = 60
# What the keys' requests are about changes from one to the next, so these points are tried at several of them.
PASSAGES = (1, 3)


class RestlessNeighbourhood(Neighbourhood):
    """Every third message is under another key."""

    def make_room(self, name, members, **options):
        return super().make_room(name, members, rotation={"rotation_period_msgs": 3}, **options)


class RestlessTraffic(Traffic):
    """People who change their keys now and then, as phones that are restarted do."""

    def say_one(self):
        if len(self.ideas) % 4 == 3:
            self.hood.fatima.forget_session(self.hood.rooms["kruitberg"])
        super().say_one()


def restless(env):
    proxy = env.proxy()
    hood = RestlessNeighbourhood(env, url=proxy.url, encrypted=True, on_client=PEOPLE)
    hood.start()
    return hood, proxy


def check_ratchets(hood):
    """Once more in the rooms: what arrived there is what the proxy saw leave."""
    as_stored = Client(hood.coordinator.wire, hood.coordinator.user_id)
    for room in hood.rooms.values():
        check_events(as_stored.history(room))


@slow(600)
def test_kill_at_every_point(env):
    """In encrypted rooms: killed at each numbered point, and at several of the keys' requests; exactly once."""
    hood, _ = restless(env)
    traffic = RestlessTraffic(hood)
    points = [f"{point}:{passage}" for point in crash_points.names()
              for passage in (PASSAGES if point.startswith("call.") else (1,))]
    missed = kill_at_points(hood, traffic, points)
    check_exactly_once(hood, traffic)
    check_ratchets(hood)
    assert not missed, f"never came past {missed}"


@slow(600)
def test_kill_through_a_bad_network(env):
    """In encrypted rooms: random kills while answers are lost and cut, those about keys, too."""
    hood, proxy = restless(env)
    for skip in range(0, 200, 5):
        proxy.on("PUT", "/send/", faults.drop_answer(), times=1, skip=skip % 7)
        proxy.on("PUT", "/sendToDevice/", faults.drop_answer(), times=1, skip=skip % 5)
        proxy.on("POST", "/keys/", faults.drop_answer(), times=1, skip=skip % 9)
        proxy.on("GET", r"/sync\b", faults.cut_answer(0.7), times=1, skip=skip % 11)
    traffic = RestlessTraffic(hood, pause_s=0.15)
    kill_at_random(hood, traffic, KILLS, 0.6)
    proxy.clear()
    hood.daemon.wait_ready()
    check_exactly_once(hood, traffic, deadline_s=120)
    check_ratchets(hood)

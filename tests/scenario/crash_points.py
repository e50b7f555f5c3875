"""The numbered places where the daemon can be told to kill itself, and what brings it there."""

import re
from datetime import timedelta

from environment import ROOT

SOURCE = ROOT / "src/engine/crash.c"
GAP = 130  # more than one answer of /sync holds, so that older events must be paged


def names():
    """As ROTONDE_CRASH_POINT takes them: "seal.before_commit"; read from the daemon's own table."""
    return re.findall(r'\[CRASH_\w+\] = "([a-z_.]+)"', SOURCE.read_text(encoding="utf-8"))


def provoke(point, hood, traffic):
    """With the daemon down, arrange what will lead it past the point when it starts."""
    kind = point.split(".")[0]
    for _ in range(3):
        traffic.say_one()  # two ideas and a photo receipt lead past every common point
    if kind == "page":
        for number in range(GAP):
            hood.piet.say(hood.rooms["kruitberg"], f"praatje {number}")
        traffic.say_one()
    elif kind == "seal":
        # Answers to what was said more than ten minutes ago are merged, and sealed by themselves.
        hood.daemon.move_clock(minutes=20)
    elif kind == "call" and hood.encrypted:
        # Who is new has his devices asked for, a key of his claimed, and the room's key sent to him.
        newcomer = hood.env.raw_user("nieuw", hood.server)
        hood.coordinator.invite(hood.rooms["kruitberg"], newcomer)
        newcomer.join(hood.rooms["kruitberg"])
    elif kind == "timer":
        hood.daemon.move_clock(seconds=timedelta(days=1).total_seconds())

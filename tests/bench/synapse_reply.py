"""The reply to an encrypted command over a real Synapse on this machine, beside a bare encrypted send on the same.

    synapse_reply.py PROGRAM [TIMES]

A resident's device sends and watches /sync. A bare send is what an event takes from there to there. A command goes
that way once and its reply once more; what is left is the daemon's. Both turn about, so that they meet the same
server. Uses the scenarios' Synapse (tests/scenario/README.md), and prints rows of tests/bench/measure.h.
"""

import os
import statistics
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "scenario"), str(HERE.parent / "proxy")]
os.environ["ROTONDE"] = str(Path(sys.argv[1]).resolve())

import mounts  # noqa: E402  (the path comes first)
from environment import Environment, Shared, Skip  # noqa: E402
from neighbourhood import Neighbourhood  # noqa: E402
from raw_device import RoomSession  # noqa: E402

CORE = "kruitberg"
# In turn, for the same answer again and again looks like a loop.
COMMANDS = ("!budget", "!agenda")
WARM, GOAL_MS = 10, 2
DEADLINE_S = 30


def row(verdict, what, goal, measured):
    print("\t".join([what, goal, measured, {True: "holds", False: "over", None: ""}[verdict]]), flush=True)


class Watcher:
    """A resident in the encrypted room who sends and sees."""

    def __init__(self, env, hood):
        self.device, self.room, self.bot = env.raw_user("kijker"), hood.rooms[CORE], hood.bot.user_id
        hood.coordinator.invite(self.room, self.device)
        self.device.join(self.room)
        self.since = self.device.call("GET", "sync")["next_batch"]
        self.megolm = RoomSession(self.room)
        self.device.share(self.megolm, self.bot)

    def wait_event(self, sender):
        """Until an encrypted event of that sender is seen."""
        until = time.monotonic() + DEADLINE_S
        while time.monotonic() < until:
            answer = self.device.call("GET", "sync", query={"since": self.since, "timeout": 10000})
            self.since = answer["next_batch"]
            joined = answer.get("rooms", {}).get("join", {}).get(self.room, {})
            if any(event["sender"] == sender and event["type"] == "m.room.encrypted" for event in joined.get("timeline", {}).get("events", [])):
                return
        raise TimeoutError(f"no event of {sender}")

    def send(self, text, sender):
        """Ms from sending it until one of that sender's is seen."""
        content = self.device.sealed(self.megolm, text)
        began = time.monotonic()
        self.device.send(self.room, "m.room.encrypted", content)
        self.wait_event(sender)
        return (time.monotonic() - began) * 1000


def measure(env, times):
    hood = Neighbourhood(env, encrypted=True, on_client=())
    hood.daemon.login()
    hood.daemon.start()
    for room in hood.rooms.values():
        hood.coordinator.wait_membership(room, hood.bot, "join")
    watcher = Watcher(env, hood)
    hood.settle()
    bare, whole = [], []
    for number in range(WARM + times):
        one = watcher.send("goedemorgen allemaal, wie gaat er mee naar de tuin?", watcher.device.user_id)
        two = watcher.send(COMMANDS[number % len(COMMANDS)], watcher.bot)
        hood.settle()
        if number >= WARM:
            bare.append(one)
            whole.append(two)
    ours = statistics.median(whole) - 2 * statistics.median(bare)
    row(ours <= GOAL_MS, "reply over loopback Synapse, encrypted room", "bare encrypted send + 2 ms p50",
        f"bare send + {ours:.1f} ms: command to reply {statistics.median(whole):.1f} ms, a bare send {statistics.median(bare):.1f} ms")


def main():
    mounts.start_anew()
    shared = Shared()
    env = Environment(shared, "bench")
    try:
        measure(env, int(sys.argv[2]) if len(sys.argv) > 2 else 100)
    except Skip as why:
        print(f"not measured: the reply over Synapse: {why}", file=sys.stderr)
    finally:
        env.close()
        shared.close()


if __name__ == "__main__":
    main()

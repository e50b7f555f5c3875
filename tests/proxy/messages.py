"""A server that lies in its answers to /sync about what it was given: for devices, or in a room.

    lies = SyncLies(proxy)             before the bot starts: a lie told later holds for a request under way, too
    lies.hold(fatima)                  her to-device messages do not reach the bot ...
    lies.release()                     ... and do with the next answer
    lies.repeat(mallory, 3)            each of hers comes again with each of the next three answers
    lies.rewrite(room, change)         change(event) gives the events in an event's place
"""

import threading

import faults


class SyncLies:
    """What the server says, changed on its way as it was told last."""

    def __init__(self, proxy):
        self.lock = threading.Lock()
        self.held_sender, self.held = None, []
        self.repeats = {}  # sender -> how often
        self.to_repeat = []  # [event, how often still]
        self.repeated = 0
        self.rewrites = []  # (room, change)
        proxy.on("GET", r"/sync\b", faults.rewrite_json(self.lie))

    def hold(self, sender):
        with self.lock:
            self.held_sender = str(sender)

    def release(self):
        with self.lock:
            self.held_sender = None

    def repeat(self, sender, times):
        with self.lock:
            self.repeats[str(sender)] = times

    def rewrite(self, room, change):
        with self.lock:
            self.rewrites.append((room, change))

    def lie(self, answer):
        messages = answer.setdefault("to_device", {}).setdefault("events", [])
        with self.lock:
            self.lie_of_held(messages)
            self.lie_of_repeats(messages)
            for room, change in self.rewrites:
                timeline = answer.get("rooms", {}).get("join", {}).get(room, {}).get("timeline", {})
                if "events" in timeline:
                    timeline["events"] = [one for event in timeline["events"] for one in change(event)]

    def lie_of_held(self, messages):
        if self.held_sender is None:
            messages[:0] = self.held
            self.held = []
        else:
            self.held += [one for one in messages if one["sender"] == self.held_sender]
            messages[:] = [one for one in messages if one["sender"] != self.held_sender]

    def lie_of_repeats(self, messages):
        fresh = [[one, self.repeats[one["sender"]]] for one in messages if one["sender"] in self.repeats]
        messages += [one for one, _ in self.to_repeat]
        self.repeated += len(self.to_repeat)
        self.to_repeat = [[one, left - 1] for one, left in self.to_repeat if left > 1] + fresh

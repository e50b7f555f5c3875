"""The simulated people: what they remember, what they expect to be told, and what the books should hold by that."""

import re
from datetime import timedelta

from clock import wall

SILENCE = object()
# A day post, or a message about an event: it came when the clock was there, not because somebody spoke.
UNASKED = re.compile(r"\A[^\n]{1,60}, (?:maan|dins|woens|donder|vrij|zater|zon)dag \d+ \w+\n|\((?:agenda|event) \d+\)\.")
MONEY = re.compile(r"€([\d.]+),(\d\d)")


def euros(cents):
    """As a Dutch neighbour types it."""
    return f"{cents // 100},{cents % 100:02d}"


def cents_of(text):
    found = MONEY.search(text)
    return int(found.group(1).replace(".", "") + found.group(2))


class Receipt:
    """What its owner believes of a receipt."""

    def __init__(self, number, group, author, message, at):
        self.number = number
        self.group = group
        self.author = author
        self.message = message
        self.at = at
        self.cents = None
        self.line = None
        self.back = 0
        self.state = "submitted"
        self.owners = {author.name}
        self.photos = []
        self.gone = False


class Thing:
    """An idea or an event: its number, who said it where, and in which message."""

    def __init__(self, number, group, author, message, at):
        self.number = number
        self.group = group
        self.author = author
        self.message = message
        self.at = at
        self.gone = False


class Life:
    def __init__(self, rng, town, talk, now):
        self.rng = rng
        self.town = town
        self.talk = talk
        self.start = now
        self.now = now
        self.lines = 0      # since the clock was set
        self.typed = 0      # messages of people
        self.crashes = 0
        self.wrong = []     # expectations that failed
        self.receipts = {}
        self.ideas = {}
        self.events = {}
        self.chatter = []   # (group, number) of some messages, to react to
        self.unasked = []   # (day, group, words) of what came by itself
        self.actions = {}
        self.wished = set() # events whose reminders somebody chose: two on a day may sound the same
        self.linked = set() # (office holder, resident) who were called one person, if only for a moment
        self.elsewhere = [] # what the last message made the program say in other groups

    # The clock

    def at(self, when):
        """It becomes `when`, or as soon after as the clock can."""
        least = self.now + timedelta(seconds=60 + 2 * self.lines)
        self.now = max(when, least).replace(microsecond=0)
        self.lines = 0
        self.talk.later(f"@now {self.now.isoformat()}")

    def hear(self, said):
        """What came by itself."""
        self.unasked += [(self.now.date(), one.group, one.text) for one in said]

    def settle(self):
        """The clock is where it should be, and all that was due is said."""
        self.hear(self.talk.play())

    def wait(self, minutes):
        self.at(self.now + timedelta(minutes=minutes))

    # Speaking

    def fail(self, what):
        self.wrong.append(f"{self.now.isoformat()}: {what}")

    def say(self, group, who, text, expect=None, trust=None):
        """
        Type a message. Its number and the answer, "" when there is none. expect: a pattern the answer must hold, SILENCE, or
        None when any answer will do.
        """
        if self.rng.random() < 0.003:
            self.crash()
        name = who if isinstance(who, str) else who.name
        if trust is None and group in self.town.bridged:
            trust = "bridge"
        prefix = f"trust={trust} " if trust else ""
        said = self.talk.play(f"[{group}] {name}: {prefix}{text}")
        own = next(i for i, one in enumerate(said) if one.who != "rotonde")
        self.hear(said[:own])
        said = said[own:]
        self.lines += 1
        self.typed += 1
        if self.rng.random() < 0.003:
            self.crash()
        self.elsewhere = [one for one in said[1:] if one.group != group]
        self.hear([one for one in said[1:] if UNASKED.search(one.text)])
        answers = [one.text for one in said[1:] if one.who == "rotonde" and one.group == group and not UNASKED.search(one.text)]
        answer = answers[0] if answers else ""
        if len(answers) > 1:
            self.fail(f"[{group}] {name}: {text}: {len(answers)} answers: {answers}")
        if expect is SILENCE and answer:
            self.fail(f"[{group}] {name}: {text}: expected silence, was told: {answer}")
        elif isinstance(expect, str) and not re.search(expect, answer):
            self.fail(f"[{group}] {name}: {text}: expected {expect!r}, was told: {answer!r}")
        if answer.startswith("!") or len(answer) > 640:
            self.fail(f"[{group}] {name}: {text}: {len(answer)} characters: {answer!r}")
        return said[0].number, answer

    def crash(self):
        self.crashes += 1
        self.hear(self.talk.crash())

    def private(self, who):
        return f"@{who.name}"

    # Remembering

    def some(self, things, test=lambda thing: True):
        """One that still stands, the younger the likelier; None when there is none."""
        alive = [thing for thing in list(things.values())[-60:] if not getattr(thing, "gone", False) and test(thing)]
        return self.rng.choice(alive) if alive else None

    def booked(self, group, author, message, answer, cents, photo=None):
        """The answer to a !bon with a readable amount."""
        found = re.search(r"(?:Bon|Receipt) (\d+) (?:genoteerd|noted)", answer)
        if not found:
            self.fail(f"no receipt came of {euros(cents)}: {answer!r}")
            return None
        receipt = Receipt(int(found.group(1)), group, author, message, self.now)
        if receipt.number in self.receipts:
            self.fail(f"receipt {receipt.number} was given twice")
        self.receipts[receipt.number] = receipt
        self.mended(receipt, answer, cents)
        if photo:
            receipt.photos.append(photo)
        return receipt

    def mended(self, receipt, answer, cents):
        """It was told that the receipt now is this much, and of which line."""
        shown = cents_of(answer.replace("€", "€", 1)) if "genoteerd" in answer or "is nu" in answer else cents
        if shown != cents:
            self.fail(f"receipt {receipt.number}: typed {euros(cents)}, was told {answer!r}")
        receipt.cents = cents
        line = re.search(r"(?:potje|line) (.+?)\. ", answer + " ")
        if line:
            receipt.line = line.group(1)


def today(ms):
    return wall(ms).date()

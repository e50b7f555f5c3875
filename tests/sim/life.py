"""The simulated people: what they remember, what they expect to be told, and what the books should hold by that."""

import re
from datetime import timedelta

from manners import DAY_POST, Manners
from town import CORES

SILENCE = object()
# A day post, or a message about an event: it came when the clock was there, not because somebody spoke.
UNASKED = re.compile(DAY_POST.pattern + r"|\((?:agenda|event) \d+\)\.")
MONEY = re.compile(r"€([\d.]+),(\d\d)")
QUESTION = timedelta(minutes=30)    # as long as the program waits for an answer
# Which day post asks the lead of a core, or the message in his private room.
ASKED = re.compile(r"Een vraag voor de trekker van .*?\nJullie plan: (.+?), \w+dag .*?\nHun plan: (.+?), \w+dag ", re.S)
TOGETHER = re.compile(r" doen dit samen: (.+?), \w+dag ")


def euros(cents):
    """As a Dutch neighbour types it."""
    return f"{cents // 100},{cents % 100:02d}"


def cents_of(text):
    found = MONEY.search(text)
    return int(found.group(1).replace(".", "") + found.group(2))


class Thing:
    """Something with a number: who said it where, and in which message. row: what the books should say of it."""

    def __init__(self, number, group, author, message, at):
        self.number = number
        self.group = group
        self.author = author
        self.message = message
        self.answer = None  # the number of our answer to it
        self.at = at
        self.gone = False
        self.row = {}


class Receipt(Thing):
    """What its owner believes of a receipt."""

    def __init__(self, number, group, author, message, at):
        super().__init__(number, group, author, message, at)
        self.cents = None
        self.line = None
        self.back = 0
        self.state = "submitted"
        self.paid = False
        self.owners = {author.name}
        self.photos = []

    def counts(self):
        return self.state not in ("withdrawn", "rejected")


class Ask:
    """A core was asked whether it does its plan together with another's."""

    def __init__(self, group, number, own, other):
        self.group = group
        self.number = number
        self.own = own
        self.other = other
        self.said = None


class Eyes:
    """Who was ever called one person with whom, for good."""

    def __init__(self):
        self.first = {}

    def of(self, name):
        while name in self.first:
            name = self.first[name]
        return name

    def join(self, one, other):
        one, other = self.of(one), self.of(other)
        if one != other:
            self.first[one] = other

    def same(self, one, other):
        return self.of(one) == self.of(other)


class Life:
    def __init__(self, rng, town, talk, now):
        self.rng = rng
        self.town = town
        self.talk = talk
        self.manners = Manners(town)
        self.books = None   # a read-only look into the database, of watch.py
        self.start = now
        self.now = now
        self.lines = 0      # since the clock was set
        self.typed = 0      # messages of people
        self.crashes = 0
        self.wrong = []     # expectations that failed
        self.receipts = {}
        self.ideas = {}
        self.events = {}
        self.actions = {}
        self.stories = {}
        self.proposals = {}
        self.samples = []   # (who, count, seed, numbers)
        self.present = set() # (core, day) of learning sessions
        self.roles = set()  # (name, core) of leads by decision
        self.moved = {}     # a budget line and what moved to it, in cents
        self.eyes = Eyes()
        self.asks = []
        self.titles = {}    # of events, by which people know them
        self.joint = set()  # titles of events that two cores do together
        self.known = set()  # who ever wrote, and was not forgotten: others may call him by his name
        self.forgotten = set() # who had himself forgotten: who stands in the books is not called by a name again
        self.unnamed = set() # who is not named in applause
        self.quiet = []     # (group, from, until) of groups that asked for rest
        self.asked = {}     # (group, name) and until when the program waits for his answer
        self.chatter = []   # (group, number) of some messages, to react to
        self.unasked = []   # (day, group, words) of what came by itself
        self.wished = set() # events whose reminders somebody chose: two on a day may sound the same
        self.elsewhere = [] # what the last message made the program say in other groups
        self.answered = None # the number of the last answer

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

    def listen(self, said):
        """Every message the program says passes here once."""
        for one in said:
            if one.who != "rotonde":
                continue
            for fault in self.manners.faults(one.group, one.text):
                self.fail(f"[{one.group}] {fault}: {one.text!r}")
            self.asks += [Ask(one.group, one.number, own, other) for own, other in ASKED.findall(one.text)]
            for title in TOGETHER.findall(one.text):
                if title not in self.joint:
                    self.fail(f"[{one.group}] {title} was announced, but not both said yes")
        return said

    def settle(self):
        """The clock is where it should be, and all that was due is said."""
        self.hear(self.listen(self.talk.play()))

    def wait(self, minutes):
        self.at(self.now + timedelta(minutes=minutes))

    # Speaking

    def fail(self, what):
        self.wrong.append(f"{self.now.isoformat()}: {what}")

    def is_asked(self, group, who):
        """The program may take his next words for an answer."""
        return self.asked.get((group, who.name), self.start) >= self.now

    def say(self, group, who, text, expect=None, trust=None):
        """
        Type a message. Its number and the answer, "" when there is none. expect: a pattern the answer must hold, SILENCE, or
        None when any answer will do.
        """
        if self.rng.random() < 0.003:
            self.crash()
        if trust is None and group in self.town.bridged:
            trust = "bridge"
        prefix = f"trust={trust} " if trust else ""
        self.manners.learn(group, text)
        if who.name not in self.forgotten:
            self.known.add(who.name)
        said = self.listen(self.talk.play(f"[{group}] {who.name}: {prefix}{text}"))
        own = next(i for i, one in enumerate(said) if one.who != "rotonde")
        self.hear(said[:own])
        said = said[own:]
        self.lines += 1
        self.typed += 1
        if self.rng.random() < 0.003:
            self.crash()
        self.elsewhere = [one for one in said[1:] if one.group != group]
        self.hear([one for one in said[1:] if UNASKED.search(one.text)])
        answers = [one for one in said[1:] if one.who == "rotonde" and one.group == group and not UNASKED.search(one.text)]
        answer = answers[0].text if answers else ""
        self.answered = answers[0].number if answers else None
        if len(answers) > 1:
            self.fail(f"[{group}] {who.name}: {text}: {len(answers)} answers: {[one.text for one in answers]}")
        if expect is SILENCE and answer:
            self.fail(f"[{group}] {who.name}: {text}: expected silence, was told: {answer}")
        elif isinstance(expect, str) and not re.search(expect, answer):
            self.fail(f"[{group}] {who.name}: {text}: expected {expect!r}, was told: {answer!r}")
        if "?" in answer:
            self.asked[group, who.name] = self.now + QUESTION
        return said[0].number, answer

    def crash(self):
        self.crashes += 1
        self.hear(self.listen(self.talk.crash()))

    def private(self, who):
        return f"@{who.name}"

    # Remembering

    def some(self, things, test=lambda thing: True):
        """One that still stands, the younger the likelier; None when there is none."""
        alive = [thing for thing in list(things.values())[-60:] if not thing.gone and test(thing)]
        return self.rng.choice(alive) if alive else None

    def note(self, things, pattern, group, who, message, answer):
        """A new thing by the number in the answer; None when that holds none."""
        found = re.search(pattern, answer)
        if not found:
            return None
        thing = Thing(int(found.group(1)), group, who, message, self.now)
        thing.answer = self.answered
        if thing.number in things:
            self.fail(f"number {thing.number} was given twice: {answer!r}")
        things[thing.number] = thing
        return thing

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
        shown = cents_of(answer) if "genoteerd" in answer or "is nu" in answer else cents
        if shown != cents:
            self.fail(f"receipt {receipt.number}: typed {euros(cents)}, was told {answer!r}")
        receipt.cents = cents
        line = re.search(r"(?:potje|line) (.+?)\. ", answer + " ")
        if line:
            receipt.line = line.group(1)

    def is_own(self, who, receipt):
        """He had a hand in it, or was ever one person with somebody who had."""
        return any(self.eyes.same(who.name, owner) for owner in receipt.owners)

    def forget(self, who):
        """He had himself forgotten: what is his stands, but is nobody's, and his thumbs are gone."""
        self.known.discard(who.name)
        self.forgotten.add(who.name)
        for one in self.events.values():
            if who.name in one.chairs:
                one.chairs = []
        for things in (self.receipts, self.ideas, self.events, self.actions, self.stories):
            for thing in things.values():
                if thing.author is who:
                    thing.gone = True
                for key in [key for key, names in thing.row.items() if isinstance(names, dict) and who.name in names.values()]:
                    del thing.row[key]
                if thing.row.get("taker") == who.name:
                    del thing.row["taker"]

    def is_quiet(self, group):
        return any(one == group and since <= self.now < until for one, since, until in self.quiet)


def is_core(group):
    return group in CORES

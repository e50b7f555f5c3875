"""How the program speaks, whatever it says: what must hold of every one of its messages."""

import re

from town import CORES

ANSWER_MAX = 600    # characters; what a phone shows without "read more"
SECTION_MAX = 600   # of each part of a day post
DAY_POST = re.compile(r"\A[^\n]{1,60}, (?:maan|dins|woens|donder|vrij|zater|zon)dag \d+ \w+\n")
ADDRESS = re.compile(r"@[\w.=/-]+:\w")
PHONE = re.compile(r"06[- ]?\d{8}")
NAME = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


class Manners:
    def __init__(self, town):
        self.homes = {person.name: person.core for person in town.residents + town.leads}
        self.phones = {}    # a number and the group it was typed in

    def learn(self, group, text):
        """Somebody typed this."""
        for phone in PHONE.findall(text):
            self.phones.setdefault(phone, group)

    def faults(self, group, text):
        """What is wrong with this message to that group, each as a few words."""
        return [words for fault in FAULTS for words in fault(self, group, text)]

    def home_of(self, group):
        """Whose names may be said here: a core's own, in a private room those of his core; all where the office sits."""
        if group in CORES:
            return group
        if group.startswith("@"):
            return self.homes.get(group[1:])
        return None


def begins_with_a_command(_manners, _group, text):
    if text.startswith("!"):
        yield "begins with !"


def is_too_long(_manners, _group, text):
    if not DAY_POST.match(text):
        if len(text) > ANSWER_MAX:
            yield f"{len(text)} characters"
        return
    for section in text.split("\n\n"):
        if len(section) > SECTION_MAX + 80:
            yield f"a part of {len(section)} characters"


def shows_an_address(_manners, _group, text):
    if ADDRESS.search(text):
        yield "shows an address"


def passes_on_a_phone_number(manners, group, text):
    for phone in PHONE.findall(text):
        if manners.phones.get(phone) != group:
            yield f"passes on {phone}"


def names_a_stranger(manners, group, text):
    home = manners.home_of(group)
    for name in set(NAME.findall(text.lower())) & manners.homes.keys():
        if group == "neighbourhood" or home and manners.homes[name] != home:
            yield f"names {name} of {manners.homes[name]}"


def is_unfinished(_manners, _group, text):
    if re.search(r"\{\w|\(null\)|\w\.(?:how|unknown)\b", text):
        yield "shows what it is made of"


FAULTS = (begins_with_a_command, is_too_long, shows_an_address, passes_on_a_phone_number, names_a_stranger, is_unfinished)

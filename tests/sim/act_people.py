"""People: linked and parted, forgotten, left alone, and told what is kept of them."""

from datetime import timedelta

from act_ideas import NOTED, noted, words_of
from hand import pick
from life import SILENCE


def koppel(life):
    """Two ids of one neighbour: each mends what the other wrote, as long as they are one."""
    one, other = life.town.resident(), life.town.resident()
    coordinator = life.town.officer("coordinator")
    if one.core != other.core:
        other = life.town.resident(one.core)
    if one is other or life.eyes.same(one.name, other.name):
        return
    said = life.say(one.core, one, f"!idee {words_of(life)}", NOTED)
    idea = noted(life, one.core, one, said)
    life.say(other.core, other, f"edit #{said[0]} !idee van mij", SILENCE)
    _, answer = life.say("coordinators", coordinator, f"!koppel @{one.name} @{other.name}", "één buur|ken niemand", trust="direct")
    if "één buur" not in answer:
        return
    life.eyes.join(one.name, other.name)
    life.say("coordinators", coordinator, f"!koppel @{other.name} @{one.name}", "wist ik al", trust="direct")
    if idea and not idea.alike:
        life.say(other.core, other, f"edit #{said[0]} !idee samen een bankje", f"Idee {idea.number} aangepast: samen een bankje")
    life.say("coordinators", coordinator, f"!koppel weg @{pick(life, [one, other]).name}", "weer twee", trust="direct")
    life.say(other.core, other, f"edit #{said[0]} !idee toch van mij", SILENCE)


def koppel_stranger(life):
    who = life.town.neighbour()
    life.say(who.core, who, f"!koppel @{who.name} @{pick(life, life.town.officers).name}", "niet voor iedereen")


def vergeet(life):
    who = life.town.resident()
    if who.name in life.unnamed or any(who.name == name for name, _ in life.roles) or life.eyes.of(who.name) != who.name:
        return
    life.say(who.core, who, pick(life, ["!vergeet", "!vergeet mij"]), "Zal ik het doen")
    if life.rng.random() < 0.3:
        life.say(who.core, who, "nee", "alles blijft zoals het is")
    else:
        life.say(who.core, who, "ja", "ik ken je niet meer|je naam is weg")
        life.forget(who)


def mijn(life):
    who = life.town.neighbour()
    life.say(life.private(who), who, "!mijn", "Dit bewaar ik van je", trust="direct")


def stil(life):
    """A lead gives his group some rest."""
    who = pick(life, life.town.leads)
    if life.is_quiet(who.core) and life.rng.random() < 0.5:
        life.say(who.core, who, "!stil uit", "Ik doe hier weer mee")
        life.quiet = [(group, since, min(until, life.now) if group == who.core else until) for group, since, until in life.quiet]
        return
    weeks = life.rng.randrange(1, 3)
    life.say(who.core, who, f"!stil {weeks} {'week' if weeks == 1 else 'weken'}", "zeg ik uit mezelf niets tot")
    life.quiet = [(group, since, min(until, life.now) if group == who.core else until) for group, since, until in life.quiet]
    life.quiet.append((who.core, life.now + timedelta(minutes=2), life.now + timedelta(weeks=weeks)))


def stil_person(life):
    who = life.town.resident()
    if (who.name, who.core) not in life.roles:
        life.say(who.core, who, "!stil 3 dagen", "jou laat ik met rust tot")

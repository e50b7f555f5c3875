"""Ideas: said, supported, mended, taken back, joined and sent on their way."""

import re

from hand import IDEAS, IDEAS_EN, WHERE, decide, late, phone, pick
from life import SILENCE, is_core

NOTED = r"[Ii]dee (\d+) genoteerd"
NOTED_EN = r"[Ii]dea (\d+) noted"

# The words of !route, the row they make, and what the group is told.
COURSES = (
    ("bewonersinitiatief Venzo", ("routed", "initiative"), "bewonersinitiatief"),
    ("gebiedsplan", ("routed", "plan"), "gebiedsplan"),
    ("corporatie", ("routed", "corporation"), "corporatie"),
    ("gewoon doen", ("routed", "just_do"), "gewoon doen"),
    ("buurtbudget", ("budget", None), "budget"),
    ("klaar", ("done", None), "gedaan"),
    ("niet nu geen plek", ("not_now", None), "geen plek"),
)


def words_of(life):
    tail = f" bel {phone(life)}" if life.rng.random() < 0.05 else ""
    return f"{pick(life, IDEAS)} {pick(life, WHERE)} nr {life.rng.randrange(1000)}{tail}"


def noted(life, group, who, said, pattern=NOTED):
    """The answer to a new idea, and what it asks."""
    number, answer = said
    one = life.note(life.ideas, pattern, group, who, number, answer)
    if not one:
        return None
    alike = re.search(r"(?:lijkt op idee|looks like idea) (\d+)", answer)
    one.alike = int(alike.group(1)) if alike else None
    one.twice = "lijkt precies op" in answer
    one.row = {"state": ("new", None), "thumbs": {}, "helpers": {}}
    return one


def idea(life):
    who = life.town.neighbour()
    bang = pick(life, ["!idee", "!Idee:", "*!idee*", "! idee", "！idee", "!IDEE"])
    one = noted(life, who.core, who, life.say(who.core, who, f"{bang} {words_of(life)}", NOTED))
    if one and one.alike and "state" in life.ideas[one.alike].row and life.rng.random() < 0.6:
        join(life, one, f"reply #{one.answer} " if life.rng.random() < 0.3 else "")


def is_archived(one):
    return one.row.get("state", ("", None))[0] == "archived"


def join(life, one, how):
    """Its author is asked whether it goes along with another."""
    if life.rng.random() < 0.5:
        life.say(one.group, one.author, f"{how}nee", rf"idee {one.number} en idee {one.alike} blijven apart")
    else:
        other = life.ideas.get(one.alike)
        gone = other and is_archived(other)
        life.say(one.group, one.author, f"{how}ja", rf"[Ii]dee {one.alike}.*weg" if gone else rf"Idee {one.number} en idee {one.alike} gaan samen")
        if other and not gone:
            for idea_of_both in (one, other):
                idea_of_both.row.pop("state") # from now on it is that of all that go together
    one.alike = None


def idea_join_late(life):
    """The answer may come days later, as a reply."""
    one = life.some(life.ideas, lambda idea: idea.alike and is_core(idea.group))
    if one and "state" in one.row:
        stranger = life.town.resident(one.group)
        if stranger is not one.author:
            life.say(one.group, stranger, f"reply #{one.answer} ja", SILENCE)
        if "state" in life.ideas[one.alike].row:
            join(life, one, f"reply #{one.answer} ")


def idea_en(life):
    who = life.town.neighbour()
    noted(life, who.core, who, life.say(who.core, who, f"!idea {pick(life, IDEAS_EN)} no {life.rng.randrange(1000)}", NOTED_EN), NOTED_EN)


def idea_photo(life):
    who = life.town.neighbour()
    path, _ = life.town.photo()
    noted(life, who.core, who, life.say(who.core, who, f"photo {path} !idee {words_of(life)}", NOTED))


def idea_near_miss(life):
    who = life.town.neighbour()
    life.say(who.core, who, f"!{pick(life, ['ide', 'idde', 'iedee'])} {words_of(life)}", "Bedoel je !idee")


def idea_late(life):
    who = life.town.neighbour()
    noted(life, who.core, who, life.say(who.core, who, f"{late(life)} !idee {words_of(life)}", NOTED))


def core_idea(life, test=lambda one: True):
    return life.some(life.ideas, lambda one: is_core(one.group) and test(one))


def idea_support(life):
    """A thumb, and now and then it is taken away."""
    one = core_idea(life, lambda one: "thumbs" in one.row)
    if not one:
        return
    who = life.town.resident(one.group)
    number, _ = life.say(one.group, who, f"react #{pick(life, [one.message, one.answer])} 👍", SILENCE)
    one.row["thumbs"][number] = who.name
    if life.rng.random() < 0.1:
        life.say(one.group, who, f"delete #{number}", SILENCE)
        del one.row["thumbs"][number]


def idea_take_part(life):
    """Ja in reply to what we said of it; the same person may say no later."""
    one = core_idea(life, lambda one: not one.alike and "helpers" in one.row)
    if not one:
        return
    who = life.town.resident(one.group)
    helpers = one.row["helpers"]
    number, answer = life.say(one.group, who, f"reply #{one.answer} {pick(life, ['ja', 'Ja!', 'ja hoor'])}", rf"meedoet met idee {one.number}\b|with idea {one.number}\b")
    helpers[number] = who.name
    if answer and life.rng.random() < 0.2:
        life.say(one.group, who, f"reply #{one.answer} nee", rf"niet meer mee met idee {one.number}\b|idea {one.number}\b")
        for message in [message for message, name in helpers.items() if name == who.name]:
            del helpers[message]


def idea_edit(life):
    one = core_idea(life, lambda idea: (life.now - idea.at).days < 5)
    if not one:
        return
    stranger = life.town.resident(one.group)
    if stranger is not one.author and life.rng.random() < 0.3:
        life.say(one.group, stranger, f"edit #{one.message} !idee iets anders", SILENCE)
    words = words_of(life)
    life.say(one.group, one.author, f"edit #{one.message} !idee {words}", rf"Idee {one.number} aangepast: {re.escape(words)}")


def idea_delete(life):
    one = core_idea(life)
    if not one:
        return
    stranger = life.town.resident(one.group)
    if stranger is not one.author and life.rng.random() < 0.3:
        life.say(one.group, stranger, f"delete #{one.message}", SILENCE)
    life.say(one.group, one.author, f"delete #{one.message}", rf"Ide[ea] {one.number}\b")
    one.row["state"] = ("archived", None)
    one.row.pop("helpers", None)
    one.gone = True


def idea_show(life):
    number = life.rng.randrange(1, len(life.ideas) + 3)
    one = life.ideas.get(number)
    gone = one and is_archived(one)
    who = life.town.neighbour()
    life.say(who.core, who, f"!idee {number}", "ken ik niet" if not one else "is weggehaald" if gone else rf"\AIdee {number} \(")


def idea_list(life):
    who = life.town.neighbour()
    word, expect = pick(life, [("!ideeen", "idee"), ("!ideeën bankje", "bankje"), ("!ideas", "idea"), ("!ideeen pagina 2", "idee")])
    life.say(who.core, who, word, expect)


def route(life):
    one = life.some(life.ideas)
    if not one:
        return
    words, state, told = pick(life, COURSES)
    stood = one.row.get("state") == state
    decide(life, life.town.officer("coordinator"), f"!route {one.number} {words}", rf"idee {one.number}\b" if stood or "state" not in one.row else rf"idee {one.number}.*{told}")
    if "state" in one.row:
        one.row["state"] = state


def namens(life):
    who = life.town.officer("coordinator")
    said = life.say("coordinators", who, f"!namens mevrouw A idee {words_of(life)}", NOTED, trust="direct")
    noted(life, "coordinators", who, said)

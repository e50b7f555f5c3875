"""From talking to doing: actions, thanks, results, lessons, and how far each core is."""

import re
from datetime import timedelta

from hand import EVENTS, decide, pick
from life import SILENCE
from town import CORES


def actie(life):
    who, other = life.town.neighbour(), None
    task, tail, due = f"{pick(life, EVENTS)} {life.rng.randrange(1000)} regelen", "", None
    if life.rng.random() < 0.4:
        other = life.town.resident(who.core)
        tail += f" @{other.name}"
    if life.rng.random() < 0.5:
        due = life.now + timedelta(days=life.rng.randrange(1, 20))
        tail += f" {due.strftime('%d-%m-%Y')}"
    number, answer = life.say(who.core, who, f"!actie {task}{tail}", rf"Actie (\d+) genoteerd: {task}")
    one = life.note(life.actions, r"Actie (\d+) genoteerd", who.core, who, number, answer)
    if one:
        one.text, one.settled = task, None
        taken = other and f"{other.name} doet het" in answer
        one.row = {"state": "open", "taker": other.name if taken else None, "due": due and due.strftime("%Y-%m-%d")}
        if not taken and "Wie pakt dit op" not in answer:
            life.fail(f"action {one.number}: nobody was asked for: {answer!r}")


def open_action(life, test=lambda one: True):
    return life.some(life.actions, lambda one: one.row.get("state") == "open" and test(one))


def actie_take(life):
    one = open_action(life)
    if not one or "taker" not in one.row:
        return
    who, taker = life.town.resident(one.group), one.row["taker"]
    if who.name in life.forgotten:
        return # he has no name to call him by
    expect = "stond er al zo bij" if taker == who.name else rf"{taker} doet actie {one.number} al" if taker else rf"{who.name} pakt actie {one.number} op"
    life.say(one.group, who, pick(life, [f"reply #{one.message} ik", f"reply #{one.answer} ik!", f"!actie {one.number} ik"]), expect)
    if not taker:
        one.row["taker"] = who.name


def actie_edit(life):
    one = open_action(life)
    if one:
        one.text = f"{pick(life, EVENTS)} {life.rng.randrange(10000)} voorbereiden"
        life.say(one.group, one.author, f"edit #{one.message} !actie {one.text}", rf"Actie {one.number} aangepast: {one.text}")
        one.row["due"] = None


def actie_delete(life):
    one = life.some(life.actions, lambda one: one.row.get("state") != "extra")
    if one:
        life.say(one.group, one.author, f"delete #{one.message}", rf"Actie {one.number} is weggehaald")
        one.row["state"], one.gone = "dropped", True


def actie_end(life):
    """Done, or not and why; who deletes that message takes it back."""
    one = open_action(life)
    if not one:
        return
    if life.rng.random() < 0.2:
        stranger = life.town.resident(pick(life, [core for core in CORES if core != one.group]))
        life.say(stranger.core, stranger, f"!gedaan {one.number}", "van een andere groep")
    who = life.town.resident(one.group)
    word, expect, state = pick(life, [
        (f"!gedaan {one.number}", rf"Mooi, actie {one.number} is gedaan", "done"),
        (f"!niet {one.number} te weinig animo", rf"actie {one.number} ging niet door, want: te weinig animo", "not_done"),
    ])
    number, _ = life.say(one.group, who, word, expect)
    one.row["state"] = state
    if life.rng.random() < 0.15:
        life.say(one.group, who, f"delete #{number}", rf"Actie {one.number} staat weer open")
        one.row["state"] = "open"


def actie_back(life):
    who = life.town.neighbour()
    life.say(who.core, who, "!actie terug", r"(?s)kijkt terug.*Gedaan:.*Niet gedaan, of nog niet:.*Extra gedaan:")


def actie_list(life):
    who = life.town.neighbour()
    life.say(who.core, who, "!actie", "staat nog open|Er staat niets open")


def extra(life):
    who = life.town.neighbour()
    text = f"{pick(life, EVENTS)} {life.rng.randrange(1000)} gehouden"
    number, answer = life.say(who.core, who, f"!extra {text}", rf"extra gedaan: {text}")
    if answer:
        done = life.books.newest(life, life.actions, "action", who.core, who, number)
        if done:
            done.row = {"state": "extra"}
        if done and life.rng.random() < 0.3:
            life.say(who.core, who, f"edit #{number} !extra {text} samen", rf"Actie {done.number} aangepast: {text} samen")


def applaus(life):
    who = life.town.neighbour()
    other = life.town.resident(who.core)
    why = f"voor {pick(life, EVENTS)} {life.rng.randrange(1000)}"
    if other is who or other.name not in life.known:
        return
    expect = "zonder|geen naam" if other.name in life.unnamed else rf"Applaus voor {other.name}, {why}|Applaus voor {other.name}"
    number, answer = life.say(who.core, who, f"!applaus {other.name} {why}", expect)
    if other.name in life.unnamed and other.name in answer:
        life.fail(f"{other.name} is named in {answer!r}")
    end = life.rng.random()
    if end < 0.15:
        life.say(who.core, who, f"edit #{number} !applaus {other.name} {why} en alles", "en alles|geen naam")
    elif end < 0.3:
        life.say(who.core, who, f"delete #{number}", SILENCE)


def applaus_off(life):
    """Who does not want to be named. He has written before: else nobody knows him by that name."""
    who = life.town.resident()
    life.say(who.core, who, "!applaus uit", "noem jouw naam niet meer")
    life.unnamed.add(who.name)


# Results, lessons, and how far a core is

def story(life):
    who = pick(life, life.town.leads)
    kind, word = pick(life, [("result", "!resultaat"), ("lesson", "!leerpunt")])
    text = f"{pick(life, ['de hal is geverfd', 'samen gegeten', 'begin op tijd met flyeren'])} {life.rng.randrange(10000)}"
    number, answer = life.say(who.core, who, f"{word} {text}", "Bewaard als resultaat van" if kind == "result" else "Bewaard als leerpunt van")
    one = life.books.newest(life, life.stories, "story", who.core, who, number)
    if answer and one:
        one.row = {"kind": kind, "core": who.core, "text": text, "gone": 0}


def own_story(life):
    return life.some(life.stories, lambda one: one.author.role == "lead")


def story_edit(life):
    one = own_story(life)
    if one:
        text = f"nu beter verteld {life.rng.randrange(10000)}"
        stranger = life.town.resident(one.group)
        life.say(one.group, stranger, f"edit #{one.message} !resultaat onzin", SILENCE)
        life.say(one.group, one.author, f"edit #{one.message} {'!resultaat' if one.row['kind'] == 'result' else '!leerpunt'} {text}", rf"Er staat nu: {text}")
        one.row["text"] = text


def story_delete(life):
    one = own_story(life)
    if one:
        life.say(one.group, one.author, f"delete #{one.message}", "is weggehaald")
        one.row["gone"], one.gone = 1, True


def story_list(life):
    who = pick(life, life.town.leads)
    word, expect = pick(life, [("!resultaat", "Resultaten van|Wat hebben jullie gedaan"), ("!leerpunt", "Leerpunten van|Wat hebben jullie geleerd")])
    life.say(who.core, who, word, expect)


def story_stranger(life):
    who = life.town.resident()
    if (who.name, who.core) not in life.roles:
        life.say(who.core, who, "!resultaat wij hebben geverfd", "niet voor iedereen")


def aanwezig(life):
    """Which cores were at the learning session; one that was not is taken off again."""
    who = life.town.officer("coordinator")
    cores = life.rng.sample(CORES, 3)
    day = life.now.strftime("%Y-%m-%d")
    decide(life, who, f"!aanwezig {', '.join(cores)}", "Bij de leersessie van")
    life.present |= {(core, day) for core in cores}
    if life.rng.random() < 0.4:
        decide(life, who, f"!aanwezig weg {cores[0]}", "Weggehaald")
        life.present.discard((cores[0], day))


def stand(life):
    """The three lights of a core are what it told."""
    who = pick(life, life.town.leads)
    result = any(one.row["core"] == who.core and one.row["kind"] == "result" and not one.row["gone"] for one in life.stories.values())
    learned = any(core == who.core for core, _ in life.present)
    photos = all(one.photos for one in life.receipts.values() if one.group == who.core and one.counts())
    lights = [("Bonnetjes", photos), ("Resultaat", result), ("Leren", learned)]
    _, answer = life.say(who.core, who, "!stand", "tot nu toe")
    for word, on in lights:
        if not re.search(f"{'🟢' if on else '⚪'} {word}", answer):
            life.fail(f"{who.core}: {word} is {'there' if on else 'missing'}, was told: {answer!r}")


def stand_all(life):
    decide(life, life.town.officer(pick(life, ["coordinator", "auditor"])), "!stand", "De kernen tot nu toe")

"""The agenda: single events and series, who comes, who chairs, and plans that two cores may do together."""

import re
from datetime import timedelta

from hand import EVENTS, moment_words, pick
from life import SILENCE
from town import CORES

NOTED = r"Agenda (\d+) genoteerd"
HOUR = timedelta(hours=1)


def when(life):
    """Some way to type a moment, and the moment it means."""
    hour, today = life.rng.randrange(9, 22), life.now.replace(hour=0, minute=0, second=0)
    far, near = life.rng.randrange(2, 40), life.rng.randrange(2, 30)
    weekday = life.rng.choice((0, 2, 4, 5))
    next_week = today + timedelta(days=7 - today.weekday() + weekday)
    names = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag")
    return pick(life, [
        (f"over {near} dagen {hour}:00", today + timedelta(days=near, hours=hour)),
        (f"volgende week {names[weekday]} {hour}:30", next_week + timedelta(hours=hour, minutes=30)),
        (f"{(today + timedelta(days=far)).strftime('%d-%m-%Y')} {hour}:15", today + timedelta(days=far, hours=hour, minutes=15)),
        (f"morgen {hour}:00", today + timedelta(days=1, hours=hour)),
    ])


def title_of(life, words=EVENTS):
    """Like no other's: by it people know what a question is about."""
    while True:
        title = f"{pick(life, words)} {life.rng.randrange(1000)}"
        if title not in life.titles:
            life.titles[title] = None
            return title


def noted(life, group, who, said, title, starts, pattern=NOTED):
    """starts: None for a series."""
    number, answer = said
    one = life.note(life.events, pattern, group, who, number, answer)
    if one:
        life.titles[title] = one
        one.title, one.starts, one.moved, one.chairs, one.held, one.off = title, starts, False, [], 0, 0
        one.row = {"status": "confirmed", "title": title, "coming": {}}
        if starts:
            one.row["starts"] = starts.strftime("%Y-%m-%dT%H:%M")
    return one


def event_add(life):
    who, title = life.town.neighbour(), title_of(life)
    words, starts = when(life)
    said = life.say(who.core, who, f"!agenda {words} {title}", rf"{NOTED}: {title}, {moment_words(starts)}")
    noted(life, who.core, who, said, title, starts)


def event_same_day(life):
    """What another core has that day: the roundabout notices."""
    other = life.some(life.events, lambda one: is_single(life, one) and life.now + timedelta(days=2) < one.starts)
    who, title = life.town.neighbour(), title_of(life)
    if other and who.core != other.group:
        starts = other.starts.replace(minute=0)
        said = life.say(who.core, who, f"!agenda {starts.strftime('%d-%m-%Y %H:%M')} {title}", rf"{NOTED}: {title}, {moment_words(starts)}")
        noted(life, who.core, who, said, title, starts)


def event_en(life):
    who, title = life.town.neighbour(), title_of(life, ["dinner"])
    hour = life.rng.randrange(1, 9)
    starts = life.now.replace(hour=12 + hour, minute=0, second=0) + timedelta(days=1)
    said = life.say(who.core, who, f"!event tomorrow {hour}pm {title}", r"Event (\d+) added")
    noted(life, who.core, who, said, title, starts, r"Event (\d+) added")


def event_series(life):
    who = life.town.lead(pick(life, CORES))
    until = life.now + timedelta(days=life.rng.randrange(20, 60))
    # A number just before "tot" would be a time.
    title = title_of(life, ["koffie"]) + " samen"
    said = life.say(who.core, who, f"!agenda elke {pick(life, ['maandag', 'dinsdag', 'donderdag'])} 10:00 {title} tot {until.strftime('%d-%m-%Y')}", rf"{NOTED}: {title}, elke")
    one = noted(life, who.core, who, said, title, None)
    if one:
        one.until = until
        if life.rng.random() < 0.7:
            chairs(life, one)


def event_all(life):
    who, title = life.town.officer("coordinator"), title_of(life, ["buurtberaad"])
    words, starts = when(life)
    said = life.say("neighbourhood", who, f"!agenda {words} {title}", rf"{NOTED}: {title}, {moment_words(starts)}.*hele buurt")
    noted(life, "neighbourhood", who, said, title, starts)


def event_wrong(life):
    who = life.town.neighbour()
    words, expect = pick(life, [("31 februari 20:00 bbq", "kalender"), ("gisteren 10:00 ontbijt", "voorbij"), ("vrijdag 25:00 feest", "tijd bestaat niet")])
    life.say(who.core, who, f"!agenda {words}", expect)


def is_single(life, one, apart=timedelta(minutes=5)):
    """A plan of one core for one time that still comes."""
    return one.group in CORES and one.starts and one.starts > life.now + apart and one.title not in life.joint and not one.gone


def own_event(life):
    return life.some(life.events, lambda one: is_single(life, one))


def mover(life, one):
    return pick(life, [one.author, life.town.lead(one.group)])


def event_move(life):
    one = own_event(life)
    if not one:
        return
    to = one.starts.replace(hour=life.rng.randrange(9, 22), minute=45)
    who, text = mover(life, one), f"!agenda {one.number} {to.strftime('%H:%M')}"
    if to <= life.now:
        life.say(one.group, who, text, "al voorbij")
    elif to == one.starts:
        life.say(one.group, who, text, "Zo stond het er al")
    else:
        life.say(one.group, who, text, rf"Agenda {one.number} is verzet: {one.title}, {moment_words(to)}")
        one.starts, one.moved, one.row["starts"] = to, True, to.strftime("%Y-%m-%dT%H:%M")


def event_edit(life):
    """Who edits his message amends the event; nobody else does."""
    one = life.some(life.events, lambda one: is_single(life, one) and not one.moved and not one.title.startswith("dinner"))
    if not one:
        return
    stranger = life.town.resident(one.group)
    if stranger is not one.author:
        life.say(one.group, stranger, f"edit #{one.message} !agenda morgen 10:00 niets", SILENCE)
    to = (life.now + timedelta(days=life.rng.randrange(3, 40))).replace(hour=life.rng.randrange(9, 22), minute=20, second=0)
    title = title_of(life)
    life.say(one.group, one.author, f"edit #{one.message} !agenda {to.strftime('%d-%m-%Y %H:%M')} {title}", rf"Agenda {one.number} aangepast: {title}, {moment_words(to)}")
    life.titles[title] = one
    one.title, one.starts, one.moved = title, to, True
    one.row["starts"], one.row["title"] = to.strftime("%Y-%m-%dT%H:%M"), title


def event_cancel(life):
    one = own_event(life)
    if one:
        life.say(one.group, mover(life, one), f"!agenda {one.number} af te weinig animo", rf"Agenda {one.number} is afgezegd: {one.title}.*te weinig animo")
        one.row["status"], one.gone = "cancelled", True


def event_stranger(life):
    one = own_event(life)
    who = life.town.neighbour()
    if one and who is not one.author and (who.role == "resident" or who.core != one.group) and (who.name, one.group) not in life.roles:
        life.say(who.core, who, f"!agenda {one.number} {pick(life, ['af', '20:45'])}", "kan ik alleen veranderen")


def event_over(life):
    """What is over or called off stays so."""
    one = life.some(life.events, lambda one: one.starts and one.starts < life.now - timedelta(days=1) and one.title not in life.joint)
    if one:
        life.say(one.group, one.author, f"!agenda {one.number} {pick(life, ['af', '20:45'])}", "al geweest|hele buurt")


def event_delete(life):
    one = own_event(life)
    if one:
        life.say(one.group, one.author, f"delete #{one.message}", rf"\A\Z|Gaat niet door: {one.title}")
        one.row["status"], one.gone = "cancelled", True


def event_remind(life):
    one = own_event(life)
    if one:
        life.wished.add(one.number)
        life.say(one.group, mover(life, one), f"!agenda {one.number} herinner {pick(life, ['1d', '3d 1u', '2u', '1d 90m'])}", rf"Genoteerd voor agenda {one.number}\. Ik herinner jullie")


def event_list(life):
    who = life.town.neighbour()
    one = life.some(life.events)
    if one and life.rng.random() < 0.5:
        life.say(who.core, who, f"!agenda {one.number}", rf"\AAgenda {one.number} \(")
    else:
        life.say(who.core, who, "!agenda", r"\AAgenda van|staat nog niets op de agenda")


# Who comes

def coming_words(one):
    count = len(set(one.row["coming"].values()))
    return "Jij bent de eerste" if count == 1 else f"Er komen nu {count} buren"


def ikkom(life):
    one = life.some(life.events, lambda one: is_single(life, one) and "coming" in one.row)
    if not one:
        return
    who, coming = life.town.resident(one.group), one.row["coming"]
    if life.rng.random() < 0.4:
        number, _ = life.say(one.group, who, f"react #{one.answer} {pick(life, ['👍', '✅'])}", SILENCE)
        coming[number] = who.name
    else:
        number, answer = life.say(one.group, who, f"!ikkom {one.number}", rf"Leuk dat je komt! Agenda {one.number}: ")
        coming[number] = who.name
        if coming_words(one) not in answer:
            life.fail(f"agenda {one.number}: expected {coming_words(one)!r}, was told: {answer!r}")
    end = life.rng.random()
    if end < 0.1:
        life.say(one.group, who, f"!ikkom niet {one.number}", rf"je komt niet naar agenda {one.number}\b")
        for message in [message for message, name in coming.items() if name == who.name]:
            del coming[message]
    elif end < 0.2:
        life.say(one.group, who, f"delete #{number}", SILENCE)
        del coming[number]


def ikkom_off(life):
    """Nobody comes to what was called off."""
    off = [one for one in list(life.events.values())[-40:] if one.row.get("status") == "cancelled" and one.starts > life.now and one.group in CORES]
    if off:
        one = pick(life, off)
        life.say(one.group, life.town.resident(one.group), f"!ikkom {one.number}", rf"Agenda {one.number} gaat niet door")


# Series: one time of it, and who chairs

def own_series(life, test=lambda one: True):
    """One that surely has times to come, also when the next ones of it were called off."""
    return life.some(life.events, lambda one: one.starts is None and one.until > life.now + timedelta(days=9 + 7 * one.off) and test(one))


def once_off(life):
    one = own_series(life)
    if one:
        one.off += 1
        life.say(one.group, life.town.lead(one.group), f"!agenda {one.number} alleen deze keer af", rf"Alleen deze keer niet, agenda {one.number}: {one.title}")


def chair_words(one):
    after = f" Daarna: {', '.join(one.chairs[1:])}." if len(one.chairs) > 1 else ""
    return re.escape(f"Voorzitter: {one.chairs[0]}.{after}")


def chairs(life, one):
    names = []
    while len(names) < 3:
        name = life.town.resident(one.group).name
        if name not in names:
            names.append(name)
    life.settle()
    one.chairs, one.held = names, len(life.books.chaired(one.number))
    life.say(one.group, life.town.lead(one.group), f"!agenda {one.number} voorzitter {', '.join('@' + name if life.rng.random() < 0.5 else name for name in names)}", chair_words(one))


def go_round(life, one):
    """Those who chaired since we looked were the first of the list, one after the other."""
    life.settle()
    held = life.books.chaired(one.number)
    for name in held[one.held :]:
        if name.lstrip("@") != one.chairs[0]:
            life.fail(f"agenda {one.number} was chaired by {name}, and it was the turn of {one.chairs}")
            break
        one.chairs.append(one.chairs.pop(0))
    one.held = len(held)


def ruil(life):
    one = own_series(life, lambda one: one.chairs)
    if not one:
        return
    go_round(life, one)
    stranger = life.town.resident(one.group)
    if stranger.name not in one.chairs and (stranger.name, one.group) not in life.roles:
        life.say(one.group, stranger, f"!ruil {one.number}", "Ruilen bij agenda")
    other, text = (1, f"!ruil {one.number}") if life.rng.random() < 0.5 else (2, f"!ruil {one.number} met {one.chairs[2]}")
    one.chairs[0], one.chairs[other] = one.chairs[other], one.chairs[0]
    life.say(one.group, life.town.lead(one.group), text, chair_words(one))


def chair_show(life):
    one = own_series(life, lambda one: one.chairs)
    if one:
        go_round(life, one)
        life.say(one.group, life.town.resident(one.group), f"!agenda {one.number} voorzitter", chair_words(one))


# The roundabout

def asked_lead(life, ask):
    if ask.group in CORES:
        return life.town.lead(ask.group)
    return next(who for who in life.town.leads + life.town.residents if life.private(who) == ask.group)


def still_asked(life, ask):
    """Both plans stand as they were when it was asked, and neither is another core's by now."""
    plans = [life.titles.get(title) for title in (ask.own, ask.other)]
    return all(one and is_single(life, one) and not one.moved for one in plans)


def answers_of(life, ask):
    """What this core and the other said so far: a no is final, and a core has one voice."""
    own = [other.said for other in life.asks if other.said and (other.own, other.other) == (ask.own, ask.other)]
    others = [other.said for other in life.asks if other.said and (other.own, other.other) == (ask.other, ask.own)]
    return own, others


def rotonde(life):
    """A lead answers whether his core does its plan together with another's; nobody answers for him."""
    waiting = [ask for ask in life.asks[-60:] if not ask.said and still_asked(life, ask)]
    if not waiting:
        return
    ask = pick(life, [one for one in waiting if "yes" in answers_of(life, one)[1]] or waiting)
    who = asked_lead(life, ask)
    if ask.group in CORES:
        stranger = life.town.resident(ask.group)
        if (stranger.name, ask.group) not in life.roles and not life.is_asked(ask.group, stranger):
            life.say(ask.group, stranger, f"reply #{ask.number} ja", SILENCE)
    if not life.is_asked(ask.group, who) and life.rng.random() < 0.2:
        life.say(ask.group, who, f"reply #{ask.number} leuk idee", SILENCE)
    own, others = answers_of(life, ask)
    word = pick(life, ["ja", "Ja!", "ja hoor", "ja graag", "nee"])
    said = "no" if word == "nee" else "yes"
    if "no" in own + others:
        expect = r"\A\Z|Deze keer blijft"
    elif said in own:
        expect = r"\A\Z"
    else:
        expect = "Prima, dan blijft" if said == "no" else "jullie doen het samen" if "yes" in others else "Genoteerd, dank je"
    number, answer = life.say(ask.group, who, f"reply #{ask.number} {word}", expect)
    ask.said = said
    if "jullie doen het samen" in answer:
        life.joint |= {ask.own, ask.other}
        for title in (ask.own, ask.other):
            life.titles[title].row = {}
    elif "Genoteerd" in answer and life.rng.random() < 0.15:
        life.say(ask.group, who, f"delete #{number}", SILENCE)
        ask.said = None


def joint_move(life):
    """Either core may change what is of both; announced it is with the time it then has."""
    folded = [one for one in list(life.events.values())[-60:] if one.title in life.joint and one.starts and one.starts > life.now + HOUR]
    if folded:
        one = pick(life, folded)
        life.say(one.group, one.author, f"!agenda {one.number} 20:{life.rng.randrange(10, 60)}", rf"Agenda {one.number} (is verzet|is nu één geheel)|al voorbij|Zo stond|afgezegd|al geweest")

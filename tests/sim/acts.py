"""
What people in the neighbourhood do: a table of acts. An act is a function of the life it happens in; it types one message
or a few, and says what each should be answered. A new command is a new row.
"""

import re
from datetime import timedelta

from life import SILENCE, Thing, euros
from town import CORES

IDEAS = (
    "fietsenrek bij de lift|bankje in de zon|moestuin op het dak|leesclub voor ouderen|voetbaltoernooi|repair café|"
    "lampjes in de kelder|boekenkast in de hal|jeu de boules baan|kookclub|huiswerkhulp|hondenveldje|muziekavond|"
    "plantenbakken langs de galerij|naailes|wandelgroep|buurtontbijt|kunst in de hal|speeltoestel|fietsles"
).split("|")
IDEAS_EN = "a bench near the playground|a book swap|a repair café|more light in the hall|a walking group".split("|")
WHERE = "bij de ingang|achter de flat|op de galerij|in de binnentuin|bij het water|naast de bushalte".split("|")
GOODS = "verf|kwasten|koffie|taart|limonade|zaden|schroeven|posters|bloemen|soep|stoelen|tafelkleed|ballonnen|potgrond".split("|")
TALK = (
    "goedemorgen allemaal|wie heeft er een ladder te leen?|mooi weer vandaag!|de lift doet het weer|12,50|ja|nee|20:00|"
    "ik ben er om half acht|hahaha|top!|kan iemand mijn pakje aannemen?|wat een lawaai vannacht|morgen 20:00|bedankt lieve "
    "buren|idee: we moeten iets doen|bon kwijt|3 stuks|vergadering was goed"
).split("|")
EVENTS = "bbq|buurteten|filmavond|schoonmaakdag|kaartavond|spelmiddag|vergadering|ontbijt|muziek|tuinieren|bingo".split("|")


def pick(life, words):
    return life.rng.choice(words)


def thing_of(life, things, pattern, group, who, message, answer):
    found = re.search(pattern, answer)
    if not found:
        return None
    thing = Thing(int(found.group(1)), group, who, message, life.now)
    if thing.number in things:
        life.fail(f"number {thing.number} was given twice: {answer!r}")
    things[thing.number] = thing
    return thing


def late(life):
    """"sent 2022-..." of some days ago, but not from before the groups had the bot."""
    days = life.rng.randrange(1, 13)
    sent = max(life.now - timedelta(days=days, minutes=7), life.start + timedelta(minutes=1))
    return f"sent {sent.replace(second=0).isoformat()}"


# Talk

def talk(life, but=None):
    """but: somebody who keeps silent, because of what he was asked."""
    who = life.town.neighbour()
    if who == but:
        return
    number, _ = life.say(who.core, who, pick(life, TALK))
    life.chatter.append((who.core, number))


def reaction(life):
    if not life.chatter:
        return
    group, number = pick(life, life.chatter[-200:])
    life.say(group, life.town.resident(group), f"react #{number} {pick(life, ['👍', '❤️', '😂', '👏'])}", SILENCE)


def chat_edit(life):
    who = life.town.neighbour()
    number, _ = life.say(who.core, who, "dit klopt neit helemaal", SILENCE)
    life.say(who.core, who, f"edit #{number} dit klopt niet helemaal", SILENCE)


def chat_delete(life):
    who = life.town.neighbour()
    number, _ = life.say(who.core, who, "foutje, sorry", SILENCE)
    life.say(who.core, who, f"delete #{number}", SILENCE)


# Ideas

def in_a_core(idea):
    return idea.group in CORES


def idea_words(life):
    return f"{pick(life, IDEAS)} {pick(life, WHERE)} nr {life.rng.randrange(1000)}"


def idea(life):
    who = life.town.neighbour()
    bang = pick(life, ["!idee", "!Idee:", "*!idee*", "! idee", "！idee", "!IDEE"])
    number, answer = life.say(who.core, who, f"{bang} {idea_words(life)}", r"[Ii]dee (\d+) genoteerd")
    thing_of(life, life.ideas, r"[Ii]dee (\d+) genoteerd", who.core, who, number, answer)


def idea_en(life):
    who = life.town.neighbour()
    number, answer = life.say(who.core, who, f"!idea {pick(life, IDEAS_EN)} no {life.rng.randrange(1000)}", r"[Ii]dea (\d+) noted")
    thing_of(life, life.ideas, r"[Ii]dea (\d+) noted", who.core, who, number, answer)


def idea_photo(life):
    who = life.town.neighbour()
    path, _ = life.town.photo()
    number, answer = life.say(who.core, who, f"photo {path} !idee {idea_words(life)}", r"[Ii]dee (\d+) genoteerd")
    thing_of(life, life.ideas, r"[Ii]dee (\d+) genoteerd", who.core, who, number, answer)


def idea_near_miss(life):
    who = life.town.neighbour()
    life.say(who.core, who, f"!{pick(life, ['ide', 'idde', 'iedee'])} {idea_words(life)}", "Bedoel je !idee")


def idea_late(life):
    who = life.town.neighbour()
    number, answer = life.say(who.core, who, f"{late(life)} !idee {idea_words(life)}", r"[Ii]dee (\d+) genoteerd")
    thing_of(life, life.ideas, r"[Ii]dee (\d+) genoteerd", who.core, who, number, answer)


def idea_support(life):
    one = life.some(life.ideas, in_a_core)
    if one:
        life.say(one.group, life.town.resident(one.group), f"react #{one.message} 👍", SILENCE)


def idea_edit(life):
    one = life.some(life.ideas, lambda idea: in_a_core(idea) and (life.now - idea.at).days < 5)
    if one:
        life.say(one.group, one.author, f"edit #{one.message} !idee {idea_words(life)}", r"[Ii]dee \d+ aangepast|[Ii]dea \d+")


def idea_delete(life):
    one = life.some(life.ideas, in_a_core)
    if one:
        life.say(one.group, one.author, f"delete #{one.message}")
        one.gone = True


def idea_show(life):
    one = life.some(life.ideas)
    if one:
        who = life.town.neighbour()
        life.say(who.core, who, f"!idee {one.number}", rf"Idee {one.number} ")


def idea_list(life):
    who = life.town.neighbour()
    life.say(who.core, who, pick(life, ["!ideeen", "!ideeën bankje", "!ideas", "!ideeen pagina 2"]), ".")


# Receipts

def amount(life):
    return pick(life, [life.rng.randrange(100, 3000), life.rng.randrange(3000, 12000)])


def bon_photo(life):
    """The way it should be: a photo with the amount."""
    who = life.town.neighbour()
    cents, (path, digest) = amount(life), life.town.photo()
    number, answer = life.say(who.core, who, f"photo {path} !bon {euros(cents)} {pick(life, GOODS)} {life.rng.randrange(1000)}x", "Bon (\\d+) genoteerd")
    receipt = life.booked(who.core, who, number, answer, cents, digest)
    if receipt and "lijkt op" in answer:
        life.fail(f"two photos that are not alike: {answer!r}")


def bon_bare(life):
    """No photo; later it comes, by number."""
    who = life.town.neighbour()
    cents = amount(life)
    number, answer = life.say(who.core, who, f"!bon {pick(life, GOODS)} {pick(life, WHERE)} {euros(cents)}", "Bon (\\d+) genoteerd")
    receipt = life.booked(who.core, who, number, answer, cents)
    if not receipt:
        return
    if "lijkt op" in answer:
        life.say(who.core, who, "nee", "tellen allebei")
    if life.rng.random() < 0.6:
        life.wait(life.rng.randrange(1, 120))
        path, digest = life.town.photo()
        life.say(who.core, who, f"photo {path} !bonnen {receipt.number}", "Foto bij bon")
        receipt.photos.append(digest)


def bon_en(life):
    who = life.town.neighbour()
    cents, (path, digest) = amount(life), life.town.photo()
    number, answer = life.say(who.core, who, f"photo {path} !receipt {cents // 100}.{cents % 100:02d} {life.rng.randrange(1000)} cups", "Receipt (\\d+) noted")
    life.booked(who.core, who, number, answer, cents, digest)


def bon_asked(life):
    """The amount comes when it is asked for."""
    who = life.town.neighbour()
    cents, (path, digest) = amount(life), life.town.photo()
    number, _ = life.say(who.core, who, f"photo {path} !bon {pick(life, GOODS)} {life.rng.choice(['', '2 zakken 9', '1.250'])}", "Bon (\\d+) bewaard")
    if life.rng.random() < 0.1:
        life.crash()
    if life.rng.random() < 0.4:
        talk(life, who)
    _, answer = life.say(who.core, who, euros(cents), "Bon (\\d+) genoteerd")
    receipt = life.booked(who.core, who, number, answer, cents, digest)
    if receipt and "lijkt op" in answer:
        life.say(who.core, who, "nee", "tellen allebei")


def bon_unreadable(life):
    """An amount that is none: asked, and let go."""
    who = life.town.neighbour()
    life.say(who.core, who, f"!bon {pick(life, ['0', '-5,00', '12,50 en 3,75', '99999999999', '1.250', ''])} {pick(life, GOODS)}", "[Tt]yp alleen het|alleen het bedrag")


def bon_twice(life):
    """The same photo once more: noticed, asked, withdrawn or kept."""
    who = life.town.neighbour()
    cents, (path, digest) = amount(life), life.town.photo()
    words = f"{pick(life, GOODS)} {life.rng.randrange(1000)}x"
    number, answer = life.say(who.core, who, f"photo {path} !bon {euros(cents)} {words}", "Bon (\\d+) genoteerd")
    first = life.booked(who.core, who, number, answer, cents, digest)
    number, answer = life.say(who.core, who, f"photo {path} !bon {euros(cents)} {words}", "lijkt op bon")
    second = life.booked(who.core, who, number, answer, cents, digest)
    if not first or not second:
        return
    if life.rng.random() < 0.7:
        life.say(who.core, who, "ja", f"Bon {second.number} is ingetrokken")
        second.state = "withdrawn"
    else:
        life.say(who.core, who, "Nee.", "tellen allebei")


def bon_late(life):
    who = life.town.neighbour()
    cents, (path, digest) = amount(life), life.town.photo()
    number, answer = life.say(who.core, who, f"{late(life)} photo {path} !bon {euros(cents)} {pick(life, GOODS)} {life.rng.randrange(1000)}x", "Bon (\\d+) genoteerd")
    life.booked(who.core, who, number, answer, cents, digest)


def bon_album(life):
    who = life.town.neighbour()
    cents, photos = amount(life), [life.town.photo() for _ in range(life.rng.randrange(2, 4))]
    words = " ".join(f"photo {path}" for path, _ in photos)
    number, answer = life.say(who.core, who, f"{words} !bon {euros(cents)} {pick(life, GOODS)} {life.rng.randrange(1000)}x", "Bon (\\d+) genoteerd")
    receipt = life.booked(who.core, who, number, answer, cents)
    if receipt:
        receipt.photos += [digest for _, digest in photos]


def open_receipt(life, days=30):
    return life.some(life.receipts, lambda one: one.state == "submitted" and one.cents and (life.now - one.at).days < days)


def bon_edit(life):
    """Who edits his message mends his receipt."""
    one = life.some(life.receipts, lambda r: r.state == "submitted" and r.cents and not r.back and (life.now - r.at).days < 3)
    if not one:
        return
    cents = amount(life)
    _, answer = life.say(one.group, one.author, f"edit #{one.message} !bon {euros(cents)} aangepast {life.rng.randrange(10000)}x", "is nu")
    if "is nu" in answer:
        life.mended(one, answer, cents)


def bon_mend(life):
    """By number: the amount, the line, money that came back."""
    one = open_receipt(life)
    if not one:
        return
    who = pick(life, [one.author, life.town.lead(one.group)])
    if life.rng.random() < 0.5:
        cents = one.back + amount(life)
        one.owners.add(who.name)
        _, answer = life.say(one.group, who, f"!bonnen {one.number} {euros(cents)}", "is nu")
        life.mended(one, answer, cents)
    else:
        back = min(life.rng.randrange(1, 500), one.cents - one.back)
        if back <= 0:
            return
        life.say(one.group, who, f"!bonnen {one.number} terug {euros(back)}", "kwam terug")
        one.back += back


def bon_too_much_back(life):
    one = open_receipt(life)
    if one:
        life.say(one.group, one.author, f"!bonnen {one.number} terug {euros(one.cents + 1)}", "niet meer terugkomen")


def bon_withdraw(life):
    one = open_receipt(life)
    if one:
        life.say(one.group, life.town.lead(one.group), f"!bonnen {one.number} weg", f"Bon {one.number} is ingetrokken")
        one.state = "withdrawn"


def bon_delete_soon(life):
    """Within a quarter of an hour a deleted message takes its receipt along."""
    who = life.town.neighbour()
    cents, (path, digest) = amount(life), life.town.photo()
    number, answer = life.say(who.core, who, f"photo {path} !bon {euros(cents)} {life.rng.randrange(10000)}x stoel", "Bon (\\d+) genoteerd")
    receipt = life.booked(who.core, who, number, answer, cents, digest)
    if receipt:
        life.say(who.core, who, f"delete #{number}", "is ingetrokken")
        receipt.state = "withdrawn"


def bon_delete_late(life):
    one = life.some(life.receipts, lambda r: r.state == "submitted" and life.now - r.at > timedelta(minutes=20) and not r.gone)
    if one:
        life.say(one.group, one.author, f"delete #{one.message}", "blijft staan|itself stays")
        one.gone = True


def bon_stranger(life):
    """Another core's receipt is not yours."""
    one = open_receipt(life)
    if one:
        who = life.town.resident(pick(life, [core for core in CORES if core != one.group]))
        life.say(who.core, who, f"!bonnen {one.number} {pick(life, ['1,00', 'weg', 'terug 0,50'])}", "kan alleen veranderd worden")


def bon_untrusted(life):
    who = life.town.neighbour()
    life.say(who.core, who, f"!bon {euros(amount(life))} verf", trust="none")


def bon_show(life):
    one = life.some(life.receipts)
    who = life.town.neighbour()
    life.say(who.core, who, f"!bonnen {one.number}" if one else "!bonnen", ".")


def budget(life):
    who = life.town.neighbour()
    life.say(pick(life, [who.core, life.private(who)]), who, pick(life, ["!budget", "!budget buurt", "!Budget."]), ".", trust="direct")


# The agenda

def when_words(life):
    hour = life.rng.randrange(9, 22)
    return pick(life, [
        f"over {life.rng.randrange(2, 30)} dagen {hour}:00",
        f"volgende week {pick(life, ['maandag', 'woensdag', 'vrijdag', 'zaterdag'])} {hour}:30",
        f"{(life.now + timedelta(days=life.rng.randrange(2, 40))).strftime('%d-%m-%Y')} {hour}:15",
        f"morgen {hour}:00",
    ])


def event_add(life):
    who = life.town.neighbour()
    number, answer = life.say(who.core, who, f"!agenda {when_words(life)} {pick(life, EVENTS)} {life.rng.randrange(1000)}", r"Agenda (\d+) genoteerd")
    thing_of(life, life.events, r"Agenda (\d+) genoteerd", who.core, who, number, answer)


def event_en(life):
    who = life.town.neighbour()
    number, answer = life.say(who.core, who, f"!event tomorrow {life.rng.randrange(1, 9)}pm dinner {life.rng.randrange(1000)}", r"Event (\d+) added")
    thing_of(life, life.events, r"Event (\d+) added", who.core, who, number, answer)


def event_series(life):
    who = life.town.lead(pick(life, CORES))
    until = (life.now + timedelta(days=life.rng.randrange(20, 60))).strftime("%d-%m-%Y")
    words = f"!agenda elke {pick(life, ['maandag', 'dinsdag', 'donderdag'])} 10:00 koffie {life.rng.randrange(1000)} tot {until}"
    number, answer = life.say(who.core, who, words)
    thing_of(life, life.events, r"Agenda (\d+) genoteerd", who.core, who, number, answer)


def event_all(life):
    number, answer = life.say("neighbourhood", life.town.officer("coordinator"), f"!agenda {when_words(life)} buurtberaad {life.rng.randrange(1000)}", "genoteerd")
    thing_of(life, life.events, r"Agenda (\d+) genoteerd", "neighbourhood", life.town.officer("coordinator"), number, answer)


def event_wrong(life):
    who = life.town.neighbour()
    life.say(who.core, who, f"!agenda {pick(life, ['31 februari 20:00 bbq', 'gisteren 10:00 ontbijt', 'vrijdag 25:00 feest'])}", ".")


def own_event(life):
    return life.some(life.events, lambda one: one.group != "neighbourhood" and (life.now - one.at).days < 20)


def event_move(life):
    one = own_event(life)
    if one:
        life.say(one.group, one.author, f"!agenda {one.number} {life.rng.randrange(9, 22)}:45", ".")


def event_cancel(life):
    one = own_event(life)
    if one:
        life.say(one.group, one.author, f"!agenda {one.number} af te weinig animo", ".")
        one.gone = True


def event_delete(life):
    one = own_event(life)
    if one:
        life.say(one.group, one.author, f"delete #{one.message}")
        one.gone = True


def event_remind(life):
    one = own_event(life)
    if one:
        life.wished.add(one.number)
        life.say(one.group, one.author, f"!agenda {one.number} herinner {pick(life, ['1d', '3d 1u', '2u', '1d 90m'])}", ".")


def event_list(life):
    who = life.town.neighbour()
    one = life.some(life.events)
    life.say(who.core, who, f"!agenda {one.number}" if one and life.rng.random() < 0.5 else "!agenda", ".")


# The second pair of eyes

NOT_YOURS = "eigen|zelf|[Ii]emand anders|een ander"


def office_of(person):
    return "audit" if person.role == "auditor" else "coordinators"


def examiner(life):
    return life.town.officer(pick(life, ["treasurer", "auditor"]))


def decide(life, who, text, expect=None):
    """Money is decided where it is sure who speaks."""
    return life.say(office_of(who), who, text, expect, trust="direct")[1]


def is_own(life, who, receipt):
    """He had a hand in it, or was ever one person with somebody who had."""
    return who.name in receipt.owners or any((who.name, owner) in life.linked for owner in receipt.owners)


def look_at(life, order, state):
    """The order has the number in its place: "!keur %d". Nobody decides about what is his own."""
    one = open_receipt(life, 90)
    who = examiner(life)
    if not one:
        return
    if is_own(life, who, one):
        decide(life, who, order % one.number, NOT_YOURS)
    else:
        decide(life, who, order % one.number, rf"(Bon|Receipt) {one.number}\b")
        one.state = state


def keur(life):
    look_at(life, "!keur %d", "approved")


def afkeur(life):
    look_at(life, "!afkeur %d hoort niet bij de buurt", "rejected")


def vraag(life):
    """A question, and the author's answer by reply."""
    one = open_receipt(life)
    who = examiner(life)
    if not one or is_own(life, who, one):
        return
    decide(life, who, f"!vraag {one.number} waar was dit voor?", ".")
    one.state = "asked"
    asked = [said for said in life.elsewhere if said.group == one.group]
    if not asked:
        if 9 <= life.now.hour < 21:
            life.fail(f"nobody was asked about receipt {one.number}")
        return # the question waits for the morning
    if life.rng.random() < 0.8:
        life.wait(life.rng.randrange(1, 60))
        life.say(one.group, one.author, f"reply #{asked[0].number} voor het feest in de hal")
        one.state = "submitted"


def betaald(life):
    one = life.some(life.receipts, lambda r: r.state == "approved" and r.cents > r.back)
    if one:
        decide(life, life.town.officer("treasurer"), f"!betaald {one.number}", rf"Bon {one.number}\b")


def keur_own(life):
    """Nobody approves what is his own."""
    who = examiner(life)
    group = pick(life, CORES)
    cents, (path, digest) = amount(life), life.town.photo()
    number, answer = life.say(group, who, f"photo {path} !bon {euros(cents)} {life.rng.randrange(10000)}x papier", "Bon (\\d+) genoteerd", trust="direct")
    receipt = life.booked(group, who, number, answer, cents, digest)
    if receipt:
        decide(life, who, f"!keur {receipt.number}", NOT_YOURS)


def keur_linked(life):
    """Nor what belongs to somebody he is, or ever was, one person with."""
    one = open_receipt(life)
    who = life.town.officer("auditor")
    if not one or one.author.role != "resident" or is_own(life, who, one):
        return
    coordinator = life.town.officer("coordinator")
    _, answer = life.say("coordinators", coordinator, f"!koppel @{who.name} @{one.author.name}", trust="direct")
    if "één buur" not in answer:
        return
    life.linked.add((who.name, one.author.name))
    decide(life, who, f"!keur {one.number}", NOT_YOURS)
    life.say("coordinators", coordinator, f"!koppel weg @{one.author.name}", "weer twee|instellingen", trust="direct")
    decide(life, who, f"!keur {one.number}", NOT_YOURS)


def keur_stranger(life):
    who = life.town.neighbour()
    life.say(who.core, who, f"!keur {life.rng.randrange(1, 100)}", "niet voor iedereen|beveiligde groep")


def steekproef(life):
    decide(life, examiner(life), f"!steekproef {life.rng.randrange(1, 6)}", ".")


def proposed(life, who, text):
    """A proposal: its maker may not agree, another may; or nobody does, or it is taken back."""
    answer = decide(life, who, text)
    found = re.search(r"[Vv]oorstel (\d+)", answer)
    if not found:
        return
    number = found.group(1)
    decide(life, who, f"!akkoord {number}", "Vier ogen|van jou|iemand anders")
    end = life.rng.random()
    if end < 0.6:
        decide(life, life.town.officer("coordinator"), f"!akkoord {number}", ".")
    elif end < 0.8:
        decide(life, who, f"!akkoord {number} weg", "ingetrokken")


def rol(life):
    who = life.town.resident()
    proposed(life, life.town.officer("treasurer"), f"!rol @{who.name} trekker {who.core}")


def schuif(life):
    lines = pick(life, [("Excursie", "Muurschilderingen"), ("Ladies nights", "Healthy Cooking"), ("Moestuin", "Eet-je-mee"), ("Bingo max machine", "ABCD training en andere cursussen")])
    proposed(life, life.town.officer("treasurer"), f"!schuif {life.rng.randrange(1, 40)},00 van {lines[0]} naar {lines[1]} anders besteed")


# Ideas on their way

def route(life):
    one = life.some(life.ideas)
    if one:
        way = pick(life, ["bewonersinitiatief Venzo", "gebiedsplan", "corporatie", "gewoon doen", "buurtbudget", "klaar", "niet nu geen plek"])
        life.say("coordinators", life.town.officer("coordinator"), f"!route {one.number} {way}", ".", trust="direct")


def namens(life):
    who = life.town.officer("coordinator")
    number, answer = life.say("coordinators", who, f"!namens mevrouw A idee {idea_words(life)}", "[Ii]dee (\\d+) genoteerd", trust="direct")
    thing_of(life, life.ideas, r"[Ii]dee (\d+) genoteerd", "coordinators", who, number, answer)


# What a core did and learned

def story(life):
    who = pick(life, life.town.leads)
    word = pick(life, ["!resultaat de hal is geverfd", "!resultaat samen gegeten", "!leerpunt begin op tijd met flyeren", "!resultaat", "!leerpunt"])
    life.say(who.core, who, word, ".")


def stand(life):
    who = pick(life, life.town.leads)
    life.say(who.core, who, "!stand", ".")


def ikkom(life):
    one = own_event(life)
    if one:
        life.say(one.group, life.town.resident(one.group), f"!ikkom {one.number}", ".")


# Actions and thanks

def actie(life):
    who = life.town.neighbour()
    number, answer = life.say(who.core, who, f"!actie {pick(life, EVENTS)} regelen {pick(life, ['', 'vrijdag', 'morgen'])}", ".")
    thing_of(life, life.actions, r"[Aa]ctie (\d+)", who.core, who, number, answer)


def actie_end(life):
    one = life.some(life.actions)
    if one:
        life.say(one.group, one.author, pick(life, [f"!gedaan {one.number}", f"!niet {one.number} te weinig animo"]), ".")
        one.gone = True


def extra(life):
    who = life.town.neighbour()
    life.say(who.core, who, f"!extra {pick(life, EVENTS)} gehouden", ".")


def applaus(life):
    who = life.town.neighbour()
    other = life.town.resident(who.core)
    life.say(who.core, who, f"!applaus {other.name} voor {pick(life, EVENTS)}", ".")


# The rest

def mijn(life):
    who = life.town.neighbour()
    life.say(life.private(who), who, "!mijn", ".", trust="direct")


def stil(life):
    who = pick(life, life.town.leads)
    life.say(who.core, who, "!stil 1 week", ".")


def help_word(life):
    who = pick(life, [life.town.neighbour(), pick(life, life.town.officers)])
    group = who.core or pick(life, ["coordinators", "audit", life.private(who)])
    life.say(group, who, pick(life, ["!help", "!help bon", "!help geld", "!help alles", "!help zwemmen", "!hlep"]), ".", trust="direct")


def unknown_word(life):
    who = life.town.neighbour()
    life.say(who.core, who, "!zwembad graag", "ken ik niet")


# How often, what happens, and the words it takes: an act is left out while the program does not know those.
ACTS = (
    (2600, talk, ""),
    (1500, reaction, ""),
    (300, chat_edit, ""),
    (300, chat_delete, ""),
    (1000, idea, ""),
    (150, idea_en, ""),
    (150, idea_photo, ""),
    (150, idea_near_miss, ""),
    (80, idea_late, ""),
    (1500, idea_support, ""),
    (200, idea_edit, ""),
    (80, idea_delete, ""),
    (350, idea_show, ""),
    (350, idea_list, ""),
    (1500, bon_photo, ""),
    (600, bon_bare, ""),
    (100, bon_en, ""),
    (350, bon_asked, ""),
    (150, bon_unreadable, ""),
    (120, bon_twice, ""),
    (120, bon_late, ""),
    (120, bon_album, ""),
    (150, bon_edit, ""),
    (250, bon_mend, ""),
    (60, bon_too_much_back, ""),
    (80, bon_withdraw, ""),
    (60, bon_delete_soon, ""),
    (40, bon_delete_late, ""),
    (60, bon_stranger, ""),
    (60, bon_untrusted, ""),
    (400, bon_show, ""),
    (400, budget, ""),
    (900, event_add, ""),
    (100, event_en, ""),
    (60, event_series, ""),
    (40, event_all, ""),
    (150, event_wrong, ""),
    (200, event_move, ""),
    (120, event_cancel, ""),
    (60, event_delete, ""),
    (120, event_remind, ""),
    (400, event_list, ""),
    (250, help_word, ""),
    (60, unknown_word, ""),
    (900, keur, "keur"),
    (120, afkeur, "afkeur"),
    (200, vraag, "vraag"),
    (400, betaald, "betaald"),
    (40, keur_own, "keur"),
    (15, keur_linked, "keur koppel"),
    (40, keur_stranger, "keur"),
    (30, steekproef, "steekproef"),
    (25, rol, "rol akkoord"),
    (30, schuif, "schuif akkoord"),
    (250, route, "route"),
    (40, namens, "namens"),
    (150, story, "resultaat leerpunt"),
    (80, stand, "stand"),
    (300, ikkom, "ikkom"),
    (250, actie, "actie"),
    (150, actie_end, "gedaan niet"),
    (60, extra, "extra"),
    (100, applaus, "applaus"),
    (80, mijn, "mijn"),
    (20, stil, "stil"),
)

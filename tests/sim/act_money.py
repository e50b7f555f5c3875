"""The second pair of eyes: receipts are looked at, money moves, roles change, and never by one person alone."""

import re
from datetime import timedelta

from act_receipts import open_receipt
from hand import GOODS, amount, decide, office_of, phone, pick
from life import SILENCE, Thing, euros
from town import CORES

NOT_YOURS = "van jezelf"
PLACES = [("Excursie", "Muurschilderingen"), ("Ladies nights", "Healthy Cooking"), ("Moestuin", "Eet-je-mee"), ("Bingo max machine", "ABCD training en andere cursussen")]


def examiner(life):
    return life.town.officer(pick(life, ["treasurer", "auditor"]))


def look_at(life, order, state, told):
    """The order has the number in its place: "!keur %d". Nobody decides about what is his own."""
    one = open_receipt(life, 90)
    who = examiner(life)
    if not one:
        return
    if life.is_own(who, one):
        decide(life, who, order % one.number, NOT_YOURS)
    else:
        decide(life, who, order % one.number, told % one.number)
        one.state = state


def keur(life):
    look_at(life, "!keur %d", "approved", r"Bon %d is goedgekeurd")


def afkeur(life):
    look_at(life, f"!afkeur %d hoort niet bij de buurt, bel {phone(life)}", "rejected", "Bon %d telt niet meer mee")


def keur_after(life):
    """What was decided: approved once, still to be rejected, until it is paid."""
    one = life.some(life.receipts, lambda r: r.state in ("approved", "rejected"))
    who = examiner(life)
    if not one or life.is_own(who, one):
        return
    if one.state == "rejected":
        decide(life, who, f"!keur {one.number}", "al afgekeurd")
    elif life.rng.random() < 0.8:
        decide(life, who, f"!keur {one.number}", "al goedgekeurd")
    else:
        decide(life, who, f"!afkeur {one.number} toch dubbel", "al terugbetaald" if one.paid else "telt niet meer mee")
        one.state = "approved" if one.paid else "rejected"


def keur_late(life):
    """An order that comes more than a day late is not carried out; one of this morning is."""
    one = open_receipt(life, 90)
    who = examiner(life)
    hours = pick(life, [3, 30])
    if not one or life.is_own(who, one) or life.now - timedelta(hours=hours) < life.start:
        return
    sent = (life.now - timedelta(hours=hours)).replace(second=0).isoformat()
    if hours > 24:
        decide(life, who, f"sent {sent} !keur {one.number}", "te laat")
    else:
        decide(life, who, f"sent {sent} !keur {one.number}", f"Bon {one.number} is goedgekeurd")
        one.state = "approved"


def vraag(life):
    """A question, and the author's answer by reply."""
    one = open_receipt(life)
    who = examiner(life)
    if not one or life.is_own(who, one):
        return
    decide(life, who, f"!vraag {one.number} waar was dit voor?", rf"vraag over bon {one.number} gaat naar")
    one.state = "asked"
    asked = [said for said in life.elsewhere if said.group == one.group]
    if not asked:
        if 9 <= life.now.hour < 21:
            life.fail(f"nobody was asked about receipt {one.number}")
        return # the question waits for the morning
    if life.rng.random() < 0.8:
        life.wait(life.rng.randrange(1, 60))
        number, _ = life.say(one.group, one.author, f"reply #{asked[0].number} voor het feest in de hal, bel {phone(life)}", "ik geef het door")
        one.state = "submitted"
        if life.rng.random() < 0.2:
            life.say(one.group, one.author, f"edit #{number} voor het feest in de tuin", SILENCE)


def betaald(life):
    one = life.some(life.receipts, lambda r: r.state == "approved" and r.cents > r.back)
    if not one:
        return
    who = examiner(life)
    if who.role != "treasurer":
        decide(life, who, f"!betaald {one.number}", "niet voor iedereen")
    else:
        decide(life, who, f"!betaald {one.number}", rf"Bon {one.number} is {'al ' if one.paid else ''}terugbetaald")
        one.paid = True


def keur_own(life):
    """Nobody approves what is his own, not even saying that he is alone."""
    who = examiner(life)
    group = pick(life, CORES)
    cents, (path, digest) = amount(life), life.town.photo()
    number, answer = life.say(group, who, f"photo {path} !bon {euros(cents)} {life.rng.randrange(10000)}x papier", "Bon (\\d+) genoteerd", trust="direct")
    receipt = life.booked(group, who, number, answer, cents, digest)
    if receipt:
        decide(life, who, f"!keur {receipt.number}", NOT_YOURS)
        decide(life, who, f"!keur {receipt.number} alleen het heeft haast", NOT_YOURS)


def keur_linked(life):
    """Nor what belongs to somebody he is, or ever was, one person with."""
    one = open_receipt(life)
    who = examiner(life)
    if not one or one.author.role != "resident" or life.is_own(who, one):
        return
    coordinator = life.town.officer("coordinator")
    _, answer = life.say("coordinators", coordinator, f"!koppel @{who.name} @{one.author.name}", "één buur|ken niemand", trust="direct")
    if "één buur" not in answer:
        return
    life.eyes.join(who.name, one.author.name)
    decide(life, who, f"!keur {one.number}", NOT_YOURS)
    life.say("coordinators", coordinator, f"!koppel weg @{one.author.name}", "weer twee", trust="direct")
    decide(life, who, f"!keur {one.number}", NOT_YOURS)
    decide(life, who, f"!vraag {one.number} van wie is dit?", NOT_YOURS)


def keur_stranger(life):
    who = life.town.neighbour()
    life.say(who.core, who, f"!keur {life.rng.randrange(1, 100)}", "niet voor iedereen")


def steekproef(life):
    """A sample is random; who has its seed draws the same, also when they were looked at meanwhile."""
    who, count = examiner(life), life.rng.randrange(1, 6)
    waiting = [r.number for r in life.receipts.values() if r.state in ("submitted", "asked") and not life.is_own(who, r)]
    answer = decide(life, who, f"!steekproef {count}", rf"uit de {len(waiting)} die nog niet" if waiting else "geen bonnen van anderen")
    numbers = [int(number) for number in re.findall(r"(?m)^ *(\d+) \(", answer)]
    if waiting and (len(numbers) != min(count, len(waiting)) or not set(numbers) <= set(waiting)):
        life.fail(f"a sample of {count}: {answer!r}")
    seed = re.search(r"zaad (\w{6})", answer)
    if seed:
        life.samples.append((who, count, seed.group(1), numbers))


def steekproef_again(life):
    if life.samples:
        who, count, seed, numbers = pick(life, life.samples)
        answer = decide(life, who, f"!steekproef {count} zaad {seed.upper()}", f"zaad {seed}")
        if [int(number) for number in re.findall(r"(?m)^ *(\d+) \(", answer)] != numbers:
            life.fail(f"the sample of {seed} was {numbers}, and is: {answer!r}")


# What two persons decide

def proposed(life, who, text, expect, about=None):
    answer = decide(life, who, text, expect)
    found = re.search(r"Voorstel (\d+)", answer)
    if not found:
        return None
    one = Thing(int(found.group(1)), office_of(who), who, None, life.now)
    one.row, one.about, one.carry_out = {"state": "open"}, about, lambda: None
    life.proposals[one.number] = one
    decide(life, who, f"!akkoord {one.number}", "Vier ogen|gaat over jou")
    resident = life.town.resident()
    if (resident.name, resident.core) not in life.roles:
        life.say(resident.core, resident, f"!akkoord {one.number}", "niet voor iedereen")
    return one


def settle(life, one, told):
    """Another agrees, or nobody, or it is taken back."""
    other = pick(life, life.town.officers)
    end = life.rng.random()
    if end < 0.2:
        decide(life, one.author, f"!akkoord {one.number} weg", rf"Voorstel {one.number} is ingetrokken")
        one.row["state"] = "withdrawn"
    elif end < 0.7:
        if life.eyes.same(other.name, one.author.name):
            decide(life, other, f"!akkoord {one.number}", "Vier ogen")
            return
        if one.about and life.eyes.same(other.name, one.about):
            decide(life, other, f"!akkoord {one.number}", "gaat over jou")
            return
        if other is not one.author:
            decide(life, other, f"!akkoord {one.number} weg", "alleen wie voorstel")
        answer = decide(life, other, f"!akkoord {one.number}", told)
        if re.search(told, answer) and "zit nog" not in answer and "niets meer" not in answer:
            one.row["state"] = "agreed"
            one.carry_out()
            decide(life, pick(life, life.town.officers), f"!akkoord {one.number}", "al aangenomen")


def rol(life):
    who, maker = life.town.resident(), life.town.officer("treasurer")
    held = (who.name, who.core) in life.roles
    one = proposed(life, maker, f"!rol @{who.name} trekker {who.core}", "is al trekker" if held else "wordt trekker van|ken niemand", who.name)
    if one:
        one.carry_out = lambda: life.roles.add((who.name, who.core))
        settle(life, one, "is aangenomen")


def rol_off(life):
    if life.roles:
        name, core = pick(life, sorted(life.roles))
        one = proposed(life, life.town.officer("treasurer"), f"!rol @{name} weg trekker {core}", "is geen trekker van .* meer", name)
        if one:
            one.carry_out = lambda: life.roles.discard((name, core))
            settle(life, one, "is aangenomen")


def schuif(life):
    source, target = pick(life, PLACES)
    cents = life.rng.randrange(1, 40) * 100
    reason = pick(life, ["anders besteed", f"het feest gaat niet door, bel {phone(life)}"])
    one = proposed(life, life.town.officer(pick(life, ["treasurer", "coordinator"])), f"!schuif {euros(cents)} van {source} naar {target} {reason}", rf"Voorstel \d+: €{euros(cents)} van {source}.* naar {target}|zit nog €|zit niets meer")
    if one:
        one.carry_out = lambda: move(life, source, target, cents)
        settle(life, one, rf"Akkoord: €{euros(cents)} ging van {source}.* naar {target}|zit nog €|zit niets meer")


def move(life, source, target, cents):
    life.moved[source] = life.moved.get(source, 0) - cents
    life.moved[target] = life.moved.get(target, 0) + cents


def schuif_capped(life):
    """Handling costs never get more than their share, whoever agrees."""
    who = life.town.officer("treasurer")
    decide(life, who, f"!schuif {life.rng.randrange(1, 300)},00 van Moestuin naar Coordinatie meer uren", r"8% van de subsidie|zit nog €|Welk potje")


def akkoord_expired(life):
    """After fourteen days it is too late."""
    old = [one for one in life.proposals.values() if one.row["state"] == "expired"]
    if old:
        one = pick(life, old)
        decide(life, life.town.officer("coordinator"), f"!akkoord {one.number}", "verlopen")

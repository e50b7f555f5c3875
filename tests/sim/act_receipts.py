"""Receipts: handed in with and without a photo, mended, asked about, taken back."""

from datetime import timedelta

from act_talk import talk
from hand import GOODS, WHERE, amount, late, pick
from life import SILENCE, euros
from town import CORES


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


def bon_decided(life):
    """What was looked at is not changed any more, by an edit or a deletion."""
    one = life.some(life.receipts, lambda r: r.state == "approved")
    if one and life.rng.random() < 0.7:
        life.say(one.group, one.author, f"edit #{one.message} !bon {euros(amount(life))} toch meer", "al nagekeken|al terugbetaald|already")
    elif one:
        life.say(one.group, one.author, f"delete #{one.message}", "blijft zoals hij is|stays as it is")
        one.gone = True


def bon_photo_after(life):
    """A photo that was missing may come after the receipt was approved."""
    one = life.some(life.receipts, lambda r: r.state == "approved" and not r.photos)
    if one:
        path, digest = life.town.photo()
        life.say(one.group, life.town.lead(one.group), f"photo {path} !bonnen {one.number}", f"Foto bij bon {one.number} gezet|Photo")
        one.photos.append(digest)


def bon_photo_swap(life):
    """Somebody else's edit swaps nothing, and what was looked at stays."""
    one = life.some(life.receipts, lambda r: r.photos and r.state in ("submitted", "approved"))
    if one:
        path, _ = life.town.photo()
        stranger = life.town.resident(one.group)
        if stranger is not one.author:
            life.say(one.group, stranger, f"edit #{one.message} photo {path} kijk", SILENCE)
        if one.state == "approved":
            life.say(one.group, one.author, f"edit #{one.message} photo {path} kijk", "al nagekeken|already|\\A\\Z")


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
    life.say(who.core, who, f"!bonnen {one.number}" if one else "!bonnen", rf"Bon {one.number} " if one else "[Bb]on")


def budget(life):
    who = life.town.neighbour()
    life.say(pick(life, [who.core, life.private(who)]), who, pick(life, ["!budget", "!budget buurt", "!Budget."]), ".", trust="direct")

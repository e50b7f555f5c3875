"""What the acts share: the words people use, and a few ways to come by something to talk about."""

from datetime import timedelta

IDEAS = (
    "fietsenrek bij de lift|bankje in de zon|moestuin op het dak|leesclub voor ouderen|voetbaltoernooi|repair café|"
    "lampjes in de kelder|boekenkast in de hal|jeu de boules baan|kookclub|huiswerkhulp|hondenveldje|muziekavond|"
    "plantenbakken langs de galerij|naailes|wandelgroep|buurtontbijt|kunst in de hal|speeltoestel|fietsles"
).split("|")
IDEAS_EN = "a bench near the playground|a book swap|a repair café|more light in the hall|a walking group".split("|")
WHERE = "bij de ingang|achter de flat|op de galerij|in de binnentuin|bij het water|naast de bushalte".split("|")
GOODS = "verf|kwasten|koffie|taart|limonade|zaden|schroeven|posters|bloemen|soep|stoelen|tafelkleed|ballonnen|potgrond".split("|")
EVENTS = "bbq|buurteten|filmavond|schoonmaakdag|kaartavond|spelmiddag|vergadering|ontbijt|muziek|tuinieren|bingo".split("|")
DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


def pick(life, words):
    return life.rng.choice(words)


def day_words(when):
    return f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"


def moment_words(when):
    """As the program says a moment."""
    return f"{day_words(when)} {when.year} om {when:%H:%M}"


def late(life):
    """"sent 2022-..." of some days ago, but not from before the groups had the bot."""
    days = life.rng.randrange(1, 13)
    sent = max(life.now - timedelta(days=days, minutes=7), life.start + timedelta(minutes=1))
    return f"sent {sent.replace(second=0).isoformat()}"


def phone(life):
    """A number like no other's."""
    return f"06-{life.rng.randrange(10**7, 10**8)}"


def amount(life):
    return pick(life, [life.rng.randrange(100, 3000), life.rng.randrange(3000, 12000)])


def office_of(person):
    return "audit" if person.role == "auditor" else "coordinators"


def decide(life, who, text, expect=None):
    """What the office does, it does where it is sure who speaks."""
    return life.say(office_of(who), who, text, expect, trust="direct")[1]

"""What people say that is no command, and help for who tries."""

from hand import pick
from life import SILENCE

TALK = (
    "goedemorgen allemaal|wie heeft er een ladder te leen?|mooi weer vandaag!|de lift doet het weer|12,50|ja|nee|20:00|"
    "ik ben er om half acht|hahaha|top!|kan iemand mijn pakje aannemen?|wat een lawaai vannacht|morgen 20:00|bedankt lieve "
    "buren|idee: we moeten iets doen|bon kwijt|3 stuks|vergadering was goed"
).split("|")


def talk(life, but=None):
    """but: somebody who keeps silent, because of what he was asked."""
    who = life.town.neighbour()
    if who == but or life.is_asked(who.core, who):
        return
    number, _ = life.say(who.core, who, pick(life, TALK), SILENCE)
    life.chatter.append((who.core, number))


def reaction(life):
    if life.chatter:
        group, number = pick(life, life.chatter[-200:])
        life.say(group, life.town.resident(group), f"react #{number} {pick(life, ['👍', '❤️', '😂', '👏'])}", SILENCE)


def chat_edit(life):
    who = life.town.neighbour()
    if not life.is_asked(who.core, who):
        number, _ = life.say(who.core, who, "dit klopt neit helemaal", SILENCE)
        life.say(who.core, who, f"edit #{number} dit klopt niet helemaal", SILENCE)


def chat_delete(life):
    who = life.town.neighbour()
    if not life.is_asked(who.core, who):
        number, _ = life.say(who.core, who, "foutje, sorry", SILENCE)
        life.say(who.core, who, f"delete #{number}", SILENCE)


def help_word(life):
    who = pick(life, [life.town.neighbour(), pick(life, life.town.officers)])
    group = who.core or pick(life, ["coordinators", "audit", life.private(who)])
    word, expect = pick(life, [("!help", "!idee"), ("!help bon", "!bon"), ("!help geld", "!budget"), ("!help alles", "!idee"), ("!help zwemmen", "!help")])
    _, answer = life.say(group, who, word, expect, trust="direct")
    if answer.count("\n") > 20:
        life.fail(f"{word} is {answer.count(chr(10))} lines")


def unknown_word(life):
    who = life.town.neighbour()
    life.say(who.core, who, "!zwembad graag", "ken ik niet")

"""The neighbourhood's organisation on a real server: four eyes over money and roles, the roundabout, what becomes of a core's
money, actions and thanks, and what is between the bot and one person.
"""

from encrypted import check_unshielded, hood_started
from environment import slow
from neighbourhood import Neighbourhood, jpeg

LEAD, TREASURER, FATIMA = "31600000002", "31600000003", "lid-31600000001"
CORES = ("kruitberg", "koornhorst")
OFFICE = ("lead", "treasurer", "coordinator")


def approvals(hood):
    """(receipt, who approved it) of each approval in the books."""
    return hood.daemon.query("SELECT receipt, label FROM entry JOIN person ON person.id = entry.person WHERE kind = 'approved'")


def say_alone(hood, who, room, text, pattern):
    """Say something to the bot in a private room and give its answer there."""
    who.sync()
    after = who.mark()
    who.say(room, text)
    return who.wait_message(room, hood.bot, pattern, after=after)


# Four eyes


@slow(300)
def test_receipt_is_looked_at_by_another(env):
    """A lead's receipt, a question answered by reply, an approval; not from an unsigned device, and not one's own."""
    hood = hood_started(env, on_client=OFFICE)
    room, office = hood.rooms["kruitberg"], hood.rooms["coordinators"]
    hood.answer_to(lambda: hood.lead.photo(room, jpeg("verf"), "!bon 12,50 verf"), "kruitberg", "Bon 1 genoteerd")
    hood.answer_to(lambda: hood.treasurer.photo(office, jpeg("papier"), "!bon 15,00 papier"), "coordinators", "Bon 2 bewaard")
    asked = hood.answer_to(lambda: hood.treasurer.say(office, "!vraag 1 welke muur was dit?"), "kruitberg", "welke muur")
    hood.answer_to(lambda: hood.lead.reply(room, asked["event_id"], "die bij de lift"),
                   "coordinators", "Antwoord over bon 1: die bij de lift")
    laptop = env.crypto_device(hood.treasurer)
    said = laptop.say(office, "!keur 1")
    hood.daemon.wait_query(f"SELECT count(*) FROM inbox WHERE event = '{said}'", 1)
    hood.daemon.move_clock(seconds=31)
    hood.wait_bot("coordinators", "nog niet hebt bevestigd")
    hood.ask(hood.treasurer, "coordinators", "!keur 2", "Bon 2 is van jezelf")
    assert approvals(hood) == []
    hood.ask(hood.treasurer, "coordinators", "!keur 1", "Bon 1 is goedgekeurd")
    assert approvals(hood) == [(1, "treasurer")]
    hood.daemon.verify()
    check_unshielded(hood, hood.treasurer)


def test_no_approval_by_whatsapp(env):
    """The treasurer may approve nothing from his WhatsApp number, nor in a room that is not encrypted."""
    hood = Neighbourhood(env, cores=(), portals=("kruitberg",), ghosts={"lead": LEAD, "treasurer": TREASURER})
    hood.start()
    portal = hood.portals["kruitberg"]
    lead, treasurer = portal.ghost(LEAD, "Trekker"), portal.ghost(TREASURER, "Penvoerder")
    hood.answer_to(lambda: portal.photo(lead, jpeg("verf"), "!bon 12,50 verf"), "kruitberg", "Bon 1 genoteerd")
    hood.answer_to(lambda: portal.text(treasurer, "!keur 1"), "kruitberg", "alleen in een beveiligde groep")
    hood.ask(hood.treasurer, "coordinators", "!keur 1", "alleen in een beveiligde groep")
    hood.ask(hood.treasurer, "coordinators", "!schuif 100 van Kruitberg vrij naar Moestuin Kruitberg aarde",
             "alleen in een beveiligde groep")
    assert not approvals(hood) and not hood.daemon.query("SELECT 1 FROM proposal")


def test_own_receipt_through_another_account(env):
    """An auditor does not approve what he handed in from another account of his, nor when the link is undone."""
    hood = hood_started(env, on_client=("auditor", "treasurer", "coordinator", "sara"))
    sara = hood.newcomer("sara", "kruitberg")
    hood.answer_to(lambda: sara.photo(hood.rooms["kruitberg"], jpeg("verf"), "!bon 12,50 verf"), "kruitberg", "Bon 1 genoteerd")
    hood.ask(hood.coordinator, "coordinators", f"!koppel @auditor {sara}", "vanaf nu één buur")
    hood.ask(hood.auditor, "audit", "!keur 1", "Bon 1 is van jezelf")
    hood.ask(hood.coordinator, "coordinators", "!koppel weg @auditor", "weer twee buren")
    hood.ask(hood.auditor, "audit", "!keur 1", "Bon 1 is van jezelf")
    hood.ask(hood.treasurer, "coordinators", "!keur 1", "Bon 1 is goedgekeurd")
    assert approvals(hood) == [(1, "treasurer")]


def move_agreed_to(hood):
    """A move between two cores is proposed, and its proposer cannot agree to it."""
    hood.ask(hood.treasurer, "coordinators", "!schuif 100 van Kruitberg vrij naar Koornhorst vrij zij bouwen een podium",
             "Voorstel 1: €100,00")
    hood.ask(hood.treasurer, "coordinators", "!akkoord 1", "Voorstel 1 is van jou")


def check_moved_once(hood):
    """Both groups hear of the move once, in the day post; the total is what it was."""
    for core in CORES:
        hood.wait_bot(core, r"€100,00 ging van")
    hood.settle()
    assert [len(hood.said(core, r"€100,00 ging van")) for core in CORES] == [1, 1]
    assert hood.daemon.query("SELECT sum(cents) FROM entry") == [(9_600_000,)]
    hood.daemon.verify()


def test_money_moves_by_two(env):
    """A move waits for a second person, is told to both groups once, and leaves the total as it is."""
    hood = hood_started(env, cores=CORES, on_client=OFFICE)
    move_agreed_to(hood)
    hood.ask(hood.lead, "kruitberg", "!akkoord 1", "niet voor iedereen")
    hood.ask(hood.coordinator, "coordinators", "!akkoord 1", "Akkoord: €100,00 ging")
    hood.ask(hood.lead, "koornhorst", "!budget", r"1\.100,00")
    hood.move_to_day_post()
    check_moved_once(hood)


@slow(300)
def test_kill_between_agreeing_and_telling(env):
    """Killed round the agreement and round the day post that tells it: agreed once, told once."""
    hood = hood_started(env, cores=CORES, on_client=OFFICE)
    move_agreed_to(hood)

    def kill_at(*points):
        for point in points:
            hood.daemon.launch(crash_point=point)
            assert hood.daemon.wait_killed(), point
        hood.daemon.start()

    hood.daemon.stop()
    hood.coordinator.say(hood.rooms["coordinators"], "!akkoord 1")
    kill_at("batch.before_commit", "batch.after_commit", "send.before")
    hood.wait_bot("coordinators", "Akkoord: €100,00 ging")
    hood.settle()
    hood.daemon.stop()
    hood.move_to_day_post()
    kill_at("timer.before_commit", "timer.after_commit", "send.under_way", "sent.before_commit")
    check_moved_once(hood)
    assert len(hood.said("coordinators", "Akkoord: €100,00 ging")) == 1


def test_role_by_two(env):
    """Somebody becomes lead when a second person agrees, and then may do what leads do."""
    hood = hood_started(env, on_client=("piet", "treasurer", "coordinator"))
    hood.ask(hood.piet, "kruitberg", "!resultaat de moestuin is open", "niet voor iedereen")
    hood.ask(hood.treasurer, "coordinators", "!rol @piet trekker Kruitberg", "Voorstel 1: Piet wordt trekker")
    hood.ask(hood.treasurer, "coordinators", "!akkoord 1", "Voorstel 1 is van jou")
    hood.ask(hood.coordinator, "coordinators", "!akkoord 1", "Voorstel 1 is aangenomen")
    hood.ask(hood.piet, "kruitberg", "!resultaat de moestuin is open", "Bewaard als resultaat van Kruitberg")


# A group on WhatsApp


def test_core_on_whatsapp(env):
    """A lead on WhatsApp accounts for a receipt, tells a result with photos, and sees who comes by a thumb."""
    hood = Neighbourhood(env, cores=(), portals=("kruitberg",), ghosts={"lead": LEAD})
    hood.start()
    portal = hood.portals["kruitberg"]
    lead, fatima = portal.ghost(LEAD, "Trekker"), portal.ghost(FATIMA, "Fatima")
    photos = [jpeg("muur 1"), jpeg("muur 2"), jpeg("verf")]
    hood.answer_to(lambda: portal.photo(lead, photos[2], "!bon 12,50 verf"), "kruitberg", "987,50")
    hood.answer_to(lambda: portal.album(lead, photos[:2], "!resultaat muur geverfd"), "kruitberg",
                   "Bewaard als resultaat van Kruitberg, met foto")
    hood.answer_to(lambda: portal.text(lead, "!resultaat"), "kruitberg", r"muur geverfd \(2 foto's\)")
    assert sorted(path.read_bytes() for path in hood.daemon.photos()) == sorted(photos)
    planned = hood.answer_to(lambda: portal.text(fatima, f"!agenda {hood.date(10)} 19:30 buurteten"), "kruitberg",
                             "Agenda 1 genoteerd")
    portal.react(lead, planned["event_id"], "👍")
    hood.answer_to(lambda: portal.text(fatima, "!agenda 1"), "kruitberg", "1 buur komt")


def test_roundabout_on_whatsapp(env):
    """Two groups on WhatsApp with plans for one day: asked in the groups, yes by reply, and told to both once."""
    hood = Neighbourhood(env, cores=(), portals=CORES, ghosts={"lead": LEAD})
    hood.start()
    portals = [hood.portals[core] for core in CORES]
    leads = [portal.ghost(LEAD, "Trekker") for portal in portals]
    date, number = hood.date(12), 0
    for portal, core, words in zip(portals, CORES, ("14:00 kledingruil", "15:00 kleding weggeven")):
        number += 1
        fatima = portal.ghost(FATIMA, "Fatima")
        hood.answer_to(lambda: portal.text(fatima, f"!agenda {date} {words}"), core, f"Agenda {number} genoteerd")
    hood.move_to_day_post()
    asked = [hood.wait_bot(core, "Een vraag voor de trekker") for core in CORES]

    def say_yes(side, pattern):
        hood.answer_to(lambda: portals[side].reply(leads[side], asked[side]["event_id"], hood.bot, "ja", hood.daemon.now_ms()),
                       CORES[side], pattern)

    say_yes(0, "Zegt de andere kern ook ja")
    say_yes(1, "jullie doen het samen")
    hood.settle()
    assert not [core for core in CORES if hood.said(core, "doen dit samen")], "it waits for the day post"
    hood.move_to_day_post()
    for core in CORES:
        hood.wait_bot(core, "doen dit samen: kledingruil")
    hood.settle()
    assert [len(hood.said(core, "doen dit samen")) for core in CORES] == [1, 1]


# The roundabout in encrypted groups


def test_roundabout_asks_alone(env):
    """A lead who talks with the bot alone is asked there and answers there; the groups hear of it when both said yes."""
    hood = hood_started(env, cores=CORES, on_client=("lead", "fatima", "coordinator"))
    room = hood.alone_with(hood.lead)
    for number, core in enumerate(CORES, 1):
        hood.ask(hood.fatima, core, f"!agenda {hood.date(12)} {13 + number}:00 braderie", f"Agenda {number} genoteerd")
    asked = [hood.lead.wait_message(room, hood.bot, f"(?i)vraag voor de trekker van {core}") for core in CORES]
    for question, pattern in zip(asked, ("Zegt de andere kern ook ja", "jullie doen het samen")):
        hood.lead.reply(room, question["event_id"], "ja")
        hood.lead.wait_message(room, hood.bot, pattern)
    hood.settle()
    assert not [core for core in CORES if hood.said(core, "trekker|samen: braderie")], "neither is asked in its group"
    hood.move_to_day_post()
    for core in CORES:
        hood.wait_bot(core, "doen dit samen: braderie")
    check_unshielded(hood, hood.coordinator)


# One person


def test_alone_with_the_bot(env):
    """What is stored of somebody is told to her alone; there she asks for rest, and to be forgotten."""
    hood = hood_started(env, on_client=("sara", "coordinator"))
    sara = hood.newcomer("sara", "kruitberg")
    hood.ask(sara, "kruitberg", "!idee bankjes", "Idee 1 genoteerd")
    public = hood.ask(sara, "kruitberg", "!mijn", "alleen aan jou")["content"]["body"]
    assert "Ideeën: 1" not in public, public
    room = hood.alone_with(sara)
    say_alone(hood, sara, room, "!mijn", "Ideeën: 1")
    hood.ask(sara, "kruitberg", "!mijn", "privé gestuurd")
    say_alone(hood, sara, room, "!stil 3 dagen", "ik laat je met rust tot")
    say_alone(hood, sara, room, "!vergeet", "Antwoord ja of nee")
    say_alone(hood, sara, room, "ja", "Klaar, ik ken je niet meer")
    shown = hood.ask(hood.coordinator, "kruitberg", "!idee 1", "bankjes")["content"]["body"]
    assert "sara" not in shown, shown
    assert not hood.daemon.query("SELECT 1 FROM identity WHERE sender = ?", sara.user_id)
    hood.settle()
    assert not hood.said("kruitberg", "Ideeën: 1")


def test_linked_and_undone(env):
    """A neighbour on WhatsApp and the same one on Matrix become one person, and two again."""
    hood = hood_started(env, cores=("koornhorst",), portals=("kruitberg",), on_client=("sara", "coordinator"))
    fatima = hood.portals["kruitberg"].ghost(FATIMA, "Sara")
    hood.answer_to(lambda: hood.portals["kruitberg"].text(fatima, "!idee bankjes"), "kruitberg", "Idee 1 genoteerd")
    sara = hood.newcomer("sara", "koornhorst")
    hood.ask(sara, "koornhorst", "!idee hek", "Idee 2 genoteerd")
    room = hood.alone_with(sara)
    say_alone(hood, sara, room, "!mijn", r"1 adres\.\nIdeeën: 2\n")
    hood.ask(hood.coordinator, "coordinators", f"!koppel {sara} {fatima}", "vanaf nu één buur")
    say_alone(hood, sara, room, "!mijn", r"2 adressen\.\nIdeeën: [12], [12]\n")
    hood.ask(hood.coordinator, "coordinators", f"!koppel weg {sara}", "weer twee buren")
    say_alone(hood, sara, room, "!mijn", r"1 adres\.\nIdeeën: 2\n")


# Actions and applause


def pill(text, who, name):
    """A message that mentions somebody as apps do: his name, a link in the HTML, and his id in m.mentions."""
    link = f'<a href="https://matrix.to/#/{who}">{name}</a>'
    return text.format(name), {
        "format": "org.matrix.custom.html", "formatted_body": text.format(link), "m.mentions": {"user_ids": [str(who)]}}


def test_action_for_who_is_mentioned(env):
    """An app's mention says who does it; he is mentioned when he is reminded."""
    hood = hood_started(env, on_client=("fatima", "coordinator"))
    days = (hood.next_day_post().date() - hood.now().date()).days + 1
    text, more = pill(f"!actie flyers drukken {{}} {hood.date(days)}", hood.piet, "Piet")
    noted = hood.ask(hood.fatima, "kruitberg", text, "Actie 1 genoteerd", **more)["content"]["body"]
    assert "Actie 1 genoteerd: flyers drukken. Graag" in noted and "Piet doet het" in noted, noted
    hood.move_to_day_post()
    reminded = hood.wait_bot("kruitberg", "Piet, morgen: flyers drukken")
    assert reminded["content"]["m.mentions"] == {"user_ids": [hood.piet.user_id]}, reminded["content"]


def test_actions_are_mended(env):
    """Edits and redactions of an action, of what became of it, and of applause; a stranger's edit does nothing."""
    hood = hood_started(env, on_client=("fatima", "piet", "coordinator"))
    room, fatima, piet = hood.rooms["kruitberg"], hood.fatima, hood.piet

    def answered(act, pattern):
        return hood.answer_to(act, "kruitberg", pattern)

    action = fatima.say(room, "!actie flyers drukken")
    hood.wait_bot("kruitberg", "Actie 1 genoteerd")
    piet.edit(room, action, "!actie niets doen")
    answered(lambda: fatima.edit(room, action, "!actie 200 flyers drukken"), "Actie 1 aangepast: 200 flyers drukken")
    done = piet.say(room, "!gedaan 1")
    hood.wait_bot("kruitberg", "actie 1 is gedaan")
    answered(lambda: piet.redact(room, done), "Actie 1 staat weer open")
    failed = answered(lambda: piet.say(room, "!niet 1"), "Weet je waarom")
    answered(lambda: piet.reply(room, failed["event_id"], "printer stuk"), "want: printer stuk")
    answered(lambda: fatima.redact(room, action), "Actie 1 is weggehaald")
    applause = fatima.say(room, "!applaus @piet voor de tuim")
    hood.wait_bot("kruitberg", "Applaus voor Piet, voor de tuim!")
    answered(lambda: fatima.edit(room, applause, "!applaus @piet voor de tuin"), "Applaus voor Piet, voor de tuin!")
    fatima.redact(room, applause)
    hood.ask(piet, "kruitberg", "!actie", "Er staat niets open")
    hood.settle()
    assert not hood.daemon.query("SELECT 1 FROM applause")
    assert not hood.said("kruitberg", "niets doen")

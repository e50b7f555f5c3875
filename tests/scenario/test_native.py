"""The main job in a native, unencrypted room: ideas, receipts, agenda, budget, language."""

from neighbourhood import Neighbourhood, jpeg


def hood_started(env, **options):
    hood = Neighbourhood(env, **options)
    hood.start()
    return hood


def test_idea_is_numbered_and_listed(env):
    """!idee is answered with its number, found again by !ideeen and shown by !idee N."""
    hood = hood_started(env)
    hood.ask(hood.fatima, "kruitberg", "!idee fietsenrek bij de lift", r"\b1\b")
    hood.ask(hood.piet, "kruitberg", "!idee bankje in het gras", r"\b2\b")
    listed = hood.ask(hood.piet, "kruitberg", "!ideeen fiets", "fietsenrek")["content"]["body"]
    assert "bankje" not in listed, listed
    hood.ask(hood.piet, "kruitberg", "!idee 1", "fietsenrek bij de lift")


def test_support_by_reaction(env):
    """A thumbs-up counts as support, twice from one person as one, and taken back as none."""
    hood = hood_started(env)
    room = hood.rooms["kruitberg"]
    idea = hood.fatima.say(room, "!idee fietsenrek")
    hood.wait_bot("kruitberg", r"Idee 1\b")
    hood.piet.react(room, idea, "👍")
    thumb = hood.lead.react(room, idea, "👍🏽\ufe0f")
    hood.ask(hood.piet, "kruitberg", "!idee 1", "2 buren")
    hood.lead.redact(room, thumb)
    hood.ask(hood.piet, "kruitberg", "!idee 1", "1 buur")


def test_receipt_photo_with_caption(env):
    """A photo with !bon in its caption is booked, kept as it came, and the line's rest is told."""
    hood = hood_started(env)
    photo = jpeg("bonnetje")
    answer = hood.answer_to(lambda: hood.lead.photo(
        hood.rooms["kruitberg"], photo, "!bon 12,50 verf"), "kruitberg", "12,50")
    assert "987,50" in answer["content"]["body"], answer["content"]["body"]
    assert photo in [path.read_bytes() for path in hood.daemon.photos()], "the photo is kept as it came"
    hood.daemon.verify()


def test_receipt_reply_to_a_photo(env):
    """!bon as a reply to a photo that was sent before belongs to that photo."""
    hood = hood_started(env)
    room, photo = hood.rooms["kruitberg"], jpeg("later")
    event = hood.lead.photo(room, photo)
    hood.answer_to(lambda: hood.lead.reply(room, event, "!bon 8,00 zaadjes"), "kruitberg", "8,00")
    assert photo in [path.read_bytes() for path in hood.daemon.photos()]


def test_receipt_command_first(env):
    """The command first and the photo after it are one receipt."""
    hood = hood_started(env)
    room, photo = hood.rooms["kruitberg"], jpeg("na het woord")
    hood.ask(hood.lead, "kruitberg", "!bon 4,50 tasjes 3 stuks", "4,50")
    hood.lead.photo(room, photo)
    hood.ask(hood.lead, "kruitberg", "!bonnen 1", "4,50")
    assert photo in [path.read_bytes() for path in hood.daemon.photos()]
    assert hood.daemon.verify()


def test_receipt_without_amount_is_asked(env):
    """A receipt photo without an amount is kept and the amount asked once; a number answers it."""
    hood = hood_started(env)
    photo = jpeg("hoeveel")
    hood.answer_to(lambda: hood.lead.photo(hood.rooms["kruitberg"], photo, "!bon verf"), "kruitberg", r"\?")
    assert photo in [path.read_bytes() for path in hood.daemon.photos()]
    hood.ask(hood.lead, "kruitberg", "15,25", "15,25")
    hood.ask(hood.lead, "kruitberg", "!budget", "984,75")


def test_receipt_pdf(env):
    """A PDF invoice with !bon in its caption is a receipt like a photo."""
    hood = hood_started(env)
    data = b"%PDF-1.4\n% een factuur\n%%EOF\n"
    hood.answer_to(lambda: hood.lead.file(hood.rooms["kruitberg"], data, "!bon 99,00 printer"),
                   "kruitberg", "99,00")
    assert data in [path.read_bytes() for path in hood.daemon.photos()]


def test_agenda(env):
    """!agenda with words plans and repeats the date in words; without words it lists."""
    hood = hood_started(env)
    date = hood.date(40)
    hood.ask(hood.fatima, "kruitberg", f"!agenda {date} 20:00 bijeenkomst bij HRHolst", date)
    hood.ask(hood.piet, "kruitberg", "!agenda", "bijeenkomst")
    hood.ask(hood.fatima, "kruitberg", "!agenda 1 20:30", "20:30")
    hood.ask(hood.fatima, "kruitberg", "!agenda 1 af storm", "")
    hood.ask(hood.fatima, "kruitberg", "!agenda 31 februari bbq", "")


def test_budget(env):
    """!budget shows what is spent and left for the core, and !budget buurt for all."""
    hood = hood_started(env)
    hood.ask(hood.lead, "kruitberg", "!bon 100,00 aarde voor de moestuin", "100,00")
    hood.ask(hood.piet, "kruitberg", "!budget", r"4\.400,00")
    hood.ask(hood.piet, "kruitberg", "!budget buurt", r"95\.900,00")


def test_languages(env):
    """The answer has the language of the command word; !taal sets it for words both share."""
    hood = hood_started(env)
    dutch = hood.ask(hood.fatima, "kruitberg", "!idee fietsenrek", r"\b1\b")["content"]["body"]
    english = hood.ask(hood.piet, "kruitberg", "!idea bike rack", r"\b2\b")["content"]["body"]
    assert "dee" in dutch and "dea" in english, (dutch, english)
    before = hood.ask(hood.piet, "kruitberg", "!budget")["content"]["body"]
    hood.ask(hood.piet, "kruitberg", "!taal en")
    after = hood.ask(hood.piet, "kruitberg", "!budget")["content"]["body"]
    assert before != after, after
    again = hood.ask(hood.fatima, "kruitberg", "!budget")["content"]["body"]
    assert again == before, "the other people's language is theirs"


def test_form_of_what_is_said(env):
    """Messages are notices in a native room, with m.mentions, short, and never begin with a `!`."""
    hood = hood_started(env)
    for text in ("!help", "!help bon", "!idee fietsenrek", "!budget", "!agenda"):
        content = hood.ask(hood.fatima, "kruitberg", text)["content"]
        assert content["msgtype"] == "m.notice", content
        assert "room" not in content["m.mentions"], content
        assert len(content["body"]) <= 1000 and not content["body"].startswith("!"), content
        assert "<table" not in content.get("formatted_body", ""), content


def test_silence(env):
    """What is no command is not answered; neither are notices, nor the bot's own words."""
    hood = hood_started(env)
    room = hood.rooms["kruitberg"]
    told = len(hood.said("kruitberg"))
    hood.fatima.say(room, "wie heeft er een ladder?")
    hood.fatima.say(room, "wat een mooi ! bord")
    hood.piet.notice(room, "!idee ik ben een robot")
    hood.ask(hood.piet, "kruitberg", "!ideeen")
    hood.settle()
    assert len(hood.said("kruitberg")) == told + 1, hood.said("kruitberg")


def test_edit_and_redaction_of_an_idea(env):
    """A resident's edit amends the idea and keeps history; the author's redaction archives it."""
    hood = hood_started(env)
    room = hood.rooms["kruitberg"]
    idea = hood.fatima.say(room, "!idee fietsenrek")
    hood.wait_bot("kruitberg", r"\b1\b")
    hood.answer_to(lambda: hood.fatima.edit(room, idea, "!idee fietsenrek met dak"),
                   "kruitberg", "aangepast.*met dak")
    hood.piet.edit(room, idea, "!idee iets heel anders")
    hood.ask(hood.piet, "kruitberg", "!idee 1", r"Idee 1 \(.*met dak")
    hood.fatima.redact(room, idea)
    hood.ask(hood.piet, "kruitberg", "!ideeen", "nog geen ideeën")


def test_duplicate_receipt_is_asked(env):
    """The same photo again is flagged and asked, not dropped and not booked in silence."""
    hood = hood_started(env)
    room, photo = hood.rooms["kruitberg"], jpeg("dubbel")
    hood.answer_to(lambda: hood.lead.photo(room, photo, "!bon 12,50 verf"), "kruitberg", "12,50")
    hood.answer_to(lambda: hood.lead.photo(room, photo, "!bon 12,50 verf"), "kruitberg", r"\?")
    hood.daemon.verify()


def test_export_and_backup(env):
    """export writes the books and the photos under speaking names; a backup restores."""
    hood = hood_started(env)
    hood.answer_to(lambda: hood.lead.photo(hood.rooms["kruitberg"], jpeg("x"), "!bon 12,50 verf"),
                   "kruitberg", "12,50")
    folder = env.folder / "export"
    hood.daemon.tool("export", folder)
    names = [path.name for path in folder.rglob("*")]
    assert any(name.startswith("B-001_kruitberg_") and "12,50" in name for name in names), names
    assert any("12,50" in path.read_text(encoding="utf-8") for path in folder.rglob("*.csv"))
    hood.daemon.tool("backup", env.folder / "backup")
    assert list((env.folder / "backup").rglob("*")), "the backup holds files"

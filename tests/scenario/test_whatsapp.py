"""WhatsApp groups as the bridge shows them: the shapes of messages that only portals have."""

from matrix_client import bodies
from neighbourhood import Neighbourhood, jpeg

LEAD = "31600000002"


def portal_started(env):
    """A neighbourhood with one portal, kruitberg, and two ghosts in it."""
    hood = Neighbourhood(env, cores=(), portals=("kruitberg",), ghosts={"lead": LEAD})
    hood.start()
    portal = hood.portals["kruitberg"]
    return hood, portal, portal.ghost("lid-31600000001", "Fatima"), portal.ghost(LEAD, "Trekker")


def kept(hood):
    return [path.read_bytes() for path in hood.daemon.photos()]


def test_text_with_markup(env):
    """Raw WhatsApp markup around a command is seen through, and the answer is m.text."""
    hood, portal, fatima, _ = portal_started(env)
    answer = hood.answer_to(lambda: portal.text(fatima, "*!idee* fietsenrek"), "kruitberg", r"\b1\b")
    assert answer["content"]["msgtype"] == "m.text", answer["content"]
    hood.answer_to(lambda: portal.text(fatima, "！Ideeën"), "kruitberg", "fietsenrek")


def test_photo_with_caption(env):
    """A caption stands in body beside filename and is the command."""
    hood, portal, _, lead = portal_started(env)
    photo = jpeg("wa")
    hood.answer_to(lambda: portal.photo(lead, photo, "!bon 12,50 verf"), "kruitberg", "12,50")
    assert photo in kept(hood)


def test_empty_body_then_reply(env):
    """A photo without caption has an empty body and is no command; a reply makes it a receipt."""
    hood, portal, _, lead = portal_started(env)
    photo = jpeg("leeg")
    event = portal.photo(lead, photo)
    hood.answer_to(lambda: portal.reply(lead, event, lead, "!bon 7,25 koek"), "kruitberg", "7,25")
    assert photo in kept(hood)


def test_album_is_one_receipt(env):
    """The photos of an album join the receipt of the one that has the caption."""
    hood, portal, _, lead = portal_started(env)
    photos = [jpeg("album 1"), jpeg("album 2"), jpeg("album 3")]
    hood.answer_to(lambda: portal.album(lead, photos, "!bon 30,00 feest"), "kruitberg", "30,00")
    hood.answer_to(lambda: portal.text(lead, "!bonnen"), "kruitberg", "30,00")
    hood.settle()
    assert len([photo for photo in photos if photo in kept(hood)]) == 3
    shown = hood.answer_to(lambda: portal.text(lead, "!budget"), "kruitberg")["content"]["body"]
    assert "970,00" in shown, shown


def test_better_photo_replaces(env):
    """The high-resolution file that comes as an edit belongs to the same receipt."""
    hood, portal, _, lead = portal_started(env)
    coarse, fine = jpeg("wazig"), jpeg("scherp")
    event = portal.photo(lead, coarse, "!bon 5,00 lampjes")
    hood.wait_bot("kruitberg", "5,00")
    portal.better_photo(lead, event, fine, "!bon 5,00 lampjes")
    hood.answer_to(lambda: portal.text(lead, "!budget"), "kruitberg", "995,00")
    assert fine in kept(hood)


def test_first_command_comes_as_an_edit(env):
    """An undecryptable notice whose edit is a resident's first command: run once, also when edited again."""
    hood, portal, fatima, _ = portal_started(env)
    notice = portal.undecryptable(fatima)
    hood.answer_to(lambda: portal.decrypted(fatima, notice, "!idee bankje"), "kruitberg", r"\b1\b")
    portal.decrypted(fatima, notice, "!idee bankje")
    hood.answer_to(lambda: portal.text(fatima, "!idee hek"), "kruitberg", r"\b2\b")
    hood.settle()


def test_edit_of_a_common_message_is_no_command(env):
    """An edit that turns small talk into a command does not run it when it is privileged or a receipt."""
    hood, portal, fatima, _ = portal_started(env)
    told = len(hood.said("kruitberg"))
    event = portal.text(fatima, "hallo allemaal")
    portal.edit(fatima, event, "!bon 100,00 taart")
    hood.answer_to(lambda: portal.text(fatima, "!ideeen"), "kruitberg")
    hood.settle()
    assert len(hood.said("kruitberg")) == told + 1


def test_reactions_with_selectors(env):
    """Thumbs-up with a skin tone and a variation selector count as support."""
    hood, portal, fatima, lead = portal_started(env)
    idea = portal.text(fatima, "!idee fietsenrek")
    hood.wait_bot("kruitberg", r"\b1\b")
    portal.react(lead, idea, "👍🏿")
    hood.answer_to(lambda: portal.text(lead, "!idee 1"), "kruitberg", "1 buur")


def test_forwarded_is_no_command(env):
    """A forwarded command is not executed."""
    hood, portal, fatima, _ = portal_started(env)
    told = len(hood.said("kruitberg"))
    portal.forwarded(fatima, "!idee van iemand anders")
    hood.answer_to(lambda: portal.text(fatima, "!ideeen"), "kruitberg")
    hood.settle()
    assert len(hood.said("kruitberg")) == told + 1


def test_old_timestamps(env):
    """Late messages run with the date named; what lies before the portal's activation is history."""
    hood, portal, fatima, _ = portal_started(env)
    told = len(hood.said("kruitberg"))
    now = hood.daemon.now_ms()
    portal.text(fatima, "!idee heel oud", at_ms=now - 40 * 86_400_000)
    portal.text(fatima, "!idee van voor de bot", at_ms=now - 3_600_000)
    hood.answer_to(lambda: portal.text(fatima, "!idee van nu"), "kruitberg", r"\b1\b")
    hood.settle()
    assert len(hood.said("kruitberg")) == told + 1, hood.said("kruitberg")


def test_bridge_bot_is_ignored(env):
    """What the bridge's own bot says is never a command, and its notices are not answered."""
    hood, portal, fatima, _ = portal_started(env)
    told = len(hood.said("kruitberg"))
    hood.bridge.bot.say(portal.room, "!idee ik ben de brug")
    hood.bridge.bot.notice(portal.room, "⚠️ Your message was not bridged: x")
    hood.answer_to(lambda: portal.text(fatima, "!ideeen"), "kruitberg")
    hood.settle()
    assert len(hood.said("kruitberg")) == told + 1


def test_announce_only_group(env):
    """A group where only admins may speak: told to the coordinators once, nothing is tried there until that is over."""
    proxy = env.proxy()
    hood = Neighbourhood(env, cores=("koornhorst",), portals=("kruitberg",), url=proxy.url)
    hood.start()
    portal = hood.portals["kruitberg"]
    fatima = portal.ghost("lid-31600000001", "Fatima")
    levels = hood.bridge.bot.state(portal.room, "m.room.power_levels")
    levels["events_default"] = 50
    levels["users"][fatima.user_id] = 50
    hood.bridge.bot.set_state(portal.room, "m.room.power_levels", levels)
    hood.wait_bot("coordinators", "kruitberg mag ik niets meer zeggen")
    status = hood.daemon.status()
    assert "room.silenced" in status and "MAY NOT SPEAK" in status, status
    before = len(proxy.requests("PUT", "/send/m.room.message/"))
    portal.text(fatima, "!idee fietsenrek")
    hood.ask(hood.fatima, "koornhorst", "!idee bankje", r"\b2\b")
    hood.settle()
    assert len(proxy.requests("PUT", "/send/m.room.message/")) == before + 1
    assert hood.daemon.running() and not bodies(hood.coordinator.history(portal.room), hood.bot)[1:]
    hood.daemon.tool("seen", "room.silenced", expect=1)
    assert "goes on" in hood.daemon.last_error
    levels["users"][hood.bot.user_id] = 50
    hood.bridge.bot.set_state(portal.room, "m.room.power_levels", levels)
    hood.answer_to(lambda: portal.text(fatima, "!idee hek"), "kruitberg", r"\b3\b")
    assert "room.silenced" not in hood.daemon.status()

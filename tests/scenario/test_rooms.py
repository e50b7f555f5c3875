"""Which rooms the bot enters, leaves and stays silent in, and what it makes of being away."""

import faults
from environment import slow
from matrix_client import bodies
from neighbourhood import Neighbourhood


def test_only_configured_rooms(env):
    """An invite to a room that the config does not name is declined."""
    hood = Neighbourhood(env)
    hood.start()
    stranger = env.user("vreemd")
    room = stranger.create_room("Bitcoin", [hood.bot])
    stranger.wait_membership(room, hood.bot, "leave")
    assert not bodies(stranger.history(room), hood.bot)


def test_first_sync_is_history(env):
    """Commands said before the bot came in do not run, at the first start or with a new database."""
    hood = Neighbourhood(env)
    for number in range(5):
        hood.fatima.say(hood.rooms["kruitberg"], f"!idee van vroeger {number}")
    hood.start()
    hood.ask(hood.fatima, "kruitberg", "!idee van nu", r"\b1\b")
    hood.settle()
    listed = hood.ask(hood.fatima, "kruitberg", "!ideeen", "van nu")["content"]["body"]
    assert "vroeger" not in listed, listed


@slow(400)
def test_gap_of_300(env):
    """300 messages while down: each command runs exactly once, in order, across a kill in mid-gap."""
    hood = Neighbourhood(env, url=(proxy := env.proxy()).url)
    hood.start()
    room = hood.rooms["kruitberg"]
    hood.daemon.stop()
    for number in range(300):
        hood.fatima.say(room, f"!idee gat {number:03}" if number % 3 == 0 else f"praatje {number}")
    pages = len(proxy.requests("GET", "/messages"))
    hood.daemon.start()
    proxy.wait_requests("GET", "/messages", pages + 2)
    hood.daemon.kill()
    hood.daemon.start()
    check_ideas_in_order(hood, [f"gat {number:03}" for number in range(0, 300, 3)])


def check_ideas_in_order(hood, texts):
    """The ideas table holds exactly these texts in this order, and each was answered once."""
    hood.daemon.wait_query("SELECT count(*) FROM idea", len(texts))
    hood.settle()
    rows = [text for text, in hood.daemon.query("SELECT text FROM idea ORDER BY id")]
    assert rows == texts, rows


def test_kicked_and_banned(env):
    """After a kick the bot goes on elsewhere, never comes back by itself, and says so in status."""
    hood = Neighbourhood(env, cores=("kruitberg", "koornhorst"))
    hood.start()
    room = hood.rooms["kruitberg"]
    hood.coordinator.kick(room, hood.bot, "even niet")
    hood.ask(hood.fatima, "koornhorst", "!idee bankje", r"\b1\b")
    assert hood.coordinator.members(room)[hood.bot.user_id] == "leave"
    assert "kruitberg" in hood.daemon.status()
    hood.coordinator.invite(room, hood.bot)
    hood.coordinator.wait_membership(room, hood.bot, "join")
    hood.ask(hood.fatima, "kruitberg", "!idee hek", r"\b2\b")
    hood.coordinator.ban(room, hood.bot)
    hood.ask(hood.fatima, "koornhorst", "!idee lamp", r"\b3\b")
    assert hood.daemon.running()


def test_treasurer_is_taken_out(env):
    """Who looks after the money and is taken out of a group is missed: in status, and told to the coordinators once."""
    hood = Neighbourhood(env)
    hood.start()
    room = hood.rooms["coordinators"]
    hood.coordinator.kick(room, hood.treasurer.user_id, "even niet")
    hood.wait_bot("coordinators", "zit niet meer in de groep coordinators")
    assert "holder.left" in hood.daemon.status()
    hood.coordinator.invite(room, hood.treasurer)
    hood.treasurer.join(room)
    hood.ask(hood.treasurer, "coordinators", "!ideeen")
    assert "holder.left" not in hood.daemon.status()
    hood.coordinator.kick(room, hood.treasurer.user_id)
    hood.ask(hood.fatima, "kruitberg", "!ideeen")
    assert "holder.left" in hood.daemon.status()
    hood.daemon.tool("seen", "holder.left")
    assert "holder.left" not in hood.daemon.status()
    assert len(hood.said("coordinators", "zit niet meer in de groep")) == 1


def test_upgraded_room(env):
    """A replaced room is told to the coordinators; with the new one in the config the group goes on there."""
    hood = Neighbourhood(env)
    hood.start()
    hood.ask(hood.fatima, "kruitberg", "!idee in de oude kamer", r"Idee 1\b")
    old = hood.rooms["kruitberg"]
    new = hood.coordinator.upgrade(old)
    hood.wait_bot("coordinators", "(?i)kruitberg.*verhuisd")
    hood.daemon.stop()
    config = hood.daemon.config.read_text(encoding="utf-8")
    hood.daemon.config.write_text(config.replace(old, new), encoding="utf-8")
    for who in (hood.bot, hood.fatima, hood.piet):
        hood.coordinator.invite(new, who)
    hood.fatima.join(new)
    hood.rooms["kruitberg"] = new
    hood.daemon.start()
    hood.coordinator.wait_membership(new, hood.bot, "join")
    hood.ask(hood.fatima, "kruitberg", "!idee in de nieuwe kamer", r"Idee 2\b")


def test_false_tombstone(env):
    """A tombstone that names a stranger's room, which says that it follows ours, leads the bot nowhere."""
    hood = Neighbourhood(env)
    hood.start()
    stranger = env.user("vreemd")
    trap = stranger.create_room("Kruitberg 2", [hood.bot], creation_content={
        "predecessor": {"room_id": hood.rooms["kruitberg"], "event_id": "$verzonnen"}})
    hood.coordinator.set_state(hood.rooms["kruitberg"], "m.room.tombstone",
                               {"body": "verhuisd", "replacement_room": trap})
    hood.ask(hood.treasurer, "coordinators", "!help")
    hood.settle()
    stranger.wait_membership(trap, hood.bot, "leave")
    assert not bodies(stranger.history(trap), hood.bot)


def test_kill_between_invitation_and_joining(env):
    """Killed when the invitations are on disk but not yet answered: the rooms are joined after the restart."""
    hood = Neighbourhood(env)
    hood.daemon.login()
    hood.daemon.launch(crash_point="batch.after_commit")
    assert hood.daemon.wait_killed()
    hood.daemon.start()
    for room in hood.rooms.values():
        hood.coordinator.wait_membership(room, hood.bot, "join")
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"Idee 1\b")


def test_joining_is_tried_again(env):
    """A server that fails on a join is asked again, not forgotten."""
    proxy = env.proxy()
    proxy.on("POST", "/join", faults.status(500), times=3)
    hood = Neighbourhood(env, url=proxy.url)
    hood.daemon.login()
    hood.daemon.start()
    for room in hood.rooms.values():
        hood.coordinator.wait_membership(room, hood.bot, "join")
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"Idee 1\b")


def test_plain_words_in_an_encrypted_room(env):
    """Words in the clear in an encrypted room are nobody's: no idea, no plain answer, a line in status and log."""
    hood = Neighbourhood(env, cores=("kruitberg", "koornhorst"))
    hood.start()
    room = hood.rooms["kruitberg"]
    told = len(hood.said("kruitberg"))
    hood.coordinator.set_state(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    hood.fatima.say(room, "!idee leesbaar")  # the server lets plaintext through; the client must not
    hood.ask(hood.fatima, "koornhorst", "!ideeen")
    hood.daemon.kill()
    hood.daemon.start()
    hood.ask(hood.fatima, "koornhorst", "!help")
    hood.settle()
    assert hood.daemon.query("SELECT count(*) FROM idea") == [(0,)]
    assert len(hood.said("kruitberg")) == told, "nothing plain in an encrypted room"
    assert "room.plaintext" in hood.daemon.status() and "event.plain" in hood.daemon.log()
    hood.daemon.tool("seen", "room.plaintext", room)
    assert "room.plaintext" not in hood.daemon.status() and "incident.seen" in hood.daemon.log()


def test_two_groups_keep_apart(env):
    """Ideas and money of one core do not show as another's."""
    hood = Neighbourhood(env, cores=("kruitberg", "koornhorst"))
    hood.start()
    hood.ask(hood.lead, "kruitberg", "!bon 40,00 aarde", "40,00")
    other = hood.ask(hood.fatima, "koornhorst", "!budget")["content"]["body"]
    assert "960,00" not in other, other

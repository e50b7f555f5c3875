"""Portals with end-to-bridge encryption: one device, the bridge bot's, encrypts for every resident on WhatsApp."""

from encrypted import check_unshielded, on_the_wire
from environment import slow
from matrix_client import Client
from matrix_http import Wire
from neighbourhood import Neighbourhood, jpeg

LEAD = "31600000002"
DAY_MS = 86_400_000


def portal_started(env, self_sign=True):
    """One encrypted portal and its bridge; everybody else in encrypted rooms."""
    hood = Neighbourhood(env, cores=("koornhorst",), portals=("kruitberg",), encrypted=True,
                         ghosts={"lead": LEAD}, bridge=env.bridge(encrypted=True, self_sign=self_sign))
    return hood, hood.portals["kruitberg"]


def test_t29_bridged_room_e2be(env):
    """A ghost's command runs and the answer is read over there; who else uses the bridge's keys is refused."""
    hood, portal = portal_started(env)
    hood.start()
    fatima, lead = portal.ghost("lid-31600000001", "Fatima"), portal.ghost(LEAD, "Trekker")
    remote = hood.bridge.device
    hood.answer_to(lambda: portal.text(fatima, "*!idee* fietsenrek"), "kruitberg", r"Idee 1\b")
    answer = remote.wait_message(portal.room, hood.bot, r"Idee 1\b")
    assert answer["content"]["msgtype"] == "m.text", answer
    remote.wait_unshielded(portal.room, on_the_wire(hood, "kruitberg")[-1:])
    photo = jpeg("wa")
    hood.answer_to(lambda: portal.photo(lead, photo, "!bon 12,50 verf"), "kruitberg", "12,50")
    assert photo in [path.read_bytes() for path in hood.daemon.photos()]
    portal.text(fatima, "!idee heel oud", at_ms=hood.daemon.now_ms() - 40 * DAY_MS)
    told = len(hood.said("kruitberg"))
    puppet = Client(Wire(hood.server.url, hood.server.puppet.as_token), hood.coordinator.user_id)
    puppet.acting_as = hood.coordinator.user_id
    portal.text(puppet, "!idee van een dubbelganger")
    sealed = remote.encrypt(portal.room, "m.room.message", {"msgtype": "m.text", "body": "!idee van de brug zelf"})
    remote.send_clear(portal.room, sealed["type"], sealed["content"])
    hood.answer_to(lambda: portal.text(fatima, "!ideeen"), "kruitberg", "fietsenrek")
    hood.settle()
    assert hood.daemon.query("SELECT text FROM idea") == [("fietsenrek",)]
    assert len(hood.said("kruitberg")) == told + 1, hood.said("kruitberg")
    check_unshielded(hood, hood.coordinator)


def test_t29_trust_of_a_portal(env):
    """What asks for more certainty than a bridge gives is refused there, whoever holds the office."""
    hood = Neighbourhood(env, cores=(), portals=("kruitberg",), encrypted=True, ghosts={"lead": LEAD},
                         bridge=env.bridge(encrypted=True), extra="trust:\n  budget: direct")
    hood.start()
    portal = hood.portals["kruitberg"]
    lead = portal.ghost(LEAD, "Trekker")
    hood.answer_to(lambda: portal.text(lead, "!budget"), "kruitberg", "beveiligde groep")
    hood.ask(hood.coordinator, "kruitberg", "!budget", r"1\.000")


@slow(300)
def test_t29_unsigned_bridge_raises_the_alarm(env):
    """A bridge whose device nobody signed is deaf and not believed: coordinators and status tell of it."""
    hood, portal = portal_started(env, self_sign=False)
    hood.start()
    fatima, remote = portal.ghost("lid-31600000001", "Fatima"), hood.bridge.device
    withheld = remote.wait_event(lambda room, event: room == portal.room and event["sender"] == hood.bot.user_id
                                 and event["encrypted"], "the introduction")
    assert withheld["failure"] == "MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE", withheld
    said = portal.text(fatima, "!idee fietsenrek")
    hood.daemon.wait_query(f"SELECT count(*) FROM inbox WHERE event = '{said}'", 1)
    hood.daemon.move_clock(seconds=31)
    hood.wait_bot("coordinators", "kruitberg kunnen mij niet lezen")
    assert hood.bridge.bot.user_id in hood.daemon.status()
    remote.cross_sign()
    hood.answer_to(lambda: portal.text(fatima, "!idee hek"), "kruitberg", r"Idee 1\b")
    remote.wait_message(portal.room, hood.bot, r"Idee 1\b")
    assert hood.bridge.bot.user_id not in hood.daemon.status()


@slow(300)
def test_t29_reset_bridge_is_accepted_anew(env):
    """A bridge that made itself a new identity is not believed before a person accepts it; then it is heard, and reads."""
    hood, portal = portal_started(env)
    hood.start()
    fatima, remote = portal.ghost("lid-31600000001", "Fatima"), hood.bridge.device
    hood.answer_to(lambda: portal.text(fatima, "!idee fietsenrek"), "kruitberg", r"Idee 1\b")
    remote.reset_identity()
    portal.text(fatima, "!idee van wie dan ook")
    hood.wait_bot("coordinators", "(?i)de sleutels van.*veranderd")
    hood.settle()
    assert hood.bridge.bot.user_id in hood.daemon.status()
    hood.daemon.tool("accept-identity", hood.bridge.bot.user_id)
    hood.answer_to(lambda: portal.text(fatima, "!idee hek"), "kruitberg", r"Idee 2\b")
    remote.wait_message(portal.room, hood.bot, r"Idee 2\b")
    remote.wait_unshielded(portal.room, on_the_wire(hood, "kruitberg")[-1:])
    assert hood.bridge.bot.user_id not in hood.daemon.status()
    assert hood.daemon.query("SELECT text FROM idea ORDER BY id") == [("fietsenrek",), ("hek",)]

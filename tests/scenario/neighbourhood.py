"""A small neighbourhood on a real Synapse with the daemon in it: what most scenarios begin with.

    hood = Neighbourhood(env)               # one native group, kruitberg; options: config_text.py
    hood.start()                            # login, run, every room joined, introductions said
    answer = hood.ask(hood.fatima, "kruitberg", "!idee fietsenrek", r"\\b1\\b")

Residents fatima and piet are in every group, and so is the lead; coordinator, treasurer and
auditor are in their own rooms. All of them stand in the config with their roles. The bot's
account exists; the daemon logs in on a device of its own.

With encrypted=True, or in a scenario whose env.encrypted is set, the rooms are encrypted (portals are only
with bridge=env.bridge(encrypted=True)) and everybody is on the second client with a signed device: what a
scenario does is the same. The others than `on_client`, where that is given, have no device that reads or
speaks in them; that is quicker.
"""

import itertools
import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from config_text import config_text
from matrix_client import bodies
from matrix_http import Wire
from processes import DEADLINE_S, wait_until
from rotonde import Rotonde

ZONE = ZoneInfo("Europe/Amsterdam")
OFFICIAL = ("coordinators", "audit", "neighbourhood")
MONTHS = ("januari februari maart april mei juni juli augustus september oktober november "
          "december").split()


class Neighbourhood:
    """Rooms, people and one daemon. `url` is where the daemon finds the server (a proxy, say)."""

    numbers = itertools.count(1)

    def __init__(self, env, cores=("kruitberg",), portals=(), url=None, server=None,
                 ghosts=None, encrypted=None, on_client=None, bridge=None, **options):
        env.binary()  # fails at once when it was not built
        self.env = env
        self.server = server or env.synapse
        self.url = url or self.server.url
        self.encrypted = env.encrypted if encrypted is None else encrypted
        self.on_client = on_client
        self.bot = env.user("rotonde", self.server)
        self.fatima, self.piet, self.lead, self.coordinator, self.treasurer, self.auditor = (
            self.resident(name)
            for name in ("fatima", "piet", "lead", "coordinator", "treasurer", "auditor"))
        self.rooms = {}
        self.portals = {}
        for core in cores:
            self.rooms[core] = self.group(core)
        for room in OFFICIAL:
            members = [self.treasurer, self.auditor] if room != "neighbourhood" else [self.fatima]
            self.rooms[room] = self.make_room(room, members)
        self.bridge = bridge or (env.bridge() if portals else None)
        for core in portals:
            self.portal(core)
        # Label of a person -> his id on WhatsApp.
        self.ghosts = {label: f"@whatsapp_{number}:{self.server.server_name}" for label, number in (ghosts or {}).items()}
        self.data_folder = "data"  # beside the config file
        self.far_hour = (datetime.now(ZONE) + timedelta(hours=12)).hour
        self.daemon = Rotonde(env, config_text(self, **options), self.bot.password,
                              name=f"rotonde{next(self.numbers)}")

    def resident(self, name):
        """A new account, with encryption where the neighbourhood has it."""
        encrypted = self.encrypted and (self.on_client is None or name in self.on_client)
        return (self.env.crypto_user if encrypted else self.env.user)(name, self.server)

    def make_room(self, name, members, **options):
        """A room of the coordinator's with these members; the bot is invited and joins by itself."""
        options.setdefault("encrypted", self.encrypted)
        room = self.coordinator.create_room(name, [self.bot, *members], **options)
        for member in members:
            member.join(room)
        return room

    def group(self, core, **options):
        return self.make_room(core, [self.fatima, self.piet, self.lead], **options)

    def newcomer(self, name, core):
        """A resident who does not stand in the config, in a group."""
        who = self.resident(name)
        self.coordinator.invite(self.rooms[core], who)
        who.join(self.rooms[core])
        return who

    def alone_with(self, who):
        """The room that somebody makes to talk with the bot alone; encrypted where the neighbourhood is."""
        room = who.create_room("Onder ons", [self.bot], encrypted=self.encrypted, is_direct=True)
        who.wait_membership(room, self.bot, "join")
        who.wait_message(room, self.bot)
        return room

    def portal(self, core):
        """A WhatsApp group as the bridge shows it; the config knows it by its WhatsApp id."""
        number = next(self.numbers)
        portal = self.bridge.portal(f"1203630{int(time.time())}{number}@g.us", core,
                                    [self.bot, self.coordinator])
        self.coordinator.join(portal.room)
        self.portals[core], self.rooms[core] = portal, portal.room

    def groups(self):
        """core slug -> room id, of the residents' groups."""
        return {name: room for name, room in self.rooms.items() if name not in OFFICIAL}

    # The daemon

    def start(self, **options):
        """First start: log in, run, and wait until it stands in every room and has said hello."""
        self.daemon.login()
        self.run(**options)

    def run(self, **options):
        """The same without the login."""
        self.daemon.start(**options)
        for name, room in self.rooms.items():
            self.coordinator.wait_membership(room, self.bot, "join")
        for room in self.groups().values():
            self.coordinator.wait_message(room, self.bot)
        self.settle()

    def settle(self, deadline_s=DEADLINE_S):
        """Wait until what the daemon has read is handled and what it has to say now is said."""
        wait_until(lambda: self.open_work() == 0, deadline_s,
                   "inbox and outbox have nothing left for now", step_s=0.05)

    def open_work(self):
        """Rows that wait for the daemon, other than words for a later hour."""
        soon = self.daemon.now_ms() + 60_000
        return self.daemon.query(
            "SELECT (SELECT count(*) FROM inbox WHERE state <> 'done') + "
            "(SELECT count(*) FROM gap) + (SELECT count(*) FROM outbox WHERE "
            " state IN ('queued', 'sealed') AND (attempted_at_ms IS NOT NULL OR not_before_ms < ?))",
            soon)[0][0]

    # Talking

    def room(self, name):
        return self.rooms.get(name, name)

    def ask(self, who, core, text, pattern="", deadline_s=DEADLINE_S, **more):
        """Say something and give the bot's next message in that group that matches."""
        return self.answer_to(lambda: who.say(self.room(core), text, **more), core, pattern, deadline_s)

    def answer_to(self, act, core, pattern="", deadline_s=DEADLINE_S):
        """Do something and give the bot's next message in that group that matches."""
        self.coordinator.sync()
        after = self.coordinator.mark()
        act()
        return self.coordinator.wait_message(self.room(core), self.bot, pattern, deadline_s, after)

    def wait_bot(self, core, pattern, deadline_s=DEADLINE_S, after=0):
        return self.coordinator.wait_message(self.room(core), self.bot, pattern, deadline_s, after)

    def said(self, core, pattern=""):
        """The texts of the bot in a room, from the server, that match; oldest first."""
        return [body for body in bodies(self.coordinator.history(self.room(core)), self.bot)
                if re.search(pattern, body)]

    # Its clock

    def now(self):
        """The daemon's, on the wall."""
        return datetime.fromtimestamp(self.daemon.now_ms() / 1000, ZONE)

    def date(self, days):
        """The day so many from today, as people write it: "14 juni"."""
        day = self.now() + timedelta(days=days)
        return f"{day.day} {MONTHS[day.month - 1]}"

    def next_day_post(self):
        """A moment just after it; not for real_hours."""
        moment = self.now().replace(hour=self.far_hour, minute=3, second=0, microsecond=0)
        return moment if moment > self.now() else moment + timedelta(days=1)

    def move_to_day_post(self):
        self.daemon.move_clock(seconds=self.next_day_post().timestamp() - self.now().timestamp())

    def at_daemon_time(self, client):
        """The same user, but what he sends carries the time of the daemon's moved clock."""
        if self.server.puppet is None:
            self.env.skip("the Synapse of SYNAPSE_URL has no application service for moved clocks")
        return client.at_time(Wire(self.server.url, self.server.puppet.as_token), self.daemon.now_ms())


def jpeg(words):
    """A small file that begins and ends as a photo does, different for different words."""
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    comment = str(words).encode()
    return head + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + b"\xff\xd9"

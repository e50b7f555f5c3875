"""An encrypted group with a server that lies and a member who cheats, for the scenarios of test_e2ee_*.py."""

from messages import SyncLies
from neighbourhood import Neighbourhood
from processes import DEADLINE_S
from raw_device import RoomSession

CORE = "kruitberg"
PEOPLE = ("fatima", "coordinator")


class Hostile:
    """An encrypted group behind a proxy, with mallory in it, whose device does what it is told."""

    def __init__(self, env):
        self.proxy = env.proxy()
        self.lies = SyncLies(self.proxy)
        self.hood = Neighbourhood(env, url=self.proxy.url, encrypted=True, on_client=PEOPLE)
        self.hood.start()
        self.room, self.bot = self.hood.rooms[CORE], self.hood.bot
        self.fatima, self.daemon = self.hood.fatima, self.hood.daemon
        self.mallory = env.raw_user("mallory")
        self.hood.coordinator.invite(self.room, self.mallory)
        self.mallory.join(self.room)
        self.fatima.sync()

    def ideas(self):
        """(localpart of the author without its tail, text) of every idea in the books."""
        return self.daemon.query(
            "SELECT substr(sender, 2, instr(sender, '-') - 2), text FROM idea "
            "JOIN identity ON identity.person = idea.author ORDER BY idea.id")

    def idea(self, text, who=None, megolm=None):
        """Somebody says an idea, and the bot answers with its text."""
        def say():
            if megolm:
                (who or self.mallory).say_sealed(megolm, f"!idee {text}")
            else:
                (who or self.fatima).say(self.room, f"!idee {text}")
        return self.hood.answer_to(say, CORE, rf"\b{text}\b")

    def mallory_speaks(self):
        """A Megolm session of mallory's that the bot has the key of."""
        megolm = RoomSession(self.room)
        self.mallory.share(megolm, self.bot)
        return megolm

    def dropped(self, why, count=1, deadline_s=DEADLINE_S):
        """Waits until the bot has passed over so many to-device messages for that reason."""
        self.daemon.wait_log(rf"(?s)(crypto\.todevice_dropped[^\n]* why={why}\b.*){{{count}}}", deadline_s)

    def refused(self, why, count=1, deadline_s=DEADLINE_S):
        """The same for events of rooms."""
        self.daemon.wait_log(rf"(?s)(event\.refused[^\n]* why={why}\b.*){{{count}}}", deadline_s)

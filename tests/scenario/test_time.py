"""What the bot says by itself, with its clock moved: reminders, day posts, summaries, quiet hours.

The daemon's clock begins on a Tuesday at 11:00 in the middle of a month, whenever the test
runs, so that no result depends on the hour; people's messages carry that clock's time.
"""

from datetime import datetime, timedelta

from environment import slow
from neighbourhood import MONTHS, ZONE, Neighbourhood


class Clocked:
    """A started neighbourhood whose daemon lives on a clock that the test sets."""

    def __init__(self, env, **options):
        self.hood = Neighbourhood(env, real_hours=True, **options)
        self.set(next_tuesday())
        self.hood.start()

    def now(self):
        return self.hood.now()

    def set(self, moment):
        """Move the daemon's clock to a wall-clock time; it never goes back."""
        step = moment.timestamp() - self.hood.daemon.now_ms() / 1000
        assert step >= 0, moment
        self.hood.daemon.move_clock(seconds=step)

    def on(self, days, clock):
        """The wall-clock moment so many days from today."""
        hour, minute = map(int, clock.split(":"))
        day = self.now() + timedelta(days=days)
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def ask(self, who, text, pattern="", core="kruitberg"):
        return self.hood.ask(self.hood.at_daemon_time(who), core, text, pattern)

    def plan(self, days, clock, title):
        """Plan something so many days from now; gives the moment."""
        moment = self.on(days, clock)
        self.ask(self.hood.fatima, f"!agenda {moment.day} {MONTHS[moment.month - 1]} {clock} {title}", title)
        return moment

    def said_at(self, moment, pattern, core="kruitberg"):
        """Move to just after the moment and give the bot's message that comes of it."""
        self.hood.coordinator.sync()
        after = self.hood.coordinator.mark()
        self.set(moment + timedelta(minutes=3))
        return self.hood.wait_bot(core, pattern, after=after)["content"]["body"]


def next_tuesday():
    day = datetime.now(ZONE).replace(hour=11, minute=0, second=0, microsecond=0)
    while True:
        day += timedelta(days=1)
        if day.weekday() == 1 and 3 <= day.day <= 16:
            return day


@slow(300)
def test_two_hour_reminder(env):
    """Two hours before an event the group is reminded once, also across a kill."""
    clocked = Clocked(env)
    hood = clocked.hood
    moment = clocked.plan(1, "15:00", "koffie")
    clocked.said_at(moment - timedelta(hours=2), "koffie")
    hood.settle()
    count = len(hood.said("kruitberg", "koffie"))
    hood.daemon.kill()
    hood.daemon.start()
    clocked.ask(hood.fatima, "!ideeen")
    hood.settle()
    assert len(hood.said("kruitberg", "koffie")) == count


@slow(300)
def test_day_post_carries_the_reminder(env):
    """The reminder of a day before comes in the day post of 10:00, once."""
    clocked = Clocked(env)
    moment = clocked.plan(3, "20:00", "bijeenkomst")
    body = clocked.said_at((moment - timedelta(days=1)).replace(hour=10, minute=0), "bijeenkomst")
    assert "20:00" in body, body


@slow(300)
def test_quiet_hours(env):
    """A two-hour reminder that would fall in the night goes out at 20:30 the evening before."""
    clocked = Clocked(env)
    moment = clocked.plan(2, "10:00", "ontbijt")
    clocked.said_at((moment - timedelta(days=1)).replace(hour=20, minute=30), "ontbijt")
    clocked.hood.settle()
    count = len(clocked.hood.said("kruitberg", "ontbijt"))
    clocked.set(moment - timedelta(hours=1))
    clocked.ask(clocked.hood.fatima, "!ideeen")
    assert len(clocked.hood.said("kruitberg", "ontbijt")) == count


@slow(300)
def test_cancelled_event_is_not_reminded(env):
    """A cancelled event is announced and reminded no more."""
    clocked = Clocked(env)
    hood = clocked.hood
    moment = clocked.plan(1, "15:00", "koffie")
    clocked.ask(hood.fatima, "!agenda 1 af regen")
    hood.settle()
    count = len(hood.said("kruitberg", "koffie"))
    clocked.set(moment - timedelta(hours=1))
    clocked.ask(hood.fatima, "!ideeen")
    hood.settle()
    assert len(hood.said("kruitberg", "koffie")) == count


@slow(600)
def test_weekly_summary(env):
    """Within a week a core whose books changed gets one summary; the other core gets none."""
    clocked = Clocked(env, cores=("kruitberg", "koornhorst"))
    hood = clocked.hood
    clocked.ask(hood.lead, "!bon 40,00 aarde", "40,00")
    hood.settle()
    other = len(hood.said("koornhorst"))
    for _ in range(7):
        clocked.set(clocked.on(1, "10:05"))
        clocked.ask(hood.fatima, "!ideeen")
        hood.settle()
    summaries = hood.said("kruitberg", r"40,00")[1:]
    assert len([body for body in summaries if "40,00" in body]) == 1, summaries
    assert len(hood.said("koornhorst")) == other, hood.said("koornhorst")


@slow(600)
def test_monthly_summary(env):
    """On the first of the month every core hears once how the money stands, with the books' head hash."""
    clocked = Clocked(env, cores=("kruitberg", "koornhorst"))
    hood = clocked.hood
    clocked.ask(hood.lead, "!bon 40,00 aarde", "40,00")
    hood.settle()
    other = len(hood.said("koornhorst"))
    first = (clocked.now() + timedelta(days=31)).replace(day=1, hour=10, minute=0)
    clocked.set(first + timedelta(minutes=3))
    for core in hood.groups():
        hood.wait_bot(core, "[0-9a-f]{8}")
    hood.settle()
    assert len(hood.said("koornhorst")) == other + 1, hood.said("koornhorst")
    assert len(hood.said("kruitberg", "[0-9a-f]{8}")) == 1, hood.said("kruitberg")


@slow(300)
def test_missed_while_down(env):
    """A reminder that fell while the bot was down is said when still useful, and not when it is over."""
    clocked = Clocked(env)
    hood = clocked.hood
    moment = clocked.plan(1, "15:00", "koffie")
    clocked.plan(2, "12:00", "lunch")
    hood.daemon.stop()
    clocked.set(moment - timedelta(hours=1))
    after = hood.coordinator.mark()
    hood.daemon.start()
    hood.wait_bot("kruitberg", "koffie", after=after)
    hood.settle()
    hood.daemon.stop()
    told = len(hood.said("kruitberg", "lunch"))
    clocked.set(clocked.on(2, "15:00"))
    hood.daemon.start()
    clocked.ask(hood.fatima, "!ideeen")
    hood.settle()
    assert len(hood.said("kruitberg", "lunch")) == told, hood.said("kruitberg", "lunch")

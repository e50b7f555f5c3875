"""SIGKILL at every numbered point around commit, seal and send, and at random moments under traffic.

Afterwards every command took effect exactly once, every answer stands in the room exactly
once, and the books add up. SCENARIO_SEED chooses other moments; a failure names its seed.
"""

import threading
import time

import crash_points
import faults
from environment import slow
from neighbourhood import Neighbourhood, jpeg

RANDOM_KILLS = 200


class Traffic:
    """People who type on, whatever happens to the bot; it remembers what they said."""

    def __init__(self, hood, pause_s=0.0):
        self.hood, self.pause_s = hood, pause_s
        self.ideas, self.receipts = [], []
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.trouble = None

    def start(self):
        self.thread.start()

    def stop(self):
        self.stopped.set()
        self.thread.join(60)
        if self.trouble:
            raise self.trouble

    def run(self):
        try:
            while not self.stopped.is_set():
                self.say_one()
                self.stopped.wait(self.pause_s)
        except Exception as error:  # handed to the test's own thread by stop()
            self.trouble = error

    def say_one(self):
        """Two ideas, then a receipt with its photo; all different."""
        number = len(self.ideas) + len(self.receipts)
        if number % 3 == 2:
            amount = f"{1 + number % 7},{number % 100:02}"
            self.hood.lead.photo(self.hood.rooms["kruitberg"], jpeg(f"bon {number}"),
                                 f"!bon {amount} ding {number:04}")
            self.receipts.append(f"ding {number:04}")
        else:
            text = f"plan {number:04}"
            self.hood.fatima.say(self.hood.rooms["kruitberg"], f"!idee {text}")
            self.ideas.append(text)


def check_exactly_once(hood, traffic, deadline_s=120):
    """Every command of the traffic is in the books once, every answer in the room once."""
    hood.daemon.wait_query("SELECT count(*) FROM idea", len(traffic.ideas), deadline_s)
    hood.daemon.wait_query("SELECT count(*) FROM receipt", len(traffic.receipts), deadline_s)
    hood.settle(deadline_s)
    ideas = [text for text, in hood.daemon.query("SELECT text FROM idea ORDER BY id")]
    assert ideas == traffic.ideas, (ideas, traffic.ideas)
    check_outbox_against_room(hood)
    hood.daemon.verify()
    kept = {path.read_bytes() for path in hood.daemon.photos()}
    missing = [words for words in traffic.receipts
               if jpeg("bon " + str(int(words.split()[1]))) not in kept]
    assert not missing, missing


def check_outbox_against_room(hood):
    """Each sent row stands in its room as one event; the room holds nothing that is in no row."""
    sent = {event for event, in hood.daemon.query(
        "SELECT event FROM outbox WHERE state = 'sent' AND event IS NOT NULL")}
    # What nobody asked for may grow stale while the clock jumps; an answer never does.
    dead = hood.daemon.query("SELECT id, why_dead FROM outbox WHERE state = 'dead' AND expires_at_ms IS NULL")
    assert not dead, dead
    in_rooms = [event["event_id"] for room in hood.rooms.values()
                for event in hood.coordinator.history(room)
                if event["type"] == "m.room.message" and event["sender"] == hood.bot.user_id]
    assert len(in_rooms) == len(set(in_rooms))
    assert set(in_rooms) == sent, (set(in_rooms) ^ sent)


def kill_at_points(hood, traffic, points):
    """Have it killed at each point, with traffic that leads there, then run on; gives the points it never reached."""
    missed = []
    hood.daemon.stop()
    for point in points:
        crash_points.provoke(point, hood, traffic)
        hood.daemon.launch(crash_point=point)
        if not hood.daemon.wait_killed():
            missed.append(point)
            hood.daemon.kill()
    hood.daemon.start()
    return missed


def kill_at_random(hood, traffic, kills, most_s):
    """Kill and start it again under traffic, each time after at most so many seconds."""
    traffic.start()
    try:
        for _ in range(kills):
            time.sleep(hood.env.random.uniform(0.0, most_s))
            hood.daemon.kill()
            hood.daemon.launch()
    finally:
        traffic.stop()


@slow(900)
def test_kill_at_every_point(env):
    """For each numbered crash point: killed there under traffic, started again, exactly once."""
    hood = Neighbourhood(env)
    hood.start()
    traffic = Traffic(hood)
    missed = kill_at_points(hood, traffic, crash_points.names())
    check_exactly_once(hood, traffic)
    assert not missed, f"never came past {missed}"


@slow(1800)
def test_kill_at_random_moments(env):
    """Killed at 200 random moments while people type; nothing lost, nothing doubled."""
    hood = Neighbourhood(env)
    hood.start()
    traffic = Traffic(hood, pause_s=0.15)
    kill_at_random(hood, traffic, RANDOM_KILLS, 0.4)
    hood.daemon.wait_ready()
    check_exactly_once(hood, traffic, deadline_s=300)
    print(f"      {RANDOM_KILLS} kills, {len(traffic.ideas)} ideas, "
          f"{len(traffic.receipts)} receipts, seed {env.shared.seed}", flush=True)


@slow(600)
def test_kill_through_a_bad_network(env):
    """Random kills while answers of the homeserver are lost, too."""
    proxy = env.proxy()
    hood = Neighbourhood(env, url=proxy.url)
    hood.start()
    for skip in range(0, 200, 5):
        proxy.on("PUT", "/send/", faults.drop_answer(), times=1, skip=skip % 7)
        proxy.on("GET", r"/sync\b", faults.cut_answer(0.7), times=1, skip=skip % 11)
    traffic = Traffic(hood, pause_s=0.15)
    kill_at_random(hood, traffic, 30, 0.6)
    proxy.clear()
    hood.daemon.wait_ready()
    check_exactly_once(hood, traffic, deadline_s=120)

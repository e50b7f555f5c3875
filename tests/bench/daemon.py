"""The built daemon against a homeserver on this machine: its memory, its start, its answers over HTTP.

    daemon.py PROGRAM FOLDER [DAYS]

Prints the rows of tests/bench/measure.h. FOLDER must be absent; it is left behind.
"""

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from homeserver import BOT, Homeserver, message, photo, residents_of  # noqa: E402

ROOMS = 50
STARTS = 15
IDLE_S = 5
REPLIES = 200
TALK = ["wie gaat er morgen mee naar de tuin", "goedemorgen allemaal", "de lift doet het weer", "top!",
        "Kan iemand zaterdag helpen met tafels sjouwen? Het is maar een uurtje werk, koffie staat klaar."]
COMMANDS = ["!idee een bankje bij de ingang van nummer {}", "!bon {},50 verf voor de muur", "!budget", "!agenda",
            "!agenda morgen 20:00 bijeenkomst {}", "!ideeen bankje", "!bonnen", "!help"]
DAY_MS = 86400000


def row(verdict, what, goal, measured):
    print("\t".join([what, goal, measured, {True: "holds", False: "over", None: ""}[verdict]]), flush=True)


def median(values):
    return statistics.median(values)


def percentile(values, percent):
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def core_slugs():
    path = Path(__file__).parents[2] / "config/k-buurt-2022-kernen.csv"
    return [line.split(";")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def group_list():
    """Fifty groups: two for nearly every core, the coordinators, the audit committee, the neighbourhood."""
    mains = [f"core: {slug}\n    main: true" for slug in core_slugs()]
    seconds = [f"core: {slug}\n    slug: {slug}-2" for slug in core_slugs()]
    return [*mains, *seconds[:ROOMS - 3 - len(mains)], "kind: coordinators", "kind: audit", "kind: neighbourhood"]


def config_text(server, folder):
    groups = "".join(f"  - {group}\n    room: \"{room}\"\n" for group, room in zip(group_list(), server.rooms))
    return (f"homeserver:\n  url: {server.url}\n  user: \"{BOT}\"\n  password_file: {folder}/password\n"
            f"data: {folder}/data\nlog:\n  level: warn\nneighbourhood:\n  name: K-buurt\n"
            f"budget:\n  grant: 96000\n  builtin: k-buurt-2022\ninviters:\n  - \"@coordinator:example.org\"\n"
            f"groups:\n{groups}persons:\n  coordinator:\n    ids: [\"@coordinator:example.org\"]\n    roles: [coordinator]\n"
            f"  lead:\n    ids: [\"@lead:example.org\"]\n    lead: [kruitberg]\n")


class Daemon:
    """`rotonde run`, started and stopped at will on the same data."""

    def __init__(self, program, folder, server):
        self.program, self.folder, self.server = str(program), folder, server
        (folder / "password").write_text("secret\n", encoding="ascii")
        (folder / "password").chmod(0o600)
        self.config = folder / "rotonde.yaml"
        self.config.write_text(config_text(server, folder), encoding="utf-8")
        self.clock = folder / "clock"
        self.process = None
        self.cpu_ms = 0  # when its first /sync came in
        subprocess.run([self.program, "login", "-c", str(self.config)], check=True, stdout=subprocess.DEVNULL)

    def start(self, *more):
        """Start it; how many ms until its first /sync came in."""
        seen = len(self.server.syncs)
        with open(self.folder / "log", "ab") as log:
            began = time.monotonic()
            self.process = subprocess.Popen([self.program, "run", "-c", str(self.config), *more],
                                            stdin=subprocess.DEVNULL, stderr=log)
        self.server.wait(lambda: len(self.server.syncs) > seen, 30, "a first /sync")
        self.cpu_ms = self.processor_ms()
        return (self.server.syncs[seen][0] - began) * 1000

    def stop(self):
        self.process.terminate()
        if self.process.wait(30) != 0:
            raise RuntimeError(f"rotonde run ended with {self.process.returncode}; see {self.folder}/log")

    def end(self):
        """However it is now."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def processor_ms(self):
        """What it has computed so far, itself and in the kernel; what else the machine does hardly moves it."""
        told = Path(f"/proc/{self.process.pid}/schedstat").read_text(encoding="ascii")
        return int(told.split()[0]) / 1e6

    def memory(self):
        """(VmRSS, RssAnon) in MB."""
        text = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return [int(re.search(rf"^{field}:\s+(\d+) kB", text, re.M)[1]) / 1024 for field in ("VmRSS", "RssAnon")]

    def move_clock(self, offset_ms):
        fresh = self.folder / "clock.new"
        fresh.write_text(f"{offset_ms}\n", encoding="ascii")
        fresh.replace(self.clock)


def bench_start(daemon):
    """The first start of all creates the database; the later ones are what a restart costs."""
    first = daemon.start()
    daemon.server.wait_read()
    daemon.stop()
    times, cpu = [], []
    for _ in range(STARTS):
        times.append(daemon.start())
        cpu.append(daemon.cpu_ms)
        daemon.server.wait_read()
        daemon.stop()
    row(median(times) <= 50, "start to first /sync", "<= 50 ms", f"{median(times):.0f} ms; best {min(times):.0f} ms")
    row(None, "  of which it computed", "", f"{median(cpu):.0f} ms; best {min(cpu):.0f} ms")
    row(None, "  the very first, with a database to make", "", f"{first:.0f} ms")


def bench_idle(daemon, rooms):
    daemon.start()
    daemon.server.wait_read()
    daemon.server.wait_sent(ROOMS)  # it has introduced itself everywhere
    time.sleep(IDLE_S)
    total, own = daemon.memory()
    row(total <= 22 and own <= 4, f"idle memory, {ROOMS} {rooms}", "RSS <= 22 MB, RssAnon <= 4 MB",
        f"RSS {total:.1f} MB, RssAnon {own:.1f} MB")


def bench_replies(daemon):
    """From the answer to /sync being handed over to the reply coming in: two HTTP messages and a turn."""
    server, times = daemon.server, []
    for number in range(REPLIES):
        have = len(server.sent)
        server.say([message(server.rooms[number % 24], f"@resident{number % 20}:example.org", "!budget", int(time.time() * 1000))])
        server.wait_sent(have + 1)
        times.append((server.sent[have][0] - server.spoken[len(server.batches) - 1]) * 1000)
        server.wait_read()
    row(None, "reply over loopback HTTP, plain room, on disk", "", f"p50 {median(times):.2f} ms, p99 {percentile(times, 99):.2f} ms")


def one_message(server, number, at_ms):
    room = server.rooms[number * 7 % len(server.rooms)]
    # In encrypted rooms who speaks has keys, and each has a session with each room: fewer do.
    sender = residents_of(room)[number * 13 % 7] if server.encrypted else f"@resident{number * 13 % 997}:example.org"
    if number % 97 == 0:
        return photo(room, sender, f"!bon {number % 90 + 1},25 spullen voor de tuin", at_ms)
    if number % 10 == 0:
        return message(room, sender, COMMANDS[number // 10 % len(COMMANDS)].format(number % 90 + 1), at_ms)
    return message(room, sender, TALK[number % len(TALK)], at_ms)


def bench_week(daemon, days, rooms, per_day=3000, per_batch=3):
    """A week of talk, one in ten a command, with the clock moved along: day posts, reminders and summaries too.

    In encrypted rooms everybody speaks under new keys every day.
    """
    server, began_ms, number = daemon.server, int(time.time() * 1000), 0
    daemon.move_clock(0)
    daemon.start("--clock-file", str(daemon.clock))
    memory = []
    for day in range(days):
        server.residents.begin_sessions()
        for at in range(per_day // per_batch):
            now_ms = began_ms + day * DAY_MS + at * per_batch * DAY_MS // per_day
            daemon.move_clock(now_ms - int(time.time() * 1000))
            server.say([one_message(server, number + more, now_ms) for more in range(per_batch)])
            number += per_batch
            server.wait_read()
        memory.append(daemon.memory())
    time.sleep(IDLE_S)
    total, own = daemon.memory()
    curve = ", ".join(f"{own:.1f}" for _, own in memory)
    row(memory[-1][1] - memory[0][1] <= 0.25, f"memory over {days} days of {per_day} messages in {ROOMS} {rooms}", "flat",
        f"RssAnon {curve} MB; RSS {memory[-1][0]:.1f} MB")
    row(None, "  at rest after it", "", f"RSS {total:.1f} MB, RssAnon {own:.1f} MB")
    row(None, "  of which were answered", "", f"{len(server.sent)} messages sent in all")
    daemon.stop()


def bench_encrypted(program, folder, rooms, days):
    """Rooms whose members' devices are followed, and who talk."""
    folder.mkdir(parents=True)
    server = Homeserver(rooms, encrypted=True)
    daemon = Daemon(program, folder, server)
    try:
        bench_idle(daemon, "encrypted rooms")
        daemon.stop()
        bench_week(daemon, days, "encrypted rooms", per_batch=10)
    finally:
        daemon.end()
        server.close()


def main():
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    days = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    folder.mkdir(parents=True)
    server = Homeserver([f"!room{number:02d}:example.org" for number in range(ROOMS)])
    daemon = Daemon(program, folder, server)
    try:
        bench_start(daemon)
        bench_idle(daemon, "rooms")
        bench_replies(daemon)
        daemon.stop()
        bench_week(daemon, days, "rooms")
    finally:
        daemon.end()
        server.close()
    bench_encrypted(program, folder / "encrypted", server.rooms, days)


if __name__ == "__main__":
    main()

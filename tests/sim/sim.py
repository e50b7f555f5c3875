#!/usr/bin/env python3
"""
A year in the life of the neighbourhood: 24 cores, 600 residents, about 20,000 messages, through `rotonde console`.

    tests/sim/sim.py build/rotonde [--seed N] [--days N] [--keep FILE]

Everything that happens follows from the seed, so a failure can be played again; the last line of a run is the hash of the
transcript. What people do stands in acts.py, how the program must speak in
manners.py, what must hold after every day in watch.py. --keep keeps the
transcript, and beside it the database.
"""

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from datetime import datetime, timedelta

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from acts import ACTS  # noqa: E402
from life import Life  # noqa: E402
from talk import Broken, Talk  # noqa: E402
from town import Town  # noqa: E402
from watch import Watch  # noqa: E402

FIRST_DAY = datetime(2022, 1, 3)
ACTS_A_DAY = 45
WRONG_MAX = 20


def live_a_day(life, day):
    """Some acts at random moments between seven and midnight."""
    count = max(1, round(life.rng.gauss(ACTS_A_DAY, ACTS_A_DAY / 4)))
    moments = sorted(life.rng.randrange(7 * 60, 23 * 60 + 30) for _ in range(count))
    for minute in moments:
        life.at(day + timedelta(minutes=minute))
        (act,) = life.rng.choices([act for _, act, _ in life.acts], [weight for weight, _, _ in life.acts])
        act(life)
    life.at(day + timedelta(hours=23, minutes=58))
    life.settle()


def known_words(life):
    """What the program's !help tells of, to somebody of every role."""
    askers = [("coordinators", who) for who in life.town.officers] + [(lead.core, lead) for lead in life.town.leads[:1]]
    words = set()
    for group, who in askers:
        words |= set(re.findall(r"!(\w+)", life.say(group, who, "!help alles", ".", trust="direct")[1]))
    return words


def live(life, watch, days):
    """The number of days that were lived; less than asked for when something was wrong."""
    words = known_words(life)
    life.acts = [act for act in ACTS if set(act[2].split()) <= words]
    left_out = sorted({word for act in ACTS for word in act[2].split()} - words)
    if left_out:
        print(f"sim: the program does not know {', '.join(left_out)}")
    for day in range(days):
        live_a_day(life, FIRST_DAY + timedelta(days=day))
        life.wrong += watch.after_day(life.now)
        if life.wrong:
            return day
    life.wrong += watch.after_all()
    return days


def fast_folder():
    """Where a durable write costs nothing: what is tested here is not the disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def run(program, seed, days, keep):
    begun = time.monotonic()
    folder = tempfile.mkdtemp(prefix="rotonde-sim-", dir=fast_folder())
    rng = random.Random(seed)
    town = Town(rng, folder)
    transcript = open(keep or os.devnull, "w", encoding="utf-8")
    with open(os.path.join(folder, "sim.yaml"), "w", encoding="utf-8") as file:
        file.write(town.config())
    print(f"sim: seed {seed}, {days} days", flush=True)
    lived = 0
    life = None
    try:
        start = FIRST_DAY + timedelta(hours=6)
        talk = Talk(program, folder, start.isoformat(), transcript)
        life = Life(rng, town, talk, start)
        life.books = Watch(program, os.path.join(folder, "data"), life)
        lived = live(life, life.books, days)
        if talk.close():
            life.wrong.append("the program did not end well")
        print(
            f"sim: {life.typed} messages, {len(life.ideas)} ideas, {len(life.receipts)} receipts, {len(life.events)} events, "
            f"{len(life.unasked)} unasked, {life.crashes} crashes, {time.monotonic() - begun:.0f} s; transcript {talk.hash.hexdigest()[:16]}"
        )
        wrong = life.wrong
    except Broken as broken:
        wrong = (life.wrong if life else []) + [str(broken)]
    finally:
        transcript.close()
        if keep:
            shutil.copy(os.path.join(folder, "data", "rotonde.db"), f"{keep}.db")
        shutil.rmtree(folder)
    for what in wrong[:WRONG_MAX]:
        print(f"--- {what}")
    if wrong:
        print(f"*** seed {seed}: {len(wrong)} wrong after {lived} days; to see it again: make sim SEED={seed} DAYS={days}")
    return not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--keep")
    args = parser.parse_args()
    good = run(os.path.abspath(args.program), args.seed, args.days, args.keep)
    print(f"{int(good)} passed, {int(not good)} failed, 0 skipped")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Run the scenario tests: python3 tests/scenario/runner.py [--list] [--jobs N] [WORD...]

A scenario is a function `test_...(env)` in a file tests/scenario/test_*.py; its docstring's
first line says what it proves. With words, only the scenarios whose name contains one of
them run (`test_proxy`, `gap`, `test_native.idea`). A line for each, then the total:

    ok    test_native.idea_is_numbered (0.8 s)
    SKIP  test_native.x: a chroot needs root
    12 passed, 0 failed, 1 skipped

As many run side by side as there are processors (workers.py), and their lines come in the order
of the list. Those of one worker share a Synapse, started at the first need; each gets users, rooms
and a daemon of its own through `env` (environment.py), which are gone when it ends. Exit 0 when
none failed.
Variables: SYNAPSE_URL and SYNAPSE_SHARED_SECRET for a server that runs elsewhere,
ROTONDE (default build/rotonde), ROTONDE_CACHE, SCENARIO_SEED for the random ones,
SCENARIO_KEEP=1 to keep the folders of what failed.
"""

import argparse
import importlib
import os
import signal
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "proxy")]

import mounts  # noqa: E402  (the path comes first)
import workers  # noqa: E402
from environment import BUSY, LIMIT_S, Environment, Shared, Skip  # noqa: E402


class Overdue(BaseException):
    """Raised in a scenario by the alarm; not an Exception, so that no test swallows it."""


def collect(words):
    """(name, function) of each wanted scenario, in the order of the files and of their text."""
    found = []
    for path in sorted(HERE.glob("test_*.py")):
        module = importlib.import_module(path.stem)
        for key, function in vars(module).items():
            if key.startswith("test_") and callable(function) and function.__module__ == path.stem:
                name = f"{path.stem}.{key.removeprefix('test_')}"
                if not words or any(word in name for word in words):
                    found.append((name, function))
    return found


def overdue(*_):
    raise Overdue


def run_one(shared, name, function):
    """Run one scenario and print its line; gives "passed", "failed" or "skipped", and why."""
    started = time.monotonic()
    env = Environment(shared, name)
    result, story = "passed", ""
    signal.alarm(BUSY * getattr(function, "limit_s", LIMIT_S))
    try:
        function(env)
        env.check()
    except Skip as why:
        result, story = "skipped", str(why)
    except (Exception, Overdue):
        result, story = "failed", short_trace()
    except BaseException:  # the run itself is being ended: leave nothing behind
        env.close()
        raise
    finally:
        signal.alarm(0)
    if result == "failed":
        story += env.evidence()
    env.close(keep=result == "failed" and "SCENARIO_KEEP" in os.environ)
    took = f"({time.monotonic() - started:.1f} s)"
    if result == "passed":
        print(f"ok    {name} {took}", flush=True)
    elif result == "skipped":
        print(f"SKIP  {name}: {story}", flush=True)
    else:
        print(f"FAIL  {name} {took}\n{indent(story)}", flush=True)
    return result, story


def short_trace():
    """The error, and the lines of the scenario itself that led to it: the harness's own say little."""
    kind, error, trace = sys.exc_info()
    frames = [frame for frame in traceback.extract_tb(trace) if "/test_" in frame.filename]
    places = [f"{Path(frame.filename).name}:{frame.lineno}: {frame.line}\n" for frame in frames]
    return "".join(places) + "".join(traceback.format_exception_only(kind, error))[:3000]


def indent(text):
    return "\n".join("      | " + line for line in text.rstrip().splitlines())


def say_skipped(reasons):
    """Skipping is said loudly: a green total must not hide that half was never tried."""
    if reasons:
        print("\n*** SKIPPED, NOT TRIED:", file=sys.stderr)
        for reason, count in sorted(reasons.items()):
            print(f"***   {count} scenario(s): {reason}", file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="names and what they prove, nothing is run")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N",
                        help="how many run side by side; as many as there are processors unless told")
    parser.add_argument("words", nargs="*", help="parts of the names of the wanted scenarios")
    args = parser.parse_args()
    scenarios = collect(args.words)
    if args.list:
        for name, function in scenarios:
            print(f"{name:60} {(function.__doc__ or '').strip().splitlines()[0]}")
        return 0
    mounts.start_anew()
    signal.signal(signal.SIGALRM, overdue)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    reasons = {}
    for result, story in workers.run(scenarios, args.jobs, Shared, run_one):
        counts[result] += 1
        if result == "skipped":
            reasons[story] = reasons.get(story, 0) + 1
    say_skipped(reasons)
    print(", ".join(f"{count} {word}" for word, count in counts.items()))
    return 1 if counts["failed"] or not scenarios else 0


if __name__ == "__main__":
    sys.exit(main())

"""`make bench`: run everything in this folder that measures, and print one table.

    bench.py BUILD_FOLDER COMPILER          all of it, some five minutes
    bench.py BUILD_FOLDER COMPILER --try    a little of each, to see that it still can be measured

Exits 1 only when something could not be measured: whether a goal holds is for the reader, since it hangs
on the machine and on what else that does. docs/BENCH.md tells how to read the table.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
MEMORY = Path("/dev/shm")


def cpu_name():
    found = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
    return found[1] if found else platform.machine()


def filesystem_of(folder):
    """The type of the file system that a folder is on: the mount point that is the longest prefix."""
    best = ("", "?")
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        _, point, kind = line.split()[:3]
        if folder.resolve().is_relative_to(point) and len(point) >= len(best[0]):
            best = (point, kind)
    return best[1]


def system_name():
    found = re.search(r'^PRETTY_NAME="(.*)"$', Path("/etc/os-release").read_text(encoding="utf-8"), re.M)
    return found[1] if found else platform.system()


def describe(disk, memory, compiler):
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    busy = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores of {cpu_name()}, Linux {platform.release().split('-')[0]}, {system_name()}, {version}; "
          f"disk {filesystem_of(disk)}, memory {filesystem_of(memory)}; load average {busy:.1f} when it began\n")


def rows_of(command):
    """The rows a program prints; None when it fails."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        print(f"could not be measured: {Path(command[0]).name} ended with {done.returncode}", file=sys.stderr)
        return None
    return [line.split("\t") for line in done.stdout.splitlines()]


def print_table(rows):
    heads = ["what", "goal", "measured", ""]
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(3)]
    for row in [heads, *rows]:
        print("  ".join(text.ljust(width) for text, width in zip(row, [*widths, 0])).rstrip())


def main():
    build, compiler, trial = Path(sys.argv[1]), sys.argv[2], "--try" in sys.argv[3:]
    disk = Path(tempfile.mkdtemp(prefix="bench-", dir=build))
    memory = Path(tempfile.mkdtemp(prefix="rotonde-bench-", dir=MEMORY if MEMORY.is_dir() else build))
    programs = build / "tests" / "bench"
    work, rounds = memory / "work.json", 1 if trial else 9
    beside_nio = [[sys.executable, HERE / "nio_batch.py", work, memory / "nio", rounds]] if find_spec("nio") else []
    runs = [
        [programs / "bench_parse"],
        [programs / "bench_turn", disk / "turn", memory / "turn"],
        [programs / "bench_batch", disk / "batch", memory / "batch", rounds, work],
        *beside_nio,
        [sys.executable, HERE / "daemon.py", build / "rotonde", disk / "daemon", 1 if trial else 7],
        [programs / "bench_growth", memory / "growth", 1000 if trial else 1000000],
    ]
    if not trial:  # the scenarios try the rest of it
        runs.append([sys.executable, HERE / "synapse_reply.py", build / "rotonde"])
    try:
        if not trial:
            describe(disk, memory, compiler)
        results = [rows_of(command) for command in runs]
    finally:
        shutil.rmtree(disk)
        shutil.rmtree(memory)
    if trial:
        failed = results.count(None)
        if not beside_nio:
            print("*** SKIPPED, NOT TRIED: matrix-nio is not installed (python3-matrix-nio)")
        print(f"{len(results) - failed} passed, {failed} failed, {0 if beside_nio else 1} skipped")
    else:
        if not beside_nio:
            print("not measured beside matrix-nio, which is not installed (python3-matrix-nio)", file=sys.stderr)
        print_table([row for rows in results if rows for row in rows])
    return 1 if None in results else 0


if __name__ == "__main__":
    sys.exit(main())

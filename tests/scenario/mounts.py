"""File systems that a run mounts for itself: in a mount namespace of its own, so that they end with it.

Where that cannot be had (no root, or a container that forbids it) nothing is mounted: `own()` tells.
"""

import os
import shutil
import subprocess
import sys

VARIABLE = "SCENARIO_MOUNTS"  # set to "own" in a namespace of our own


def private_mounts():
    """The words before a command that keep its mounts to itself, where the machine can."""
    words = ["unshare", "--mount", "--propagation", "private"]
    if shutil.which("unshare"):
        tried = subprocess.run([*words, "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return words
    return []


def start_anew():
    """Start this program once more in a mount namespace of its own, where that can be had."""
    if os.geteuid() == 0 and VARIABLE not in os.environ and (words := private_mounts()):
        os.environ[VARIABLE] = "own"
        os.execvp(words[0], [*words, sys.executable, *sys.argv])


def own():
    return os.environ.get(VARIABLE) == "own"


def mount_memory(folder, *options):
    """Put a file system in memory over a folder."""
    subprocess.run(["mount", "-t", "tmpfs", *(["-o", ",".join(options)] if options else []), "tmpfs", str(folder)],
                   check=True)


def unmount(folder):
    subprocess.run(["umount", "-l", str(folder)], check=False)

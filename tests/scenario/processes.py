"""Programs that a test starts: each in a group of its own, ended by its own id.

A program dies with the test runner even when the runner is killed (launch.py asks the
kernel for that). Its output goes to a file, which a failing test shows the end of.
"""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

PORTS = range(20000, 32768)
# How long what should happen at once may take: a busy machine is ten times slower than one at rest.
DEADLINE_S = 90
LAUNCHER = Path(__file__).with_name("launch.py")


class Died(Exception):
    """A program ended that should be running."""


def free_port():
    """A port of 127.0.0.1 that nobody listens on at this moment.

    It is none of those that the kernel gives to outgoing connections: one of these might take it
    before its program does, or while its program is stopped.
    """
    while True:
        port = PORTS.start + secrets.randbelow(len(PORTS))
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_until(probe, deadline_s, what, step_s=0.02):
    """Call probe until it gives something true, and give that; TimeoutError names what was awaited."""
    end = time.monotonic() + deadline_s
    while True:
        result = probe()
        if result:
            return result
        if time.monotonic() > end:
            raise TimeoutError(f"not within {deadline_s} s: {what}")
        time.sleep(step_s)


class Process:
    """One running program. To be started from the main thread: it dies with its starter.

    With pipes it is spoken to through child.stdin and child.stdout, and its log holds stderr alone.
    """

    def __init__(self, command, log_path, env=None, chroot=None, user=None, cwd=None, pipes=False):
        launcher = [sys.executable, "-SE", str(LAUNCHER), "--parent", str(os.getpid())]
        if chroot:
            launcher += ["--chroot", str(chroot), "--user", user]
        self.log_path = Path(log_path)
        with open(log_path, "ab") as log:
            self.child = subprocess.Popen(
                launcher + ["--"] + [str(word) for word in command],
                stdin=subprocess.PIPE if pipes else subprocess.DEVNULL,
                stdout=subprocess.PIPE if pipes else log, stderr=log, env=env, cwd=cwd,
                start_new_session=True)

    @property
    def pid(self):
        return self.child.pid

    def running(self):
        return self.child.poll() is None

    def signal(self, number):
        if self.running():
            os.kill(self.pid, number)

    def wait(self, deadline_s):
        """The exit status, negative for a signal; TimeoutError when it does not end in time."""
        try:
            return self.child.wait(deadline_s)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"process {self.pid} still runs after {deadline_s} s") from None

    def kill(self):
        """End the program and whatever it started, at once, and reap it."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return self.child.wait()

    def stop(self, deadline_s=DEADLINE_S):
        """Ask it to end; kill it when it does not listen. Gives the exit status."""
        self.signal(signal.SIGTERM)
        try:
            status = self.wait(deadline_s)
        except TimeoutError:
            self.kill()
            raise
        self.kill()  # whatever it left behind in its group
        return status

    def log(self):
        return self.log_path.read_text(encoding="utf-8", errors="replace")

"""A terminal with a program at it: what it shows, and what somebody types.

    shown = at_terminal(["rotonde", "login", ...], typing=[("Recovery key: ", key)])
"""

import fcntl
import os
import pty
import select
import subprocess
import termios
import time

from processes import DEADLINE_S


def take_terminal():
    """In the child: its standard input becomes the terminal that /dev/tty means."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def at_terminal(command, typing=(), deadline_s=DEADLINE_S, **options):
    """Run it to its end; each answer is typed when its prompt stands there. Gives the exit status and all that was to be seen."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen([str(word) for word in command], stdin=theirs, stdout=theirs, stderr=theirs,
                             start_new_session=True, preexec_fn=take_terminal, **options)
    os.close(theirs)
    shown, answers, end = "", list(typing), time.monotonic() + deadline_s
    try:
        while time.monotonic() < end:
            if not select.select([ours], [], [], 0.1)[0]:
                continue
            try:
                shown += os.read(ours, 65536).decode("utf-8", "replace").replace("\r\n", "\n")
            except OSError:  # nobody is at the other end any more
                return child.wait(deadline_s), shown
            if answers and shown.endswith(answers[0][0]):
                os.write(ours, answers.pop(0)[1].encode() + b"\n")
        raise TimeoutError(f"still at the terminal after {deadline_s} s: {shown}")
    finally:
        child.kill()
        child.wait()
        os.close(ours)

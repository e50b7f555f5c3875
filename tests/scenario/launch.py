"""Become another program that dies with its parent: used by processes.py, not by hand.

    python3 launch.py [--chroot DIR --user NAME] -- PROGRAM ARGUMENT...

A program of its own, for two reasons. Python must not run code between fork and exec in a
process with threads (the fault proxy has some); and the kernel forgets the parent-death
signal when a process changes its user, so it has to be asked for last.
"""

import argparse
import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1


def enter_chroot(directory, user):
    os.chroot(directory)
    os.chdir("/")
    entry = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def die_with(parent):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:
        sys.exit("the parent has gone already")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--chroot")
    parser.add_argument("--user")
    parser.add_argument("program", nargs="+")
    args = parser.parse_args()
    # ctypes and the user database are read before the chroot hides the host's libraries.
    ctypes.CDLL(None)
    if args.chroot:
        enter_chroot(args.chroot, args.user)
    die_with(args.parent)
    os.execvp(args.program[0], args.program)


if __name__ == "__main__":
    main()

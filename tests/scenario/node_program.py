"""The Node program of tests/client: installed once, started when first needed, spoken to in JSON lines.

    program = NodeProgram(env.folder)
    program.ask("s1", "send", room=..., type=..., content=...)     the answer, or NodeError
    program.take("s1")                                             what came unasked since the last time

One program serves all users of a scenario. It brings its own Node, because Debian's may be older than
the Matrix SDK wants: both come from npm, exactly as tests/client/package-lock.json says, into the
user's cache. Without npm or network that is a failure, not a test to skip.
"""

import collections
import contextlib
import fcntl
import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from chroot import cache_dir
from processes import DEADLINE_S, Died, Process

SOURCE = Path(__file__).resolve().parents[1] / "client"
MANIFEST = ("package.json", "package-lock.json")


class NodeError(Exception):
    """The SDK refused; `errcode` and `status` are the server's when it was the server."""

    def __init__(self, what, error):
        super().__init__(f"{what}: {error['message']}")
        self.errcode, self.status = error.get("errcode"), error.get("status")


def ensure_modules(say=lambda text: print(text, file=sys.stderr, flush=True)):
    """The folder with the SDK and its Node, installed now if need be."""
    manifest = b"".join((SOURCE / name).read_bytes() for name in MANIFEST)
    target = cache_dir() / f"client-{hashlib.sha256(manifest).hexdigest()[:16]}"
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target.parent / "client.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.is_dir():
            say(f"installing the second Matrix client in {target} (once) ...")
            install(target)
    return target / "node_modules"


def install(target):
    """Install under a temporary name and rename when it stands: a killed install never passes as good."""
    if not shutil.which("npm"):
        raise FileNotFoundError("npm is not installed: tools/install-deps test")
    half = target.with_name("client.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir()
    for name in MANIFEST:
        shutil.copy(SOURCE / name, half)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    done = subprocess.run(command, cwd=half, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}"[-3000:])
    node_of(half / "node_modules")
    half.rename(target)


def node_of(modules):
    found = sorted(modules.glob("node-linux-*/bin/node"))
    if not found:
        raise FileNotFoundError(f"no Node for a {os.uname().machine} in tests/client/package.json")
    return found[0]


class NodeProgram:
    """One running program. Answers and what comes unasked are read by a thread of its own."""

    name = "the second client"

    def __init__(self, folder):
        modules = ensure_modules()
        env = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(folder), "LANG": "C.UTF-8",
               "CLIENT_MODULES": str(modules)}
        self.process = Process([node_of(modules), SOURCE / "main.js"], Path(folder) / "client.log",
                               env=env, cwd=folder, pipes=True)
        self.numbers = itertools.count(1)
        self.changed = threading.Condition()
        self.answers = {}
        self.unasked = collections.defaultdict(collections.deque)
        self.writing = threading.Lock()
        self.ended = False
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        with self.process.child.stdout as lines:
            for line in lines:
                self.sort(json.loads(line))
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def sort(self, message):
        with self.changed:
            if "id" in message:
                self.answers[message["id"]] = message
            else:
                self.unasked[message["session"]].append(message)
            self.changed.notify_all()

    def ask(self, session, verb, deadline_s=DEADLINE_S, **request):
        """Ask one thing and wait for the answer; NodeError when it cannot be done."""
        number = self.begin(session, verb, **request)
        return self.finish(number, f"{session} {verb}", deadline_s)

    def begin(self, session, verb, **request):
        """Ask without waiting; give the number to finish()."""
        number = next(self.numbers)
        line = json.dumps({"id": number, "session": session, "do": verb, **request})
        with self.writing, contextlib.suppress(BrokenPipeError):  # finish() tells that it ended
            self.process.child.stdin.write(line.encode() + b"\n")
            self.process.child.stdin.flush()
        return number

    def finish(self, number, what, deadline_s=DEADLINE_S):
        self.wait(lambda: number in self.answers, deadline_s, f"the answer to {what}")
        answer = self.answers.pop(number)
        if "error" in answer:
            raise NodeError(what, answer["error"])
        return answer["result"]

    def wait(self, probe, deadline_s, what):
        with self.changed:
            if not self.changed.wait_for(lambda: probe() or self.ended, deadline_s):
                raise TimeoutError(f"not within {deadline_s} s: {what}")
            if not probe():
                raise Died("the second client ended:\n" + self.log()[-2000:])

    def wait_unasked(self, session, deadline_s):
        """True as soon as something lies ready for the session, False when nothing came in time."""
        try:
            self.wait(lambda: self.unasked[session], deadline_s, "")
        except TimeoutError:
            return False
        return True

    def take(self, session):
        """What came unasked for the session since the last call, in order."""
        with self.changed:
            taken = list(self.unasked[session])
            self.unasked[session].clear()
        return taken

    def log(self):
        return self.process.log()

    def close(self):
        self.process.kill()
        with contextlib.suppress(BrokenPipeError):
            self.process.child.stdin.close()

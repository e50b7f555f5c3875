"""The daemon under test: started until it says READY=1, killed, started again, looked into.

    bot = Rotonde(env, config_text, password)
    bot.login(); bot.start()
    bot.kill(); bot.launch(crash_point="batch.after_commit"); bot.wait_killed()
    bot.tool("verify"); bot.query("SELECT count(*) FROM entry"); bot.move_clock(hours=24)

Readiness is the daemon's own word over NOTIFY_SOCKET, as systemd would hear it. The clock
is moved through the file of `run --clock-file`, which holds an offset in milliseconds.
A crash point (crash_points.py) goes in ROTONDE_CRASH_POINT; ":N" behind it means the Nth passage.
"""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

from processes import DEADLINE_S, Died, Process, wait_until
from terminal import at_terminal

CRASH_VARIABLE = "ROTONDE_CRASH_POINT"
PASSWORD_CREDENTIAL = "matrix-password"


class NotifySocket:
    """The service manager's end of sd_notify: what the daemon says of itself, line by line.

    A thread reads all the time, as a service manager does: a full socket would hold the daemon.
    """

    def __init__(self, path):
        self.path = str(path)
        self.lines = []
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while (data := self.socket.recv(65536)) != b"close":
            self.lines += [line for line in data.decode("utf-8", "replace").splitlines()
                           if line != "WATCHDOG=1"]
        self.socket.close()

    def close(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as other:
            other.sendto(b"close", self.path)


class Rotonde:
    """One daemon with its config file, data directory, log and clock."""

    def __init__(self, env, config_text, password, name="rotonde"):
        self.name = name
        self.program = env.binary()
        self.folder = env.folder / name
        self.folder.mkdir()
        self.data = self.folder / "data"
        self.data.mkdir(mode=0o700)
        self.config = self.folder / "rotonde.yaml"
        self.config.write_text(config_text, encoding="utf-8")
        self.credentials = self.folder / "credentials"
        self.credentials.mkdir(mode=0o700)
        self.give_password(password)
        self.clock = self.folder / "clock"
        self.clock.write_text("0\n", encoding="ascii")
        self.offset_ms = 0
        self.log_path = self.folder / "rotonde.log"
        self.log_path.touch()
        self.notify, self.notify_sockets = None, []  # one for each start: what a killed one said last may come late
        self.process = None
        env.keep(self)

    def give_password(self, password):
        """The credential as systemd hands it over: a 0600 file in $CREDENTIALS_DIRECTORY."""
        path = self.credentials / PASSWORD_CREDENTIAL
        path.write_text(password, encoding="utf-8")
        path.chmod(0o600)

    def environ(self, **more):
        return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8",
                "CREDENTIALS_DIRECTORY": str(self.credentials),
                **{key: os.environ[key] for key in os.environ
                   if key.startswith(("ASAN_", "UBSAN_", "LSAN_"))}, **more}

    # Its commands

    def tool(self, *words, expect=0, deadline_s=DEADLINE_S):
        """Run `rotonde WORD... -c FILE` to its end; gives what it printed. expect=None: any status."""
        command = [self.program, words[0], "-c", self.config, *words[1:]]
        done = subprocess.run([str(word) for word in command], env=self.environ(), cwd=self.folder,
                              capture_output=True, text=True, timeout=deadline_s, check=False)
        if expect is not None and done.returncode != expect:
            raise AssertionError(f"rotonde {' '.join(map(str, words))}: exit {done.returncode}, "
                                 f"expected {expect}\n{done.stdout}{done.stderr}")
        self.last_error = done.stderr
        return done.stdout

    def at_terminal(self, *words, typing=()):
        """The same with a person at a terminal; it must end with 0. Gives all that was to be seen there."""
        command = [self.program, words[0], "-c", self.config, *words[1:]]
        status, shown = at_terminal(command, typing, env=self.environ(), cwd=self.folder)
        if status != 0:
            raise AssertionError(f"rotonde {' '.join(map(str, words))}: exit {status}\n{shown}")
        return shown

    def login(self):
        return self.tool("login")

    def verify(self):
        """The books add up and the chain is whole; raises with verify's own words when not."""
        return self.tool("verify")

    def status(self):
        return self.tool("status", expect=None)

    # The daemon

    def launch(self, crash_point=None, **variables):
        """Start it without waiting."""
        assert self.process is None or not self.process.running(), "it runs already"
        self.notify = NotifySocket(self.folder / f"notify{len(self.notify_sockets)}")
        self.notify_sockets.append(self.notify)
        env = self.environ(NOTIFY_SOCKET=self.notify.path, **variables)
        if crash_point is not None:
            env[CRASH_VARIABLE] = str(crash_point)
        self.process = Process([self.program, "run", "-c", self.config, "--clock-file", self.clock],
                               self.log_path, env=env, cwd=self.folder)

    def start(self, crash_point=None, deadline_s=DEADLINE_S, **variables):
        """Start it and wait until it says that it is ready."""
        self.launch(crash_point, **variables)
        self.wait_ready(deadline_s)

    def wait_ready(self, deadline_s=DEADLINE_S):
        def ready():
            if "READY=1" in self.notify.lines:
                return True
            if not self.process.running():
                raise Died(f"{self.name} ended with {self.process.wait(1)} before it was ready")
            return False
        wait_until(ready, deadline_s, f"{self.name} says READY=1")

    def running(self):
        return self.process is not None and self.process.running()

    def kill(self):
        """SIGKILL: no goodbye, as a power cut."""
        self.process.kill()

    def stop(self, deadline_s=DEADLINE_S):
        """SIGTERM; it must end with 0 in time."""
        status = self.process.stop(deadline_s)
        if status != 0:
            raise AssertionError(f"{self.name} ended with {status} on SIGTERM")

    def wait_killed(self, deadline_s=DEADLINE_S):
        """Returns when it killed itself (a crash point was reached); False when it lives on."""
        try:
            status = self.process.wait(deadline_s)
        except TimeoutError:
            return False
        if status != -signal.SIGKILL:
            raise Died(f"{self.name} ended with {status}, not by its crash point")
        return True

    def close(self):
        if self.process:
            self.process.kill()
        for notify in self.notify_sockets:
            notify.close()

    # Looking into it

    def log(self):
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def wait_log(self, pattern, deadline_s=DEADLINE_S, after=0):
        """The first match of a regex in the log from a position on."""
        return wait_until(lambda: re.search(pattern, self.log()[after:]), deadline_s,
                          f"{pattern!r} in the log of {self.name}")

    def database(self):
        """The path of its one database."""
        found = sorted(self.data.glob("*.db")) + sorted(self.data.glob("*.sqlite*"))
        found = [path for path in found if not path.name.endswith(("-wal", "-shm"))]
        if not found:
            raise AssertionError(f"no database in {self.data}: {list(self.data.iterdir())}")
        return found[0]

    def query(self, sql, *values):
        """Rows of a query, on a connection that cannot write."""
        connection = sqlite3.connect(f"file:{self.database()}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def wait_query(self, sql, expected, deadline_s=DEADLINE_S):
        """Returns when the first column of the first row is what is expected."""
        last = []

        def probe():
            last[:] = self.query(sql)
            return last and last[0][0] == expected
        try:
            wait_until(probe, deadline_s, f"{sql} gives {expected}", step_s=0.05)
        except TimeoutError as late:
            raise TimeoutError(f"{late}; it gives {last}") from None

    def photos(self):
        """The files it keeps, by their hash, in the folder of photos."""
        return [path for path in (self.data / "photos").rglob("*") if path.is_file()]

    def other_files(self):
        """Whatever else lies in its data folder, beside the database and the ballast."""
        own = (self.database().name, "ballast")
        return [path for path in self.data.rglob("*") if path.is_file()
                and not path.name.startswith(own) and path not in self.photos()]

    def memory_kib(self, field="VmRSS"):
        text = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(rf"^{field}:\s+(\d+) kB", text, re.M)[1])

    # Its clock

    def now_ms(self):
        """What the daemon takes for now."""
        return int(time.time() * 1000) + self.offset_ms

    def move_clock(self, **delta):
        """Move its clock on by days=, hours=, minutes=, seconds=; it reads the file again by itself."""
        seconds = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}
        self.offset_ms += int(1000 * sum(seconds[unit] * count for unit, count in delta.items()))
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(f"{self.offset_ms}\n", encoding="ascii")
        fresh.replace(self.clock)


def explain(program, text, **options):
    """The JSON of `rotonde explain`."""
    words = [word for key, value in options.items() for word in (f"--{key}", str(value))]
    done = subprocess.run([str(program), "explain", *words, text],
                          capture_output=True, text=True, timeout=20, check=True)
    return json.loads(done.stdout)

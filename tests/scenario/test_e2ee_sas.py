"""Comparing emoji with the bot: a resident's own client on one side, `rotonde verify-device` at the host on the other.

The person at the host is a thread that types; what the command prints is kept.
"""

import re
import subprocess
import threading

from neighbourhood import Neighbourhood
from processes import DEADLINE_S, wait_until


class Host:
    """A run of `rotonde verify-device`, and who sits before it."""

    def __init__(self, env, daemon, *words):
        command = [daemon.program, "verify-device", "-c", daemon.config, *words]
        self.process = subprocess.Popen([str(word) for word in command], env=daemon.environ(), cwd=daemon.folder, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.text = ""
        self.reader = threading.Thread(target=self.listen, daemon=True)
        self.reader.start()
        env.cleanups.append(self.close)

    def listen(self):
        while letter := self.process.stdout.read(1):
            self.text += letter

    def wait(self, pattern, deadline_s=DEADLINE_S):
        return wait_until(lambda: re.search(pattern, self.text), deadline_s, f"{pattern!r} from verify-device; it says {self.text!r}",
                          step_s=0.05)

    def type(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def emoji(self):
        """The seven symbols and their English names, when the question about them stands there."""
        self.wait(r"\(ja/nee\)\n.*\(yes/no\)\n> $")
        lines = re.findall(r"^    (\S+)  (?:.+ / )?(.+)$", self.text, re.M)
        return [list(pair) for pair in lines[-7:]]

    def end(self, deadline_s=DEADLINE_S):
        """Its exit status; by then all that it printed stands in text."""
        status = self.process.wait(deadline_s)
        self.reader.join(deadline_s)
        return status

    def close(self):
        self.process.kill()
        self.process.wait(10)
        self.process.stdin.close()


def trusts(hood, who):
    return hood.daemon.query("SELECT verified FROM device_user WHERE user = ?", who.user_id)[0][0]


def test_t21_they_ask(env):
    """The treasurer asks from his own client; the host looks, sees the same and says so: both know each other."""
    hood = Neighbourhood(env, encrypted=True)
    hood.start()
    room = hood.alone_with(hood.treasurer)
    host = Host(env, hood.daemon)
    host.wait("Niemand vraagt")
    asked = hood.treasurer.verify(hood.bot, room)
    host.wait(r"wil emoji vergelijken")
    host.type("ja")
    asked.start()
    assert host.emoji() == asked.emoji(), host.text
    asked.confirm()
    host.type("yes")
    asked.wait("done")
    assert host.end() == 0, host.text
    hood.treasurer.wait_until(lambda: hood.treasurer.identity(hood.bot)["verified"], DEADLINE_S, "the treasurer knows the bot")
    assert trusts(hood, hood.treasurer)


def test_t21_we_ask(env):
    """The host asks the treasurer, and sees the same; then asks again, and says that it is not: nothing changes."""
    hood = Neighbourhood(env, encrypted=True)
    hood.start()
    hood.alone_with(hood.treasurer)
    host = Host(env, hood.daemon, hood.treasurer.user_id)
    answering = hood.treasurer.wait_verification(hood.bot)
    answering.accept()
    answering.accept_start()
    assert host.emoji() == answering.emoji(), host.text
    host.type("nee")
    assert host.end() == 1, host.text
    assert answering.wait("cancelled")["cancel_code"] == "m.mismatched_sas"
    assert not trusts(hood, hood.treasurer) and not hood.treasurer.identity(hood.bot)["verified"]
    host = Host(env, hood.daemon, hood.treasurer.user_id)
    answering = hood.treasurer.wait_verification(hood.bot)
    answering.accept()
    answering.accept_start()
    assert host.emoji() == answering.emoji(), host.text
    host.type("ja")
    answering.confirm()
    answering.wait("done")
    assert host.end() == 0, host.text
    assert trusts(hood, hood.treasurer)


def test_t21_refusals(env):
    """A resident without an office is declined, and a request that nobody at the host answers times out."""
    hood = Neighbourhood(env, encrypted=True)
    hood.start()
    asked = hood.fatima.verify(hood.bot, hood.rooms["kruitberg"])
    assert asked.wait("cancelled")["cancel_code"] == "m.user"
    room = hood.alone_with(hood.treasurer)
    asked = hood.treasurer.verify(hood.bot, room)
    hood.daemon.wait_log(rf'user="{hood.treasurer.user_id}" id=\d+ begin=theirs')
    hood.daemon.move_clock(minutes=3)
    hood.fatima.say(hood.rooms["kruitberg"], "even wachten")
    assert asked.wait("cancelled")["cancel_code"] == "m.timeout"
    hood.daemon.stop()
    host = Host(env, hood.daemon)
    assert host.end() == 1 and "does not run" in host.text, host.text


def test_t21_to_device(env):
    """Another device of the bot's own account compares emoji with the daemon, to-device."""
    hood = Neighbourhood(env, encrypted=True)
    hood.start()
    other = env.crypto_device(hood.bot)
    hood.daemon.wait_query(f"SELECT count(*) FROM device WHERE user = '{hood.bot.user_id}' AND device = '{other.device_id}'", 1)
    other.wait_until(lambda: any(device["signed"] for device in other.devices(hood.bot).values()), DEADLINE_S,
                     "the laptop knows the daemon's device")
    host = Host(env, hood.daemon, hood.bot.user_id)
    answering = other.wait_verification(hood.bot)
    answering.accept()
    answering.accept_start()
    assert host.emoji() == answering.emoji(), host.text
    answering.confirm()
    host.type("ja")
    answering.wait("done")
    assert host.end() == 0, host.text

"""Starting and stopping: login, wrong tokens, a homeserver that is away, a database that is not right."""

import os
import shutil
import sqlite3
import subprocess

import faults
from environment import slow
from neighbourhood import Neighbourhood
from processes import DEADLINE_S, wait_until

WHOAMI = "/account/whoami"


def ends(daemon, deadline_s=DEADLINE_S):
    """The exit status of a daemon that was launched and should not stay."""
    return daemon.process.wait(deadline_s)


def test_nobody_looks_in(env):
    """One thread, its keys locked in memory, and no other program of its user may read it (MATRIX.md 10.4, 10.6)."""
    hood = Neighbourhood(env)
    hood.start()
    assert hood.daemon.memory_kib("VmLck") > 0
    with open(f"/proc/{hood.daemon.process.pid}/status", encoding="ascii") as status:
        assert "\nThreads:\t1\n" in status.read()
    for word in ("run", "login"):
        assert is_hidden(env, word), word


def is_hidden(env, word):
    """Is the memory of this command out of its user's reach? The kernel then gives its files in /proc to root."""
    config = env.folder / f"{word}.fifo"
    os.mkfifo(config)
    config.chmod(0o666)
    user = 65534 if os.geteuid() == 0 else None
    with open(env.binary(), "rb") as program, open(config, "rb", opener=opened_by_path) as fifo:
        child = subprocess.Popen([f"/proc/self/fd/{program.fileno()}", word, "-c", f"/proc/self/fd/{fifo.fileno()}"],
                                 pass_fds=[program.fileno(), fifo.fileno()], user=user, stderr=subprocess.DEVNULL)
        try:
            reached = wait_until(lambda: writer_of(config), DEADLINE_S, f"{word} reads its config")
            with open(reached, "wb"):
                return os.stat(f"/proc/{child.pid}/environ").st_uid == 0 != (user or os.geteuid())
        finally:
            child.kill()
            child.wait()


def opened_by_path(path, flags):
    """A descriptor that names a file and does not read it."""
    return os.open(path, os.O_PATH)


def writer_of(fifo):
    """A descriptor to write by, once somebody reads there; else None."""
    try:
        return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None


def test_login_once(env):
    """Login makes one device; starting again uses it and logs in no more."""
    proxy = env.proxy()
    hood = Neighbourhood(env, url=proxy.url)
    hood.start()
    hood.daemon.stop()
    hood.daemon.start()
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b1\b")
    assert len(proxy.requests("POST", "/login")) == 1
    assert not proxy.requests("POST", "/logout")


def test_wrong_password(env):
    """A wrong password is said plainly, exit 1, without a loop and without the password."""
    proxy = env.proxy()
    hood = Neighbourhood(env, url=proxy.url)
    hood.daemon.give_password("verkeerd-wachtwoord")
    hood.daemon.tool("login", expect=1)
    assert len(proxy.requests("POST", "/login")) == 1
    assert "verkeerd-wachtwoord" not in hood.daemon.last_error and hood.daemon.last_error.strip()


def test_exposed_password(env):
    """A password file that others may read is refused with what to do."""
    hood = Neighbourhood(env)
    config = hood.daemon.config.read_text(encoding="utf-8")
    hood.daemon.config.write_text(config.replace(
        "credential: matrix-password", "password_file: credentials/matrix-password"), encoding="utf-8")
    (hood.daemon.credentials / "matrix-password").chmod(0o644)
    hood.daemon.tool("login", expect=1)
    assert "600" in hood.daemon.last_error, hood.daemon.last_error
    (hood.daemon.credentials / "matrix-password").chmod(0o600)
    hood.daemon.login()


def test_run_before_login(env):
    """run without a login says that login comes first and ends with 1."""
    hood = Neighbourhood(env)
    hood.daemon.launch()
    assert ends(hood.daemon) == 1
    assert "login" in hood.daemon.log(), hood.daemon.log()


def test_wrong_token(env):
    """A token that the server no longer knows ends the daemon, or is renewed, but never loops."""
    proxy = env.proxy()
    hood = Neighbourhood(env, url=proxy.url)
    hood.start()
    hood.daemon.stop()
    proxy.on("*", "/_matrix/client/v3/", faults.status(401, "M_UNKNOWN_TOKEN", soft_logout=False))
    hood.daemon.launch()
    assert ends(hood.daemon) == 1
    assert len(proxy.requests()) < 60 and "token" in hood.daemon.log().lower()


def test_other_account(env):
    """A token that belongs to somebody else stops the start before anything is said."""
    proxy = env.proxy()
    hood = Neighbourhood(env, url=proxy.url)
    hood.start()
    hood.daemon.stop()
    proxy.on("GET", WHOAMI, faults.rewrite_json(lambda answer: answer.update(user_id="@iemand:anders")))
    hood.daemon.launch()
    assert ends(hood.daemon) == 1


@slow(300)
def test_unreachable_homeserver(env):
    """A homeserver that is away at the start is waited for, and the work goes on when it is back."""
    proxy = env.proxy()
    hood = Neighbourhood(env, url=proxy.url)
    hood.start()
    hood.daemon.stop()
    hood.fatima.say(hood.rooms["kruitberg"], "!idee bankje")
    proxy.point_at("http://127.0.0.1:1")
    count = len(proxy.requests())
    hood.daemon.launch()
    proxy.wait_requests("*", "", count + 2)
    proxy.point_at(hood.server.url)
    hood.wait_bot("kruitberg", r"\b1\b")
    assert hood.daemon.running()


def test_second_process(env):
    """A second daemon on the same data refuses to start."""
    hood = Neighbourhood(env)
    hood.start()
    first, hood.daemon.process = hood.daemon.process, None
    try:
        hood.daemon.launch()
        assert ends(hood.daemon) == 1
    finally:
        hood.daemon.process = first
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b1\b")


def test_old_copy_of_the_database(env):
    """A database that is an older copy of itself stops speaking and tells the operator."""
    # For two minutes Synapse answers a /sync it knows as it did before: without what was said since then.
    server = env.own_synapse(config={"caches": {"sync_response_cache_duration": "0s"}})
    hood = Neighbourhood(env, server=server)
    hood.start()
    hood.daemon.stop()
    copy = env.folder / "old"
    shutil.copytree(hood.daemon.data, copy)
    hood.daemon.start()
    for number in range(3):
        hood.ask(hood.fatima, "kruitberg", f"!idee nummer {number}", rf"\b{number + 1}\b")
    hood.daemon.stop()
    shutil.rmtree(hood.daemon.data)
    shutil.copytree(copy, hood.daemon.data)
    told = len(hood.said("kruitberg"))
    before = len(hood.daemon.log())
    hood.daemon.launch()
    hood.daemon.wait_log("(?i)old|copy|backup", after=before)
    hood.fatima.say(hood.rooms["kruitberg"], "!idee daarna")
    wait_until(lambda: not hood.daemon.running() or "copy" in hood.daemon.status().lower()
               or "old" in hood.daemon.status().lower(), DEADLINE_S, "status or exit tell it")
    assert len(hood.said("kruitberg")) == told


def test_newer_database(env):
    """A database that a newer program made is refused and left as it is."""
    hood = Neighbourhood(env)
    hood.start()
    hood.daemon.stop()
    path = hood.daemon.database()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99999")
    connection.close()
    before = path.read_bytes()
    hood.daemon.launch()
    assert ends(hood.daemon) == 1
    assert path.read_bytes() == before and "newer" in hood.daemon.log()


def test_corrupt_database(env):
    """A corrupt database is reported with what to do and never written over."""
    hood = Neighbourhood(env)
    hood.start()
    hood.daemon.stop()
    path = hood.daemon.database()
    rubbish = b"dit is geen database" * 500
    path.write_bytes(rubbish)
    hood.daemon.launch()
    assert ends(hood.daemon) == 1
    assert path.read_bytes() == rubbish and "restore" in hood.daemon.log().lower()


def test_sigterm_ends_well(env):
    """SIGTERM ends the daemon with 0 within seconds, with STOPPING=1, and the database is whole."""
    hood = Neighbourhood(env)
    hood.start()
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b1\b")
    hood.daemon.stop(5)
    assert "STOPPING=1" in hood.daemon.notify.lines
    assert hood.daemon.query("PRAGMA integrity_check") == [("ok",)]
    hood.daemon.verify()


def test_status(env):
    """status tells rooms, cores, outbox and incidents in one screen while the daemon runs."""
    hood = Neighbourhood(env)
    hood.start()
    text = hood.daemon.status()
    assert "kruitberg" in text.lower() and len(text.splitlines()) <= 60, text


def test_check_finds_errors(env):
    """check names file, line and column of an error in the config and ends with 1."""
    hood = Neighbourhood(env)
    hood.daemon.tool("check")
    text = hood.daemon.config.read_text(encoding="utf-8")
    hood.daemon.config.write_text(text + "\nonzin: 12\n", encoding="utf-8")
    said = hood.daemon.tool("check", expect=1) + hood.daemon.last_error
    line = len(text.splitlines()) + 2
    assert f"rotonde.yaml:{line}:" in said, said

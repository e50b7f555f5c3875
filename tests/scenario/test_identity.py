"""The bot's own identity: made at login, brought back with the recovery key, kept through a new device."""

import json
import re
import shutil

from libolm import Verifier
from neighbourhood import Neighbourhood
from raw_device import canonical


def shown(hood):
    """What the server shows another user of the bot's keys."""
    return hood.coordinator.call("POST", "keys", "query", body={"device_keys": {hood.bot.user_id: []}})


def key_of(answer, usage, user):
    return next(iter(answer[usage + "_keys"][user]["keys"].values()))


def signed_by(thing, user, name, key):
    signature = thing["signatures"][user].get(f"ed25519:{name}")
    bare = {key: value for key, value in thing.items() if key not in ("signatures", "unsigned")}
    return signature is not None and Verifier().accepts(key, canonical(bare), signature)


def chain_of(hood):
    """The master key and the devices it vouches for, by what another user can check; fails when a link is broken."""
    answer, user = shown(hood), hood.bot.user_id
    master, self_signing = key_of(answer, "master", user), key_of(answer, "self_signing", user)
    assert signed_by(answer["self_signing_keys"][user], user, master, master)
    devices = answer["device_keys"][user]
    return master, {name for name, keys in devices.items() if signed_by(keys, user, self_signing, self_signing)}


def device_of(hood):
    return json.loads((hood.daemon.data / "session.json").read_text(encoding="utf-8"))["device"]


def test_login_makes_the_identity(env):
    """After login, before any message, another user can check the chain to the bot's device; again changes nothing."""
    hood = Neighbourhood(env)
    key_file = hood.daemon.folder / "recovery.key"
    said = hood.daemon.tool("login", "--recovery-key-file", key_file)
    master, devices = chain_of(hood)
    assert devices == {device_of(hood)}, devices
    key = key_file.read_text(encoding="utf-8").strip()
    assert key_file.stat().st_mode & 0o777 == 0o600 and key.startswith("Es") and key not in said
    key_file.unlink()
    said = hood.daemon.tool("login", "--recovery-key-file", key_file)
    assert chain_of(hood) == (master, devices) and not key_file.exists(), said
    assert "key backup on" in hood.daemon.status() and key not in hood.daemon.log()


def places_that_tell(hood):
    """Whatever the daemon wrote or said: its files, its log, its rooms, its answers on the host."""
    yield "status", hood.daemon.status().encode()
    for path in [hood.daemon.log_path, *hood.daemon.data.rglob("*")]:
        if path.is_file():
            yield path.name, path.read_bytes()
    for name in ("kruitberg", "coordinators"):
        yield name, json.dumps(hood.coordinator.call(
            "GET", "rooms", hood.rooms[name], "messages", query={"dir": "b", "limit": 100})).encode()


def test_recovery_key_is_nowhere_else(env):
    """The recovery key stands in its file alone: in no log, no room, not in the database (MATRIX.md 8.7)."""
    hood = Neighbourhood(env)
    key_file = hood.daemon.folder / "recovery.key"
    hood.daemon.tool("login", "--recovery-key-file", key_file)
    key = key_file.read_text(encoding="utf-8").strip()
    hood.start()
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b1\b")
    for place, text in places_that_tell(hood):
        assert key.encode() not in text and key.replace(" ", "").encode() not in text, place


def test_recovery_key_at_a_terminal(env):
    """A person at a terminal is shown the key once; typed in on a new machine it is not to be seen."""
    hood = Neighbourhood(env)
    shown = hood.daemon.at_terminal("login")
    key = re.search(r"^    (Es\S\S(?: \S{1,4})+)$", shown, re.MULTILINE)[1]
    assert key not in hood.daemon.at_terminal("login")
    master, _ = chain_of(hood)
    shutil.rmtree(hood.daemon.data)
    shown = hood.daemon.at_terminal("login", "--recover", typing=[("Recovery key: ", key)])
    assert key not in shown, "it was echoed"
    assert chain_of(hood)[0] == master and device_of(hood) in chain_of(hood)[1]


def test_wrong_recovery_key(env):
    """Another recovery key is refused with plain words, and nothing is signed."""
    hood = Neighbourhood(env)
    hood.daemon.tool("login", "--recovery-key-file", hood.daemon.folder / "recovery.key")
    shutil.rmtree(hood.daemon.data)
    wrong = hood.daemon.folder / "wrong.key"
    wrong.write_text("EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d\n", encoding="utf-8")
    wrong.chmod(0o644)
    hood.daemon.tool("login", "--recover", "--recovery-key-file", wrong, expect=1)
    assert "600" in hood.daemon.last_error
    wrong.chmod(0o600)
    hood.daemon.tool("login", "--recover", "--recovery-key-file", wrong, expect=1)
    assert "not the recovery key" in hood.daemon.last_error
    assert device_of(hood) not in chain_of(hood)[1]


def test_restore_makes_a_new_device(env):
    """A restored copy does not run before a new login; the same identity then signs a new device."""
    hood = Neighbourhood(env)
    hood.start()
    before, (master, _) = device_of(hood), chain_of(hood)
    hood.daemon.tool("backup", hood.daemon.folder / "backup")
    hood.daemon.stop()
    hood.daemon.tool("restore", next((hood.daemon.folder / "backup").iterdir()))
    hood.daemon.launch()
    assert hood.daemon.process.wait(30) == 1 and "login" in hood.daemon.log()
    hood.daemon.login()
    assert device_of(hood) != before
    assert chain_of(hood) == (master, {device_of(hood)}), "the dead device is logged out"
    hood.daemon.start()
    hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"\b1\b")

"""The bot's device in encrypted rooms: lost with its database, logged out, its token renewed. Who talks with it sees
one bot all the time.
"""

import json
import re
import shutil

import faults
from encrypted import check_unshielded, hood_behind_proxy, on_the_wire, session_of
from matrix_http import Wire
from messages import SyncLies
from neighbourhood import Neighbourhood
from processes import DEADLINE_S, wait_until
from test_identity import chain_of, device_of

UNPROVEN = "kan niet nagaan van wie dit komt"


def test_t20_bootstrap_and_reinstall(env):
    """The first login makes an identity; with the database lost, the recovery key signs a new device, which reads by the
    backup what the old one had the key of, and carries out none of it.
    """
    hood = Neighbourhood(env, encrypted=True)
    recovery = env.folder / "recovery-key"
    hood.daemon.tool("login", "--recovery-key-file", recovery)
    master, devices = chain_of(hood)
    assert devices == {device_of(hood)}, devices
    hood.run()
    hood.ask(hood.fatima, "kruitberg", "!idee van vroeger", r"Idee 1\b")
    old, = on_the_wire(hood, "kruitberg", hood.fatima)
    piet = hood.piet.user_id

    def late(event):
        """The old event comes after the first batch, which is history to a new database: before what piet says."""
        if event["event_id"] == old["event_id"]:
            return []
        return [old, event] if event["type"] == "m.room.encrypted" and event["sender"] == piet else [event]

    kept = "SELECT count(*) FROM inbound_session WHERE backed_up = 1 AND session = ?"
    wait_until(lambda: hood.daemon.query(kept, old["content"]["session_id"]) == [(1,)], DEADLINE_S, "the key is in the backup")
    hood.daemon.stop()
    lost = device_of(hood)
    shutil.rmtree(hood.daemon.data)
    proxy = env.proxy()  # of the new device alone, whose transactions begin anew
    hood.daemon.config.write_text(hood.daemon.config.read_text(encoding="utf-8").replace(hood.url, proxy.url), encoding="utf-8")
    hood.daemon.tool("login", expect=1)
    assert "--recover" in hood.daemon.last_error
    assert chain_of(hood)[0] == master, "an identity that is there is never replaced"
    hood.daemon.tool("login", "--recover", "--recovery-key-file", recovery)
    assert device_of(hood) != lost and chain_of(hood)[0] == master and device_of(hood) in chain_of(hood)[1]
    SyncLies(proxy).rewrite(hood.rooms["kruitberg"], late)
    hood.daemon.start()
    hood.ask(hood.piet, "kruitberg", "!idee van nu", r"Idee 1\b")
    hood.daemon.wait_log(rf'event="{re.escape(old["event_id"])}" why=no-key')  # for five seconds
    hood.daemon.move_clock(seconds=6)
    told = hood.wait_bot("kruitberg", UNPROVEN)
    assert told["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == old["event_id"], told
    hood.ask(hood.fatima, "kruitberg", "!idee van straks", r"Idee 2\b")
    hood.settle()
    assert hood.daemon.query("SELECT text FROM idea ORDER BY id") == [("van nu",), ("van straks",)]
    check_unshielded(hood, hood.piet)


def test_t23_hard_logout(env):
    """Logged out by the server: the daemon ends; login archives the keys, and the new device is the same bot's to everybody."""
    hood = Neighbourhood(env, encrypted=True)
    hood.start()
    before = hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"Idee 1\b")
    old, (master, _) = device_of(hood), chain_of(hood)
    session = json.loads((hood.daemon.data / "session.json").read_text(encoding="utf-8"))
    Wire(hood.server.url, session["access_token"]).json("POST", "/_matrix/client/v3/logout", {})
    wait_until(lambda: not hood.daemon.process.running(), DEADLINE_S, "the daemon ends")
    hood.daemon.login()
    assert device_of(hood) != old and chain_of(hood) == (master, {device_of(hood)})
    hood.daemon.start()
    after = hood.ask(hood.fatima, "kruitberg", "!idee hek", r"Idee 2\b")
    assert session_of(after) != session_of(before)
    check_unshielded(hood, hood.fatima, hood.piet)


def expired(proxy):
    """From now on the token that the daemon uses is none any more; what it was."""
    old = token_of(proxy.requests("GET", r"/sync\b")[-1])
    gone = faults.status(401, "M_UNKNOWN_TOKEN", soft_logout=True)
    proxy.on("*", "/_matrix/client/v3/", lambda request: (
        gone if token_of(request) == old else faults.pass_on())(request))
    return old


def token_of(request):
    return {name.lower(): value for name, value in request.headers}.get("authorization")


def check_same_device(hood, proxy, device, before, after):
    """Neither the device nor its keys nor the session are others than before."""
    first, *more = [json.loads(one.body) for one in proxy.requests("POST", "/keys/upload")]
    assert "device_keys" in first and not any("device_keys" in one for one in more)
    assert device_of(hood) == device and session_of(after) == session_of(before)
    check_unshielded(hood, hood.fatima)


def test_t23_soft_logout(env):
    """A soft logout, and no refresh either: the same device logs in again by itself and goes on with the keys it has."""
    hood, proxy = hood_behind_proxy(env)
    before = hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"Idee 1\b")
    device = device_of(hood)
    proxy.on("POST", "/refresh", faults.status(401, "M_UNKNOWN_TOKEN", soft_logout=True))
    expired(proxy)
    after = hood.ask(hood.fatima, "kruitberg", "!idee hek", r"Idee 2\b")
    assert len(proxy.requests("POST", "/login")) == 2
    check_same_device(hood, proxy, device, before, after)


def test_t23_lost_refresh(env):
    """The token runs out, and the answer with the new one is lost: asked again with the same, and no new login."""
    hood, proxy = hood_behind_proxy(env)
    before = hood.ask(hood.fatima, "kruitberg", "!idee bankje", r"Idee 1\b")
    device = device_of(hood)
    proxy.on("POST", "/refresh", faults.drop_answer(), times=1)
    old = expired(proxy)
    after = hood.ask(hood.fatima, "kruitberg", "!idee hek", r"Idee 2\b")
    asked = [json.loads(one.body)["refresh_token"] for one in proxy.requests("POST", "/refresh")]
    assert len(asked) == 2 and asked[0] == asked[1], asked
    assert token_of(proxy.requests("GET", r"/sync\b")[-1]) != old and len(proxy.requests("POST", "/login")) == 1
    check_same_device(hood, proxy, device, before, after)

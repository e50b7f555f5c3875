"""The harness tries itself first: apt sources, the proxy's faults, residents on a real Synapse.

Nothing here needs the daemon. When one of these fails, what the others say counts little.
"""

import threading
import time

import chroot
import faults
from bridge import Bridge
from matrix_client import bodies, login
from matrix_http import MatrixError, Wire
from processes import DEADLINE_S, Process, wait_until

VERSIONS = "/_matrix/client/versions"


def mirror_of(env, **files):
    """What debian_mirror makes of an apt folder with these files ("a.list", "b.sources")."""
    folder = env.folder / "apt"
    (folder / "sources.list.d").mkdir(parents=True)
    for name, text in files.items():
        path = folder / "sources.list" if name == "main" else \
            folder / "sources.list.d" / name.replace("_", ".")
        path.write_text(text.replace("APT", str(folder)), encoding="utf-8")
    return chroot.debian_mirror(folder)


def test_mirror_one_line(env):
    """The mirror is read from sources.list, past options, security and third parties under /debian."""
    mirror = mirror_of(env, main="# deb http://old/debian bookworm main\n"
                       "deb [arch=amd64] http://ftp.nl.debian.org/debian/ bookworm main contrib # here\n"
                       "deb http://security.debian.org/debian-security bookworm-security main\n",
                       a_list="deb [signed-by=/x.gpg] https://pkgs.example.com/debian bookworm main\n")
    assert mirror == "http://ftp.nl.debian.org/debian/", mirror


def test_mirror_deb822(env):
    """The mirror is read from .sources stanzas; a local one counts by its -updates suite."""
    mirror = mirror_of(env, a_sources="Types: deb\nURIs: https://third.example/debian\nSuites: trixie\n"
                       "Components: main\nSigned-By: /third.gpg\n",
                       debian_sources="Types: deb deb-src\n# a comment\nURIs:\n http://apt.local/mirror\n"
                       "Suites: trixie trixie-updates\nComponents: main\nSigned-By:\n /usr/share/keyrings/x.gpg\n")
    assert mirror == "http://apt.local/mirror", mirror


def test_mirror_list_file(env):
    """Cloud images name a file with mirrors: its first one is taken."""
    (env.folder / "mirrors.txt").write_text("https://deb.debian.org/debian\nhttps://b/debian\n")
    mirror = mirror_of(env, debian_sources=f"Types: deb\nURIs: mirror+file://{env.folder}/mirrors.txt\n"
                       "Suites: bookworm bookworm-updates\nComponents: main\n")
    assert mirror == "https://deb.debian.org/debian", mirror


def test_mirror_none(env):
    """A machine with third parties only has no mirror."""
    mirror = mirror_of(env, a_sources="Types: deb\nURIs: https://deb.example/node\nSuites: nodistro\n"
                       "Components: main\nSigned-By: /x.gpg\n",
                       b_sources="Types: deb\nEnabled: no\nURIs: http://deb.debian.org/debian\n"
                       "Suites: bookworm\nComponents: main\n")
    assert mirror is None, mirror


def left_behind(env, script):
    """Run a script that prints the number of a program it started, kill it, and await the other's end."""
    here = str(chroot.Path(__file__).parent)
    parent = Process(["python3", "-c", f"import sys, time; sys.path.insert(0, {here!r})\n{script}"],
                     env.folder / "parent.log")
    child = int(wait_until(lambda: parent.log().strip(), DEADLINE_S, "the child's number"))
    assert alive(child)
    parent.kill()
    wait_until(lambda: not alive(child), DEADLINE_S, "the child has gone")


def alive(pid):
    try:
        return chroot.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_process_dies_with_its_parent(env):
    """A program started by a runner that is killed does not live on."""
    left_behind(env, "from processes import Process\n"
                f"child = Process(['sleep', '300'], {str(env.folder / 'child.log')!r})\n"
                "print(child.pid, flush=True); time.sleep(300)")


def test_synapse_dies_with_its_parent(env):
    """So does Synapse, though it runs as another user in a chroot; the next run sweeps its data."""
    env.restartable_synapse()
    left_behind(env, "from synapse import Synapse\nserver = Synapse()\n"
                "print(server.process.pid, flush=True); time.sleep(300)")
    env.own_synapse()
    runs = [path.name for path in (chroot.chroot_dir() / "srv").iterdir()]
    assert all(alive(int(name.split("-")[0])) for name in runs), runs


def test_two_clients_talk(env):
    """Residents see each other's messages, edits, reactions, redactions and photos."""
    fatima, piet = env.user("fatima"), env.user("piet")
    room = fatima.create_room("Kruitberg", invite=[piet])
    piet.join(room)
    first = fatima.say(room, "hallo")
    piet.wait_message(room, fatima, "^hallo$")
    photo = piet.photo(room, b"\xff\xd8 photo", caption="kijk")
    seen = fatima.wait_message(room, piet, "^kijk$")
    assert seen["event_id"] == photo and seen["content"]["filename"] == "image.jpg"
    assert fatima.download(seen["content"]["url"]) == b"\xff\xd8 photo"
    fatima.edit(room, first, "hallo allemaal")
    piet.react(room, first, "👍")
    piet.redact(room, photo)
    piet.notice(room, "klaar")
    fatima.wait_message(room, piet, "^klaar$")
    kinds = [event["type"] for event in fatima.history(room)][-5:]
    assert kinds == ["m.room.message", "m.room.message", "m.reaction", "m.room.redaction",
                     "m.room.message"], kinds


def test_client_pages_a_gap(env):
    """A client that was away for 250 messages sees each of them once and in order."""
    fatima, piet = env.user("fatima"), env.user("piet")
    room = fatima.create_room("Kruitberg", invite=[piet])
    piet.join(room)
    piet.sync()
    for number in range(250):
        fatima.say(room, f"m{number}")
    piet.wait_message(room, fatima, "^m249$")
    expected = [f"m{number}" for number in range(250)]
    assert bodies([event for _, event in piet.seen]) == expected
    assert bodies(piet.history(room), fatima) == expected


def test_membership_and_upgrade(env):
    """Kick, ban, leave, a second device and a room's replacement do what they say."""
    fatima, piet = env.user("fatima"), env.user("piet")
    room = fatima.create_room("Kruitberg", invite=[piet], room_version="11")
    piet.join(room)
    fatima.kick(room, piet)
    fatima.wait_membership(room, piet, "leave")
    fatima.ban(room, piet)
    fatima.wait_membership(room, piet, "ban")
    other = login(env.synapse, fatima.user_id, fatima.password)
    new_room = other.upgrade(room)
    assert fatima.state(room, "m.room.tombstone")["replacement_room"] == new_room


def test_server_restarts_on_its_data(env):
    """Synapse stopped and started keeps its port, its accounts and its rooms."""
    server = env.restartable_synapse()
    fatima = env.user("fatima")
    room = fatima.create_room("Kruitberg")
    fatima.say(room, "voor de pauze")
    server.stop()
    server.start()
    fatima.say(room, "na de pauze")
    assert bodies(fatima.history(room)) == ["voor de pauze", "na de pauze"]


def test_bridge_shapes(env):
    """The imitated bridge gives messages WhatsApp's time, and photos the form of a portal."""
    bridge = env.bridge()
    auditor = env.user("auditor")
    portal = bridge.portal("120363000@g.us", "Kruitberg", invite=[auditor])
    auditor.join(portal.room)
    ghost = portal.ghost("lid-31600000001", "Fatima")
    assert ghost.user_id.startswith("@whatsapp_lid-")
    event = portal.photo(ghost, b"jpeg", at_ms=1_655_000_000_000)
    portal.react(ghost, event, "👍🏽")
    notice = portal.undecryptable(ghost)
    portal.decrypted(ghost, notice, "!idee bankje")
    history = auditor.history(portal.room)
    photo = next(entry for entry in history if entry["event_id"] == event)
    assert photo["origin_server_ts"] == 1_655_000_000_000
    assert photo["content"]["body"] == "" and photo["content"]["filename"] == "image.jpg"
    reaction = next(entry for entry in history if entry["type"] == "m.reaction")
    assert reaction["content"]["m.relates_to"]["key"].endswith("\ufe0f")
    assert history[-1]["content"]["m.new_content"]["body"] == "!idee bankje"
    info = auditor.state(portal.room, "m.bridge", "fi.mau.whatsapp://whatsapp/120363000@g.us")
    assert info["channel"]["id"] == "120363000@g.us" and info["bridgebot"] == Bridge(env.synapse).bot.user_id


def refused(proxy, expected):
    """Ask through the proxy and check that the connection broke with one of these errors."""
    try:
        Wire(proxy.url).request("GET", VERSIONS)
    except expected:
        return
    raise AssertionError("the answer came whole")


def lost(send, client):
    """Send something on a connection of its own (a kept one is tried again) and see it break."""
    client.wire.close()
    try:
        send()
    except OSError:
        return
    raise AssertionError("the answer came")


def test_proxy_passes_and_records(env):
    """Without rules the proxy changes nothing, and it remembers each request with its bytes."""
    proxy = env.proxy()
    fatima = env.user("fatima")
    fatima.wire.close()
    fatima.wire = Wire(proxy.url, fatima.wire.token)
    room = fatima.create_room("Kruitberg")
    fatima.say(room, "hallo")
    photo = bytes(range(256)) * 4096
    assert fatima.download(fatima.upload(photo)) == photo
    sent = proxy.requests("PUT", r"/send/m\.room\.message/")
    assert len(sent) == 1 and b'"hallo"' in sent[0].body and sent[0].answered == 200
    assert dict(sent[0].headers)["Authorization"].startswith("Bearer ")
    assert not proxy.requests("*", "access_token|" + fatima.wire.token)


def test_proxy_drops_and_cuts(env):
    """Requests and answers are lost where the rule says, and only as often as it says."""
    proxy = env.proxy()
    fatima = env.user("fatima")
    room = fatima.create_room("Kruitberg")
    fatima.wire = Wire(proxy.url, fatima.wire.token)
    proxy.on("PUT", "/send/", faults.drop_answer(), times=1)
    lost(lambda: fatima.say(room, "een"), fatima)
    assert bodies(fatima.history(room)) == ["een"], "processed, though nobody heard of it"
    proxy.on("PUT", "/send/", faults.drop_request(reset=True), times=1, skip=1)
    fatima.say(room, "twee")
    lost(lambda: fatima.say(room, "drie"), fatima)
    assert bodies(fatima.history(room)) == ["een", "twee"]
    proxy.on("GET", VERSIONS, faults.cut_answer(0.5), times=1)
    refused(proxy, Exception)
    assert Wire(proxy.url).json("GET", VERSIONS)["versions"]


def test_proxy_lies(env):
    """429, 5xx, HTML, truncated and rewritten JSON arrive as the rules say."""
    proxy = env.proxy()
    wire = Wire(proxy.url)
    for action in (faults.too_many(header_s=2), faults.too_many(body_ms=1500),
                   faults.status(503), faults.html(), faults.truncated_json(),
                   faults.rewrite_json(lambda content: content.update(extra=1)),
                   faults.redirect("http://127.0.0.1:1/x")):
        proxy.on("GET", VERSIONS, action, times=1)
    answers = [wire.request("GET", VERSIONS) for _ in range(7)]
    assert [status for status, _, _ in answers] == [429, 429, 503, 200, 200, 200, 307]
    assert answers[0][1]["Retry-After"] == "2" and b"retry_after_ms" not in answers[0][2]
    assert answers[1][1]["Retry-After"] is None and b'"retry_after_ms": 1500' in answers[1][2]
    assert b"<html>" in answers[3][2]
    assert answers[4][2] in answers[5][2] or not answers[4][2].endswith(b"}")
    assert b'"extra": 1' in answers[5][2]
    proxy.on("GET", VERSIONS, faults.pass_on(), times=1)
    assert wire.json("GET", VERSIONS)["versions"]


def test_proxy_holds_and_repeats(env):
    """A held answer comes when released, others pass meanwhile; a repeated PUT is one event."""
    proxy = env.proxy()
    gate = threading.Event()
    proxy.on("GET", VERSIONS, faults.hold_answer(gate), times=1)
    held = threading.Thread(target=lambda: Wire(proxy.url).json("GET", VERSIONS))
    held.start()
    proxy.wait_requests("GET", VERSIONS, 1)
    assert Wire(proxy.url).json("GET", VERSIONS)["versions"], "the others pass"
    assert held.is_alive()
    gate.set()
    held.join(DEADLINE_S)
    assert not held.is_alive()
    fatima = env.user("fatima")
    room = fatima.create_room("Kruitberg")
    fatima.wire = Wire(proxy.url, fatima.wire.token)
    proxy.on("PUT", "/send/", faults.repeat_request(3), times=1)
    fatima.say(room, "een keer")
    assert bodies(fatima.history(room)) == ["een keer"]
    assert proxy.requests("PUT", "/send/")[0].forwarded == 3


def test_proxy_without_a_homeserver(env):
    """A homeserver that is gone is a 502 with HTML, and pulling the cable ends open connections."""
    proxy = env.proxy()
    wire = Wire(proxy.url)
    assert wire.json("GET", VERSIONS)
    proxy.point_at("http://127.0.0.1:1")
    assert wire.request("GET", VERSIONS)[0] == 502
    proxy.point_at(env.synapse.url)
    gate = threading.Event()
    proxy.on("GET", VERSIONS, faults.hold_request(gate), times=1)
    started = time.monotonic()
    puller = threading.Timer(0.2, proxy.cut_connections)
    puller.start()
    refused(proxy, (OSError, MatrixError, Exception))
    assert time.monotonic() - started < DEADLINE_S
    gate.set()

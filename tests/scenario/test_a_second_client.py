"""The second client tries itself: residents with encryption among themselves, before the daemon joins them.

Nothing here starts the daemon. When one of these fails, what other scenarios say of shields counts little.
"""

import time

from matrix_client import Client, bodies
from neighbourhood import Neighbourhood, jpeg
from node_program import NodeError, NodeProgram
from processes import DEADLINE_S, Died
from test_a_harness import left_behind


def test_program_ends_with_the_runner(env):
    """The program does not outlive a runner that is killed, and whoever asks a dead one is told so."""
    left_behind(env, f"from node_program import NodeProgram\nprogram = NodeProgram({str(env.folder)!r})\n"
                "print(program.process.pid, flush=True); time.sleep(300)")
    program = env.keep(NodeProgram(env.folder))
    program.process.kill()
    try:
        program.ask("nobody", "sync", deadline_s=10)
    except Died:
        return
    raise AssertionError("a dead program answered")


def encrypted_room(env):
    """Two residents with signed devices in an encrypted room."""
    fatima, piet = env.crypto_user("fatima"), env.crypto_user("piet")
    room = fatima.create_room("Kruitberg", invite=[piet])
    piet.join(room)
    return fatima, piet, room


def test_two_talk(env):
    """Two signed devices read each other without a shield; the server sees ciphertext."""
    fatima, piet, room = encrypted_room(env)
    first = fatima.say(room, "hallo")
    seen = piet.wait_message(room, fatima, "^hallo$")
    assert seen["event_id"] == first and seen["encrypted"], seen
    piet.wait_shield(room, first, "NONE")
    piet.reply(room, first, "dag")
    seen = fatima.wait_message(room, piet, "^dag$")
    assert seen["content"]["m.relates_to"]["m.in_reply_to"], seen
    fatima.wait_shield(room, seen["event_id"], "NONE")
    fatima.edit(room, first, "hallo allemaal")
    piet.react(room, first, "👍")
    piet.redact(room, seen["event_id"])
    fatima.notice(room, "klaar")
    piet.wait_message(room, fatima, "^klaar$")
    assert bodies(piet.history(room), fatima) == ["hallo", "* hallo allemaal", "klaar"]
    on_server = Client(piet.wire, piet.user_id).history(room)
    kinds = [event["type"] for event in on_server][-6:]
    assert kinds == ["m.room.encrypted", "m.room.encrypted", "m.room.encrypted", "m.reaction",
                     "m.room.redaction", "m.room.encrypted"], kinds


def test_unsigned_device(env):
    """A device its owner did not sign is shown with a red shield, and hidden by who reads signed ones only."""
    fatima, piet, room = encrypted_room(env)
    other = env.crypto_device(piet)
    fatima.sync()
    other.say(room, "van mijn laptop")
    seen = fatima.wait_message(room, piet, "laptop")
    fatima.wait_shield(room, seen["event_id"], "RED", "UNSIGNED_DEVICE")
    assert not fatima.devices(piet)[other.device_id]["signed"]
    assert fatima.devices(piet)[piet.device_id]["signed"]
    fatima.isolate()
    other.forget_session(room)
    other.say(room, "nog eens")
    assert fatima.wait_failure(room, "UNSIGNED_SENDER_DEVICE")["sender"] == piet.user_id
    fatima.say(room, "niet voor iedereen")
    piet.wait_message(room, fatima, "niet voor iedereen")
    other.wait_failure(room, "MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE")


def test_attachments(env):
    """A photo goes both ways in an encrypted room, unreadable to the server; a changed one is refused."""
    fatima, piet, room = encrypted_room(env)
    data = b"\xff\xd8" + bytes(range(256)) * 100
    piet.photo(room, data, caption="kijk")
    seen = fatima.wait_message(room, piet, "^kijk$")
    assert seen["content"]["filename"] == "image.jpg" and "url" not in seen["content"]
    assert fatima.fetch(seen) == data
    stored = fatima.download(seen["content"]["file"]["url"])
    assert len(stored) == len(data) and stored != data
    seen["content"]["file"]["url"] = fatima.upload(stored[:-1] + bytes([stored[-1] ^ 1]))
    try:
        fatima.fetch(seen)
    except NodeError:
        pass
    else:
        raise AssertionError("a changed photo was accepted")
    fatima.file(room, data)
    assert piet.fetch(piet.wait_message(room, fatima, "bon.pdf")) == data


def test_late_key(env):
    """What cannot be read yet is seen as such, and once more when its key comes."""
    fatima, piet, room = encrypted_room(env)
    fatima.say(room, "voor de laptop")
    laptop = env.crypto_device(piet)
    assert laptop.wait_failure(room)["type"] == "m.room.encrypted"
    piet.wait_message(room, fatima, "laptop")
    laptop.import_keys(piet.export_keys())
    assert laptop.wait_message(room, fatima, "laptop")["late"]


def test_pause(env):
    """A client whose network is gone sees nothing, and everything, also past a gap, when it is back."""
    fatima, piet, room = encrypted_room(env)
    fatima.sync()
    fatima.pause()
    for number in range(120):
        piet.say(room, f"m{number}")
    assert bodies([event for _, event in fatima.seen], piet) == []
    fatima.resume()
    fatima.wait_message(room, piet, "^m119$")
    assert bodies([event for _, event in fatima.seen], piet) == [f"m{number}" for number in range(120)]


def test_history(env):
    """What is read from the server is read with every key that was under way."""
    fatima, piet, room = encrypted_room(env)
    fatima.sync()
    fatima.pause()
    for _ in range(3):
        piet.forget_session(room)
        piet.say(room, "onder een nieuwe sleutel")
    fatima.resume()
    assert bodies(fatima.history(room), piet) == ["onder een nieuwe sleutel"] * 3


def test_recover(env):
    """With the recovery key a new device has the identity and the history; without the old device's help."""
    fatima, piet, room = encrypted_room(env)
    recovery_key = fatima.store_secrets()
    piet.say(room, "bewaar dit")
    fatima.wait_message(room, piet, "bewaar")
    fatima.wait_until(lambda: fatima.backup()["count"] == 1, DEADLINE_S, "the key is in the backup")
    master = fatima.identity(fatima)["master_key"]
    fatima.logout()
    phone = env.crypto_device(fatima)
    assert phone.recover(recovery_key) == 1
    assert phone.identity(phone)["master_key"] == master
    assert bodies(phone.history(room), piet) == ["bewaar dit"]
    phone.say(room, "terug")
    piet.wait_shield(room, piet.wait_message(room, fatima, "terug")["event_id"], "NONE")


def compare_emoji(first, second):
    """From a request that `second` has seen to both having their emoji; `second` starts."""
    second.accept()
    second.start()
    first.accept_start()
    assert first.emoji() == second.emoji() and len(first.emoji()) == 7


def test_sas(env):
    """Emoji compared in a room make two residents know each other; a mismatch does not."""
    fatima, piet, room = encrypted_room(env)
    asked = fatima.verify(piet, room)
    answering = piet.wait_verification(fatima)
    compare_emoji(asked, answering)
    asked.mismatch()
    assert answering.wait("cancelled")["cancel_code"] == "m.mismatched_sas"
    assert not fatima.identity(piet)["verified"]
    asked = fatima.verify(piet, room)
    answering = piet.wait_verification(fatima)
    compare_emoji(asked, answering)
    asked.confirm()
    answering.confirm()
    asked.wait("done")
    answering.wait("done")
    fatima.wait_until(lambda: fatima.identity(piet)["verified"], DEADLINE_S, "fatima knows piet")
    piet.wait_until(lambda: piet.identity(fatima)["verified"], DEADLINE_S, "piet knows fatima")
    piet.reset_identity()
    fatima.sync()
    changed = fatima.identity(piet)
    assert changed["was_verified"] and not changed["verified"], changed


def test_sas_to_device(env):
    """Emoji compared between two devices of one resident sign the new one."""
    fatima, piet, room = encrypted_room(env)
    laptop = env.crypto_device(fatima)
    asked = laptop.verify(fatima, device=fatima.device_id)
    answering = fatima.wait_verification(fatima)
    compare_emoji(asked, answering)
    answering.confirm()
    asked.confirm()
    answering.wait("done")
    asked.wait("done")
    piet.wait_until(lambda: piet.devices(fatima)[laptop.device_id]["signed"], DEADLINE_S, "the laptop is signed")
    laptop.say(room, "hier ben ik")
    piet.wait_shield(room, piet.wait_message(room, fatima, "hier ben ik")["event_id"], "NONE")
    asked = laptop.verify(fatima, device=fatima.device_id)
    fatima.wait_verification(fatima).cancel()
    assert asked.wait("cancelled")["cancelled_by"] == fatima.user_id


def test_to_device(env):
    """Raw and encrypted to-device messages arrive, as the server gave them and as read."""
    fatima, piet, _ = encrypted_room(env)
    fatima.send_to_device("org.example.hint", {piet.user_id: {piet.device_id: {"n": 1}}})
    assert piet.wait_to_device("org.example.hint")["content"] == {"n": 1}
    sealed = fatima.encrypt_to_device("m.dummy", piet, piet.device_id, {})
    fatima.send_to_device("m.room.encrypted", {piet.user_id: {piet.device_id: sealed}})
    read = piet.wait_to_device("m.dummy")
    assert read["encryption"]["senderDevice"] == fatima.device_id, read
    assert piet.wait_to_device("m.room.encrypted", wire=True)["sender"] == fatima.user_id


def test_behind_a_proxy(env):
    """A client with encryption can stand behind the fault proxy, which sees what it sends."""
    proxy = env.proxy()
    fatima = env.crypto_user("fatima", url=proxy.url)
    room = fatima.create_room("Kruitberg")
    fatima.say(room, "hallo")
    sent = proxy.requests("PUT", "/send/")
    assert len(sent) == 1 and b"ciphertext" in sent[0].body and b"hallo" not in sent[0].body
    assert proxy.requests("POST", "/keys/upload")


def test_neighbourhood(env):
    """Residents of an encrypted neighbourhood say and see what those of a plain one do, at another hour too."""
    hood = Neighbourhood(env, cores=("kruitberg",), encrypted=True)
    room = hood.rooms["kruitberg"]
    assert all(hood.coordinator.is_encrypted(one) for one in hood.rooms.values())
    hood.daemon.move_clock(days=3)
    before = time.time() * 1000
    hood.at_daemon_time(hood.fatima).say(room, "over drie dagen")
    seen = hood.lead.wait_message(room, hood.fatima, "drie dagen")
    assert seen["encrypted"], seen
    hood.lead.wait_shield(room, seen["event_id"], "NONE")
    assert seen["origin_server_ts"] > before + 2 * 86_400_000
    photo = hood.piet.photo(room, jpeg("x"), "!bon 12,50 verf")
    seen = hood.coordinator.wait_message(room, hood.piet, "!bon")
    assert seen["event_id"] == photo and hood.coordinator.fetch(seen) == jpeg("x")


def test_end_to_bridge(env):
    """In an encrypted portal the bridge's one device encrypts for its ghosts and reads what is answered."""
    bridge = env.bridge(encrypted=True)
    fatima = env.crypto_user("fatima")
    portal = bridge.portal("12036300@g.us", "Kruitberg", [fatima])
    fatima.join(portal.room)
    ghost = portal.ghost("lid-31600000001", "Piet")
    sent = portal.photo(ghost, jpeg("wa"), "kijk")
    seen = fatima.wait_event(lambda _, event: event["event_id"] == sent, "the ghost's photo")
    assert seen["sender"] == ghost.user_id and seen["wire_content"]["algorithm"], seen
    assert seen["failure"] or seen["sender_key"] == bridge.device.keys["curve25519"], seen
    fatima.say(portal.room, "mooi")
    said = bridge.device.wait_message(portal.room, fatima, "mooi")
    bridge.device.wait_shield(portal.room, said["event_id"], "NONE")
    assert fatima.devices(bridge.bot)[bridge.device.device_id]["signed"]
    unsigned = env.bridge(encrypted=True, self_sign=False)
    assert not fatima.devices(unsigned.bot)[unsigned.device.device_id]["signed"]

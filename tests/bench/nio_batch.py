"""matrix-nio on the batch that bench_batch left: one /sync answer read, its messages opened, the same answers sealed.

    nio_batch.py WORK_FILE FOLDER ROUNDS

It does less than the daemon: no command runs, and nothing of it is stored durably, not even its ratchets. Needs
Debian's python3-matrix-nio. Prints rows of tests/bench/measure.h.
"""

import json
import statistics
import sys
import time
from pathlib import Path

from nio import Client, ClientConfig, RoomMessageText, SyncResponse
from nio.crypto import InboundGroupSession

BOT = "@rotonde:console"
DEVICE = "BENCH"
GOAL = 2


def sync_body(work):
    """The /sync answer that holds the messages, as tests/bench/answer.c makes it."""
    rooms = {}
    for number, event in enumerate(work["events"]):
        who = work["sessions"][event["resident"]]
        room = rooms.setdefault(who["room"], {
            "timeline": {"events": [], "limited": False, "prev_batch": "p"}, "state": {"events": []},
            "account_data": {"events": []}, "ephemeral": {"events": []}, "summary": {}})
        room["timeline"]["events"].append({
            "type": "m.room.encrypted", "sender": who["user"], "content": event["content"], "origin_server_ts": 1655197200000 + number,
            "unsigned": {"membership": "join", "age": 84}, "event_id": f"${number:043d}"})
    return json.dumps({"next_batch": "s1", "device_one_time_keys_count": {"signed_curve25519": 50}, "rooms": {"join": rooms},
                       "to_device": {"events": []}, "presence": {"events": []}, "account_data": {"events": []},
                       "device_lists": {"changed": [], "left": []}}).encode()


def open_client(work, folder):
    """A client that is logged in, knows the residents' sessions, and has shared its own in every room."""
    folder.mkdir(parents=True)
    client = Client(BOT, DEVICE, str(folder), ClientConfig(encryption_enabled=True, store_sync_tokens=True))
    client.restore_login(BOT, DEVICE, "token")
    keys = {event["resident"]: event["content"]["sender_key"] for event in work["events"]}
    for number, who in enumerate(work["sessions"]):
        session = InboundGroupSession(who["session_key"], "", keys[number], who["room"])
        client.olm.inbound_group_store.add(session)
        client.olm.save_inbound_group_session(session)
    for room in {who["room"] for who in work["sessions"]}:
        client.olm.create_outbound_group_session(room)
        outbound = client.olm.outbound_group_sessions[room]
        outbound.mark_as_shared()
        outbound.max_messages = 10000
    return client


def run(client, body, answers):
    """Seconds computed."""
    opened = []
    client.add_event_callback(lambda room, event: opened.append(room.room_id), RoomMessageText)
    began = time.process_time()
    client.receive_response(SyncResponse.from_dict(json.loads(body)))
    for room, content in zip(opened, answers):
        json.dumps(client.olm.group_encrypt(room, {"type": "m.room.message", "content": content}))
    took = time.process_time() - began
    if len(opened) != len(answers):
        raise RuntimeError(f"matrix-nio opened {len(opened)} of {len(answers)} messages")
    return took


def main():
    work = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder, rounds = Path(sys.argv[2]), int(sys.argv[3])
    body, count = sync_body(work), len(work["events"])
    took_us = statistics.median(run(open_client(work, folder / str(number)), body, work["answers"]) for number in range(rounds)) * 1e6
    for what, goal, ours in [("opened and sealed, no commands", f">= {GOAL}x matrix-nio", work["bare_cpu_us"]), ("  commands and all", "", work["cpu_us"])]:
        ratio = took_us / ours
        verdict = "" if not goal else "holds" if ratio >= GOAL else "over"
        print("\t".join([what, goal, f"{ratio:.1f} times as fast: {ours / count:.0f} us computed for each, matrix-nio {took_us / count:.0f} us", verdict]))


if __name__ == "__main__":
    main()

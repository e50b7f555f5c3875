"""Proof, from what the bot put on the wire, that no ratchet was used twice.

    check_requests(proxy.requests())    every request the bot sent, also those that never arrived
    check_events(history)               the events of a room, as the server has them

A key of Megolm is (session, message index), one of Olm is (ratchet key, chain index): each may have
sealed one ciphertext. The same bytes may be sent again, under the same transaction id only.
"""

import json
import re
from base64 import b64decode

OLM, MEGOLM = "m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"
SEND = re.compile(r"^/_matrix/client/v3/(?:rooms/[^/]+/send|sendToDevice)/[^/]+/([^/?]+)")
PREKEY_INNER, OLM_RATCHET_KEY, OLM_INDEX, MEGOLM_INDEX = 0x22, 0x0A, 0x10, 0x08


class RatchetReused(AssertionError):
    """One key, two ciphertexts."""


def fields(data, end=None):
    """tag -> value of the protobuf-like messages of Olm and Megolm: a number, or bytes."""
    found, position, end = {}, 1, len(data) if end is None else end
    while position < end:
        tag, position = number_at(data, position)
        value, position = number_at(data, position)
        if tag & 7 == 2:
            value, position = data[position:position + value], position + value
        found[tag] = value
    return found


def number_at(data, position):
    value, shift = 0, 0
    while True:
        byte = data[position]
        value, position, shift = value | (byte & 0x7F) << shift, position + 1, shift + 7
        if byte < 0x80:
            return value, position


def decoded(text):
    return b64decode(text + "=" * (-len(text) % 4))


def megolm_key(content):
    """(session, index) and the ciphertext of an m.room.encrypted of a room."""
    data = decoded(content["ciphertext"])
    return ("megolm", content["session_id"], fields(data, len(data) - 72)[MEGOLM_INDEX]), data  # MAC, signature


def olm_key(part):
    """(ratchet key, chain index) and the ciphertext of one device's part of an Olm message."""
    data = decoded(part["body"])
    if part["type"] == 0:
        data = fields(data)[PREKEY_INNER]
    inner = fields(data, len(data) - 8)  # MAC
    return ("olm", inner[OLM_RATCHET_KEY].hex(), inner[OLM_INDEX]), data


def keys_used(content):
    """Every key that sealed something in a content, with what it sealed."""
    if not isinstance(content, dict):
        return
    if content.get("algorithm") == MEGOLM and isinstance(content.get("ciphertext"), str):
        yield megolm_key(content)
    elif content.get("algorithm") == OLM:
        for part in content["ciphertext"].values():
            yield olm_key(part)
    elif "messages" in content:
        for devices in content["messages"].values():
            for one in devices.values():
                yield from keys_used(one)


class Ledger:
    """What each key sealed, and where; raises as soon as one seals a second thing."""

    def __init__(self):
        self.sealed = {}

    def note(self, content, place):
        for key, data in keys_used(content):
            before = self.sealed.setdefault(key, (data, place))
            if before[0] != data:
                raise RatchetReused(f"{key} sealed two ciphertexts: in {before[1]} and in {place}")
            if before[1] != place:
                raise RatchetReused(f"{key} was sent twice: as {before[1]} and as {place}")


def check_requests(exchanges):
    """Raises RatchetReused; gives how many keys were seen. Only requests that carry messages count."""
    ledger, bodies = Ledger(), {}
    for exchange in exchanges:
        if exchange.method == "PUT" and (match := SEND.match(exchange.path)):
            place = (exchange.path, match[1])
            if bodies.setdefault(place, exchange.body) != exchange.body:
                raise RatchetReused(f"{exchange.path} was sent with two bodies")
            ledger.note(json.loads(exchange.body), exchange.path)
    return len(ledger.sealed)


def check_events(events):
    """The same for a room's history: every encrypted event has a key of its own."""
    ledger = Ledger()
    for event in events:
        if event["type"] == "m.room.encrypted":
            ledger.note(event["content"], event["event_id"])
    return len(ledger.sealed)

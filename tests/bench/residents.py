"""Residents of encrypted rooms: each a device with keys of its own, signed by its owner's identity.

    residents = Residents(users)
    residents.query(users); residents.claim(users)             # what a homeserver is asked about them
    event, to_device = residents.seal(room, event, bot)        # what they say, and the keys that go before it

`bot` is homeserver.py's Keys. What the bot says to them nobody reads.
"""

import base64
import ctypes
import hashlib
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "scenario"))
from libolm import Account, GroupSession, SigningKey  # noqa: E402

OLM, MEGOLM = "m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"
DEVICE = "PHONE"


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def bare_base64(data, alphabet=base64.b64encode):
    return alphabet(data).decode().rstrip("=")


def aes_ctr(key, block, data):
    """AES-256 in counter mode, by the library that the program uses too."""
    library = ctypes.CDLL("libcrypto.so.3")
    library.EVP_CIPHER_CTX_new.restype = library.EVP_aes_256_ctr.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.EVP_CIPHER_CTX_new())
    out, length = ctypes.create_string_buffer(len(data)), ctypes.c_int()
    good = (library.EVP_EncryptInit_ex(context, ctypes.c_void_p(library.EVP_aes_256_ctr()), None, key, block) == 1
            and library.EVP_EncryptUpdate(context, out, ctypes.byref(length), data, len(data)) == 1)
    library.EVP_CIPHER_CTX_free(context)
    if not good:
        raise RuntimeError("libcrypto does not encrypt")
    return out.raw


class Resident:
    """One user with one device."""

    def __init__(self, user):
        self.user = user
        self.account = Account()
        self.master, self.self_signing = SigningKey(), SigningKey()
        self.channel = None  # the Olm session with the bot
        self.sessions = {}   # room -> the Megolm session spoken with there

    def signature(self, name, signed):
        return {"signatures": {self.user: {f"ed25519:{name}": signed}}}

    def identity_key(self, usage, key):
        return {"user_id": self.user, "usage": [usage], "keys": {f"ed25519:{key.public}": key.public}}

    def master_key(self):
        return self.identity_key("master", self.master)

    def self_signing_key(self):
        key = self.identity_key("self_signing", self.self_signing)
        return {**key, **self.signature(self.master.public, self.master.sign(canonical(key)))}

    def device_keys(self):
        keys = {"user_id": self.user, "device_id": DEVICE, "algorithms": [OLM, MEGOLM],
                "keys": {f"curve25519:{DEVICE}": self.account.curve25519, f"ed25519:{DEVICE}": self.account.ed25519}}
        text = canonical(keys)
        return {**keys, "signatures": {self.user: {
            f"ed25519:{DEVICE}": self.account.sign(text),
            f"ed25519:{self.self_signing.public}": self.self_signing.sign(text)}}}

    def one_time_key(self):
        """A new one, as a claim answers it."""
        (name, key), = self.account.make_one_time_keys(1).items()
        signed = {"key": key}
        return {f"signed_curve25519:{name}": {**signed, **self.signature(DEVICE, self.account.sign(canonical(signed)))}}

    def share(self, room, session, bot):
        """The to-device event that brings the bot the key of a session."""
        if self.channel is None:
            self.channel = self.account.outbound(bot.curve25519(), bot.take_one_time_key())
        kind, body = self.channel.encrypt(json.dumps({
            "type": "m.room_key", "sender": self.user, "recipient": bot.user,
            "keys": {"ed25519": self.account.ed25519}, "recipient_keys": {"ed25519": bot.ed25519()},
            "content": {"algorithm": MEGOLM, "room_id": room, "session_id": session.id, "session_key": session.session_key()}}))
        return {"type": "m.room.encrypted", "sender": self.user, "content": {
            "algorithm": OLM, "sender_key": self.account.curve25519, "ciphertext": {bot.curve25519(): {"type": kind, "body": body}}}}

    def sealed(self, room, kind, content):
        session = self.sessions[room]
        return {"algorithm": MEGOLM, "sender_key": self.account.curve25519, "device_id": DEVICE, "session_id": session.id,
                "ciphertext": session.encrypt(json.dumps({"type": kind, "content": content, "room_id": room}))}


class Residents:
    """All of them, by their user ids."""

    def __init__(self, users):
        self.by_user = {user: Resident(user) for user in users}

    def query(self, users):
        """What /keys/query says of those that live here."""
        known = [self.by_user[user] for user in users if user in self.by_user]
        return {"device_keys": {one.user: {DEVICE: one.device_keys()} for one in known},
                "master_keys": {one.user: one.master_key() for one in known},
                "self_signing_keys": {one.user: one.self_signing_key() for one in known}}

    def claim(self, users):
        """What /keys/claim says."""
        return {"one_time_keys": {user: {DEVICE: self.by_user[user].one_time_key()} for user in users if user in self.by_user}}

    def begin_sessions(self):
        """What is said from now on is under new keys."""
        for one in self.by_user.values():
            one.sessions = {}

    def seal(self, room, event, bot):
        """(the encrypted event, the to-device events that the bot needs before it)."""
        one, before = self.by_user[event["sender"]], []
        if room not in one.sessions:
            one.sessions[room] = GroupSession()
            before.append(one.share(room, one.sessions[room], bot))
        return {**event, "type": "m.room.encrypted", "content": one.sealed(room, event["type"], event["content"])}, before


def seal_file(url, data):
    """(the `file` of a message about an encrypted attachment, the bytes that the server gets)."""
    key, block = os.urandom(32), os.urandom(8) + bytes(8)
    sealed = aes_ctr(key, block, data)
    return {"url": url, "v": "v2", "iv": bare_base64(block), "hashes": {"sha256": bare_base64(hashlib.sha256(sealed).digest())},
            "key": {"kty": "oct", "alg": "A256CTR", "ext": True, "key_ops": ["encrypt", "decrypt"],
                    "k": bare_base64(key, base64.urlsafe_b64encode)}}, sealed

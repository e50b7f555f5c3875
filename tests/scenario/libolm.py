"""libolm through ctypes: just enough to be a device that no honest client can be made to be.

    account = Account(); session = account.outbound(their_curve25519, their_one_time_key)
    kind, body = session.encrypt("{...}"); text = account.begun_by(their_curve25519, body).decrypt(0, body)
    megolm = GroupSession(); copy = InboundGroupSession(megolm.session_key())

The library is the one the program is linked with, so the tests need no package for it. Every call is
checked; what libolm refuses is an OlmError with its word for it (BAD_MESSAGE_MAC, ...).
"""

import ctypes
import json
import os

SONAME = "libolm.so.3"
FAILED = ctypes.c_size_t(-1).value


class OlmError(Exception):
    """libolm's own word for what is wrong."""


class Library:
    """The loaded library; every function takes and gives sizes and pointers only."""

    loaded = None

    @classmethod
    def call(cls, name, *values, result=ctypes.c_size_t):
        if cls.loaded is None:
            cls.loaded = ctypes.CDLL(SONAME)
        function = getattr(cls.loaded, "olm_" + name)
        function.restype = result
        return function(*(ctypes.c_size_t(value) if isinstance(value, int) else value for value in values))


class Thing:
    """An object in memory of its own. `kind` names libolm's functions: olm_KIND, olm_KIND_size, ..."""

    kind = None

    def __init__(self):
        self.memory = ctypes.create_string_buffer(Library.call(self.kind + "_size"))
        Library.call(self.kind, self.memory, result=ctypes.c_void_p)

    def call(self, name, *values):
        done = Library.call(name, self.memory, *values)
        if done == FAILED:
            why = Library.call(self.kind + "_last_error", self.memory, result=ctypes.c_char_p)
            raise OlmError(why.decode())
        return done

    def random(self, name, *values):
        """The random bytes a function asks for, and their number, as its last two arguments."""
        size = self.call(name + "_random_length", *values)
        return os.urandom(size), size

    def output(self, name, *values, size=None):
        """The text of a function that fills a buffer, as long as libolm says it needs."""
        size = self.call(name + "_length") if size is None else size
        buffer = ctypes.create_string_buffer(size)
        length = self.call(name, *values, buffer, size)
        return buffer.raw[:length].decode()


def scratch(data):
    """A copy, for libolm destroys what it reads."""
    return ctypes.create_string_buffer(data, len(data)), len(data)


def measured(text):
    data = text.encode()
    return data, len(data)


class Account(Thing):
    """A device's keys."""

    kind = "account"

    def __init__(self):
        super().__init__()
        self.call("create_account", *self.random("create_account"))
        keys = json.loads(self.output("account_identity_keys"))
        self.curve25519, self.ed25519 = keys["curve25519"], keys["ed25519"]

    def sign(self, text):
        return self.output("account_sign", *measured(text), size=self.call("account_signature_length"))

    def make_one_time_keys(self, count):
        """key id -> Curve25519 key, of those made now."""
        self.call("account_generate_one_time_keys", count,
                  *self.random("account_generate_one_time_keys", count))
        keys = json.loads(self.output("account_one_time_keys"))["curve25519"]
        self.call("account_mark_keys_as_published")
        return keys

    def outbound(self, curve25519, one_time_key):
        session = Session()
        session.call("create_outbound_session", self.memory, *measured(curve25519), *measured(one_time_key),
                     *session.random("create_outbound_session"))
        return session

    def begun_by(self, curve25519, body):
        """The session that a prekey message begins; its one-time key is spent."""
        session = Session()
        session.call("create_inbound_session_from", self.memory, *measured(curve25519), *scratch(body.encode()))
        self.call("remove_one_time_keys", session.memory)
        return session


class Session(Thing):
    """An Olm channel to one device."""

    kind = "session"

    def encrypt(self, text):
        """(type, body) of a message; 0 is a prekey message."""
        kind = self.call("encrypt_message_type")
        data, length = measured(text) if isinstance(text, str) else (text, len(text))
        size = self.call("encrypt_message_length", length)
        body = self.output("encrypt", data, length, *self.random("encrypt"), size=size)
        return kind, body

    def matches(self, curve25519, body):
        """Whether a prekey message belongs to this session."""
        return self.call("matches_inbound_session_from", *measured(curve25519), *scratch(body.encode())) == 1

    def decrypt(self, kind, body):
        size = self.call("decrypt_max_plaintext_length", kind, *scratch(body.encode()))
        return self.output("decrypt", kind, *scratch(body.encode()), size=size)


class GroupSession(Thing):
    """A Megolm session to speak with."""

    kind = "outbound_group_session"

    def __init__(self):
        super().__init__()
        self.call("init_outbound_group_session", *self.random("init_outbound_group_session"))
        self.id = self.output("outbound_group_session_id")

    def session_key(self):
        """As m.room_key carries it: signed, from the index it is at."""
        return self.output("outbound_group_session_key")

    def index(self):
        return self.call("outbound_group_session_message_index") & 0xFFFFFFFF

    def encrypt(self, text):
        data, length = measured(text) if isinstance(text, str) else (text, len(text))
        size = self.call("group_encrypt_message_length", length)
        return self.output("group_encrypt", data, length, size=size)


class InboundGroupSession(Thing):
    """A Megolm session to read with, from an m.room_key's session_key."""

    kind = "inbound_group_session"

    def __init__(self, session_key):
        super().__init__()
        self.call("init_inbound_group_session", *scratch(session_key.encode()))
        self.id = self.output("inbound_group_session_id")

    def first_index(self):
        return self.call("inbound_group_session_first_known_index") & 0xFFFFFFFF

    def export(self):
        """As m.forwarded_room_key carries it, from the first index on."""
        size = self.call("export_inbound_group_session_length")
        buffer = ctypes.create_string_buffer(size)
        self.call("export_inbound_group_session", buffer, size, ctypes.c_uint32(self.first_index()))
        return buffer.raw.decode()

    def decrypt(self, body):
        """(text, index) of a ciphertext."""
        size = self.call("group_decrypt_max_plaintext_length", *scratch(body.encode()))
        index, buffer = ctypes.c_uint32(), ctypes.create_string_buffer(size)
        length = self.call("group_decrypt", *scratch(body.encode()), buffer, size, ctypes.byref(index))
        return buffer.raw[:length].decode(), index.value


class SigningKey(Thing):
    """An Ed25519 key of one's own: cross-signing."""

    kind = "pk_signing"

    def __init__(self):
        super().__init__()
        size = Library.call("pk_signing_public_key_length")
        public = ctypes.create_string_buffer(size)
        seed = os.urandom(Library.call("pk_signing_seed_length"))
        self.call("pk_signing_key_from_seed", public, size, seed, len(seed))
        self.public = public.raw.decode()

    def sign(self, text):
        size = Library.call("pk_signature_length")
        signature = ctypes.create_string_buffer(size)
        self.call("pk_sign", *measured(text), signature, size)
        return signature.raw.decode()


class Verifier(Thing):
    """Checks what others signed."""

    kind = "utility"

    def accepts(self, key, text, signature):
        try:
            self.call("ed25519_verify", *measured(key), *measured(text), *scratch(signature.encode()))
        except OlmError:
            return False
        return True

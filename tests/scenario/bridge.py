"""An imitation of mautrix-whatsapp: an application service that makes a WhatsApp portal.

    bridge = Bridge(server)
    group = bridge.portal("12036300@g.us", "Kruitberg", invite=[bot])
    fatima = group.ghost("31600000001", "Fatima")
    group.text(fatima, "!idee fietsenrek")
    group.photo(fatima, data, caption="!bon 12,50 verf")

It gives each message the form that the real bridge gives it (its bridgev2 line, August
2026): ghosts `@whatsapp_NUMBER`, `@whatsapp_lid-NUMBER`; the `m.bridge` state twice; the
WhatsApp time as origin_server_ts through `?ts=`; photos without caption with an empty
body; albums after a notice; undecryptable messages as a notice that is edited later.

With a program (node_program.py) its portals are encrypted as the real bridge does it, end to bridge: one
device, the bot's, encrypts for all ghosts; self_sign tells whether the bot signed it.
"""

import secrets
from urllib.parse import quote

from crypto_client import CryptoClient
from matrix_client import Client, register
from matrix_http import MatrixError, Wire, path

BRIDGE_BOT = "whatsappbot"
VARIATION_SELECTOR = "\ufe0f"


class Bridge:
    """The bridge bot, which owns the portals and makes the ghosts."""

    def __init__(self, server, program=None, self_sign=True):
        self.server = server
        self.as_token = server.bridge.as_token
        self.ghosts = {}
        # A bot with keys is another one each time: nobody could sign the next one's devices.
        self.bot = self.speak_as(f"whatsapp_bridge-{secrets.token_hex(3)}" if program else BRIDGE_BOT)
        self.device = self.open_device(program, self_sign) if program else None

    def open_device(self, program, self_sign):
        """The bot on a device with keys, by a login of the application service's."""
        answer = self.bot.wire.json("POST", path("login"), {
            "type": "m.login.application_service",
            "identifier": {"type": "m.id.user", "user": self.bot.user_id}})
        wire = Wire(self.server.url, answer["access_token"])
        device = CryptoClient(program, Client(wire, self.bot.user_id, answer["device_id"], self.give_password()))
        if self_sign:
            device.cross_sign()
        return device

    def give_password(self):
        """The bot's account has none of its own; without one Synapse lets nobody replace its identity."""
        password, admin = secrets.token_hex(8), register(self.server, "beheerder", admin=True)
        admin.wire.json("PUT", f"/_synapse/admin/v2/users/{quote(self.bot.user_id)}",
                        {"password": password, "logout_devices": False})
        return password

    def speak_as(self, localpart):
        """A client for one of the bridge's own users, registered if need be."""
        wire = Wire(self.server.url, self.as_token)
        try:
            wire.json("POST", path("register"), {
                "type": "m.login.application_service", "username": localpart,
                "inhibit_login": True})
        except MatrixError as error:
            if error.errcode != "M_USER_IN_USE":
                raise
        user_id = f"@{localpart}:{self.server.server_name}"
        client = Client(wire, user_id)
        client.acting_as = user_id
        return client

    def ghost(self, number, name):
        """The puppet of one WhatsApp user; `number` is digits, `lid-DIGITS` or `bot-DIGITS`."""
        if number not in self.ghosts:
            ghost = self.speak_as(f"whatsapp_{number}")
            ghost.call("PUT", "profile", ghost.user_id, "displayname",
                       body={"displayname": f"{name} (WA)"})
            self.ghosts[number] = ghost
        return self.ghosts[number]

    def portal(self, jid, name, invite=(), announce_only=False):
        """A group's room, with the state and power levels of a real portal."""
        info = {"bridgebot": self.bot.user_id, "creator": self.bot.user_id,
                "protocol": {"id": "whatsapp", "displayname": "WhatsApp"},
                "channel": {"id": jid, "displayname": name},
                "com.beeper.room_type": "group", "com.beeper.room_type.v2": "group"}
        key = f"fi.mau.whatsapp://whatsapp/{jid}"
        levels = {"users": {self.bot.user_id: 9001}, "users_default": 0, "state_default": 99,
                  "ban": 99, "events_default": 50 if announce_only else 0,
                  "events": {"m.reaction": 0, "m.room.redaction": 0}}
        room = (self.device or self.bot).create_room(name, invite, state=[
            {"type": "m.bridge", "state_key": key, "content": info},
            {"type": "uk.half-shot.bridge", "state_key": key, "content": info}],
            power_level_content_override=levels, room_version="11")
        return Portal(self, room, jid)


class Portal:
    """One bridged group. `at_ms` of a message is the time that WhatsApp gave it."""

    def __init__(self, bridge, room, jid):
        self.bridge, self.room, self.jid = bridge, room, jid

    def ghost(self, number, name):
        """A ghost that is in the group."""
        ghost = self.bridge.ghost(number, name)
        self.bridge.bot.invite(self.room, ghost)
        ghost.join(self.room)
        return ghost

    def send(self, ghost, content, at_ms=None, kind="m.room.message"):
        kind, content = self.seal(kind, content)
        ghost.timestamp_ms = at_ms
        try:
            return ghost.send(self.room, kind, content)
        finally:
            ghost.timestamp_ms = None

    def seal(self, kind, content):
        """What goes over the wire for it: in an encrypted portal the bot's device encrypts, whoever speaks."""
        if not self.bridge.device:
            return kind, content
        sealed = self.bridge.device.encrypt(self.room, kind, content)
        return sealed["type"], sealed["content"]

    def text(self, ghost, text, at_ms=None, **more):
        return self.send(ghost, {"msgtype": "m.text", "body": text, "m.mentions": {}, **more}, at_ms)

    def forwarded(self, ghost, text):
        return self.text(ghost, "↷ Forwarded\n\n" + text)

    def reply(self, ghost, to, to_user, text, at_ms=None):
        return self.text(ghost, text, at_ms, **{
            "m.relates_to": {"m.in_reply_to": {"event_id": to}},
            "m.mentions": {"user_ids": [str(to_user)]}})

    def image(self, ghost, data, caption="", **more):
        """The content of a photo: without a caption the body is empty, not the file's name."""
        return {"msgtype": "m.image", "body": caption, "filename": "image.jpg",
                **(self.bridge.device or ghost).attach(self.room, data, "image/jpeg"), "m.mentions": {},
                "info": {"mimetype": "image/jpeg", "size": len(data), "w": 1200, "h": 1600}, **more}

    def photo(self, ghost, data, caption="", at_ms=None, **more):
        return self.send(ghost, self.image(ghost, data, caption, **more), at_ms)

    def album(self, ghost, photos, caption="", at_ms=None):
        """The notice and the pictures of an album; the caption stands on the first. Gives their ids."""
        self.send(ghost, {"msgtype": "m.notice", "m.mentions": {},
                          "body": f"Sent an album with {len(photos)} images:"}, at_ms)
        return [self.photo(ghost, data, caption if index == 0 else "", at_ms)
                for index, data in enumerate(photos)]

    def better_photo(self, ghost, event, data, caption="", at_ms=None):
        """The high-resolution file of a photo sent before: it comes as an edit."""
        return self.replace(ghost, event, self.image(ghost, data, caption), at_ms)

    def replace(self, ghost, event, content, at_ms=None):
        """An edit in the bridge's form; both first commands and better files come this way."""
        outer = {key: value for key, value in content.items() if key != "m.mentions"}
        outer["body"] = "* " + content["body"]
        return self.send(ghost, {
            **outer, "m.mentions": {}, "m.new_content": content,
            "com.beeper.dont_render_edited": True,
            "m.relates_to": {"rel_type": "m.replace", "event_id": event}}, at_ms)

    def edit(self, ghost, event, text, at_ms=None):
        """An edit that a resident made on the phone."""
        return self.send(ghost, {
            "msgtype": "m.text", "body": "* " + text, "m.mentions": {},
            "m.new_content": {"msgtype": "m.text", "body": text, "m.mentions": {}},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event}}, at_ms)

    def undecryptable(self, ghost, at_ms=None):
        """The notice in place of a message that WhatsApp could not decrypt yet."""
        return self.send(ghost, {
            "msgtype": "m.notice", "m.mentions": {}, "fi.mau.whatsapp.undecryptable": True,
            "body": "Decrypting message from WhatsApp failed, waiting for sender to re-send..."}, at_ms)

    def decrypted(self, ghost, notice, text, at_ms=None):
        """What an undecryptable message said after all: an edit of its notice."""
        return self.replace(ghost, notice, {"msgtype": "m.text", "body": text, "m.mentions": {}}, at_ms)

    def react(self, ghost, event, emoji, at_ms=None):
        """A reaction, with the variation selector that the bridge adds."""
        key = emoji if emoji.endswith(VARIATION_SELECTOR) else emoji + VARIATION_SELECTOR
        return self.send(ghost, {"m.relates_to": {
            "rel_type": "m.annotation", "event_id": event, "key": key}}, at_ms, "m.reaction")

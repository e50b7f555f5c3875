"""What README.md tells a newcomer to type: the ten lines that connect to a homeserver, as they stand there."""

import re

from environment import ROOT
from rotonde import Rotonde


def readme_commands():
    """The subcommands of README's ten lines, in their order."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Connect it", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^build/rotonde (\w+) -c", section, re.MULTILINE)


def small_config(server, bot, owner, rooms):
    """config/rotonde.small.yaml after the newcomer put in his own names."""
    text = (ROOT / "config/rotonde.small.yaml").read_text(encoding="utf-8")
    for theirs, own in (("https://matrix.example.org", server.url), ("@rotonde:example.org", bot.user_id),
                        ("@fatima:example.org", owner.user_id),
                        ("!coordinators:example.org", rooms["coordinators"]),
                        ("!kruitberg:example.org", rooms["kruitberg"])):
        assert theirs in text, theirs
        text = text.replace(theirs, own)
    return text


def test_ten_lines(env):
    """README's ten lines with the small config: check, login, run, an invitation, an idea, status."""
    assert readme_commands() == ["check", "login", "run", "status"]
    bot, fatima = env.user("rotonde"), env.user("fatima")
    rooms = {name: fatima.create_room(name) for name in ("coordinators", "kruitberg")}
    daemon = Rotonde(env, small_config(env.synapse, bot, fatima, rooms), "")
    password = daemon.folder / "password"
    password.write_text(bot.password + "\n", encoding="utf-8")
    password.chmod(0o600)
    assert "All is well." in daemon.tool("check")
    daemon.login()
    daemon.start()
    for room in rooms.values():
        fatima.invite(room, bot)
        fatima.wait_membership(room, bot.user_id, "join")
    mark = fatima.mark()
    fatima.say(rooms["kruitberg"], "!idee fietsenrek bij de lift")
    fatima.wait_message(rooms["kruitberg"], bot, "Idee 1 genoteerd", after=mark)
    assert re.search(r"kruitberg +Kruitberg +joined", daemon.status())
    daemon.stop()

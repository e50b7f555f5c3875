"""The one place that knows how a config file is written: YAML for a Neighbourhood.

Written by hand rather than as JSON (which YAML would read as well), so that errors and
`rotonde check` show lines as an operator has them.
"""

GRANT = "96000"


def config_text(hood, real_hours=False, media=None, extra=""):
    """The config of a hood's daemon; real_hours keeps the quiet hours and jitter of a neighbourhood."""
    settings = {"name": "K-buurt"}
    if not real_hours:
        settings.update(far_hours(hood.far_hour))
    if media:
        settings["media"] = media
    parts = [
        section("homeserver", {"url": hood.url, "user": hood.bot.user_id,
                               "credential": "matrix-password"}),
        f"data: {quoted(hood.data_folder)}",
        section("log", {"level": "debug"}),
        section("neighbourhood", settings),
        section("budget", {"grant": GRANT, "builtin": "k-buurt-2022"}),
        "inviters:\n  - " + quoted(hood.coordinator.user_id),
        groups_text(hood), persons_text(hood), extra]
    if hood.bridge:
        parts.insert(5, section("bridge", {"bot": hood.bridge.bot.user_id}))
    return "\n".join(part for part in parts if part) + "\n"


def far_hours(hour):
    """For tests that run at any hour: the day post and one quiet minute half a day away."""
    return {"day_post": f"{hour:02}:00", "quiet": {"from": f"{hour:02}:30", "until": f"{hour:02}:31"},
            "jitter": {"least": "0s", "most": "1s"}}


def section(name, values, indent=""):
    lines = [f"{indent}{name}:"]
    for key, value in values.items():
        if isinstance(value, dict):
            lines.append(section(key, value, indent + "  "))
        else:
            lines.append(f"{indent}  {key}: {quoted(value)}")
    return "\n".join(lines)


def quoted(value):
    text = str(value)
    return text if text.replace(".", "").replace("-", "").isalnum() else f'"{text}"'


def groups_text(hood):
    lines = ["groups:"]
    for name, room in hood.rooms.items():
        kind = "core" if name in hood.groups() else "kind"
        lines.append(f"  - {kind}: {name}")
        if name in hood.portals:
            lines += [f"    channel: {quoted(hood.portals[name].jid)}", "    bridged: true"]
        else:
            lines.append(f"    room: {quoted(room)}")
    return "\n".join(lines)


def persons_text(hood):
    """The people of the config: role holders, and the residents to be called by their names."""
    leads = "[" + ", ".join(hood.groups()) + "]"
    people = {
        "fatima": ([hood.fatima.user_id], ""), "piet": ([hood.piet.user_id], ""),
        "lead": ([hood.lead.user_id], f"lead: {leads}"),
        "coordinator": ([hood.coordinator.user_id], "roles: [coordinator]"),
        "treasurer": ([hood.treasurer.user_id], "roles: [treasurer]"),
        "auditor": ([hood.auditor.user_id], "roles: [auditor]")}
    lines = ["persons:"]
    for label, (ids, role) in people.items():
        ids += [hood.ghosts[label]] if label in hood.ghosts else []
        lines += [f"  {label}:", f"    name: {label.capitalize()}",
                  "    ids: [" + ", ".join(quoted(one) for one in ids) + "]"]
        lines += [f"    {role}"] if role else []
    return "\n".join(lines)

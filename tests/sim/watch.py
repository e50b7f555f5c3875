"""What must hold after every day, read from the database and from what was said."""

import os
import re
import sqlite3
import subprocess
from collections import Counter

from act_agenda import go_round
from clock import instant, wall
from life import Thing
from town import GRANT_CENTS

# Said by itself and alone: DESIGN.md decision 13 lets these out beside the day post.
ALONE = ("reminder/", "moved/", "cancelled/", "once/", "outage/", "intro/", "untrusted/", "warn/", "file/", "story/file/")

# Somebody had it said: a question about a receipt and its answer, what became of his proposal.
PASSED_ON = ("vraag/", "antwoord/", "proposal/")

# What is meant for one person, in the room he has alone with us; in a group it waits for the day post.
PRIVATE = ("roundabout/", "review/", "idea/")


class Watch:
    def __init__(self, program, data, life):
        self.program = program
        self.data = data
        self.life = life
        self.heard = 0      # how much of life.unasked was looked at
        self.joined = set() # pairs of plans that were one yesterday

    # What the people need of the books while they live

    def chaired(self, number):
        """Who chaired an event, the first time first."""
        base = self.open()
        names = [name for (name,) in base.execute("SELECT name FROM agenda_chaired WHERE event = ? ORDER BY day", (number,))]
        base.close()
        return names

    def newest(self, life, things, table, group, who, message):
        """What was just said and has a number that people were not told."""
        base = self.open()
        (number,) = base.execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()
        base.close()
        if number in things or not number:
            life.fail(f"no new {table} of {who.name}")
            return None
        things[number] = Thing(number, group, who, message, life.now)
        return things[number]

    def open(self):
        path = os.path.join(self.data, "rotonde.db")
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def after_day(self, now):
        """All that is wrong tonight, each as a line of words."""
        base = self.open()
        at_ms = instant(now)
        wrong = []
        for check in DAILY:
            wrong += [f"{check.__name__}: {what}" for what in check(self, base, at_ms)]
        base.close()
        return wrong

    def after_all(self):
        base = self.open()
        wrong = [f"{check.__name__}: {what}" for check in FINAL for what in check(self, base)]
        base.close()
        return wrong


def books_are_right(watch, _base, _at_ms):
    """Every entry, hash, line, receipt and photo, by `rotonde verify`."""
    done = subprocess.run([watch.program, "verify", "--data", watch.data], capture_output=True, text=True, check=False)
    if done.returncode:
        yield done.stdout + done.stderr


def total_is_the_grant(_watch, base, _at_ms):
    (lines,) = base.execute("SELECT sum(granted_cents) FROM line").fetchone()
    if lines != GRANT_CENTS:
        yield f"the lines were granted {lines}"


def spent_is_what_was_entered(_watch, base, _at_ms):
    yield from base.execute(
        "SELECT name || ': ' || spent_cents FROM line l WHERE spent_cents - granted_cents <> "
        "-(SELECT ifnull(sum(cents), 0) FROM entry WHERE line = l.id)"
    )


def receipts_are_what_people_were_told(watch, base, _at_ms):
    """The people's own ledger against the books, to the cent: no receipt lost, doubled or changed over crashes."""
    rows = base.execute(
        "SELECT r.id, r.cents, r.back_cents, r.state, l.name, r.paid_at_ms IS NOT NULL, "
        "(SELECT ifnull(sum(-e.cents), 0) FROM entry e WHERE e.receipt = r.id) FROM receipt r LEFT JOIN line l ON l.id = r.line"
    )
    seen = set()
    for number, cents, back, state, line, paid, spent in rows:
        one = watch.life.receipts.get(number)
        if not one:
            yield f"receipt {number} of {cents} stands in the books, but nobody was told"
            continue
        seen.add(number)
        if (cents, back) != (one.cents, one.back) or state != one.state or line != one.line:
            yield f"receipt {number}: told {one.cents} back {one.back} {one.state} {one.line}, the books have {cents} back {back} {state} {line}"
        if bool(paid) != one.paid:
            yield f"receipt {number} is {'paid' if paid else 'not paid'}, and people were told otherwise"
        if spent != (one.cents - one.back if one.counts() else 0):
            yield f"receipt {number}: told {one.cents} back {one.back} {one.state}, entered {spent}"
    for number in watch.life.receipts.keys() - seen:
        yield f"receipt {number} is lost"


# Of each thing with a number what the books say, under the names that Thing.row has.
ROWS = (
    (
        "ideas",
        "SELECT id, state, route, (SELECT count(DISTINCT person) FROM idea_thumb WHERE idea = i.id) AS thumbs, "
        "(SELECT count(DISTINCT person) FROM idea_helper WHERE idea = i.id) AS helpers FROM idea i",
    ),
    (
        "events",
        "SELECT id, status, starts, title, (SELECT count(DISTINCT person) FROM agenda_attendance WHERE event = e.id AND day = '') AS coming FROM agenda_event e",
    ),
    (
        "actions",
        "SELECT id, state, due, (SELECT substr(sender, 2, instr(sender, ':') - 2) FROM identity WHERE person = a.taker) AS taker FROM action a",
    ),
    ("stories", "SELECT s.id, s.kind, c.slug AS core, s.text, s.withdrawn_at_ms IS NOT NULL AS gone FROM story s JOIN core c ON c.id = s.core"),
    ("proposals", "SELECT id, state FROM proposal"),
)


def told_as(one, key, row):
    """What the books have under this name, in the way people remember it."""
    if key == "state" and isinstance(one.row["state"], tuple):
        return row["state"], row["route"] if row["state"] != "archived" else None
    return row[key]


def rows_are_what_people_were_told(watch, base, at_ms):
    """Every idea, event, action, story and proposal stands as those who said something about it believe; none is lost or extra."""
    for one in watch.life.proposals.values():
        if one.row["state"] == "open" and instant(one.at.replace(second=0)) + (14 * 86400 + 600) * 1000 < at_ms:
            one.row["state"] = "expired"
    for name, sql in ROWS:
        cursor = base.execute(sql)
        names = [column[0] for column in cursor.description]
        rows = {row[0]: dict(zip(names, row)) for row in cursor}
        things = getattr(watch.life, name)
        for number in rows.keys() ^ things.keys():
            yield f"{name}: {number} is in the books or was told, not both"
        for number in rows.keys() & things.keys():
            one = things[number]
            for key, told in one.row.items():
                told = len(set(told.values())) if isinstance(told, dict) else told
                if told_as(one, key, rows[number]) != told:
                    yield f"{name}: {number} of {one.author.name}: told {key} {told}, the books have {rows[number]}"


def lines_hold_what_was_moved(watch, base, _at_ms):
    """What a line has is what the budget gave it and what two persons moved."""
    granted = dict(base.execute("SELECT l.name, sum(e.cents) FROM entry e JOIN line l ON l.id = e.line WHERE e.kind = 'grant' GROUP BY l.name"))
    for name, cents in base.execute("SELECT name, sum(granted_cents) FROM line GROUP BY name"):
        if cents != granted[name] + watch.life.moved.get(name, 0):
            yield f"{name} has {cents}, was granted {granted[name]} and moved {watch.life.moved.get(name, 0)}"


def roles_are_what_was_decided(watch, base, _at_ms):
    roles = set(
        base.execute(
            "SELECT substr(i.sender, 2, instr(i.sender, ':') - 2), c.slug FROM role r JOIN identity i ON i.person = r.person "
            "JOIN core c ON c.id = r.core WHERE r.decided"
        )
    )
    for name, core in roles ^ watch.life.roles:
        yield f"{name} is lead of {core} in the books or was told, not both"


def presence_is_what_was_noted(watch, base, _at_ms):
    present = set(base.execute("SELECT c.slug, p.day FROM presence p JOIN core c ON c.id = p.core WHERE p.undone_by IS NULL"))
    for core, day in present ^ watch.life.present:
        yield f"{core} was at the session of {day} in the books or was told, not both"


def chairs_go_round(watch, _base, _at_ms):
    """Who chaired is who was the first of the list."""
    for one in watch.life.events.values():
        if one.starts is None and one.chairs:
            go_round(watch.life, one)
    return ()


def joint_is_of_two(watch, base, _at_ms):
    """What is one plan now, a lead of each core said yes to; and what was refused is not."""
    for pair, core, answer, leads in base.execute(
        "SELECT s.pair, s.core, ifnull(s.answer, ''), EXISTS (SELECT 1 FROM role r WHERE r.person = s.person AND r.core = s.core) "
        "FROM roundabout_pair p JOIN roundabout_side s ON s.pair = p.id WHERE p.state = 'joined'"
    ):
        if answer != "yes":
            yield f"pair {pair} is joined, but core {core} said {answer!r}"
        elif not leads and pair not in watch.joined: # later he may lead no more
            yield f"pair {pair} is joined, but nobody who leads core {core} said so"
    watch.joined = {pair for (pair,) in base.execute("SELECT id FROM roundabout_pair WHERE state = 'joined'")}
    (folded,) = base.execute("SELECT count(*) FROM agenda_joint").fetchone()
    if len(watch.joined) != folded:
        yield f"{len(watch.joined)} pairs said yes, {folded} events were folded"


def cancelled_is_not_reminded(_watch, base, at_ms):
    for row in base.execute(
        "SELECT o.dedupe FROM outbox o JOIN agenda_event e ON e.id = CAST(substr(o.dedupe, 10) AS INTEGER) "
        "WHERE o.dedupe > 'reminder/' AND o.dedupe < 'reminder0' AND o.state = 'sent' AND o.sent_at_ms > ? AND e.status = 'cancelled' "
        "AND o.sent_at_ms > 60000 + (SELECT max(at_ms) FROM agenda_version WHERE event = e.id AND change = 'cancelled')",
        (at_ms - 2 * 86400000,),
    ):
        yield f"reminded of what was called off: {row}"


def quiet_is_kept(watch, base, at_ms):
    """A group that asked for rest hears nothing by itself but what changes at the last moment, and what somebody asked it."""
    for group, key, sent in base.execute(
        "SELECT g.name, o.dedupe, o.sent_at_ms FROM outbox o JOIN room r ON r.room = o.room JOIN app_group g ON g.id = r.app_group "
        "WHERE o.dedupe IS NOT NULL AND o.state = 'sent' AND o.sent_at_ms > ?",
        (at_ms - 2 * 86400000,),
    ):
        if key.startswith(("day/", "reminder/")) and any(
            one == group and instant(since.replace(second=0)) + 120000 < sent < instant(until.replace(second=0)) for one, since, until in watch.life.quiet
        ):
            yield f"{group} asked for rest, and was told {key}"


def one_person(base, until_ms):
    """Of each person the smallest number among all he was ever called one with by then."""
    same = {number: number for (number,) in base.execute("SELECT id FROM person")}
    pairs = list(base.execute("SELECT person, other FROM person_link WHERE made_at_ms <= ?", (until_ms,)))
    for _ in pairs:
        for one, other in pairs:
            same[one] = same[other] = min(same[one], same[other])
    return same


def four_eyes(_watch, base, at_ms):
    """Nobody agreed to his own proposal or looked at his own receipt today, nor did who was ever one person with him."""
    since_ms = at_ms - 2 * 86400000
    for number, maker, agreed_by, when in base.execute(
        "SELECT id, person, agreed_by, settled_at_ms FROM proposal WHERE state = 'agreed' AND settled_at_ms > ?", (since_ms,)
    ):
        same = one_person(base, when)
        if same[maker] == same[agreed_by]:
            yield f"proposal {number} was agreed by its own proposer"
    # A sole treasurer has a way out, which is written down.
    for number, kind, person, owner, when in base.execute(
        "SELECT e.receipt, e.kind, e.person, o.person, e.at_ms FROM entry e JOIN receipt_owner o ON o.receipt = e.receipt "
        "WHERE e.kind IN ('approved', 'rejected') AND e.at_ms > ? "
        "AND NOT EXISTS (SELECT 1 FROM entry s WHERE s.receipt = e.receipt AND s.kind = 'sole')",
        (since_ms,),
    ):
        same = one_person(base, when)
        if same[person] == same[owner]:
            yield f"receipt {number} was {kind} by its owner"


def nothing_waits(_watch, base, at_ms):
    """No message is left behind, no timer is overdue."""
    for row in base.execute("SELECT id, room, dedupe FROM outbox WHERE state IN ('queued', 'sealed') AND not_before_ms < ?", (at_ms - 600000,)):
        yield f"unsaid: {row}"
    for row in base.execute("SELECT id, room, dedupe, why_dead FROM outbox WHERE state = 'dead' AND why_dead NOT LIKE '%expired%'"):
        yield f"dead: {row}"
    for row in base.execute("SELECT event, state FROM inbox WHERE state <> 'done'"):
        yield f"not run: {row}"
    for row in base.execute("SELECT kind, subject, due_at_ms FROM timer WHERE due_at_ms < ?", (at_ms - 600000,)):
        yield f"overdue: {row}"


def one_message_a_day(_watch, base, at_ms):
    """At most one day post a group and day; nothing else unasked but what may go alone; nothing in the quiet hours."""
    posts = Counter()
    for room, key, sent, private in base.execute(
        "SELECT room, dedupe, sent_at_ms, EXISTS (SELECT 1 FROM room AS r JOIN app_group AS g ON g.id = r.app_group"
        " WHERE r.room = outbox.room AND g.kind = 'private') FROM outbox WHERE dedupe IS NOT NULL AND state = 'sent' AND sent_at_ms > ?", (at_ms - 2 * 86400000,)
    ):
        when = wall(sent)
        if key.startswith(("reminder/", "moved/", "cancelled/", "day/")) and not 9 <= when.hour < 21 and not key.startswith(("moved/", "cancelled/")):
            yield f"{key} in the quiet hours: {when}"
        if key.startswith("day/"):
            posts[room, when.date()] += 1
        elif not key.startswith(ALONE + PASSED_ON) and not (private and key.startswith(PRIVATE)):
            yield f"unasked and alone: {key}"
    for (room, day), count in posts.items():
        if count > 1:
            yield f"{count} day posts in {room} on {day}"


def nothing_is_said_twice(watch, _base, _at_ms):
    """The same words unasked in the same room on the same day."""
    fresh = Counter(watch.life.unasked[watch.heard :])
    watch.heard = len(watch.life.unasked)
    for (day, group, words), count in fresh.items():
        about = re.search(r"\((?:agenda|event) (\d+)\)\.$", words)
        if count > 1 and not (about and int(about.group(1)) in watch.life.wished):
            yield f"{count} times on {day} in {group}: {words}"


def notices_are_accounted_for(_watch, base, at_ms):
    """What was due and is of no use any more was said, skipped with a reason or gone; what counts as said has a message or was read."""
    for row in base.execute("SELECT id, event, kind, occurrence FROM agenda_notice WHERE state = 'due' AND useless_at_ms < ?", (at_ms - 600000,)):
        yield f"forgotten: {row}"
    for group, *row in base.execute(
        "SELECT g.name, n.id, n.event, n.kind, n.occurrence FROM agenda_notice n JOIN agenda_event e ON e.id = n.event "
        "JOIN app_group g ON g.id = e.app_group WHERE n.state = 'said' AND seen_by IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM agenda_told t WHERE t.notice = n.id) "
        "AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.dedupe > n.kind || '/' || n.event || '/' "
        "AND o.dedupe < n.kind || '/' || n.event || '0' AND o.state = 'sent') AND due_at_ms > ?",
        (at_ms - 8 * 86400000,),
    ):
        yield f"said to nobody in {group}: {row}"


def events_were_reminded(_watch, base, at_ms):
    """Whoever put an event down three days ahead or more, with the config's reminders, was told of it."""
    for row in base.execute(
        "SELECT id, title, starts FROM agenda_event e WHERE status = 'confirmed' AND rrule IS NULL AND all_day = 0 AND own_offsets = 0 "
        "AND next_at_ms IS NULL AND typed_at_ms < ? AND NOT EXISTS (SELECT 1 FROM agenda_notice n WHERE n.event = e.id "
        "AND n.state IN ('said', 'skipped', 'gone')) "
        "AND julianday(substr(starts, 1, 10)) - julianday(typed_at_ms / 1000, 'unixepoch') > 3",
        (at_ms,),
    ):
        yield f"nobody was told: {row}"


def nothing_is_amiss(_watch, base, _at_ms):
    for kind, subject, detail in base.execute("SELECT kind, subject, detail FROM incident WHERE cleared_at_ms IS NULL"):
        yield f"incident {kind} {subject}: {detail}"


def photos_are_kept(watch, base):
    for one in watch.life.receipts.values():
        stored = {
            digest
            for (digest,) in base.execute(
                "SELECT m.blob FROM receipt_photo p JOIN media m ON m.id = p.media WHERE p.receipt = ? AND m.state = 'stored'", (one.number,)
            )
        }
        for digest in one.photos:
            path = os.path.join(watch.data, "photos", digest[:2], digest)
            if digest not in stored or not os.path.exists(path):
                yield f"receipt {one.number} lost photo {digest}"


DAILY = (
    books_are_right,
    total_is_the_grant,
    spent_is_what_was_entered,
    receipts_are_what_people_were_told,
    rows_are_what_people_were_told,
    lines_hold_what_was_moved,
    roles_are_what_was_decided,
    presence_is_what_was_noted,
    chairs_go_round,
    joint_is_of_two,
    cancelled_is_not_reminded,
    quiet_is_kept,
    four_eyes,
    nothing_waits,
    one_message_a_day,
    nothing_is_said_twice,
    notices_are_accounted_for,
    events_were_reminded,
    nothing_is_amiss,
)
FINAL = (photos_are_kept,)

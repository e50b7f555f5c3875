"""The main job once more, in encrypted rooms: what residents do and see is the same."""

import test_native
import test_rooms
import test_time
from encrypted import check_unshielded, hood_started
from neighbourhood import jpeg


def encrypted(plain):
    """A scenario of the plain rooms, in encrypted ones."""
    def scenario(env):
        env.encrypted = True
        plain(env)
    scenario.__doc__ = plain.__doc__
    scenario.limit_s = max(300, getattr(plain, "limit_s", 0))
    return scenario


def test_receipts(env):
    """Photos with a caption, as a reply, as an album, before their words, and a PDF: booked, kept as they came."""
    hood = hood_started(env)
    room = hood.rooms["kruitberg"]
    photos = [jpeg(f"bon {number}") for number in range(5)]
    pdf = b"%PDF-1.4\n% een factuur\n%%EOF\n"
    earlier = hood.lead.photo(room, photos[0])
    hood.answer_to(lambda: hood.lead.reply(room, earlier, "!bon 8,00 zaadjes"), "kruitberg", r"\b992,00")
    hood.lead.photo(room, photos[1], "!bon 30,00 feest")
    hood.lead.photo(room, photos[2])
    hood.lead.photo(room, photos[3])
    hood.wait_bot("kruitberg", r"\b962,00")
    hood.answer_to(lambda: hood.lead.photo(room, photos[4], "!bon 12,00 verf"), "kruitberg", r"\b950,00")
    hood.answer_to(lambda: hood.lead.file(room, pdf, "!bon 50,00 printer"), "kruitberg", r"\b900,00")
    hood.settle()
    kept = [path.read_bytes() for path in hood.daemon.photos()]
    assert sorted(kept) == sorted([*photos, pdf])
    folder = env.folder / "export"
    hood.daemon.tool("export", folder)
    exported = [path.read_bytes() for path in folder.rglob("B-*") if path.is_file()]
    assert all(data in exported for data in (*photos, pdf)), list(folder.rglob("*"))
    hood.daemon.verify()
    check_unshielded(hood, hood.piet)


test_support_by_reaction = encrypted(test_native.test_support_by_reaction)
test_receipt_without_amount_is_asked = encrypted(test_native.test_receipt_without_amount_is_asked)
test_agenda = encrypted(test_native.test_agenda)
test_languages = encrypted(test_native.test_languages)
test_edit_and_redaction_of_an_idea = encrypted(test_native.test_edit_and_redaction_of_an_idea)
test_kicked_and_banned = encrypted(test_rooms.test_kicked_and_banned)
test_two_hour_reminder = encrypted(test_time.test_two_hour_reminder)
test_weekly_summary = encrypted(test_time.test_weekly_summary)

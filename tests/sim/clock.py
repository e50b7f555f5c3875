"""The wall clock of Amsterdam, without a time zone database: summer time as the European Union has it since 1996."""

import calendar
from datetime import datetime, timedelta, timezone


def _last_sunday(year, month):
    last = calendar.monthrange(year, month)[1]
    day = datetime(year, month, last, 1, tzinfo=timezone.utc)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def wall(ms):
    """What the clock on the wall shows at an instant."""
    utc = datetime.fromtimestamp(ms / 1000, timezone.utc)
    summer = _last_sunday(utc.year, 3) <= utc < _last_sunday(utc.year, 10)
    return (utc + timedelta(hours=2 if summer else 1)).replace(tzinfo=None)


def instant(when):
    """Milliseconds of a time on the wall that exists once."""
    for hours in (2, 1):
        ms = int((when.replace(tzinfo=timezone.utc) - timedelta(hours=hours)).timestamp() * 1000)
        if wall(ms) == when:
            return ms
    raise ValueError(when)

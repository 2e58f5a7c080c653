"""How a day and a moment are written wherever a person reads them: "31 Jan 2025"; "31 Jan 2025, 9:05".

Pure: the sentences of checks and rules and the pages use the same words. The names of the months are our own, because
`strftime` would ask the computer which language it speaks.
"""

from __future__ import annotations

from datetime import date, datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written_day(day: date) -> str:
    """ "31 Jan 2025", with its year; of a moment the day in that moment's own time zone."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def written_moment(moment: datetime) -> str:
    """ "31 Jan 2025, 9:05", on the clock that the moment itself carries."""
    return f"{written_day(moment)}, {moment.hour}:{moment.minute:02}"


def months_on(born: date, day: date) -> int:
    """Whole months of age on that day."""
    return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)

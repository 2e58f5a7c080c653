"""The series of a label that begin with loading doses."""

from __future__ import annotations

from injections.facts import LoadingDose, LoadingSeries
from injections.formulary.table import Table
from injections.quantity import Quantity

LONGEST = 800


def loading_series(row: Table) -> LoadingSeries:
    """One ``[[loading]]`` table. Its ``days`` are counted as labels count them: the first dose is on day 1."""
    days = row.counts("days")
    doses, then = _doses(row, len(days)), row.amount("then")
    early, late = row.count("early_days") or 0, row.count("late_days") or 0
    if not days or days[0] != 1 or list(days) != sorted(set(days)) or days[-1] > LONGEST:
        raise row.error("days", f"do not begin with day 1 and go up, to day {LONGEST} at most")
    series = LoadingSeries(
        doses=tuple(
            LoadingDose(day - 1, dose, early if day > 1 else 0, late if day > 1 else 0)
            for day, dose in zip(days, doses, strict=True)
        ),
        then=then,
        every_days=row.count("every_days"),
        early_days=row.count("then_early_days") or 0,
        late_days=row.count("then_late_days") or 0,
        use=row.text("use"),
        source=row.text("source", required=True),
    )
    if series.every_days is None and (then is not None or len(days) == 1):
        raise row.error("every_days", "is missing")
    row.finish()
    return series


def _doses(row: Table, count: int) -> tuple[Quantity | None, ...]:
    """One amount for each day, one for all of them, or none: then they are as much as those that follow."""
    doses = row.amounts("doses")
    if not doses:
        return (None,) * count
    if len(doses) == 1:
        return doses * count
    if len(doses) != count:
        raise row.error("doses", "are not as many as the days")
    return doses

"""The day at one place: who is expected, for what, and how far each visit has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import blake2s
from operator import attrgetter

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from injections import facts
from injections.chart.afterwards import still_running
from injections.chart.due import due_after
from injections.chart.given import with_given
from injections.chart.reading import GIVEN
from injections.chart.waiting import Waiting, waiting_at
from injections.models import (
    Administration,
    AdministrationDraft,
    Appointment,
    Encounter,
    Location,
    Order,
    OrderRequest,
    Patient,
    Reaction,
    Staff,
)
from injections.models.order import OrderKind
from injections.models.practice import PracticeQuerySet
from injections.quantity import Quantity
from injections.reading.chips import REACTION, Chip, waiting_chip
from injections.reading.names import alike, mark_similar
from injections.reading.series import next_in_words, used_up, what_became
from injections.templatetags.words import day as day_words


class Tab(StrEnum):
    """Where a visit stands; the words are those of the page."""

    TO_GIVE = "to-give"
    WATCHING = "watching"
    TO_SIGN = "to-sign"
    DONE = "done"
    NOT_GIVEN = "not-given"


@dataclass(slots=True)
class Row:
    """One line of the list. ``appointment`` opens a visit where ``encounter`` is still ``None``."""

    at: datetime
    patient: Patient
    order: Order | None
    appointment: Appointment | None
    encounter: Encounter | None
    tab: Tab
    state: Chip
    dose: Quantity | None = None
    room: str = ""
    detail: str = ""
    similar: bool = False
    given: Administration | None = None
    waits: Waiting | None = None
    reaction: Reaction | None = None
    asks: str = ""
    asked: bool = False

    @property
    def key(self) -> str:
        """Names the line on the page and nobody: the appointment, or the visit without one."""
        return f"a{self.appointment.pk}" if self.appointment else f"e{self.encounter.pk if self.encounter else 0}"

    @property
    def version(self) -> str:
        """Another text whenever the line reads differently. Says nothing about whom it is."""
        visit = self.encounter.pk if self.encounter else None
        told = (
            self.tab.value,
            self.at,
            self.state,
            self.room,
            str(self.dose),
            self.detail,
            self.similar,
            self.asked,
            self.patient.pk,
            visit,
        )
        return blake2s(repr(told).encode(), digest_size=6).hexdigest()


def rows(location: Location, on: date, reader: Staff) -> list[Row]:
    """Every visit of that day in the order of time, with look-alike names marked.

    Whoever came the day before and was to be watched past midnight, or whose reaction goes on, stands first until that
    has its end.
    """
    before, midnight = on - timedelta(days=1), bounds(on)[0]
    late = [waits for waits in waiting_at(location, before) if waits.until > midnight]
    ill = list(still_running(location, before))
    carried = _of_day(location, before, reader, late, ill) if late or ill else []
    listed = [row for row in carried if row.tab == Tab.WATCHING]
    listed += _of_day(location, on, reader, waiting_at(location, on), still_running(location, on))
    listed.sort(key=lambda row: (row.at, row.patient.sort_name))
    mark_similar(listed)
    return listed


def _of_day(
    location: Location, on: date, reader: Staff, waiting: Iterable[Waiting], running: Iterable[Reaction]
) -> list[Row]:
    listed = [_row(appointment, reader) for appointment in _appointments(location, on, reader)]
    listed += [_unbooked(encounter, reader) for encounter in _unbooked_encounters(location, on, reader)]
    _mark_waiting(listed, waiting)
    _mark_running(listed, running)
    return listed


def booked(location: Location, on: date) -> int:
    """How many are expected on that day."""
    return _booked(location, on).count()


def waiting_for(reader: Staff) -> QuerySet[AdministrationDraft]:
    """What this person began and has not signed, on any day."""
    mine = AdministrationDraft.objects.for_user(reader).filter(author=reader)
    return mine.select_related("encounter__patient", "order__product").order_by("started_at")


def after(encounter: Encounter, reader: Staff) -> Row | None:
    """The next one who waits at the same place on that day."""
    waiting = [row for row in rows(encounter.location, encounter.date, reader) if row.tab == Tab.TO_GIVE]
    others = [row for row in waiting if row.encounter is None or row.encounter.pk != encounter.pk]
    return others[0] if others else None


def namesakes(encounter: Encounter) -> list[Patient]:
    """Others expected at the same place on that day whose names can be taken for this patient's."""
    others = Patient.objects.filter(appointments__in=_booked(encounter.location, encounter.date))
    found = others.exclude(pk=encounter.patient_id).distinct()
    return [other for other in found if alike(other, encounter.patient)]


def bounds(on: date) -> tuple[datetime, datetime]:
    """The first moment of the day and of the next, in the practice's time zone."""
    zone = timezone.get_current_timezone()
    return datetime.combine(on, time.min, zone), datetime.combine(on + timedelta(days=1), time.min, zone)


# --- rows ------------------------------------------------------------------------------------------------------------


def _booked(location: Location, on: date) -> PracticeQuerySet[Appointment]:
    first, after = bounds(on)
    return Appointment.objects.filter(
        location=location, starts_at__gte=first, starts_at__lt=after, cancelled_at__isnull=True
    )


def _standing() -> QuerySet[Administration]:
    """Signed doses that nothing has replaced, oldest first."""
    return Administration.objects.filter(superseded_by__isnull=True).select_related("product").order_by("pk")


def _charting(prefix: str = "") -> tuple[Prefetch[str], Prefetch[str]]:
    return (
        Prefetch(f"{prefix}drafts", AdministrationDraft.objects.select_related("author")),
        Prefetch(f"{prefix}administrations", _standing(), to_attr="standing"),
    )


def _appointments(location: Location, on: date, reader: Staff) -> QuerySet[Appointment]:
    found = (
        _booked(location, on)
        .for_user(reader)
        .select_related(
            "patient", "order__product", "order__ordered_by", "order__protocol", "order__pause", "encounter"
        )
        .prefetch_related(*_charting("encounter__"))
        .annotate(asked=Exists(OrderRequest.objects.filter(order=OuterRef("order"), answered_at=None)))
    )
    return with_given(found, order="order", before=on)


def _unbooked_encounters(location: Location, on: date, reader: Staff) -> QuerySet[Encounter]:
    found = Encounter.objects.for_user(reader).filter(location=location, date=on, appointment__isnull=True)
    return found.select_related("patient").prefetch_related(*_charting())


def _row(appointment: Appointment, reader: Staff) -> Row:
    encounter = getattr(appointment, "encounter", None)
    before: int = appointment.given  # type: ignore[attr-defined]  # annotated by the query above
    tab, state, given = _progress(encounter, appointment.order, reader, before)
    return Row(
        at=appointment.starts_at,
        patient=appointment.patient,
        order=appointment.order,
        appointment=appointment,
        encounter=encounter,
        tab=tab,
        state=state,
        room=appointment.room or ("Walk-in" if appointment.walk_in else ""),
        dose=appointment.order.dose_of(before + 1) if appointment.order else None,
        detail=_detail(appointment, given),
        given=given,
        asks=_asks(appointment.order, state, encounter),
        asked=appointment.asked,  # type: ignore[attr-defined]  # annotated by the query above
    )


def _asks(order: Order | None, state: Chip, encounter: Encounter | None) -> str:
    """Whom one tap asks, where the order cannot be given as it stands and nobody has begun."""
    return order.ordered_by.short_name if order is not None and encounter is None and state.tint == "warn" else ""


def _unbooked(encounter: Encounter, reader: Staff) -> Row:
    tab, state, given = _progress(encounter, None, reader)
    at = encounter.opened_at
    detail = what_became(given) if given is not None else ""
    return Row(at, encounter.patient, None, None, encounter, tab, state, room="Walk-in", detail=detail, given=given)


def _progress(
    encounter: Encounter | None, order: Order | None, reader: Staff, before: int = 0
) -> tuple[Tab, Chip, Administration | None]:
    """How far the visit has come. A draft that somebody is charting comes before what was signed earlier in it."""
    drafts = list(encounter.drafts.all()) if encounter else []
    if drafts:
        author = drafts[0].author
        who = "You are charting" if author == reader else f"{author.short_name} charting"
        return Tab.TO_GIVE, Chip("", "◐", who), None
    standing: list[Administration] = getattr(encounter, "standing", []) if encounter else []
    signed = [dose for dose in standing if dose.status != facts.Status.ENTERED_IN_ERROR]
    if not signed:
        return Tab.TO_GIVE, _order_state(order, before), None
    last = signed[-1]
    if last.status in GIVEN:
        return Tab.DONE, Chip("ok", "✓", "Signed"), last
    word = "Refused" if last.status == facts.Status.REFUSED else "Not given"
    return Tab.NOT_GIVEN, Chip("", "⊘", word), last


def _order_state(order: Order | None, before: int = 0) -> Chip:
    """Whether the dose may be given as it stands; an order that waits for somebody, or is used up, says so."""
    today = timezone.localdate()
    if order is None:
        return Chip("warn", "▲", "No order")
    if order.stopped_on is not None:
        return Chip("warn", "▲", "Order stopped")
    if order.signed_at is None:
        return Chip("warn", "✎", "Order unsigned")
    if order.expires_on is not None and order.expires_on < today:
        return Chip("warn", "▲", "Order expired")
    if (pause := order.waits_on(today)) is not None:
        return Chip("warn", "■", f"Paused until {day_words(pause.until)}")
    if used_up(order, before):
        return Chip("warn", "▲", "All doses given")
    return Chip("info", "○", "Ready")


def _detail(appointment: Appointment, given: Administration | None) -> str:
    """The second line: how often, which dose of how many and when it is due; after signing, who gave it."""
    order = appointment.order
    if given is not None:
        return what_became(given)
    if order is None:
        return ""
    if order.protocol is not None:
        return order.whose
    if order.kind != OrderKind.SERIES:
        return f"{order.frequency}, ordered {day_words(order.ordered_on)}"
    counted = attrgetter("given", "first_given", "last_given")(appointment)
    return next_in_words(order, counted[0], due_after(order, *counted))


def _mark_waiting(listed: Iterable[Row], waiting: Iterable[Waiting]) -> None:
    """Whoever is still to be watched stands under Watching, with the minutes by the clock of the server."""
    now = timezone.now()
    first: dict[int, Waiting] = {}
    for waits in waiting:
        first.setdefault(waits.dose.encounter_id, waits)
    for row in listed:
        found = first.get(row.encounter.pk) if row.encounter else None
        if found is not None and row.tab == Tab.DONE:
            row.tab, row.waits, row.state = Tab.WATCHING, found, waiting_chip(found, now)


def _mark_running(listed: Iterable[Row], running: Iterable[Reaction]) -> None:
    """Whoever is ill after a dose is watched until the log is closed, also where its drug asks for no wait."""
    called = {one.administration.encounter_id: one for one in running}
    for row in listed:
        found = called.get(row.encounter.pk) if row.encounter else None
        if found is not None and row.tab in (Tab.DONE, Tab.WATCHING):
            row.tab, row.reaction, row.state = Tab.WATCHING, found, REACTION

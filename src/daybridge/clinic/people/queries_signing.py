"""Who signs with whom, and who is away."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.clinic.people import rules_signing as rules
from daybridge.clinic.people.models import Absence, Licence, LicenceCheck, Staff, Supervision
from daybridge.clinic.people.queries import staff_lines


@dataclass(frozen=True, slots=True)
class SupervisionRow:
    """Who supervises whom, from a day to a day (both included)."""

    staff_id: int
    supervisor_id: int
    signs_for: bool
    from_day: date
    until_day: date | None


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Somebody who is away now, since when, and who stands in."""

    staff_id: int
    stand_in_id: int
    from_at: datetime
    expected_on: date | None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """The newest look at a licence in the state's register."""

    licence_id: int
    found: str
    said: str
    source: str
    words: str
    by: str
    looked_at: datetime


@query(Can.SEE_STAFF)
def needs_cosign(viewer: Actor, /, *, staff_id: int, on: date) -> bool:
    """Tell whether a note that somebody writes on a day needs a second signature."""
    person = Staff.objects.get(pk=staff_id)
    signs = _supervisions(on).filter(staff_id=staff_id, signs_for=True).exists()
    return rules.needs_cosign(rules.Signing(_held(staff_id), person.credential, signs), on)


@query(Can.SEE_STAFF)
def cosigner_of(viewer: Actor, /, *, staff_id: int, on: date) -> int | None:
    """Return who signs with somebody on a day: the supervisor, or who stands in for them.

    None when nobody supervises that day, or neither holds a licence of their own: then
    somebody has to be named on the staff page.
    """
    named = _supervisions(on).filter(staff_id=staff_id).values_list("supervisor_id", flat=True).first()
    if named is None:
        return None
    away = _absences(on).filter(staff_id=named).values_list("stand_in_id", flat=True).first()
    for one in (away or named, named):
        if one != staff_id and rules.holds_own_licence(_held(one), on):
            return one
    return None


@query(Can.SEE_STAFF)
def people_signed_with(viewer: Actor, /, *, on: date) -> set[int]:
    """Return everybody whose notes need a second signature on a day, in three queries."""
    signed_for = set(_supervisions(on).filter(signs_for=True).values_list("staff_id", flat=True))
    held: dict[int, list[rules.Held]] = {}
    rows = Licence.objects.order_by("pk").values_list("staff_id", "kind", "valid_from", "valid_until")
    for staff_id, kind, first, last in rows:
        held.setdefault(staff_id, []).append(rules.Held(kind, first, last))
    return {
        pk for pk, credential in Staff.objects.filter(left_on=None).values_list("pk", "credential")
        if rules.needs_cosign(
            rules.Signing(tuple(held.get(pk, ())), credential, pk in signed_for), on
        )
    }


@query(Can.SEE_STAFF)
def supervisions(viewer: Actor, /, *, on: date) -> list[SupervisionRow]:
    """Return who supervises whom on a day or later."""
    rows = Supervision.objects.exclude(until_day__lt=on).order_by("staff_id", "from_day")
    return [
        SupervisionRow(row.staff_id, row.supervisor_id, row.signs_for, row.from_day, row.until_day)
        for row in rows
    ]


@query(Can.SEE_STAFF)
def absences(viewer: Actor, /) -> dict[int, AbsenceRow]:
    """Return who is away now, by staff id."""
    rows = Absence.objects.filter(back_at=None).order_by("pk")
    return {
        row.staff_id: AbsenceRow(row.staff_id, row.stand_in_id, row.from_at, row.expected_on)
        for row in rows
    }


@query(Can.SEE_STAFF)
def licence_checks(viewer: Actor, /) -> dict[int, CheckRow]:
    """Return the newest look at each licence."""
    newest = {row.licence_id: row for row in LicenceCheck.objects.order_by("looked_at", "pk")}
    lines = staff_lines(viewer, user_ids={row.looked_by_id for row in newest.values()})
    return {
        pk: CheckRow(pk, row.found, row.get_found_display(), row.source, row.words,
                     lines.get(row.looked_by_id, ""), row.looked_at)
        for pk, row in newest.items()
    }


def _supervisions(on: date) -> QuerySet[Supervision]:
    return Supervision.objects.filter(from_day__lte=on).filter(Q(until_day=None) | Q(until_day__gte=on))


def _absences(on: date) -> QuerySet[Absence]:
    return Absence.objects.filter(from_at__date__lte=on).filter(Q(back_at=None) | Q(back_at__date__gt=on))


def _held(staff_id: int) -> tuple[rules.Held, ...]:
    rows = Licence.objects.filter(staff_id=staff_id).values_list("kind", "valid_from", "valid_until")
    return tuple(rules.Held(*row) for row in rows.order_by("pk"))

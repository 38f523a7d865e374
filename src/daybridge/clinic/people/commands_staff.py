"""The staff: employing, licences and their renewal, deputies, supervision, absence."""

from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.clinic.people.models import Absence, Licence, LicenceCheck, Staff, Supervision
from daybridge.clinic.people.rules import REGISTER_SAYS
from daybridge.kernel import text


class NotKept(ValueError):
    """What was asked for can't be kept; the message says what to change."""


@command(Can.MANAGE_STAFF)
def employ(
    actor: Actor,
    /,
    *,
    user_id: int,
    name: str,
    credential: str,
    job: str,
    phone: str = "",
    languages: str = "en",
    at: datetime,
) -> int:
    """Add a member of staff to an account."""
    return Staff.objects.create(
        user_id=user_id,
        name=name,
        credential=credential,
        job=job,
        phone=phone,
        languages=languages,
    ).pk


@command(Can.MANAGE_STAFF)
def add_licence(
    actor: Actor,
    /,
    *,
    staff_id: int,
    kind: str,
    number: str,
    state: str,
    valid_from: date,
    valid_until: date,
    may_be_in_charge: bool = True,
    at: datetime,
) -> int:
    """Add a licence, valid from and until days both included."""
    return Licence.objects.create(
        staff_id=staff_id,
        kind=kind,
        number=number,
        state=state,
        valid_from=valid_from,
        valid_until=valid_until,
        may_be_in_charge=may_be_in_charge,
    ).pk


@command(Can.MANAGE_STAFF)
def mark_left(actor: Actor, /, *, staff_id: int, on: date, at: datetime) -> None:
    """Note the day from which somebody no longer works here; nothing they wrote goes."""
    Staff.objects.filter(pk=staff_id).update(left_on=on)


@command(Can.MANAGE_STAFF)
def start_renewal(actor: Actor, /, *, licence_id: int, on: date, at: datetime) -> None:
    """Note that a licence's renewal is under way."""
    Licence.objects.filter(pk=licence_id).update(renewal_started_on=on)


@command(Can.MANAGE_STAFF)
def name_deputy(
    actor: Actor,
    /,
    *,
    staff_id: int,
    deputy_id: int | None,
    supervisor_id: int | None = None,
    at: datetime,
) -> None:
    """Name who stands in for somebody, and (when given) who supervises them from today on."""
    Staff.objects.filter(pk=staff_id).update(deputy_id=deputy_id)
    if supervisor_id is not None:
        supervise(actor, staff_id=staff_id, supervisor_id=supervisor_id, from_day=at.date(), at=at)


@command(Can.MANAGE_STAFF)
def supervise(
    actor: Actor, /, *, staff_id: int, supervisor_id: int | None, from_day: date,
    signs_for: bool = False, at: datetime,
) -> None:
    """Say who supervises somebody from a day on (None: nobody), and whether they sign as well."""
    if staff_id == supervisor_id:
        raise NotKept("Nobody supervises themselves. Choose somebody else.")
    rows = Supervision.objects.filter(staff_id=staff_id)
    if supervisor_id is not None and rows.filter(
        supervisor_id=supervisor_id, signs_for=signs_for, from_day__lte=from_day, until_day=None
    ).exists():
        return
    if rows.filter(from_day__gt=from_day).exists():
        raise NotKept("A later change is written down already. Choose a later day.")
    rows.filter(until_day=None, from_day__lt=from_day).update(until_day=from_day - timedelta(days=1))
    same_day = rows.filter(from_day=from_day)
    if supervisor_id is None:
        same_day.update(until_day=from_day)
    elif not same_day.update(supervisor_id=supervisor_id, signs_for=signs_for, until_day=None):
        Supervision.objects.create(
            staff_id=staff_id, supervisor_id=supervisor_id, signs_for=signs_for, from_day=from_day
        )


@command(Can.MANAGE_STAFF)
def check_licence(
    actor: Actor, /, *, licence_id: int, found: str, source: str, words: str = "", at: datetime
) -> int:
    """Record that somebody looked a licence up in the state's register, and what it said."""
    where = text.tidy(source)
    if not where or found not in dict(REGISTER_SAYS):
        raise NotKept("Say what the register says, and which register it was.")
    return LicenceCheck.objects.create(
        licence_id=licence_id, found=found, source=where, words=text.tidy(words),
        looked_by_id=actor.user_id or 0, looked_at=at,
    ).pk


@command(Can.MANAGE_STAFF)
def note_absence(
    actor: Actor, /, *, staff_id: int, stand_in_id: int, expected_on: date | None, at: datetime
) -> int:
    """Note that somebody is away from now on, and who stands in; an open absence goes on."""
    row, made = Absence.objects.get_or_create(
        staff_id=staff_id, back_at=None,
        defaults={"stand_in_id": stand_in_id, "from_at": at, "expected_on": expected_on},
    )
    if not made:
        row.stand_in_id, row.expected_on = stand_in_id, expected_on
        row.save(update_fields=["stand_in", "expected_on"])
    return row.pk


@command(Can.MANAGE_STAFF)
def note_return(actor: Actor, /, *, staff_id: int, at: datetime) -> None:
    """Note that somebody is back."""
    Absence.objects.filter(staff_id=staff_id, back_at=None).update(back_at=at)

"""Who pays: authorisations, their units and their end."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.placement.commands import NotYet
from daybridge.care.placement.models import Payer
from daybridge.kernel import text


@command(Can.EDIT_PAYER)
def authorise(
    actor: Actor, /, *, client_id: int, name: str, number: str, level: str, units: int,
    until: date | None, from_day: date | None = None, at: datetime,
) -> int:
    """Write down who pays: the authorised level stands apart from the clinical one.

    No units means that the payer does not count them.
    """
    if not text.tidy(name):
        raise NotYet("Write who pays.")
    if from_day and until and until < from_day:
        raise NotYet("The last day is not before the first.")
    return Payer.objects.create(
        client_id=client_id, name=text.tidy(name), number=text.tidy(number), level=level,
        units=units, from_day=from_day, until=until,
    ).pk


@command(Can.EDIT_PAYER)
def use_units(actor: Actor, /, *, client_id: int, payer_id: int, used: int, at: datetime) -> None:
    """Note how many units of an authorisation are used so far."""
    if used < 0:
        raise NotYet("Units used are 0 or more.")
    row = Payer.objects.get(pk=payer_id, client_id=client_id, ended_on=None)
    row.used = used
    row.save(update_fields=["used"])


@command(Can.EDIT_PAYER)
def end_authorisation(
    actor: Actor, /, *, client_id: int, payer_id: int, on: date, why: str, at: datetime
) -> None:
    """End an authorisation; what it was stays written down."""
    row = Payer.objects.get(pk=payer_id, client_id=client_id, ended_on=None)
    row.ended_on, row.end_why = on, text.tidy(why)
    row.save(update_fields=["ended_on", "end_why"])

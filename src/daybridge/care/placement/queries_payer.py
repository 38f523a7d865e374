"""Reading who pays, and what runs out."""

from dataclasses import dataclass
from datetime import date

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.placement import rules
from daybridge.care.placement.models import Payer
from daybridge.clinic.programme.queries import setting

MOST = 2000


@dataclass(frozen=True, slots=True)
class PayerRow:
    """One authorisation: who pays, for what, what is left, and what needs a look."""

    payer_id: int
    client_id: int
    name: str
    number: str
    level: str
    units: int
    used: int
    from_day: date | None
    until: date | None
    ended_on: date | None
    end_why: str
    warnings: tuple[str, ...]

    @property
    def left(self) -> int:
        """Return the units left."""
        return max(0, self.units - self.used)


@query(Can.SEE_PAYER)
def payers_of(viewer: Actor, /, *, client_id: int, on: date) -> list[PayerRow]:
    """Return the authorisations of a client, those that hold first."""
    rows = [_row(row, _limits(viewer, on)) for row in Payer.objects.filter(client_id=client_id)]
    return sorted(rows, key=lambda row: (row.ended_on is not None, row.until or date.max, row.payer_id))


@query(Can.SEE_PAYER)
def running_out(viewer: Actor, /, *, on: date) -> list[PayerRow]:
    """Return what runs out where nothing else still holds, soonest first."""
    limits, by_client = _limits(viewer, on), dict[int, list[PayerRow]]()
    for row in Payer.objects.filter(ended_on=None).order_by("until", "pk")[:MOST]:
        by_client.setdefault(row.client_id, []).append(_row(row, limits))
    found = [
        row for rows in by_client.values() if all(one.warnings for one in rows)
        for row in rows[-1:]
    ]
    return sorted(found, key=lambda row: (row.until or date.max, row.payer_id))


def _limits(viewer: Actor, on: date) -> rules.Limits:
    return rules.Limits(
        on, setting(viewer, key="payer_days", on=on), setting(viewer, key="payer_units", on=on)
    )


def _row(row: Payer, limits: rules.Limits) -> PayerRow:
    warnings = () if row.ended_on else rules.runs_out(row.units, row.used, row.until, limits)
    return PayerRow(
        row.pk, row.client_id, row.name, row.number, row.level, row.units, row.used, row.from_day,
        row.until, row.ended_on, row.end_why, warnings,
    )

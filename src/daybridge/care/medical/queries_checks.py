"""Reading what the checks look at, what they say, and how it was answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.assessment.queries_severity import severities
from daybridge.care.medical import checks
from daybridge.care.medical.facts_seen import Allergic, Facts, Planned, Seen, Taken
from daybridge.care.medical.models import Offer, Warned
from daybridge.care.medical.queries import observations_of, scales_of
from daybridge.care.medical.rules import DECISION
from daybridge.care.medicines.queries import (
    MedicineRow,
    allergies_of,
    considered_of,
    ended_of,
    kits_of,
    medicines_of,
)
from daybridge.care.placement.queries import gone

MOST = 200


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """How a prescriber answered a warning."""

    decision: str
    reason: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning with the facts it saw; `lapsed_at` when those no longer hold."""

    warned_id: int
    client_id: int
    rule: str
    severity: str
    about: str
    planned: str
    words: str
    because: tuple[str, ...]
    missing: tuple[str, ...]
    source: str
    warned_at: datetime
    lapsed_at: datetime | None
    answer: AnswerRow | None

    @property
    def is_open(self) -> bool:
        """Tell whether it holds and nobody has answered it."""
        return self.lapsed_at is None and self.answer is None


@query(Can.SEE_MEDICAL)
def facts_of(viewer: Actor, /, *, client_id: int, at: datetime) -> Facts:
    """Return everything the checks may ask of a client, as far as it is written down."""
    medicines = medicines_of(viewer, client_id=client_id)
    allergies = allergies_of(viewer, client_id=client_id)
    seen = {
        kind: tuple(Seen(row.seen_at, row.number, row.choice, row.moment) for row in rows)
        for kind, rows in observations_of(viewer, client_id=client_id).items()
    }
    for scale in scales_of(viewer, client_id=client_id):
        if scale.total is None:
            continue
        seen[scale.kind] = (*seen.get(scale.kind, ()), Seen(scale.seen_at, float(scale.total)))
    evaluated = severities(viewer, of={client_id}).get(client_id)
    return Facts(
        taken=tuple(_taken(row) for row in medicines.rows),
        ended=tuple(_taken(row) for row in ended_of(viewer, client_id=client_id) if not row.mistaken),
        medicines_known=medicines.is_known,
        allergies=tuple(Allergic(row.to, row.classes) for row in allergies.rows),
        allergies_known=allergies.is_known, seen=seen,
        disorders=evaluated.of if evaluated else {},
        evaluated=evaluated is not None and evaluated.is_signed,
        offered=frozenset(Offer.objects.filter(client_id=client_id).values_list("substance", flat=True)),
        kits_until=tuple(row.expires_on for row in kits_of(viewer, client_id=client_id)),
    )


@query(Can.SEE_MEDICAL)
def findings_of(viewer: Actor, /, *, client_id: int, at: datetime) -> list[checks.Finding]:
    """Return what the checks say now, of what is taken and of what is considered."""
    considered = [Planned(row.name, row.classes) for row in considered_of(viewer, client_id=client_id)]
    return checks.everything(facts_of(viewer, client_id=client_id, at=at), considered, at)


@query(Can.SEE_MEDICAL)
def warnings_of(viewer: Actor, /, *, client_id: int) -> list[WarningRow]:
    """Return the client's warnings that hold, the gravest first; unanswered before answered."""
    return _warnings(Warned.objects.filter(client_id=client_id, lapse=None))


@query(Can.SEE_MEDICAL)
def past_warnings_of(viewer: Actor, /, *, client_id: int) -> list[WarningRow]:
    """Return the warnings whose facts no longer hold, the latest first.

    That something could not be checked for a while is left out, unless it was answered.
    """
    found = _warnings(Warned.objects.filter(client_id=client_id, lapse__isnull=False))
    rows = [row for row in found if not row.missing or row.answer]
    return sorted(rows, key=lambda row: row.warned_at, reverse=True)


@query(Can.SEE_MEDICAL)
def stops_open(viewer: Actor, /) -> list[WarningRow]:
    """Return the stops that wait for an answer, the longest waiting first.

    Of somebody who has left they stay in the chart; who is not admitted yet is here.
    """
    rows = _warnings(Warned.objects.filter(severity="stop", lapse=None, answer=None))
    left = gone(viewer, of={row.client_id for row in rows})
    return sorted((row for row in rows if row.client_id not in left),
                  key=lambda row: (row.warned_at, row.warned_id))


@query(Can.SEE_MEDICAL)
def warning(viewer: Actor, /, *, client_id: int, warned_id: int) -> WarningRow:
    """Return one warning of a client."""
    Warned.objects.get(client_id=client_id, pk=warned_id)
    return _warnings(Warned.objects.filter(client_id=client_id, pk=warned_id))[0]


def _warnings(found: QuerySet[Warned]) -> list[WarningRow]:
    decisions = dict(DECISION)
    rows = []
    for row in found.select_related("answer", "lapse").order_by("-warned_at", "-pk")[:MOST]:
        answer, lapse = getattr(row, "answer", None), getattr(row, "lapse", None)
        rows.append(WarningRow(
            row.pk, row.client_id, row.rule, row.severity, row.about, row.planned, row.words,
            tuple(row.because), tuple(row.missing), row.source, row.warned_at,
            lapse.entered_at if lapse else None,
            AnswerRow(decisions[answer.decision], answer.reason, answer.name, answer.entered_at)
            if answer else None,
        ))
    return sorted(rows, key=lambda row: (row.answer is not None, checks.GRAVEST_FIRST.index(
        checks.Severity(row.severity)), bool(row.missing)))


def _taken(row: MedicineRow) -> Taken:
    return Taken(row.name, row.classes, row.prescriber, row.until)

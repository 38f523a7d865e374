"""Whom a physician sees first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.assessment.queries_severity import severities
from daybridge.care.medical import rules
from daybridge.care.medical.catalogue import within_two_weeks
from daybridge.care.medical.queries import done_since, needs_not_seen
from daybridge.care.medical.queries_checks import stops_open
from daybridge.care.medical.queries_offers import newest_offers
from daybridge.care.placement.queries import StayRow, gone, stays_in_care
from daybridge.clinic.programme.queries import sites

DAYS_TO_OFFER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing for which somebody waits for a physician; `kind` says which page answers it."""

    kind: str
    words: str
    due_at: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class ToSee:
    """A client who waits for a physician, with every reason, the most urgent first."""

    client_id: int
    reasons: tuple[Reason, ...]


@query(Can.SEE_MEDICAL)
def to_see(viewer: Actor, /, *, at: datetime) -> list[ToSee]:
    """Return the clients who wait for a physician: stops, needs, offers, first days; soonest first."""
    found: dict[int, list[Reason]] = {}
    for stop in stops_open(viewer):
        due = stop.warned_at + timedelta(hours=24)
        found.setdefault(stop.client_id, []).append(_reason("stop", f"{stop.about}: {stop.words}", due, at))
    needs = needs_not_seen(viewer)
    left = gone(viewer, of={need.client_id for need in needs})
    for need in (need for need in needs if need.client_id not in left):
        found.setdefault(need.client_id, []).append(_reason("need", need.words, need.due_at, at))
    if may(viewer, Can.SEE_STAY):
        stays = stays_in_care(viewer)
        _add_offers(viewer, stays, at, found)
        _add_first_days(viewer, stays, at, found)
    rows = [ToSee(client_id, tuple(sorted(reasons, key=_weight))) for client_id, reasons in found.items()]
    return sorted(rows, key=lambda row: (_weight(row.reasons[0]), row.client_id))


def _add_offers(
    viewer: Actor, stays: list[StayRow], at: datetime, found: dict[int, list[Reason]]
) -> None:
    """Add who was not offered a medicine, and who said no or not now and is to be asked again."""
    if not may(viewer, Can.SEE_ASSESSMENT):
        return
    care = {stay.client_id: stay for stay in stays}
    known = severities(viewer, of=set(care))
    offers = newest_offers(viewer, of=set(care))
    today = sites(viewer)[0].day(at)
    for client_id, stay in care.items():
        one = known.get(client_id)
        offered = frozenset(substance for pk, substance in offers if pk == client_id)
        for substance in rules.offers_due(one.of if one else {}, offered):
            words = f"Offer medicine: {dict(rules.SUBSTANCE)[substance]}"
            found.setdefault(client_id, []).append(
                _reason("offer", words, stay.admitted_at + DAYS_TO_OFFER, at))
    for (client_id, substance), offer in offers.items():
        if offer.ask_again_on is not None and offer.ask_again_on <= today:
            words = f"Ask again: {dict(rules.SUBSTANCE)[substance]}, said {offer.wish_words}"
            due = offer.offered_at + timedelta(days=rules.ASK_AGAIN_DAYS)
            found.setdefault(client_id, []).append(_reason("offer", words, due, at))


def _add_first_days(
    viewer: Actor, stays: list[StayRow], at: datetime, found: dict[int, list[Reason]]
) -> None:
    """Add whose examination, tests or vaccines of the first two weeks are still open."""
    site = sites(viewer)[0]
    since: dict[int, date] = {stay.client_id: site.day(stay.admitted_at) for stay in stays}
    done = done_since(viewer, of=since)
    for stay in stays:
        missing = [kind for kind in within_two_weeks() if kind.slug not in done[stay.client_id]]
        if missing:
            due = stay.admitted_at + timedelta(days=min(kind.within_days for kind in missing))
            words = f"{', '.join(kind.short for kind in missing)}: not done yet"
            found.setdefault(stay.client_id, []).append(_reason("first days", words, due, at))


def _reason(kind: str, words: str, due_at: datetime, at: datetime) -> Reason:
    return Reason(kind, words, due_at, due_at < at)


def _weight(reason: Reason) -> tuple[bool, int, datetime]:
    order = ("stop", "need", "offer", "first days")
    return (not reason.is_late, order.index(reason.kind), reason.due_at)

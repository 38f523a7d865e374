"""Writing down what is seen: observations, the nursing screen, who was seen by a physician."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.medical import rules
from daybridge.care.medical.catalogue import NEVER, Kind, kinds
from daybridge.care.medical.models import MedicalNeed, Observation, SeenBy, Struck
from daybridge.care.medical.queries import observations_of
from daybridge.care.medical.times import day_ends
from daybridge.clinic.tasks.commands import settle
from daybridge.kernel import text

NEED = "medical need"  # the source of its task


class NotPossible(ValueError):
    """The message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Value:
    """What was seen: numbers in the kind's unit, a choice, or when something was last used."""

    number: float | None = None
    number2: float | None = None
    choice: str = ""
    moment: datetime | None = None


@command(Can.RECORD_MEDICAL)
def observe(
    actor: Actor, /, *, client_id: int, kind: str, value: Value, source: str = "measured",
    words: str = "", seen_at: datetime | None = None, at: datetime,
) -> int:
    """Write down one observation; the same value of the same moment is one."""
    return _observed(actor, client_id, kind, value, source, words, seen_at or at, at)


def _observed(
    actor: Actor, client_id: int, kind: str, value: Value, source: str, words: str, when: datetime,
    at: datetime,
) -> int:
    _fits(kinds()[kind], value, when, at)
    number, number2 = _decimal(value.number), _decimal(value.number2)
    twin = Observation.objects.filter(
        client_id=client_id, kind=kind, number=number, number2=number2,
        choice=value.choice, moment=value.moment, seen_at=when, struck=None).first()
    if twin is not None:
        return twin.pk
    return Observation.objects.create(
        client_id=client_id, kind=kind, number=number, number2=number2,
        choice=value.choice, moment=value.moment, source=source, words=text.tidy(words)[:200],
        seen_at=when, by_id=actor.user_id, entered_at=at,
    ).pk


@command(Can.RECORD_MEDICAL)
def save_screen(
    actor: Actor, /, *, client_id: int, values: Mapping[str, Value], since: datetime, at: datetime
) -> int:
    """Save the answered questions of the nursing screen; what stands unchanged is not written again.

    What is left out stays "not asked". Returns how many answers were new.
    """
    stands = observations_of(actor, client_id=client_id)
    new = 0
    for kind, value in values.items():
        rows = [row for row in stands.get(kind, []) if row.seen_at >= since]
        if rows and _same(value, Value(rows[0].number, rows[0].number2, rows[0].choice, rows[0].moment)):
            continue
        one = kinds()[kind]
        source = "measured" if one.observed or one.type in {"number", "pair"} else "client"
        _observed(actor, client_id, kind, value, source, "", at, at)
        new += 1
    return new


@command(Can.RECORD_MEDICAL)
def strike(
    actor: Actor, /, *, client_id: int, observation_id: int, why: str, at: datetime
) -> None:
    """Say that an observation was entered by mistake: it no longer counts, and stays on record."""
    words = text.tidy(why)[:200]
    if not words:
        raise NotPossible("Say in a few words why it was a mistake.")
    row = Observation.objects.get(pk=observation_id, client_id=client_id)
    if not Struck.objects.filter(observation=row).exists():
        Struck.objects.create(client_id=client_id, observation=row, why=words, by_id=actor.user_id,
                              entered_at=at)


@command(Can.RECORD_MEDICAL)
def name_need(
    actor: Actor, /, *, client_id: int, words: str, urgency: str, at: datetime
) -> int:
    """Write down a medical need that a person found."""
    what = text.tidy(words)[:200]
    if not what:
        raise NotPossible("Say what has to be looked at.")
    found = rules.Urgency(urgency)
    row, _ = MedicalNeed.objects.get_or_create(
        client_id=client_id, source=f"said: {what.casefold()}"[:80],
        defaults={"words": what, "urgency": found.value, "found_at": at, "by_id": actor.user_id,
                  "due_at": rules.due_at(found, at, day_ends(actor, at)), "entered_at": at},
    )
    return row.pk


@command(Can.RECORD_MEDICAL)
def record_seen(
    actor: Actor, /, *, client_id: int, need_ids: Sequence[int], where: str, who: str, words: str,
    seen_at: datetime, at: datetime,
) -> None:
    """Write down that a physician, or the client's own doctor, saw the client for these needs."""
    name = text.tidy(who)[:120]
    if not name or not need_ids:
        raise NotPossible("Say who saw the client, and for which need.")
    if seen_at > at:
        raise NotPossible("The visit lies in the future. Write it down when it has taken place.")
    for need in MedicalNeed.objects.filter(pk__in=need_ids, client_id=client_id, seen=None).order_by("pk"):
        SeenBy.objects.create(
            client_id=client_id, need=need, where=where, who=name, words=text.tidy_lines(words)[:500],
            seen_at=seen_at, by_id=actor.user_id, entered_at=at,
        )
        settle(actor, client_id=client_id, source_kinds=[NEED], source_id=str(need.pk),
               outcome="Seen by a physician.", at=at)


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _same(one: Value, other: Value) -> bool:
    return (one.number, one.number2, one.choice, one.moment) == (
        other.number, other.number2, other.choice, other.moment)


def _fits(kind: Kind, value: Value, when: datetime, at: datetime) -> None:
    """Refuse a value that the kind can't have; the message names the bounds."""
    if when > at or (value.moment is not None and value.moment > when):
        raise NotPossible(f"{kind.title}: this lies in the future.")
    if kind.type == "choice" and value.choice not in kind.choices:
        raise NotPossible(f"{kind.title}: choose {', '.join(kind.choices)}.")
    if kind.type == "use" and value.moment is None and value.choice != NEVER:
        raise NotPossible(f"{kind.title}: give the day, or say never.")
    numbers = {"number": [value.number], "pair": [value.number, value.number2]}.get(kind.type, [])
    if any(number is None or not kind.low <= number <= kind.high for number in numbers):
        raise NotPossible(f"{kind.title} is {kind.low:g} to {kind.high:g} {kind.unit}.")

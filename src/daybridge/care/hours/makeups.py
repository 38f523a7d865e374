"""Make-ups: a session is offered only if every rule allows it, by the rule the booking uses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from daybridge.kernel.minutes import Interval, elapsed


@dataclass(frozen=True, slots=True)
class Candidate:
    """A session with a free seat, as the rules need it."""

    occurrence_id: int
    interval: Interval
    day: date
    free_seats: int
    levels: frozenset[str]
    language: str
    gender: str
    counts: bool
    leader_licensed: bool
    members: frozenset[int]

    @property
    def minutes(self) -> int:
        """Return the planned minutes."""
        return elapsed(*self.interval)


@dataclass(frozen=True, slots=True)
class Wish:
    """What matters of the client: where they are taken, what they can join."""

    client_id: int
    level: str
    languages: frozenset[str]
    gender: str
    taken: Sequence[Interval]
    planned_by_day: dict[date, int]
    no_contact: frozenset[int]
    booked: frozenset[int]


def why_not(candidate: Candidate, wish: Wish, *, now: datetime, php_day_minutes: int) -> list[str]:
    """Return the reasons against this make-up; empty when it fits.

    A no-contact pair is one of "no seat for this client": the reason never names anybody.
    """
    start, end = candidate.interval
    day_minutes = wish.planned_by_day.get(candidate.day, 0) + candidate.minutes
    checks = (
        (start <= now, "It has begun."),
        (candidate.occurrence_id in wish.booked, "The client is booked there already."),
        (not candidate.counts, "It does not count as contact hours."),
        (candidate.free_seats <= 0 or bool(candidate.members & wish.no_contact),
         "There is no seat for this client."),
        (bool(candidate.levels) and wish.level not in candidate.levels,
         "It is for another level of care."),
        (candidate.language not in wish.languages, "It is held in another language."),
        (bool(candidate.gender) and candidate.gender.casefold() != wish.gender.casefold(),
         "It is gender-specific."),
        (not candidate.leader_licensed, "Its leader's licence is not valid that day."),
        (any(start < taken[1] and taken[0] < end for taken in wish.taken),
         "The client is somewhere else then."),
        (wish.level != "php" and day_minutes >= php_day_minutes,
         "It would make that day a PHP day."),
    )
    return [reason for holds, reason in checks if holds]


def fitting(
    candidates: Iterable[Candidate], wish: Wish, *, now: datetime, php_day_minutes: int
) -> list[Candidate]:
    """Return the make-ups that fit, soonest first."""
    fits = [
        candidate for candidate in candidates
        if not why_not(candidate, wish, now=now, php_day_minutes=php_day_minutes)
    ]
    return sorted(fits, key=lambda one: (one.interval[0], one.occurrence_id))


def most(candidates: Sequence[Candidate], wish: Wish, *, php_day_minutes: int) -> int:
    """Return how many minutes these make-ups can add together: no overlap, no PHP day.

    Taken greedily by earliest end, which is the most sessions that don't collide; the day
    limit then holds for each day.
    """
    day_minutes, taken, total = dict(wish.planned_by_day), list[Interval](), 0
    for one in sorted(candidates, key=lambda item: (item.interval[1], item.occurrence_id)):
        free = all(not (one.interval[0] < end and start < one.interval[1]) for start, end in taken)
        planned = day_minutes.get(one.day, 0) + one.minutes
        if free and (wish.level == "php" or planned < php_day_minutes):
            taken.append(one.interval)
            day_minutes[one.day] = planned
            total += one.minutes
    return total


def sure(candidates: Sequence[Candidate], missing: int) -> Candidate | None:
    """Return the one make-up that alone fills what is missing, the soonest; None if none does."""
    enough = [one for one in candidates if one.minutes >= missing]
    return enough[0] if enough and missing > 0 else None

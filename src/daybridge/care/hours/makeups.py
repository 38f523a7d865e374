"""Make-ups: a session is offered only if every rule allows it, by the rule the booking uses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from daybridge.clinic.calendar.rules import Away, OneDay, Window, is_inside
from daybridge.kernel.minutes import Interval, elapsed, of_day


@dataclass(frozen=True, slots=True)
class Candidate:
    """A session with a free seat, as the rules need it.

    Empty levels or stages, and no gender, mean that the session is for everybody.
    """

    occurrence_id: int
    interval: Interval
    day: date
    free_seats: int
    levels: frozenset[str]
    language: str
    gender: str
    counts: bool
    leader_licensed: bool
    stages: frozenset[int] = frozenset()
    leader_free: bool = True
    room_seats: int | None = None
    adults_only: bool = True
    dual_only: bool = False
    is_closed: bool = False

    @property
    def minutes(self) -> int:
        """Return the planned minutes."""
        return elapsed(*self.interval)

    @property
    def has_seat(self) -> bool:
        """Tell whether group and room both have a seat left."""
        return self.free_seats > 0 and (self.room_seats is None or self.room_seats > 0)


@dataclass(frozen=True, slots=True)
class Wish:
    """What matters of the client: where they are taken, what they can join.

    `no_contact` are the sessions where somebody is whom the client must not meet.
    """

    client_id: int
    level: str
    languages: frozenset[str]
    gender: str
    taken: Sequence[Interval]
    planned_by_day: Mapping[date, int]
    no_contact: frozenset[int]
    booked: frozenset[int]
    stage: int | None = None
    is_adult: bool = True
    dual: bool | None = None


def why_not(
    candidate: Candidate, wish: Wish, *, now: datetime, php_day_minutes: int
) -> list[str]:
    """Return the reasons against this make-up; empty when it fits.

    A no-contact pair is one of "no seat for this client": the reason never names anybody.
    """
    return list(_against(candidate, wish, now, php_day_minutes))


def _against(
    candidate: Candidate, wish: Wish, now: datetime, php_day_minutes: int
) -> Iterator[str]:
    """Yield the reasons one by one, the cheap ones first: the first is enough for a no."""
    if candidate.interval[0] <= now:
        yield "It has begun."
    if candidate.occurrence_id in wish.booked:
        yield "The client is booked there already."
    if not candidate.counts:
        yield "It does not count as contact hours."
    if not candidate.has_seat or candidate.occurrence_id in wish.no_contact:
        yield "There is no seat for this client."
    yield from _for_whom(candidate, wish)
    yield from _when(candidate, wish, php_day_minutes)


def _when(candidate: Candidate, wish: Wish, php_day_minutes: int) -> Iterator[str]:
    """Yield what stands against it on that day: leader, client, the day's hours."""
    if not candidate.leader_licensed:
        yield "Its leader's licence is not valid that day."
    if not candidate.leader_free:
        yield "Its leader is somewhere else then."
    if any(_overlap(candidate.interval, taken) for taken in wish.taken):
        yield "The client is somewhere else then."
    if not _fits_day(wish, wish.planned_by_day, [candidate], php_day_minutes):
        yield "It would make that day a PHP day."


def _for_whom(candidate: Candidate, wish: Wish) -> Iterator[str]:
    """Yield what a group asks of its members and this client is not."""
    if candidate.levels and wish.level not in candidate.levels:
        yield "It is for another level of care."
    if candidate.stages and wish.stage not in candidate.stages:
        yield "It is for another stage."
    if candidate.is_closed or (candidate.dual_only and not wish.dual):
        yield "It is not open to this client."
    if candidate.language not in wish.languages:
        yield "It is held in another language."
    if candidate.gender and candidate.gender.casefold() != wish.gender.casefold():
        yield "It is gender-specific."
    if candidate.adults_only and not wish.is_adult:
        yield "It is for adults."


def fitting(
    candidates: Iterable[Candidate], wish: Wish, *, now: datetime, php_day_minutes: int
) -> list[Candidate]:
    """Return the make-ups that fit, soonest first."""
    fits = [
        candidate
        for candidate in candidates
        if next(_against(candidate, wish, now, php_day_minutes), None) is None
    ]
    return sorted(fits, key=_soonest)


def by_times(
    fits: Iterable[Candidate], windows: Sequence[Window] | None, away: Sequence[Away], zone: ZoneInfo,
    others: Sequence[OneDay] = (),
) -> tuple[list[Candidate], list[Candidate]]:
    """Return what lies in the times a client gave, and what lies outside them.

    Where nobody has asked (no windows), only days away count. What lies outside is not offered:
    the client may still say yes when asked.
    """
    inside: list[Candidate] = []
    outside: list[Candidate] = []
    for one in fits:
        there = is_inside(windows, away, one.day, *of_day(*one.interval, zone), others)
        (outside if there is False else inside).append(one)
    return inside, outside


def best(
    candidates: Iterable[Candidate], wish: Wish, *, php_day_minutes: int
) -> tuple[Candidate, ...]:
    """Return the make-ups that together add the most minutes: no overlap, no PHP day.

    Exact, day by day. Booking any of them leaves the others bookable, so it never lowers
    what can still be reached; booking a different one may.
    """
    chosen: list[Candidate] = []
    by_day: dict[date, list[Candidate]] = {}
    for one in sorted(candidates, key=_soonest):
        by_day.setdefault(one.day, []).append(one)
    for day in sorted(by_day):
        free = [one for one in by_day[day] if not _collides(one, chosen)]
        chosen += _best_of_day(free, wish, php_day_minutes)
    return tuple(chosen)


def most(candidates: Iterable[Candidate], wish: Wish, *, php_day_minutes: int) -> int:
    """Return how many minutes the best make-ups can add together."""
    return sum(
        one.minutes for one in best(candidates, wish, php_day_minutes=php_day_minutes)
    )


def _best_of_day(
    candidates: Sequence[Candidate], wish: Wish, php_day_minutes: int
) -> tuple[Candidate, ...]:
    """Return the best set of one day: for each total only the set that is free earliest."""
    sets: dict[int, tuple[Candidate, ...]] = {0: ()}
    for one in sorted(candidates, key=lambda item: (item.interval[1], item.occurrence_id)):
        for minutes, chosen in list(sets.items()):
            bigger = (*chosen, one)
            if chosen and _overlap(chosen[-1].interval, one.interval):
                continue
            if not _fits_day(wish, wish.planned_by_day, bigger, php_day_minutes):
                continue
            sets.setdefault(minutes + one.minutes, bigger)
    return sets[max(sets)]


def _fits_day(
    wish: Wish,
    planned: Mapping[date, int],
    added: Sequence[Candidate],
    php_day_minutes: int,
) -> bool:
    """Tell whether a client below PHP stays under PHP's hours on the day (L3)."""
    minutes = planned.get(added[0].day, 0) + sum(one.minutes for one in added)
    return wish.level == "php" or minutes < php_day_minutes


def sure(candidates: Sequence[Candidate], missing: int) -> Candidate | None:
    """Return the one make-up that alone fills what is missing, the soonest; None if none does."""
    enough = [one for one in sorted(candidates, key=_soonest) if one.minutes >= missing]
    return enough[0] if enough and missing > 0 else None


def share_seats(
    wanted: Iterable[tuple[int, Candidate]],
) -> list[tuple[int, Candidate]]:
    """Return which clients can have their sure make-up when all are booked at once.

    In the order given (worst first); whoever finds no seat left is not in the answer and is
    asked again with what is still free.
    """
    left: dict[int, int] = {}
    given = []
    for client_id, one in wanted:
        seats = min(
            one.free_seats, one.free_seats if one.room_seats is None else one.room_seats
        )
        if left.setdefault(one.occurrence_id, seats) > 0:
            left[one.occurrence_id] -= 1
            given.append((client_id, one))
    return given


def _collides(one: Candidate, others: Iterable[Candidate]) -> bool:
    return any(_overlap(one.interval, other.interval) for other in others)


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _soonest(one: Candidate) -> tuple[datetime, int]:
    return one.interval[0], one.occurrence_id

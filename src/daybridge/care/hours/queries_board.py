"""The hours board: who will not reach the prescribed hours while something can be done (L4).

The number of queries does not depend on the number of clients: stays, prescriptions,
seats, attendance, candidates and languages are each read once; the rest is arithmetic.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.hours import board, makeups, rules
from daybridge.care.hours.queries import presence_between, short_weeks
from daybridge.care.placement.queries import StayRow, stay_of, stays_in_care
from daybridge.care.placement.queries_stage import stages_now
from daybridge.care.planning.queries import prescribed
from daybridge.care.schedule import queries as schedule
from daybridge.care.schedule.queries_free import FreeRow, free_sessions
from daybridge.care.schedule.queries_joining import known_dual
from daybridge.clinic.calendar.queries import Calendar, client_calendars
from daybridge.clinic.people import queries as people
from daybridge.clinic.people.queries_many import JoinFacts, join_facts, primary_of
from daybridge.clinic.programme.queries import setting
from daybridge.clinic.programme.rules import LEVELS
from daybridge.kernel.minutes import elapsed

WEEK = timedelta(days=6)
UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class MakeUp:
    """A session that fits the client."""

    occurrence_id: int
    starts_at: datetime
    minutes: int
    title: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One client's week."""

    client_id: int
    name: str
    counsellor: str
    level: str
    week: board.Week
    why: str
    makeups: tuple[MakeUp, ...]
    outside: MakeUp | None  # the soonest that fits but lies outside the times they gave
    sure: MakeUp | None
    long_days: tuple[date, ...]

    @property
    def delivered(self) -> float:
        """Return the delivered hours, for the bar."""
        return self.week.delivered / 60

    @property
    def booked(self) -> float:
        """Return the booked hours, for the bar."""
        return self.week.booked / 60

    @property
    def possible(self) -> float:
        """Return the hours that make-ups could add, for the bar."""
        return self.week.possible / 60

    @property
    def prescribed(self) -> float:
        """Return the prescribed hours, for the bar."""
        return self.week.prescribed / 60

    @property
    def words(self) -> str:
        """Return the state in words."""
        if self.week.state is board.State.SHORT:
            return f"Short by {self.week.short_by / 60:.1f} h"
        if self.week.state is board.State.AT_RISK:
            return f"Needs {self.week.missing / 60:.1f} h"
        return "On track"


@dataclass(frozen=True, slots=True)
class Board:
    """The week of everybody the viewer may see, worst first."""

    first: date
    last: date
    at: datetime
    rows: tuple[BoardRow, ...]
    counts: dict[board.State, int]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of the week, read once."""

    seats: dict[int, list[schedule.SeatRow]]
    delivered: dict[int, dict[date, int]]
    attended: set[tuple[int, int]]
    php_day_minutes: int
    offers: "_Offers"


@dataclass(frozen=True, slots=True)
class _Offers:
    """Sessions with a seat left, what groups ask, and who must not be offered which."""

    titles: dict[int, str] = field(default_factory=dict)
    candidates: list[makeups.Candidate] = field(default_factory=list)
    forbidden: dict[int, set[int]] = field(default_factory=dict)
    asked: dict[int, JoinFacts] = field(default_factory=dict)
    stages: dict[int, int] = field(default_factory=dict)
    dual: dict[int, bool] = field(default_factory=dict)
    calendars: dict[int, Calendar] = field(default_factory=dict)
    zone: ZoneInfo = UTC


@query(Can.SEE_ATTENDANCE)
def hours_board(
    viewer: Actor, /, *, week: date, at: datetime, client_id: int | None = None
) -> Board:
    """Return the week that begins on a day, as it stands at a moment (of one client, or all)."""
    stays = _open_stays(viewer, client_id)
    ids = {stay.client_id for stay in stays}
    names, counsellors = people.names(viewer, of=ids), primary_of(viewer, of=ids)
    hours = prescribed(viewer, of=ids, on=week + WEEK)
    whys, facts = short_weeks(viewer, week=week), _facts(viewer, ids, week)
    wanted = {
        stay.client_id: int((hours.get(stay.client_id) or _default(stay)) * 60) for stay in stays
    }
    if any(_open(stay, facts, at, wanted[stay.client_id]) for stay in stays):
        facts = replace(facts, offers=_offers(viewer, ids, week, at))
    rows = [
        _row(stay, facts, at, wanted[stay.client_id], names[stay.client_id],
             counsellors.get(stay.client_id, ""), whys.get(stay.client_id, ""))
        for stay in stays if stay.client_id in names
    ]
    rows.sort(key=lambda row: (board.WORST_FIRST[row.week.state], -row.week.missing, row.name))
    return Board(week, week + WEEK, at, tuple(rows), board.counts(row.week for row in rows))


def _open_stays(viewer: Actor, client_id: int | None) -> list[StayRow]:
    if client_id is None:
        return stays_in_care(viewer)
    stay = stay_of(viewer, client_id=client_id)
    return [stay] if stay is not None and stay.ended_at is None else []


def _default(stay: StayRow) -> float:
    level = LEVELS.get(stay.level)
    return float(level.prescribed_hours) if level else 0.0


def _row(
    stay: StayRow, facts: _Facts, at: datetime, prescribed_minutes: int, name: str,
    counsellor: str, why: str,
) -> BoardRow:
    booked, planned, wish = _wish(stay, facts, at)
    delivered = sum(facts.delivered.get(stay.client_id, {}).values())
    week = board.Week(prescribed_minutes, delivered, booked, possible=0)
    fits = [] if not week.missing else makeups.fitting(
        facts.offers.candidates, wish, now=at, php_day_minutes=facts.php_day_minutes
    )
    calendar = facts.offers.calendars.get(stay.client_id, Calendar())
    fits, outside = makeups.by_times(fits, calendar.windows, calendar.away, facts.offers.zone,
                                      calendar.others)
    possible = makeups.most(fits, wish, php_day_minutes=facts.php_day_minutes)
    sure = makeups.sure(fits, week.missing)
    return BoardRow(
        stay.client_id, name, counsellor, stay.level, replace(week, possible=possible), why,
        tuple(_make_up(one, facts) for one in fits[:3]),
        _make_up(outside[0], facts) if outside else None, _make_up(sure, facts) if sure else None,
        tuple(board.long_days(planned, stay.level, facts.php_day_minutes)),
    )


def _open(stay: StayRow, facts: _Facts, at: datetime, prescribed_minutes: int) -> bool:
    """Tell whether delivered and booked leave something open."""
    delivered = sum(facts.delivered.get(stay.client_id, {}).values())
    return delivered + _wish(stay, facts, at)[0] < prescribed_minutes


def _wish(
    stay: StayRow, facts: _Facts, at: datetime
) -> tuple[int, dict[date, int], makeups.Wish]:
    booked, taken = 0, []
    planned = dict(facts.delivered.get(stay.client_id, {}))
    mine = facts.seats.get(stay.client_id, [])
    for seat in mine:
        taken.append((seat.starts_at, seat.ends_at))
        if (stay.client_id, seat.occurrence_id) in facts.attended or seat.ends_at <= at:
            continue
        if rules.COUNTS.get(seat.service, False):
            minutes = elapsed(seat.starts_at, seat.ends_at)
            booked += minutes
            planned[seat.day] = planned.get(seat.day, 0) + minutes
    known = facts.offers.asked.get(stay.client_id)
    wish = makeups.Wish(
        stay.client_id, stay.level, frozenset(known.languages if known else ("en",)),
        known.gender if known else "", taken, planned,
        frozenset(facts.offers.forbidden.get(stay.client_id, ())),
        frozenset(seat.occurrence_id for seat in mine), facts.offers.stages.get(stay.client_id),
        dual=facts.offers.dual.get(stay.client_id),
    )
    return booked, planned, wish


def _facts(viewer: Actor, ids: set[int], week: date) -> _Facts:
    seats: dict[int, list[schedule.SeatRow]] = {}
    for seat in schedule.seats(viewer, first=week, last=week + WEEK, of=ids):
        seats.setdefault(seat.client_id, []).append(seat)
    delivered: dict[int, dict[date, int]] = {}
    attended = set()
    for row in presence_between(viewer, first=week, last=week + WEEK, of=ids):
        attended.add((row.client_id, row.occurrence_id))
        days = delivered.setdefault(row.client_id, {})
        days[row.day] = days.get(row.day, 0) + row.clinical_minutes
    return _Facts(
        seats, delivered, attended,
        setting(viewer, key="php_day_hours", on=week) * 60, _Offers(),
    )


def _offers(viewer: Actor, ids: set[int], week: date, at: datetime) -> _Offers:
    """Read what could still be booked this week; asked only when somebody needs it."""
    begins = schedule.local_moment(viewer, day=week, clock=time(0))
    free = free_sessions(viewer, after=max(at, begins), last=week + WEEK)
    staged, dual = any(one.stages for one in free), any(one.dual_only for one in free)
    return _Offers(
        {one.occurrence_id: one.title for one in free}, _candidates(viewer, free),
        schedule.no_contact_sessions(viewer, occurrence_ids=[one.occurrence_id for one in free]),
        join_facts(viewer, of=ids), stages_now(viewer, of=ids) if staged else {},
        known_dual(viewer, of=ids) if dual else {},
        client_calendars(viewer, first=week, last=week + WEEK, of=ids)
        if may(viewer, Can.SEE_TIMES) else {}, schedule.zone(viewer),
    )


def _candidates(
    viewer: Actor, free: Sequence[FreeRow]
) -> list[makeups.Candidate]:
    licensed = people.licensed_on(viewer, user_ids={one.leader_id for one in free})
    found = []
    for one in free:
        valid = licensed.get(one.leader_id)
        found.append(makeups.Candidate(
            one.occurrence_id, (one.starts_at, one.ends_at), one.day, one.seats_left,
            frozenset(one.levels), one.language, one.gender,
            rules.COUNTS.get(one.service, False),
            valid is None or any(first <= one.day <= last for first, last in valid),
            frozenset(one.stages), dual_only=one.dual_only,
            is_closed=one.closed_after is not None and one.day > one.closed_after,
        ))
    return found


def _make_up(one: makeups.Candidate, facts: _Facts) -> MakeUp:
    return MakeUp(
        one.occurrence_id, one.interval[0], one.minutes, facts.offers.titles[one.occurrence_id]
    )


@query(Can.SEE_ATTENDANCE)
def why_no_make_up(
    viewer: Actor, /, *, client_id: int, occurrence_id: int, week: date, at: datetime
) -> list[str]:
    """Return the reasons against one make-up: the rule that the board uses."""
    facts = replace(_facts(viewer, {client_id}, week), offers=_offers(viewer, {client_id}, week, at))
    stay = next(iter(_open_stays(viewer, client_id)), None)
    one = next((c for c in facts.offers.candidates if c.occurrence_id == occurrence_id), None)
    if stay is None or one is None:
        return ["That session is not free any more. Choose another one."]
    wish = _wish(stay, facts, at)[2]
    return makeups.why_not(one, wish, now=at, php_day_minutes=facts.php_day_minutes)

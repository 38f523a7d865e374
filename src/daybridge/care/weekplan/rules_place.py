"""One client's places for the week, found by the engine beside everybody else as they are (L2).

Pure. A group that the engine can't hold (off the half-hour, without contact hours) is not proposed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from daybridge.care.schedule.rules import Group, Newcomer, why_not_join
from daybridge.care.schedule.timetable.instance import read_instance
from daybridge.care.schedule.timetable.plan import read_plan
from daybridge.care.schedule.timetable.sick import place
from daybridge.care.weekplan.rules import DAYS, Facts, Leader, Meeting, Member, instance_of, minus, plan_of

LONG_DAY = 6 * 60  # own: a longer day is proposed only when the hours can't be reached otherwise
AWAY = "Outside the times they gave."
MEETS = "At the same time as another of their sessions."
OFF = "Not planned by the week's engine: choose it by hand."
ENOUGH = "The prescribed hours are reached without it."
NO_ROOM = "It would go past the hours a day or a week, or leave less from the others."


@dataclass(frozen=True, slots=True)
class Offer:
    """The proposed groups with the minutes a week then, and why each of the others is not among them."""

    series: tuple[int, ...]
    minutes: int
    others: Mapping[int, str]


def offered(
    meetings: Iterable[Meeting], member: Member, newcomer: Newcomer, *, apart: frozenset[int]
) -> Offer:
    """Return what fits: `meetings` hold as many members as there are seats taken, `singles` what stands.

    A client is planned at one site; of several, the one that gives most minutes.
    """
    every = tuple(meetings)
    against = {one.series_id: why for one in every if (why := _why_not(one, member, newcomer, apart))}
    open_ones = [one for one in every if one.series_id not in against]
    have = sum(span[2] - span[1] for span, counts in member.singles if counts)
    found, best = _best(open_ones, replace(member, most_a_day=min(member.most_a_day, LONG_DAY)))
    if have + best < member.prescribed and member.most_a_day > LONG_DAY:
        found, best = _best(open_ones, member)
    taken = [one.span for one in open_ones if one.series_id in found]
    last = ENOUGH if have + best >= member.prescribed else NO_ROOM
    others = {one.series_id: MEETS if _meet(one, taken) else last
              for one in open_ones if one.series_id not in found}
    return Offer(found, have + best, against | others)


def _best(open_ones: list[Meeting], member: Member) -> tuple[tuple[int, ...], int]:
    """Return the groups of the site that gives most minutes, and the minutes."""
    found: tuple[int, ...] = ()
    best = 0
    for site in sorted({one.site_id for one in open_ones}):
        chosen = _placed([one for one in open_ones if one.site_id == site], member)
        gained = sum(one.minutes for one in open_ones if one.series_id in chosen)
        if gained > best:
            found, best = chosen, gained
    return found, best


def _why_not(one: Meeting, member: Member, newcomer: Newcomer, apart: frozenset[int]) -> str:
    group = Group(one.capacity, frozenset(one.levels), one.language, one.gender, one.stages,
                  dual_only=one.dual_only, is_closed=one.is_closed)
    reasons = why_not_join(group, newcomer, members=len(one.members),
                           meets_no_contact=one.series_id in apart)
    if reasons:
        return reasons[0]
    if _meet(one, [span for span, _ in member.singles]):
        return MEETS
    if member.windows is not None and minus([one.span], member.windows):
        return AWAY
    return "" if one.is_movable else OFF


def _meet(one: Meeting, spans: Iterable[tuple[int, int, int]]) -> bool:
    return minus([one.span], spans) != [one.span]


def _placed(meetings: list[Meeting], member: Member) -> tuple[int, ...]:
    """Let the engine place the client: each group has a room and a leader of its own, and free seats.

    One stand-in keeps each group open: the engine closes a group without members.
    """
    alone = [replace(one, stages=frozenset(), dual_only=False, members=(-one.series_id,),
                     capacity=one.capacity - len(one.members) + 1,
                     room_id=one.series_id, leader_id=one.series_id) for one in meetings]
    any_time = tuple((day, 0, 24 * 60) for day in range(DAYS))
    facts = Facts(
        tuple(alone), (replace(member, windows=any_time), *(_stand_in(one) for one in alone)),
        tuple(Leader(one.series_id, (one.language,), None, ()) for one in alone),
        tuple((one.series_id, one.site_id, one.capacity) for one in alone))
    name = f"c{member.client_id}"
    after = place(read_instance(instance_of(facts)), read_plan(plan_of(facts)), name)
    return tuple(one.series_id for one in alone
                 if (held := after.groups.get(f"g{one.series_id}")) and name in held.members)


def _stand_in(one: Meeting) -> Member:
    return Member(-one.series_id, one.levels[0] if one.levels else "iop", (one.language,), one.gender, 0,
                  one.minutes, None, ())

"""One day of the demo clinic, lived through the commands."""

import contextlib
import random
from datetime import date, datetime, time, timedelta

from daybridge.access import clock
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.access.signatures import Signer
from daybridge.care.hours import rules
from daybridge.care.hours.commands import (
    Line,
    book_all_sure,
    check_in,
    flag_short_weeks,
    take_attendance,
)
from daybridge.care.hours.queries import week_start
from daybridge.care.hours.queries_board import hours_board
from daybridge.care.intake.commands_slots import SlotClash, open_slot
from daybridge.care.placement.commands import end_stay
from daybridge.care.placement.queries import stays_in_care
from daybridge.care.planning.commands import sign_as_client, sign_as_clinician, start_plan
from daybridge.care.planning.queries import plan_in_work, plans_due
from daybridge.care.retention.commands import record_attempt
from daybridge.care.retention.queries import open_outreach
from daybridge.care.schedule.commands import DoesNotFit, extend, leave_all, open_session
from daybridge.care.schedule.queries import SessionRow, roster, sessions
from daybridge.clinic.programme.queries import rooms
from daybridge.clinic.tasks.commands import TakenBy, add_shift
from daybridge.kernel.minutes import local
from daybridge.ops.demo_clients import admit_somebody, call_for_help
from daybridge.ops.demo_house import House

MOST_IN_CARE = 36
SATURDAY, SUNDAY = 5, 6


def live_day(house: House, day: date, dice: random.Random, *, until: datetime) -> None:
    """Live one day up to a moment: calls, admissions, groups, outreach, the rota."""
    opening = local(day, time(8), house.zone)
    if opening > until:
        return
    with clock.demo_time(opening):
        _rota(house, day, opening)
        if day.weekday() == 0:
            extend(house.staff["helen"], at=opening)
    if day.weekday() < SATURDAY:
        _offer_times(house, day, opening)
        _newcomers(house, day, dice, until)
    for one in _sessions(house, day, opening):
        _hold(house, one, dice, until)
    evening = local(day, time(19), house.zone)
    if evening < until and day.weekday() != SUNDAY:
        with clock.demo_time(evening):
            _reach_out(house, evening, dice)
            _make_up(house, day, evening, dice)
            _plans(house, day, evening)
            _farewell(house, day, evening, dice)


def _rota(house: House, day: date, at: datetime) -> None:
    """Set who is on call for the next fortnight's day: never a hole, but for one."""
    ahead = day + timedelta(days=10) if day.weekday() else day
    for one in {day, ahead}:
        starts = local(one, time(8), house.zone)
        for key, part in (("ben", "primary"), ("tess", "backup")):
            with contextlib.suppress(TakenBy):
                add_shift(house.staff["helen"], user_id=house.staff[key].user_id or 0, part=part,
                          phone="555-0199", starts_at=starts, ends_at=starts + timedelta(days=1),
                          at=at)


def _offer_times(house: House, day: date, at: datetime) -> None:
    """Open evaluation times of tomorrow, so that everybody who calls is offered one."""
    osei, room = house.staff["osei"], rooms(house.staff["helen"])[-1]
    for hour in (9, 10, 15):
        starts = local(day + timedelta(days=1), time(hour), house.zone)
        with contextlib.suppress(SlotClash):
            open_slot(house.staff["sam"], room_id=room.room_id, evaluator_id=osei.user_id or 0,
                      starts_at=starts, ends_at=starts + timedelta(hours=1), at=at)


def _newcomers(house: House, day: date, dice: random.Random, until: datetime) -> None:
    in_care = len(stays_in_care(house.staff["helen"]))
    for number in range(dice.choice((1, 2, 3)) if in_care < MOST_IN_CARE else 1):
        at = local(day, time(8, 20 + 10 * number), house.zone)
        if at + timedelta(hours=1) > until:
            return
        if in_care + number < MOST_IN_CARE:
            admit_somebody(house, at, dice)
        else:
            call_for_help(house, at, dice)


def _sessions(house: House, day: date, at: datetime) -> list[SessionRow]:
    with clock.demo_time(at):
        return sessions(house.staff["helen"], first=day, last=day)


def _hold(house: House, one: SessionRow, dice: random.Random, until: datetime) -> None:
    """Hold a session: people arrive, some late, some not; the leader saves the attendance."""
    leader = next(a for a in house.staff.values() if a.user_id == one.leader_id)
    if one.starts_at > until:
        return
    with clock.demo_time(one.starts_at):
        expected = roster(house.staff["helen"], occurrence_id=one.occurrence_id)
        if not expected:
            return
        lines = [_line(pk, one, dice) for pk in expected]
        for line in lines:
            if line.kind is rules.Attendance.ATTENDED:
                check_in(house.staff["fay"], client_id=line.client_id, at=one.starts_at,
                         occurrence_id=one.occurrence_id)
        open_session(leader, occurrence_id=one.occurrence_id, at=one.starts_at)
    if one.ends_at > until:
        return
    with clock.demo_time(one.ends_at):
        take_attendance(
            leader, occurrence_id=one.occurrence_id, version=one.version + 1, lines=lines,
            client_ids=[line.client_id for line in lines], at=one.ends_at,
        )


def _line(client_id: int, one: SessionRow, dice: random.Random) -> Line:
    luck = dice.random()
    if luck < 0.80:
        return Line(client_id, rules.Attendance.ATTENDED)
    if luck < 0.88:
        late = timedelta(minutes=dice.choice((10, 15, 20, 30)))
        return Line(client_id, rules.Attendance.ATTENDED, one.starts_at + late)
    if luck < 0.91:
        early = timedelta(minutes=dice.choice((15, 30)))
        return Line(client_id, rules.Attendance.ATTENDED, None, one.ends_at - early)
    if luck < 0.95:
        return Line(client_id, rules.Attendance.EXCUSED, reason="Child ill")
    return Line(client_id, rules.Attendance.UNKNOWN)


def _reach_out(house: House, at: datetime, dice: random.Random) -> None:
    helen = house.staff["helen"]
    for row in open_outreach(helen, at=at):
        if dice.random() < 0.85:
            outcome = dice.choice(("reached", "reached", "message left", "no answer"))
            record_attempt(
                helen, client_id=row.client_id, outreach_id=row.outreach_id, channel="call",
                outcome=outcome, said="The bus did not come." if outcome == "reached" else "",
                done=outcome == "reached", at=at,
            )


def _make_up(house: House, day: date, at: datetime, dice: random.Random) -> None:
    """Flag who falls short, and book make-ups for some of them, from Wednesday on."""
    if day.weekday() not in (2, 3):
        return
    helen = house.staff["helen"]
    week = week_start(helen, day=day)
    flag_short_weeks(system(Role.SESSIONS), week=week, at=at)
    rows = [row for row in hours_board(helen, week=week, at=at).rows if row.sure]
    chosen = [row.client_id for row in rows if dice.random() < 0.6]
    with contextlib.suppress(DoesNotFit):
        book_all_sure(helen, week=week, client_ids=chosen[:6], at=at)


def _plans(house: House, day: date, at: datetime) -> None:
    """Sign what is due: the full plan in the first week, the review each month."""
    vera = house.staff["vera"]
    for row in plans_due(vera, on=day, within_days=2)[:8]:
        one = start_plan(vera, client_id=row.client_id, at=at)
        draft = plan_in_work(vera, client_id=row.client_id)
        if draft is None or draft.lacks or draft.is_frozen:
            continue
        sign_as_clinician(vera, client_id=row.client_id, plan_id=one, at=at,
                          signer=Signer("Vera Lindt", "LCSW", "LCSW-4102"))
        sign_as_client(vera, client_id=row.client_id, plan_id=one, name="signed at the desk", at=at)


def _farewell(house: House, day: date, at: datetime, dice: random.Random) -> None:
    """Now and then somebody leaves early, with a reason, a view and a way back."""
    stays = stays_in_care(house.staff["helen"])
    if dice.random() > 0.18 or len(stays) < 20:
        return
    one = dice.choice(stays[:15])
    helen = house.staff["helen"]
    end_stay(
        helen, client_id=one.client_id, reason=dice.choice(("left early, own decision", "moved away")),
        words="", client_view="I will come back when the shifts change.",
        way_back="Call Nora; the seat is kept for two weeks.", at=at,
    )
    leave_all(helen, client_id=one.client_id, until_day=day, at=at)

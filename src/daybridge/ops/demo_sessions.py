"""Sessions of the demo clinic: substitutes, arrivals, attendance, misses, reaching out."""

import random
from contextlib import suppress
from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.care.hours import rules
from daybridge.care.hours.commands import Line, check_in, say_why_short, take_attendance
from daybridge.care.hours.queries import presence_between
from daybridge.care.planning.queries import prescribed
from daybridge.care.retention.commands import record_attempt
from daybridge.care.retention.queries import open_outreach
from daybridge.care.schedule.commands import DoesNotFit, Taken, change_session, open_session
from daybridge.care.schedule.commands_days import cancel_session
from daybridge.care.schedule.commands_lessons import say_lesson
from daybridge.care.schedule.queries import SessionRow, roster, sessions
from daybridge.clinic.programme.queries import rooms
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_names import COUNSELLORS, LEAVES
from daybridge.ops.demo_people import SEED

CALLED_OFF = 0.012


def sessions_of(house: House, day: date, at: datetime) -> list[SessionRow]:
    """Return the group sessions of a day that are on."""
    with moment(house.staff["helen"], at):
        return [one for one in sessions(house.staff["helen"], first=day, last=day)
                if one.series_id is not None]


def stand_in(house: House, day: date, at: datetime, today: date) -> None:
    """Let others lead the groups of whoever is away; without anybody free, call it off."""
    away = {house.staff[key].user_id for key, first, days in LEAVES
            if 0 <= (day - today).days - first < days}
    if not away:
        return
    helen = house.staff["helen"]
    for one in sessions_of(house, day, at):
        if one.leader_id not in away or one.state != "planned":
            continue
        with moment(helen, at):
            free = [house.staff[key].user_id or 0 for key in COUNSELLORS]
            if not any(_lead(helen, one, user_id, at) for user_id in free if user_id not in away):
                cancel_session(helen, occurrence_id=one.occurrence_id, at=at)


def _lead(helen: Actor, one: SessionRow, user_id: int, at: datetime) -> bool:
    try:
        change_session(
            helen, occurrence_id=one.occurrence_id, starts_at=one.starts_at, leader_id=user_id,
            minutes=int((one.ends_at - one.starts_at).total_seconds() // 60),
            room_id=_room(helen, one.room), at=at)
    except Taken:
        return False
    return True


def hold(
    house: House, one: SessionRow, dice: random.Random, until: datetime, *, arrivals: bool = True
) -> None:
    """Hold a session as far as the time has come; what somebody did by hand stays."""
    leader = next((a for a in house.staff.values() if a.user_id == one.leader_id), None)
    if leader is None or one.starts_at > until or one.state == "closed":
        return
    if one.state == "planned" and one.starts_at < until and dice.random() < CALLED_OFF:
        cancel_session(house.staff["helen"], occurrence_id=one.occurrence_id, at=one.starts_at)
        return
    version = one.version
    with moment(house.staff["helen"], one.starts_at):
        expected = roster(house.staff["helen"], occurrence_id=one.occurrence_id)
    if not expected:
        with suppress(DoesNotFit):  # somebody has opened it by hand: it stays
            cancel_session(house.staff["helen"], occurrence_id=one.occurrence_id, at=one.starts_at)
        return
    lines = [_line(pk, one) for pk in expected]
    if one.state == "planned":
        if arrivals:
            _arrive(house, one, lines, until)
        with moment(leader, one.starts_at):
            open_session(leader, occurrence_id=one.occurrence_id, at=one.starts_at)
        version += 1
    if one.ends_at <= until:
        with moment(leader, one.ends_at):
            take_attendance(
                leader, occurrence_id=one.occurrence_id, version=version, lines=lines,
                client_ids=expected, at=one.ends_at)
            if one.occurrence_id % 6:  # one in six says nothing
                lessons = list(curriculum().lessons)
                say_lesson(leader, occurrence_id=one.occurrence_id, at=one.ends_at,
                           lesson=lessons[one.occurrence_id % len(lessons)])


def _arrive(house: House, one: SessionRow, lines: list[Line], until: datetime) -> None:
    fay = house.staff["fay"]
    with moment(fay, one.starts_at):
        for line in lines:
            if line.kind is rules.Attendance.ATTENDED and (line.present_from or one.starts_at) <= until:
                check_in(fay, client_id=line.client_id, occurrence_id=one.occurrence_id,
                         at=line.present_from or one.starts_at)


def _line(client_id: int, one: SessionRow) -> Line:
    """Tell how somebody came to a session: the same whenever it is told; some come less."""
    dice = random.Random(f"{SEED} {client_id} {one.occurrence_id}")
    steady = 0.75 if client_id % 6 == 3 else 0.93
    luck = dice.random()
    if luck < steady:
        late = timedelta(minutes=dice.choice((10, 15, 20, 30)))
        return Line(client_id, rules.Attendance.ATTENDED,
                    one.starts_at + late if dice.random() < 0.06 else None)
    if luck < steady + 0.02:
        early = timedelta(minutes=dice.choice((15, 30)))
        return Line(client_id, rules.Attendance.ATTENDED, None, one.ends_at - early)
    if luck < steady + 0.04:
        return Line(client_id, rules.Attendance.EXCUSED, reason="Child ill")
    return Line(client_id, rules.Attendance.UNKNOWN)


def reach_out(house: House, day: date, at: datetime, dice: random.Random) -> None:
    """Ring whoever missed a session in the last days, most of them with success."""
    helen, since = house.staff["helen"], at - timedelta(days=4)
    with moment(helen, at):
        for row in open_outreach(helen, at=at):
            if not since < row.missed_at <= at or dice.random() > 0.9:
                continue
            outcome = dice.choice(("reached", "reached", "message left", "no answer"))
            record_attempt(
                helen, client_id=row.client_id, outreach_id=row.outreach_id, channel="call",
                outcome=outcome, said="The bus did not come." if outcome == "reached" else "",
                done=outcome == "reached" or row.attempts > 0 or row.missed_at.date() < day, at=at,
            )


def explain_short_week(house: House, day: date, at: datetime, dice: random.Random) -> None:
    """Write down on Saturday why a week stayed short, for most of those who fell short."""
    vera, delivered = house.staff["vera"], dict[int, int]()
    with moment(vera, at):
        monday = day - timedelta(days=day.weekday())
        for row in presence_between(vera, first=monday, last=day):
            delivered[row.client_id] = delivered.get(row.client_id, 0) + row.clinical_minutes
        hours = prescribed(vera, of=delivered, on=day)
        for client_id, minutes in sorted(delivered.items()):
            if minutes < float(hours.get(client_id, 0)) * 60 and dice.random() < 0.8:
                say_why_short(vera, client_id=client_id, week=monday, at=at, why=dice.choice(
                    ("Child ill for two days.", "Shifts changed.", "Snow on the hill road.",
                     "First days here.")))


def _room(helen: Actor, name: str) -> int | None:
    return next((row.room_id for row in rooms(helen) if row.name == name), None)

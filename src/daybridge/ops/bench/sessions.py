"""Groups of the bench's clinic: counsellors, rooms, two years of sessions, who was there."""

import itertools
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import psycopg
from django.contrib.auth.hashers import make_password

from daybridge.kernel.minutes import local
from daybridge.ops.bench.clone import Writer
from daybridge.ops.demo_house import House

PLACES = 10
CAPACITY = 12
MINUTES = 180
TIMES = (time(9), time(13), time(17))
WEEKDAYS = (0, 2, 4)
AHEAD = timedelta(weeks=2)
MISSED = 0.08
FIRST_KEY = 1_000_000
COUNSELLOR = "bench{}@clinic.example"
_keys = itertools.count(FIRST_KEY)


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a group."""

    key: int
    series: int
    day: date
    starts_at: datetime
    ends_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """Ten places in three weekly sessions, with their counsellor."""

    number: int
    counsellor: int
    stands_for: tuple[int, ...]
    series: tuple[int, ...]
    sessions: tuple[Session, ...]
    starts: time
    now: datetime
    password: str
    accounts: int

    def account(self, pk: int, name: str) -> dict[str, object]:
        """Return a client's account."""
        return _user(pk, f"person{pk}@home.example", name, "client", self.password)


def found_cohorts(
    connection: "psycopg.Connection[tuple[Any, ...]]", writer: Writer, house: House, count: int,
    now: datetime, weeks: int,
) -> Iterator[Cohort]:
    """Write rooms, counsellors, groups and sessions; yield each group."""
    password = make_password(str(uuid.uuid4()))
    site = _one(connection, "SELECT min(id) FROM programme_site")
    stands_for = tuple(house.staff[key].user_id or 0 for key in ("nora", "paul", "iris"))
    for number in range(count):
        room = FIRST_KEY + number // len(TIMES)
        if number % len(TIMES) == 0:
            writer.add("programme_room", {"id": room, "site_id": site, "name": f"Room {room}",
                                          "seats": CAPACITY, "is_video": False})
        user = FIRST_KEY + number
        starts = TIMES[number % len(TIMES)]
        _counsellor(writer, user, number, password)
        series = tuple(_series(writer, site, room, user, day, starts) for day in WEEKDAYS)
        held = [
            _session(writer, one, day, room, user, starts, now, house)
            for one, weekday in zip(series, WEEKDAYS, strict=True)
            for day in _days(now.date(), weekday, weeks)
        ]
        yield Cohort(number, user, stands_for, series, tuple(held), starts, now, password,
                     FIRST_KEY + count)


def attend(
    writer: Writer, cohort: Cohort, client: int, first: date, last: date | None,
    dice: random.Random,
) -> None:
    """Write a person's places, attendance and what followed when they missed."""
    minute = cohort.starts.hour * 60
    for series, weekday in zip(cohort.series, WEEKDAYS, strict=True):
        writer.add("schedule_membership", {
            "client_id": client, "series_id": series, "from_day": first, "until_day": last,
            "weekday": weekday, "from_minute": minute, "until_minute": minute + MINUTES})
    for one in cohort.sessions:
        if one.state == "planned" or not first <= one.day <= (last or date.max):
            continue
        missed = dice.random() < MISSED
        writer.add("schedule_expected", {
            "client_id": client, "occurrence_id": one.key, "booked_singly": False,
            "state": "expected", "starts_at": one.starts_at, "ends_at": one.ends_at,
            "booked_at": one.starts_at})
        if not missed:
            writer.add("hours_checkin", {"id": uuid.uuid4(), "client_id": client,
                                         "occurrence_id": one.key, "at": one.starts_at})
        if one.state == "closed":
            _attendance(writer, cohort, client, one, missed=missed)


def _attendance(
    writer: Writer, cohort: Cohort, client: int, one: Session, *, missed: bool
) -> None:
    minutes = 0 if missed else MINUTES
    writer.add("hours_attendance", {
        "client_id": client, "occurrence_id": one.key, "day": one.day,
        "kind": "absent_unknown" if missed else "attended",
        "present_from": None if missed else one.starts_at,
        "present_until": None if missed else one.ends_at, "clinical_minutes": minutes,
        "billable_minutes": minutes, "ledger_version": 1, "reason": "",
        "taken_by_id": cohort.counsellor, "taken_at": one.ends_at, "entered_at": one.ends_at})
    if missed:
        recent = cohort.now - one.ends_at < timedelta(days=2)
        key = next(_keys)
        writer.add("retention_outreach", {
            "id": key, "client_id": client, "occurrence_id": one.key, "missed_at": one.starts_at,
            "due_at": one.ends_at + timedelta(hours=20), "owner_id": cohort.counsellor,
            "opened_at": one.ends_at, "closed_at": None if recent else one.ends_at,
            "attempts": 0 if recent else 1, "first_attempt_at": None if recent else one.ends_at})
        if not recent:
            writer.add("retention_attempt", {
                "client_id": client, "outreach_id": key, "by_id": cohort.counsellor,
                "at": one.ends_at, "channel": "call", "outcome": "reached",
                "said": "The bus did not come."})


def _days(today: date, weekday: int, weeks: int) -> Iterator[date]:
    monday = today - timedelta(days=today.weekday())
    day = monday - timedelta(weeks=weeks) + timedelta(days=weekday)
    while day < today + AHEAD:
        yield day
        day += timedelta(days=7)


def _counsellor(writer: Writer, user: int, number: int, password: str) -> None:
    name = f"Counsellor {number}"
    writer.add("access_user", _user(user, COUNSELLOR.format(number), name, "counsellor", password))
    writer.add("people_staff", {"id": user, "user_id": user, "name": name, "credential": "LPC",
                                "job": "counsellor", "phone": "", "languages": "en"})
    writer.add("people_licence", {
        "id": user, "staff_id": user, "kind": "LPC", "number": str(user), "state": "NY",
        "valid_from": date(2019, 1, 1), "valid_until": date(2099, 1, 1),
        "may_be_in_charge": True})


def _user(pk: int, email: str, name: str, role: str, password: str) -> dict[str, object]:
    return {"id": pk, "password": password, "email": email, "phone": "", "name": name,
            "line": name, "roles": [role], "is_active": True, "language": "en"}


def _series(
    writer: Writer, site: int, room: int, user: int, weekday: int, starts: time
) -> int:
    key = next(_keys)
    writer.add("schedule_series", {
        "id": key, "site_id": site, "room_id": room, "leader_id": user, "service": "group",
        "weekday": weekday, "starts": starts, "minutes": MINUTES, "first_day": date(2020, 1, 1),
        "capacity": CAPACITY, "levels": ["iop"], "language": "en", "gender": "",
        "made_until": date(2099, 1, 1)})
    writer.add("schedule_seriestitle", {"series_id": key, "words": "Relapse prevention"})
    writer.add("schedule_seriespractice", {"series_id": key, "practice": "cbt-relapse-prevention",
                                           "why_none": "", "from_day": date(2020, 1, 1)})
    return key


def _session(
    writer: Writer, series: int, day: date, room: int, user: int, starts: time, now: datetime,
    house: House,
) -> Session:
    begins = local(day, starts, house.zone)
    ends = begins + timedelta(minutes=MINUTES)
    state = "closed" if ends <= now else "open" if begins <= now else "planned"
    one = Session(next(_keys), series, day, begins, ends, state)
    writer.add("schedule_occurrence", {
        "id": one.key, "series_id": series, "day": day, "room_id": room, "leader_id": user,
        "service": "group", "starts_at": begins, "ends_at": ends, "capacity": CAPACITY,
        "state": state, "opened_at": None if state == "planned" else begins,
        "closed_at": ends if state == "closed" else None, "version": 3})
    return one


def _one(connection: "psycopg.Connection[tuple[Any, ...]]", sql: str) -> int:
    found = connection.execute(sql.encode()).fetchone()
    return int(found[0]) if found else 0

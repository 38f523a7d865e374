"""Founding the demo clinic: its house, staff, groups and holidays."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from daybridge.access import clock, identity, memory
from daybridge.access.accounts import create_admin, invite
from daybridge.access.actors import Actor, system
from daybridge.access.policy import Role
from daybridge.access.queries import own_client
from daybridge.care.curriculum.commands import review_practice
from daybridge.care.curriculum.library import shipped
from daybridge.care.intake.commands_web import set_help_desk
from daybridge.care.schedule.commands import extend, make_series
from daybridge.clinic.calendar.commands import give_staff_week
from daybridge.clinic.calendar.rules import Window
from daybridge.clinic.people.commands_staff import add_licence, employ, name_deputy, supervise
from daybridge.clinic.people.queries import staff as staff_rows
from daybridge.clinic.programme import queries as programme
from daybridge.clinic.programme.commands import add_room, add_site, close_site, set_up
from daybridge.ops.demo_names import GROUPS, PASSWORD, STAFF, TRAINEE

ZONE = "America/New_York"


@dataclass(frozen=True, slots=True)
class House:
    """The demo clinic's people by first name, and its zone."""

    staff: dict[str, Actor]
    staff_ids: dict[str, int]
    zone: ZoneInfo
    clients: dict[int, Actor] = field(default_factory=dict)  # those with an account of their own

    def day(self, at: datetime) -> date:
        """Return the day of a moment, where the clinic is."""
        return at.astimezone(self.zone).date()


@contextmanager
def moment(actor: Actor, at: datetime) -> Iterator[None]:
    """Let somebody act at a moment of the story: the identity is sent once for all they do."""
    with clock.demo_time(at), transaction.atomic(), memory.remembering(), identity.acting(actor, at=at):
        yield


def email(key: str) -> str:
    """Return the account address of a member of the demo's staff."""
    return f"{key}@clinic.example"


def found(at: datetime, today: date) -> House:
    """Found the clinic at a moment of the story, with groups until after its today."""
    with transaction.atomic():
        admin = create_admin(email=email("helen"), name="Helen Carrow", password=PASSWORD)
        helen = Actor(admin, frozenset({Role.DIRECTOR}), "Helen Carrow")
        set_up(
            helen, name="Riverside Day Programme", kind="demo", phone="555-0100",
            crisis_phone="555-0199", address="12 Mill Street", at=at,
        )
        site = add_site(helen, name="Mill Street", time_zone=ZONE, at=at)
        rooms = {
            name: add_room(helen, site_id=site, name=name, seats=seats, is_video=False, at=at)
            for name, seats in (("Room 1", 14), ("Room 2", 14), ("Office 3", 4), ("Office 4", 4))
        }
        for year in range(at.year, today.year + 2):
            for day, reason in holidays(year):
                close_site(helen, site_id=site, day=day, reason=reason, at=at)
        _staff(helen, at, today)
        house = known_house()
        _look_at_practices(helen, at, today)
        _groups(house, site, rooms, at)
        extend(helen, at=max(at, datetime.combine(today, at.timetz())))
        for key in sorted({row[6] for row in GROUPS}):
            give_staff_week(helen, user_id=house.staff[key].user_id or 0, from_day=at.date(), at=at,
                            windows=[Window(weekday, 9 * 60, 21 * 60) for weekday in range(5)])
        set_help_desk(helen, caller="Sam Okafor", at=at,
                      partner_for_minors="Harbour Youth Services, 555-0133")
    return house


def holidays(year: int) -> tuple[tuple[date, str], ...]:
    """Return the days of a year on which the clinic is closed."""
    may, september, november = date(year, 5, 31), date(year, 9, 1), date(year, 11, 1)
    return (
        (date(year, 1, 1), "New Year's Day"),
        (may - timedelta(days=may.weekday()), "Memorial Day"),
        (date(year, 7, 4), "Independence Day"),
        (september + timedelta(days=-september.weekday() % 7), "Labor Day"),
        (november + timedelta(days=21 + (3 - november.weekday()) % 7), "Thanksgiving"),
        (date(year, 12, 25), "Christmas"),
    )


def known_house() -> House:
    """Return the clinic's people, as they are in the database."""
    setup = system(Role.SETUP)
    with transaction.atomic(), identity.acting(setup), connection.cursor() as cursor:
        cursor.execute("SELECT email, id, roles, name FROM access_user WHERE email LIKE %s",
                       ["%@clinic.example"])
        people = {
            address.split("@")[0]: Actor(pk, frozenset(Role(role) for role in roles), name)
            for address, pk, roles, name in cursor.fetchall()
        }
        by_user = {row.user_id: row.staff_id for row in staff_rows(people["helen"])}
        zone = programme.sites(people["helen"])[0].zone
    ids = {key: by_user[actor.user_id] for key, actor in people.items() if actor.user_id in by_user}
    return House(people, ids, zone, _own_accounts())


def _own_accounts() -> dict[int, Actor]:
    """Return the accounts of the demo's clients, by client."""
    setup = system(Role.SETUP)
    with transaction.atomic(), identity.acting(setup), connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM access_user WHERE email LIKE %s", ["client%@home.example"])
        accounts = [Actor(pk, frozenset({Role.CLIENT}), name) for pk, name in cursor.fetchall()]
    found = {}
    for actor in accounts:
        with transaction.atomic(), identity.acting(actor):
            client_id = own_client(actor)
        if client_id is not None:
            found[client_id] = actor
    return found


def _staff(helen: Actor, at: datetime, today: date) -> None:
    ids: dict[str, int] = {}
    for key, name, credential, job, roles, licence, ends_in, languages in STAFF:
        user_id = helen.user_id or 0
        if key != "helen":
            line = f"{name}, {credential} · {job}" if credential else f"{name} · {job}"
            user_id = invite(helen, email=email(key), name=name, roles=list(roles), line=line,
                             password=PASSWORD, at=at)
        ids[key] = employ(helen, user_id=user_id, name=name, credential=credential, job=job,
                          phone="555-0110", languages=languages, at=at)
        if licence:
            last = today + timedelta(days=ends_in or 900)
            add_licence(helen, staff_id=ids[key], kind=licence, number=f"{licence}-{4100 + ids[key]}",
                        state="NY", valid_from=date(2019, 1, 1), valid_until=last, at=at)
    for key, deputy in (("nora", "paul"), ("paul", "nora"), ("osei", "vera"), ("iris", "nora"),
                        ("ines", "paul"), ("omar", "ines")):
        name_deputy(helen, staff_id=ids[key], deputy_id=ids[deputy], supervisor_id=ids["vera"], at=at)
    supervise(helen, staff_id=ids[TRAINEE], supervisor_id=ids["vera"], from_day=at.date(), signs_for=True,
              at=at)


def _look_at_practices(helen: Actor, at: datetime, today: date) -> None:
    """Somebody looked at the evidence of what the groups stand on; one look is overdue by now."""
    for slug in sorted({row[5] for row in GROUPS}):
        next_on = today + timedelta(days=-9 if slug == "acceptance-commitment" else 200)
        if next_on > at.date():
            review_practice(
                helen, slug=slug, grade=shipped().practices[slug].grade, looked_on=at.date(),
                words="Read the sources named in the library again.", next_on=next_on, at=at,
            )


def _groups(house: House, site: int, rooms: dict[str, int], at: datetime) -> None:
    for row in GROUPS:
        weekday, hour, minute, minutes, title, practice, leader, service, language, levels, room = row
        make_series(
            house.staff["helen"], site_id=site, room_id=rooms[f"Room {room}"],
            leader_id=house.staff[leader].user_id or 0, title=title, practice=practice,
            service=service, weekday=weekday, starts=time(hour, minute), minutes=minutes,
            first_day=at.date(), capacity=12, levels=list(levels), language=language, at=at,
        )

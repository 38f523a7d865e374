"""Founding the demo clinic: its house, staff, groups and rota."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from daybridge.access import identity
from daybridge.access.accounts import create_admin, invite
from daybridge.access.actors import Actor, system
from daybridge.access.policy import Role
from daybridge.care.intake.commands_web import set_help_desk
from daybridge.care.schedule.commands import make_series
from daybridge.clinic.people.commands import add_licence, employ, name_deputy
from daybridge.clinic.people.queries import staff as staff_rows
from daybridge.clinic.programme import queries as programme
from daybridge.clinic.programme.commands import add_room, add_site, set_up
from daybridge.ops.demo_names import GROUPS, PASSWORD, STAFF

ZONE = "America/New_York"


@dataclass(frozen=True, slots=True)
class House:
    """The demo clinic's people by first name, and its zone."""

    staff: dict[str, Actor]
    staff_ids: dict[str, int]
    zone: ZoneInfo


def email(key: str) -> str:
    """Return the account address of a member of the demo's staff."""
    return f"{key}@clinic.example"


def found(at: datetime, dice: random.Random) -> House:
    """Found the clinic at a moment of the story."""
    admin = create_admin(email=email("helen"), name="Helen Carrow", password=PASSWORD)
    helen = Actor(admin, frozenset({Role.DIRECTOR}), "Helen Carrow")
    with transaction.atomic():
        set_up(
            helen, name="Riverside Day Programme", kind="demo", phone="555-0100",
            crisis_phone="555-0199", address="12 Mill Street", at=at,
        )
        site = add_site(helen, name="Mill Street", time_zone=ZONE, at=at)
        rooms = {
            name: add_room(helen, site_id=site, name=name, seats=seats, is_video=False, at=at)
            for name, seats in (("Room 1", 14), ("Room 2", 14), ("Office 3", 4), ("Office 4", 4))
        }
        _staff(helen, at)
        house = known_house()
        _groups(house, site, rooms, at)
        set_help_desk(house.staff["helen"], caller="Sam Okafor", at=at,
                      partner_for_minors="Harbour Youth Services, 555-0133")
    return house


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
    return House(people, ids, zone)


def _staff(helen: Actor, at: datetime) -> None:
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
            last = at.date() + timedelta(days=35 + ends_in if ends_in else 900)
            add_licence(helen, staff_id=ids[key], kind=licence, number=f"{licence}-{4100 + ids[key]}",
                        state="NY", valid_from=date(2019, 1, 1), valid_until=last, at=at)
    for key, deputy in (("nora", "paul"), ("paul", "nora"), ("osei", "vera"), ("iris", "nora")):
        name_deputy(helen, staff_id=ids[key], deputy_id=ids[deputy], supervisor_id=ids["vera"], at=at)


def _groups(house: House, site: int, rooms: dict[str, int], at: datetime) -> None:
    for place, row in enumerate(GROUPS):
        weekday, hour, minute, minutes, title, practice, leader, service, language = row
        make_series(
            house.staff["helen"], site_id=site, room_id=rooms["Room 1" if place % 2 else "Room 2"],
            leader_id=house.staff[leader].user_id or 0, title=title, practice=practice,
            service=service, weekday=weekday, starts=time(hour, minute), minutes=minutes,
            first_day=at.date(), capacity=12, levels=["iop", "php"], language=language, at=at,
        )

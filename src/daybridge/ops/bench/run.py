"""`daybridge bench run`: each page and its floor, in turn, as the same counsellor."""

import itertools
import os
import platform
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from django.db import transaction
from django.test import Client

from daybridge.access import clock, identity
from daybridge.access.actors import Actor, system
from daybridge.access.models import User
from daybridge.access.policy import Role
from daybridge.care.planning.commands import start_plan
from daybridge.ops.bench import queries
from daybridge.ops.bench.load import Say, admin_dsn
from daybridge.ops.bench.measure import Ask, Site, Times, side_by_side
from daybridge.ops.bench.sessions import COUNSELLOR

CSRF = "b" * 32
FIND = "ma"


@dataclass(frozen=True, slots=True)
class Line:
    """One page's figures: milliseconds, and statements."""

    name: str
    ours: Times
    floor: Times
    statements: int | None

    @property
    def ratio(self) -> float:
        """Return how many floors a page costs at the median."""
        return self.ours.at(50) / self.floor.at(50)

    def words(self) -> str:
        """Return the line of the table."""
        sent = "" if self.statements is None else str(self.statements)
        return (f"{self.name:18}{self.ours.at(50):8.1f}{self.ours.at(95):8.1f}"
                f"{self.floor.at(50):9.1f}{self.floor.at(95):8.1f}{self.ratio:8.2f}{sent:>9}")


HEAD = (f"{'':18}{'p50':>8}{'p95':>8}{'floor 50':>9}{'95':>8}{'ratio':>8}{'queries':>9}"
        "   (ms)")


def run(*, seconds: float, say: Say = print) -> list[Line]:
    """Time every page; the database must have been loaded."""
    session, director = _session(COUNSELLOR.format(0)), _session("helen@clinic.example")
    with psycopg.connect(admin_dsn(), dbname=settings.DAYBRIDGE.database, autocommit=True) as side:
        size = side.execute("SELECT count(*) FROM people_client").fetchone()
        say(f"{size[0] if size else 0} clients, {os.cpu_count()} cores, {platform.platform()}")
        say(HEAD)
        pages = _pages(side)
        counted = queries.count(session, pages.items())
        ours = Site("daybridge.site.wsgi:application", f"session={session}; csrftoken={CSRF}")
        floor = Site("daybridge.ops.bench.floor:application", f"session={session}")
        lines = []
        try:
            for name, one in pages.items():
                asks = itertools.repeat(one)
                times = side_by_side(asks, asks, (ours, floor), seconds)
                lines.append(_said(Line(name, *times, counted[name]), say))
            writes = _closed(side)
            times = side_by_side(_save(side, writes[0]), _save(side, writes[1]), (ours, floor), seconds)
            lines.append(_said(Line("Attendance of 10", *times, None), say))
            for site in (ours, floor):
                site.headers["Cookie"] = f"session={director}; csrftoken={CSRF}"
            asks = itertools.repeat(pages["Hours board"])
            times = side_by_side(asks, asks, (ours, floor), seconds)
            lines.append(_said(Line("Board, whole house", *times, None), say))
        finally:
            ours.stop()
            floor.stop()
    return lines


def _said(line: Line, say: Say) -> Line:
    say(line.words())
    return line


def _session(email: str) -> str:
    browser = Client()
    with transaction.atomic(), identity.acting(system(Role.SIGN_IN)):
        browser.force_login(User.objects.get(email=email),
                            backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser.cookies[queries.COOKIE].value


def _pages(side: "psycopg.Connection[tuple[Any, ...]]") -> dict[str, Ask]:
    """Return the pages; the chart is of a client of the counsellor, in care."""
    found = side.execute(
        "SELECT s.client_id FROM placement_stay s JOIN access_teammember t USING (client_id) "
        "JOIN access_user u ON u.id = t.user_id WHERE u.email = %s AND s.ended_at IS NULL "
        "ORDER BY s.admitted_at LIMIT 1", [COUNSELLOR.format(0)],
    ).fetchone()
    client = found[0] if found else 0
    _begin_next_plan(client)
    name = side.execute("SELECT lower(left(preferred_name, 3)) FROM people_client WHERE id = %s",
                        [client]).fetchone()
    return {"Today": Ask("/today/"), "Chart": Ask(f"/clients/{client}/"),
            "Plan editor": Ask(f"/clients/{client}/plan/"),
            "Forms": Ask(f"/clients/{client}/instruments/"),
            "Hours board": Ask("/hours/"), "Search": Ask(f"/find/?q={name[0] if name else FIND}")}


def _begin_next_plan(client: int) -> None:
    """Let the editor have a plan in work: the next one, begun from the one in force."""
    with transaction.atomic(), identity.acting(system(Role.SIGN_IN)):
        user = User.objects.get(email=COUNSELLOR.format(0))
    actor = Actor(user.pk, frozenset({Role.COUNSELLOR}), user.name)
    start_plan(actor, client_id=client, at=clock.now())


def _closed(side: "psycopg.Connection[tuple[Any, ...]]") -> list[int]:
    """Return two sessions of the counsellor that are over."""
    rows = side.execute(
        "SELECT o.id FROM schedule_occurrence o JOIN access_user u ON u.id = o.leader_id "
        "WHERE u.email = %s AND o.state = 'closed' ORDER BY o.starts_at DESC LIMIT 2",
        [COUNSELLOR.format(0)],
    )
    return [row[0] for row in rows]


def _save(side: "psycopg.Connection[tuple[Any, ...]]", one: int) -> Iterator[Ask]:
    """Yield the form of one group's attendance, each time with the version now stored."""
    people = side.execute("SELECT client_id FROM schedule_expected WHERE occurrence_id = %s", [one])
    lines = {f"state-{row[0]}": "here" for row in people}
    while True:
        row = side.execute("SELECT version FROM schedule_occurrence WHERE id = %s", [one]).fetchone()
        yield Ask(f"/sessions/{one}/", {
            **lines, "version": str(row[0] if row else 0), "_key": str(uuid.uuid4()),
            "csrfmiddlewaretoken": CSRF})

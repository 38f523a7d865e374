"""A clinic of its own for the browser: makes the database and says who is who.

Run as a program (`python -m tests.journeys.clinic`), for the test run's own Django is
connected to another database. Its clock stands at Monday 16 November 2026, 14:45 in New
York: the early group of twelve and the morning's group are over, Maria missed hers.
"""

import json
import os
import re
import sys
from datetime import date, time, timedelta
from http import HTTPStatus

TWELVE = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal", "Ida", "Jo", "Kit", "Lou")
# A page is walked as the one of these who sees most of it, else as the first who may see it.
MAIN = ("nora", "osei", "helen", "sam", "maria", "visitor")
OTHERS = ("fay", "tom", "ben", "pia", "quinn", "ada", "bill", "vera", "ana")


def main() -> None:
    """Settle the cast in the journeys' database and print ids as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings

    from daybridge.ops import postgres, testing
    from tests import story
    from tests.canaries import plant
    from tests.canaries_instruments import measured
    from tests.cast import settle

    testing.fresh_database(postgres.ensure(settings.DAYBRIDGE.home, fsync=False))
    cast = settle()
    ids = plant(cast)
    now = story.local(story.WEEK, 14, 45)
    (settings.DAYBRIDGE.home / f"{settings.DAYBRIDGE.database}.clock").write_text(now.isoformat())
    _messages(cast, now)
    measured(cast, cast.maria.client_id, [now - timedelta(days=days) for days in (12, 9, 6, 2)])
    people = {first: getattr(cast, first).client_id for first in ("maria", "andre", "jonah")}
    pages = _pages(cast, ids)
    _andre_is_evaluated(cast, ids)
    people |= _groups_of_twelve(cast)
    people["kit"] = _kit_has_needs(cast)
    people["lena"] = _lena_has_come(cast)
    json.dump({"people": people, "pages": pages}, sys.stdout)


def _messages(cast, now) -> None:
    """Leave one message of each kind in the outbox; the browser's server itself has no provider."""
    from django.conf import settings

    from daybridge.access import clock
    from daybridge.clinic.messaging import jobs
    from daybridge.clinic.messaging.commands import Note, queue
    from daybridge.clinic.messaging.commands_deliver import claim
    from daybridge.clinic.messaging.rules import Via
    from daybridge.clinic.messaging.rules_words import Template
    from daybridge.clinic.messaging.tests.servers import text_provider

    def write(due, via=Via.TEXT):
        note = Note(Template.TIME, {"when": "Thu 10:30"}, due)
        queue(cast.sam, client_id=cast.andre.client_id, via=via, note=note, at=min(due, now))

    with text_provider() as provider, clock.demo_time(now):
        named = {"text_url": provider.url, "text_token": "t"}
        settings.DAYBRIDGE = settings.DAYBRIDGE.model_copy(update=named)
        for provider.status in (200, 400):
            write(now)
            jobs.send_due()
        write(now - timedelta(hours=1))
        claim(jobs.MESSENGER, at=now - timedelta(hours=1))
        write(now + timedelta(hours=2))
        write(now, Via.EMAIL)


def _andre_is_evaluated(cast, ids) -> None:
    """Bring Andre to his decision, with something in his way."""
    from daybridge.access.relate import join_team
    from daybridge.care.intake.commands import name_hurdle
    from tests import story

    andre = cast.andre.client_id
    name_hurdle(cast.sam, client_id=andre, inquiry_id=ids["inquiry_id"]["andre"],
                what="Transport", at=story.MON)
    join_team(cast.helen, client_id=andre, user_id=cast.osei.user_id, part="member", at=story.MON)
    story.evaluate(cast, cast.andre, at=story.MON + timedelta(hours=1))


def _groups_of_twelve(cast) -> dict[str, int]:
    """Begin two Monday groups with twelve members and an empty one on Tuesday.

    Return this Monday's sessions: "group" is over, "second" runs.
    """
    from daybridge.care.schedule.commands import make_series
    from daybridge.care.schedule.queries import sessions
    from tests.story import MON, WEEK

    def begin(weekday: int, leader, title: str, starts: time) -> int:
        return make_series(
            cast.helen, site_id=cast.site_id, room_id=cast.rooms["Room 1"], minutes=180,
            capacity=14, leader_id=leader.user_id, title=title, service="group", weekday=weekday,
            starts=starts, first_day=WEEK, levels=["iop"], at=MON - timedelta(days=5),
        )

    early = begin(0, cast.nora, "Early recovery", time(7))
    second = begin(0, cast.nora, "Second half", time(13, 30))
    begin(1, cast.paul, "Open seats", time(10, 30))
    for first in TWELVE:
        _member(cast, first, early, second)
    of = {one.title: one.occurrence_id for one in sessions(cast.nora, first=WEEK, last=WEEK)}
    return {"group": of["Early recovery"], "second": of["Second half"]}


def _member(cast, first: str, *series_ids: int) -> None:
    from daybridge.care.placement.commands import admit
    from daybridge.care.schedule.commands import join
    from daybridge.care.schedule.rules import Newcomer
    from daybridge.clinic.people.commands import register_client
    from tests.story import MON, WEEK

    at = MON - timedelta(days=5)
    pk = register_client(cast.sam, preferred_name=f"{first} Member", birth_date=date(1990, 1, 1), at=at)
    admit(cast.sam, client_id=pk, level="iop", staff_id=cast.staff_ids["osei"], imported=True,
          primary_user_id=cast.nora.user_id, decision_id=None, at=at)
    for series_id in series_ids:
        join(cast.sam, client_id=pk, series_id=series_id, from_day=WEEK,
             newcomer=Newcomer("iop", frozenset({"en"})), at=at)


def _kit_has_needs(cast) -> int:
    """Leave three needs without an answer with one of the twelve."""
    from daybridge.clinic.people.queries import newest
    from tests import story

    kit = next(one.client_id for one in newest(cast.sam, limit=50) if one.name == "Kit Member")
    story.find_needs(cast, kit, ("use", "Alcohol at weekends"), ("housing", "Sleeps at a friend's"),
                     ("transport", "No way home after six"))
    return kit


def _lena_has_come(cast) -> int:
    """Admit Lena, with an account of her own and three needs without an answer; no plan yet."""
    from daybridge.access.relate import join_team
    from daybridge.care.placement.commands import admit
    from tests import story

    at = story.MON - timedelta(days=1)
    lena = story.somebody(cast, "Lena Ortiz")
    story.inquire(cast, lena, at=at - timedelta(days=2))
    story.evaluate(cast, lena, at=at - timedelta(days=1))
    decision = story.decide_together(cast, lena, at=at - timedelta(hours=2))
    admit(cast.sam, client_id=lena.client_id, level="iop", staff_id=cast.staff_ids["osei"],
          primary_user_id=cast.nora.user_id, decision_id=decision, at=at)
    join_team(cast.helen, client_id=lena.client_id, user_id=cast.ruth.user_id, part="member", at=at)
    story.find_needs(cast, lena.client_id, ("use", "Alcohol after work"), ("housing", "No place of her own"),
                     ("transport", "No way home after six"))
    return lena.client_id


def _pages(cast, ids) -> dict[str, list[str]]:
    """Return every HTML page of the URL configuration, by who walks it in the browser.

    Once for each frame it has (staff, client, public), as the one who sees most of it.
    """
    from django.db import transaction
    from django.urls import get_resolver

    from tests.access.test_canary_matrix import sign_in
    from tests.architecture.test_routes import patterns

    with transaction.atomic():  # who acts holds for one transaction
        browsers = {one: sign_in(cast.everyone[one]) for one in (*MAIN, *OTHERS)}
    found: dict[str, list[str]] = {first: [] for first in browsers}
    routes = {_address(cast, ids, path, entry) for path, entry in patterns(get_resolver())}
    for address in sorted(routes - {""}):
        for readers in (MAIN, OTHERS):
            walker: dict[str, tuple[int, str]] = {}
            for first in readers:
                frame, size = _page(browsers[first], address)
                walker[frame] = max(walker.get(frame, (0, "")), (size, first))
            walker.pop("", None)
            for _, first in walker.values():
                found[first].append(address)
            if walker:
                break
    return found


def _address(cast, ids, path: str, entry) -> str:
    """Return an address about Maria; nothing for allauth's that hold a secret."""
    from django.urls import reverse

    from tests.canaries import arguments

    if not entry.callback.__module__.startswith("daybridge."):
        return "" if set("<(") & set(path) else f"/{path}"
    domain = entry.callback.__module__.split(".")[-2]
    wanted = arguments(cast, ids, "maria", list(entry.pattern.converters))
    return reverse(f"{domain}:{entry.name}", kwargs=wanted)


def _page(browser, address: str) -> tuple[str, int]:
    """Return the frame this reader gets a page in, and its size; no frame for no page."""
    response = browser.get(address, SERVER_NAME="localhost")
    body = re.search(r'<body class="([^"]*)"', response.content.decode(errors="replace"))
    whole = response.status_code == HTTPStatus.OK and body
    return (body[1], len(response.content)) if whole else ("", 0)


if __name__ == "__main__":
    main()

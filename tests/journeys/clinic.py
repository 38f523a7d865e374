"""A clinic of its own for the browser: makes the database and says who is who.

Run as a program (`python -m tests.journeys.clinic`), for the test run's own Django is
connected to another database. Its clock stands at Monday 16 November 2026, 13:30 in New
York: the morning's group of twelve has just ended.
"""

import json
import os
import sys
from datetime import date, timedelta

TWELVE = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal", "Ida", "Jo", "Kit", "Lou")


def main() -> None:
    """Settle the cast in the journeys' database and print ids as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings

    from daybridge.ops import postgres, testing
    from tests import story
    from tests.cast import settle

    testing.fresh_database(postgres.ensure(settings.DAYBRIDGE.home, fsync=False))
    cast = settle()
    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, groups.wednesday, groups.friday)
    for first in TWELVE:
        _member(cast, first, groups.monday)
    from daybridge.care.schedule.queries import sessions

    one = sessions(cast.nora, first=story.WEEK, last=story.WEEK)[0]
    now = one.ends_at
    (settings.DAYBRIDGE.home / f"{settings.DAYBRIDGE.database}.clock").write_text(now.isoformat())
    _messages(cast, now)
    people = {first: getattr(cast, first).client_id for first in ("maria", "andre", "jonah")}
    json.dump({**people, "group": one.occurrence_id}, sys.stdout)


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


def _member(cast, first: str, series_id: int) -> None:
    from daybridge.care.placement.commands import admit
    from daybridge.care.schedule.commands import join
    from daybridge.care.schedule.rules import Newcomer
    from daybridge.clinic.people.commands import register_client
    from tests.story import MON, WEEK

    at = MON - timedelta(days=5)
    pk = register_client(cast.sam, preferred_name=f"{first} Member", birth_date=date(1990, 1, 1), at=at)
    admit(cast.sam, client_id=pk, level="iop", staff_id=cast.staff_ids["osei"], imported=True,
          primary_user_id=cast.nora.user_id, decision_id=None, at=at)
    join(cast.sam, client_id=pk, series_id=series_id, from_day=WEEK,
         newcomer=Newcomer("iop", frozenset({"en"})), at=at)


if __name__ == "__main__":
    main()

"""A program of its own that lives a short story, so that a test can kill it.

`python -m daybridge.ops.tests.story_run fresh | load MOMENT | tell`, in DAYBRIDGE_TEST_DATABASE.
"""

import json
import sys
from datetime import datetime, timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from daybridge.access import identity  # noqa: E402
from daybridge.access.actors import system  # noqa: E402
from daybridge.access.policy import Role  # noqa: E402
from daybridge.care.assessment.models import Need  # noqa: E402
from daybridge.care.assessment.queries_needs import open_counts  # noqa: E402
from daybridge.care.curriculum.models import PracticeReview  # noqa: E402
from daybridge.care.hours.models import Attendance  # noqa: E402
from daybridge.care.instruments.models import AllianceResponse, Response  # noqa: E402
from daybridge.care.intake.models import Inquiry  # noqa: E402
from daybridge.care.medical.models import Observation, Offer  # noqa: E402
from daybridge.care.medical.queries_checks import stops_open  # noqa: E402
from daybridge.care.medicines.models import Kit  # noqa: E402
from daybridge.care.notes.models import Note  # noqa: E402
from daybridge.care.notes.queries_due import notes_due  # noqa: E402
from daybridge.care.placement.models import Stay  # noqa: E402
from daybridge.care.placement.queries import stays_in_care  # noqa: E402
from daybridge.care.planning.models import Progress  # noqa: E402
from daybridge.care.schedule.models import ObjectiveSeries, Occurrence  # noqa: E402
from daybridge.clinic.referrals.models import Referral  # noqa: E402
from daybridge.clinic.tasks.models import Task  # noqa: E402
from daybridge.documents.models import Consent, Disclosure, Request  # noqa: E402
from daybridge.ops import demo, postgres, testing  # noqa: E402
from daybridge.ops.demo_house import House, known_house  # noqa: E402
from daybridge.ops.demo_names import COUNSELLORS  # noqa: E402
from daybridge.ops.demo_people import Size  # noqa: E402
from daybridge.quality.listing import EVERYTHING  # noqa: E402
from daybridge.quality.measure import Window  # noqa: E402

SIZE = Size(in_care=3, past=3, days=28)


def tell() -> dict[str, object]:
    """Return what is in the database, in numbers."""
    house = known_house()
    helen, zone = house.staff["helen"], house.zone
    with transaction.atomic(), identity.acting(helen):
        return {
            "stays": sorted(str(row.admitted_at.astimezone(zone).date()) for row in Stay.objects.all()),
            "ended": Stay.objects.exclude(ended_at=None).count(),
            "calls": Inquiry.objects.count(),
            "alerts": Task.objects.filter(kind="alert", taken_at=None).count(),
            "attended": sorted({str(day) for day in Attendance.objects.values_list("day", flat=True)}),
            "closed": Occurrence.objects.filter(state="closed").count(),
            "held_twice": Attendance.objects.count()
            - Attendance.objects.values("client", "occurrence").distinct().count(),
            "marks": demo.programme.story_marks(system(Role.SETUP)),
        }


def record(house: House) -> dict[str, object]:
    """Return what the clinical record holds, and what waits on Today."""
    vera, osei = house.staff["vera"], house.staff["osei"]
    at = datetime.fromisoformat(f"{demo.programme.story_marks(system(Role.SETUP))['begun']}T19:00:00+00:00")
    counted = (Response, AllianceResponse, Need, Referral, Kit, Observation, Offer, Consent, Disclosure,
               Request, Note, Progress, ObjectiveSeries, PracticeReview)
    owed = {key: len(notes_due(house.staff[key], at=at)) for key in COUNSELLORS}
    with transaction.atomic(), identity.acting(house.staff["helen"]):
        care = [row.client_id for row in stays_in_care(house.staff["helen"])]
    return {
        "rows": {model.__name__: rows_of(model) for model in counted},
        "open_needs": sum(open_counts(vera, of=care, on=at.date()).values()),
        "notes_due": sum(owed.values()), "stops": len(stops_open(osei)),
        "measured": {one: measured(house, one, at) for one in ("S4", "S9", "P03", "P06", "P10", "P13")},
    }


def rows_of(model: type[Model]) -> int:
    """Count a table's rows as its owner: no role reads them all."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
        return int(cursor.fetchone()[0])


def measured(house: House, measure: str, at: datetime) -> int:
    """Return the cases of a principle's first measure in the last 90 days."""
    kept = next(one for one in EVERYTHING if one.id == measure)
    window = Window((at - timedelta(days=90)).date(), at.date(), at)
    quinn = house.staff["quinn"]
    with transaction.atomic(), identity.acting(quinn):
        return len(kept.measures[0].read(quinn, window).cases)


if __name__ == "__main__":
    if sys.argv[1] == "fresh":
        testing.fresh_database(postgres.ensure(settings.DAYBRIDGE.home, fsync=False))
    elif sys.argv[1] == "load":
        demo.load(say=lambda words: print(words, flush=True), size=SIZE,
                  now=datetime.fromisoformat(sys.argv[2]))
    else:
        print(json.dumps({**tell(), "record": record(known_house())}))

"""A program of its own that lives a short story, so that a test can kill it.

`python -m daybridge.ops.tests.story_run fresh | load MOMENT | tell`, in DAYBRIDGE_TEST_DATABASE.
"""

import json
import sys
from datetime import datetime

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from daybridge.access import identity  # noqa: E402
from daybridge.access.actors import system  # noqa: E402
from daybridge.access.policy import Role  # noqa: E402
from daybridge.care.hours.models import Attendance  # noqa: E402
from daybridge.care.intake.models import Inquiry  # noqa: E402
from daybridge.care.placement.models import Stay  # noqa: E402
from daybridge.care.schedule.models import Occurrence  # noqa: E402
from daybridge.clinic.tasks.models import Task  # noqa: E402
from daybridge.ops import demo, postgres, testing  # noqa: E402
from daybridge.ops.demo_house import known_house  # noqa: E402
from daybridge.ops.demo_people import Size  # noqa: E402

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


if __name__ == "__main__":
    if sys.argv[1] == "fresh":
        testing.fresh_database(postgres.ensure(settings.DAYBRIDGE.home, fsync=False))
    elif sys.argv[1] == "load":
        demo.load(say=lambda words: print(words, flush=True), size=SIZE,
                  now=datetime.fromisoformat(sys.argv[2]))
    else:
        print(json.dumps(tell()))

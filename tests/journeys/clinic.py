"""A clinic of its own for the browser: makes the database and says who is who.

Run as a program (`python -m tests.journeys.clinic`), for the test run's own Django is
connected to another database.
"""

import json
import os
import sys


def main() -> None:
    """Settle the cast in the journeys' database and print ids as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings

    from daybridge.ops import postgres, testing
    from tests.cast import settle

    testing.fresh_database(postgres.ensure(settings.DAYBRIDGE.home, fsync=False))
    cast = settle()
    people = {first: getattr(cast, first).client_id for first in ("maria", "andre", "jonah")}
    json.dump(people, sys.stdout)


if __name__ == "__main__":
    main()

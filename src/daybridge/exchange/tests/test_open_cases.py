"""An imported stay stands before evaluation and views, and is an open case until they are in."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests import story
from tests.cast import NOON, Person
from tests.client_files import HEAD

from daybridge.access import identity
from daybridge.clinic.people.queries_import import everybody
from daybridge.exchange.import_clients import import_clients
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Window

MEASURES = {m.id: m for kept in EVERYTHING for m in kept.measures}
WINDOW = Window(date(2026, 8, 20), date(2026, 11, 17), NOON + timedelta(days=2))
LONG_AGO = ",".join((
    "Rosa Long,Rosa Long,1980-01-03,,,en,iop,2025-02-03,2025-02-01", "nora@clinic.example",
    "osei@clinic.example", "10", "",
))


@pytest.fixture
def rosa(cast):
    """Somebody in care elsewhere for longer than any measure looks back."""
    outcome = import_clients(
        cast.helen, f"{HEAD}\n{LONG_AGO}".encode(), at=NOON, dry_run=False
    )
    assert outcome.added == 1
    pk = next(one.client_id for one in everybody(cast.helen) if one.preferred_name == "Rosa Long")
    return Person(pk, cast.osei, "Rosa Long")


def case(cast, measure: str, person):
    with identity.acting(cast.quinn, at=NOON):
        cases = MEASURES[measure].read(cast.quinn, WINDOW).cases
    return next((c.counted, c.note) for c in cases if c.client_id == person.client_id)


def test_an_imported_stay_is_an_open_case_until_evaluated_and_decided(cast, rosa):
    assert case(cast, "S1", rosa) == (False, "imported")
    assert case(cast, "W3", rosa) == (False, "imported")

    story.evaluate(cast, rosa, at=NOON + timedelta(hours=1))
    assert case(cast, "S1", rosa) == (True, "imported")
    assert case(cast, "W3", rosa) == (False, "imported")

    story.decide_together(cast, rosa, at=NOON + timedelta(hours=2))
    assert case(cast, "W3", rosa) == (True, "imported")


def test_the_mark_alone_lets_the_stay_stand(cast, rosa):
    """Take the mark away and PostgreSQL refuses the stay."""
    with pytest.raises(DatabaseError, match="S1"), identity.acting(cast.helen):
        _without_mark(rosa.client_id)


def _without_mark(client_id: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE placement_stay SET imported = false WHERE client_id = %s", [client_id])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

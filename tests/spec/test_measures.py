"""P14: every measure is computed from the records, and moves by exactly one case."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from daybridge.access import identity
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Window
from tests import story
from tests.story import MON

READ = [m for kept in EVERYTHING for m in kept.measures if m.read]
WINDOW = Window(date(2026, 11, 1), date(2026, 12, 20), MON + timedelta(days=30))


@pytest.fixture
def admitted(cast):
    """Maria is in care, with everything signed."""
    story.admitted(cast, cast.maria)
    return cast


@pytest.mark.parametrize("measure", READ, ids=lambda m: m.id)
def test_every_measure_reads(admitted, measure):
    """No query is broken, and nobody's name is in a reading."""
    with identity.acting(admitted.quinn, at=MON):
        reading = measure.read(admitted.quinn, WINDOW)

    assert all(isinstance(case.client_id, int) for case in reading.cases)


def test_a_licence_that_has_ended_is_named_by_s2(admitted):
    """One changed record moves the measure by one, and the drill-down names the client."""
    s2 = next(m for m in READ if m.id == "S2")
    later = replace(WINDOW, now=datetime(2028, 7, 1, tzinfo=UTC))
    with identity.acting(admitted.quinn, at=MON):
        before = s2.read(admitted.quinn, later).proportion
    with identity.acting(admitted.helen), connection.cursor() as cursor:
        cursor.execute("UPDATE people_licence SET valid_until = '2028-06-01' WHERE staff_id = %s",
                       [admitted.staff_ids["osei"]])

    with identity.acting(admitted.quinn, at=MON):
        after = s2.read(admitted.quinn, later)

    assert (before.numerator, after.proportion.numerator) == (1, 0)
    assert [case.client_id for case in after.cases if not case.counted] == [admitted.maria.client_id]

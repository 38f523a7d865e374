"""P14: every measure is computed from the records, and moves by exactly one case."""

from datetime import date, timedelta

import pytest
from django.db import connection

from daybridge.access import identity
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Window
from tests import story
from tests.story import MON

READ = [m for kept in EVERYTHING for m in kept.figures if m.read]
BY_ID = {m.id: m for m in READ}
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


def read(cast, measure, window=WINDOW):
    with identity.acting(cast.quinn, at=MON):
        return BY_ID[measure].read(cast.quinn, window)


def change(cast, sql, *values):
    """Change one record, as nobody's work."""
    with identity.acting(cast.helen), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what stands so far is whole
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


def test_a_licence_that_has_ended_is_named_by_s2(admitted):
    """One changed record moves the measure by its days, and the drill-down names the client."""
    before = read(admitted, "S2").proportion
    change(admitted, "UPDATE people_licence SET valid_until = '2026-12-01' WHERE staff_id = %s",
           admitted.staff_ids["osei"])

    after = read(admitted, "S2")

    assert (before.numerator, after.proportion.numerator, before.denominator) == (35, 16, 35)
    assert [(case.client_id, case.note) for case in after.cases if not case.counted] == [
        (admitted.maria.client_id, "19 days without, the first 2026-12-02")]

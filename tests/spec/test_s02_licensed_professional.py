"""S2. A licensed professional in charge of every client, every day."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.placement.commands import NotYet, put_in_charge, take_over_lapsing
from daybridge.care.placement.queries import stay_of
from tests import story
from tests.story import MON


def test_somebody_without_a_licence_is_refused(cast):
    """The page says whom to choose."""
    story.admitted(cast, cast.maria)

    with pytest.raises(NotYet, match="licence"):
        put_in_charge(cast.helen, client_id=cast.maria.client_id, staff_id=cast.staff_ids["iris"], at=MON)


def test_before_a_licence_lapses_the_deputy_stands_in(cast):
    """The nightly job hands over without a gap and marks the stand-in; nothing is blocked."""
    story.admitted(cast, cast.maria)
    nightly = system(Role.NIGHTLY)
    with identity.acting(cast.helen), connection.cursor() as cursor:
        cursor.execute("UPDATE people_licence SET valid_until = %s WHERE staff_id = %s",
                       [date(2026, 11, 30), cast.staff_ids["osei"]])

    moved = take_over_lapsing(nightly, on=date(2026, 12, 1), at=MON)

    stay = stay_of(cast.nora, client_id=cast.maria.client_id)
    assert moved == [cast.maria.client_id]
    assert (stay.in_charge_id, stay.stands_in) == (cast.staff_ids["vera"], True)


def test_an_open_stay_without_anybody_in_charge_is_refused_by_the_database(cast):
    """Whoever ends the charge must name the next in the same transaction."""
    story.admitted(cast, cast.maria)

    with (
        pytest.raises(DatabaseError, match="in charge"),
        transaction.atomic(),
        identity.acting(cast.helen),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE placement_incharge SET until_at = now()")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

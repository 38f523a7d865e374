"""W3. The decision is joint."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access.gate import Refused
from daybridge.care.placement.commands import NotYet, admit, sign_client_view
from daybridge.care.placement.queries import decision_of
from tests import story
from tests.story import MON


@pytest.fixture
def evaluated(cast):
    """Maria has been evaluated."""
    story.inquire(cast, cast.maria, at=MON)
    story.evaluate(cast, cast.maria, at=MON)


def test_a_difference_is_recorded_with_a_way_forward_and_a_date(cast, evaluated):
    """Client and clinician may differ: nobody is overruled, and the day to look again is set."""
    story.decide_together(cast, cast.maria, at=MON, clinician="php", review_on=date(2026, 12, 1))

    found = decision_of(cast.nora, client_id=cast.maria.client_id)
    assert (found.differs, found.review_on) == (True, date(2026, 12, 1))


def test_a_difference_without_a_date_is_not_recorded(cast, evaluated):
    """The page says what is missing."""
    with pytest.raises(NotYet, match="differ"):
        story.decide_together(cast, cast.maria, at=MON, clinician="php")


def test_nobody_is_admitted_before_both_have_signed(cast, evaluated):
    """PostgreSQL refuses a stay whose decision lacks a view."""
    with pytest.raises(DatabaseError, match="views"), transaction.atomic():
        admit(cast.sam, client_id=cast.maria.client_id, level="iop", decision_id=None,
              staff_id=cast.staff_ids["osei"], primary_user_id=cast.nora.user_id, at=MON)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_nobody_signs_for_somebody_elses_client(cast, evaluated):
    """A counsellor of another team is refused."""
    with pytest.raises(Refused):
        sign_client_view(cast.paul, client_id=cast.maria.client_id, decision_id=1, level="iop",
                         reasons="x", name="Maria", at=MON)

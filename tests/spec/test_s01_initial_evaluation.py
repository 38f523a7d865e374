"""S1. Evaluation before enrolment."""

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import identity
from daybridge.care.placement.commands import admit
from tests import story
from tests.story import MON


def test_nobody_is_admitted_without_a_signed_evaluation(cast):
    """PostgreSQL itself refuses the stay, whoever asks for it."""
    story.inquire(cast, cast.maria, at=MON)

    with pytest.raises(DatabaseError, match="evaluation"), transaction.atomic():
        admit(cast.sam, client_id=cast.maria.client_id, level="iop", decision_id=None,
              staff_id=cast.staff_ids["osei"], primary_user_id=cast.nora.user_id, at=MON)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_signed_evaluation_never_changes(cast):
    """Raw SQL is refused too."""
    story.inquire(cast, cast.maria, at=MON)
    story.evaluate(cast, cast.maria, at=MON)

    with (
        identity.acting(cast.osei),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE assessment_evaluation SET medical_words = 'nothing'")

"""S3. A formal treatment plan."""

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import identity
from daybridge.care.placement.commands import admit
from daybridge.care.planning.commands import NotReady, start_plan
from daybridge.care.planning.commands_sign import sign_as_client
from daybridge.care.planning.queries import plan_in_force
from tests import story
from tests.story import MON


def test_a_plan_signed_by_both_is_in_force_and_never_changes(cast):
    """Raw SQL is refused as well: words are added by addendum."""
    story.admitted(cast, cast.maria)
    found = plan_in_force(cast.nora, client_id=cast.maria.client_id)

    assert {one.as_client for one in found.signatures} == {True, False}
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        identity.acting(cast.nora),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE planning_problem SET goal = 'another'")


def test_an_empty_plan_is_not_signed(cast):
    """The message lists what is missing."""
    ids = {"client_id": cast.maria.client_id}
    story.inquire(cast, cast.maria, at=MON)
    story.evaluate(cast, cast.maria, at=MON)
    decision = story.decide_together(cast, cast.maria, at=MON)
    admit(cast.sam, **ids, level="iop", staff_id=cast.staff_ids["osei"], decision_id=decision,
          primary_user_id=cast.nora.user_id, at=MON)
    one = start_plan(cast.nora, **ids, at=MON)

    with pytest.raises(NotReady, match="problem"):
        sign_as_client(cast.maria.account, **ids, plan_id=one, name="Maria", at=MON)

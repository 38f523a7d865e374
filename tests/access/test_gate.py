"""The gate: checked, signed, recorded."""

import pytest
from django.db import connection, transaction

from daybridge.access import identity
from daybridge.access.gate import Refused
from daybridge.access.models import AuditEvent
from daybridge.clinic.people.commands import change_profile
from daybridge.clinic.people.models import Client
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.people.queries_search import search
from tests.cast import NOON


def test_a_counsellor_of_another_team_sees_nothing(cast):
    with pytest.raises(Refused):
        name_of(cast.paul, client_id=cast.maria.client_id)


def test_a_refusal_is_on_record(cast):
    with pytest.raises(Refused):
        change_profile(cast.paul, client_id=cast.maria.client_id, language="en", at=NOON)

    with identity.acting(cast.helen):
        refusal = AuditEvent.objects.filter(outcome="refused").latest("pk")
    assert (refusal.user_id, refusal.client_id) == (cast.paul.user_id, cast.maria.client_id)


def test_rows_of_others_do_not_exist_for_raw_sql(cast):
    with identity.acting(cast.paul):
        assert [row.preferred_name for row in Client.objects.all()] == ["Andre Novak"]


def test_a_forged_identity_sees_nothing(cast):
    with transaction.atomic(), connection.cursor() as cursor:
        token = identity.sign(cast.helen, NOON, pid=1)
        cursor.execute("SELECT set_config('daybridge.identity', %s, true)", [token])
        cursor.execute("SELECT count(*) FROM people_client")
        assert cursor.fetchone() == (0,)


def test_a_blocked_person_finds_nobody(cast):
    assert [hit.name for hit in search(cast.sam, words="jonah")] == ["Jonah Whitlock"]
    assert search(cast.fay, words="jonah") == []

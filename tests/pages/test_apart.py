"""Two people who must not meet: felt by the plan, seen only by who answers for both."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from daybridge.access import identity
from daybridge.access.gate import Refused
from daybridge.access.models import AuditEvent
from daybridge.access.relate import join_team
from daybridge.care.hours.queries_board import hours_board, why_no_make_up
from daybridge.care.schedule.commands import DoesNotFit, join
from daybridge.care.schedule.commands_apart import keep_apart
from daybridge.care.schedule.queries import sessions
from daybridge.care.schedule.queries_apart import apart_of
from daybridge.care.schedule.rules import Newcomer
from tests import story
from tests.access.test_canary_matrix import sign_in as browser
from tests.cast import NOON

THURSDAY = story.WEEK + timedelta(days=3)


def at(name, *args):
    return reverse(f"schedule:{name}", args=args)


@pytest.fixture
def groups(cast):
    """Maria lacks three hours, and Andre is in the Thursday group that could give them."""
    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    join_team(cast.helen, client_id=cast.andre.client_id, user_id=cast.osei.user_id,
              part="member", at=story.MON)
    story.join_groups(cast, cast.maria, groups.monday, groups.wednesday)
    story.join_groups(cast, cast.andre, groups.thursday)
    return groups


def keep(cast, **days):
    return keep_apart(
        cast.helen, client_ids=[cast.maria.client_id, cast.andre.client_id], reason="Court order",
        at=story.MON, **{"from_day": story.WEEK, **days},
    )


def offered(cast):
    board = hours_board(cast.nora, week=story.WEEK, at=story.MON, client_id=cast.maria.client_id)
    return {one.occurrence_id for one in board.rows[0].makeups}


def thursday(cast):
    return sessions(cast.helen, first=THURSDAY, last=THURSDAY)[0].occurrence_id


def test_a_make_up_is_simply_not_offered(cast, groups):
    assert thursday(cast) in offered(cast)

    keep(cast)

    assert thursday(cast) not in offered(cast)
    why = why_no_make_up(cast.nora, client_id=cast.maria.client_id, week=story.WEEK,
                         occurrence_id=thursday(cast), at=story.MON)
    assert why == ["There is no seat for this client."]


@pytest.mark.parametrize("days", [
    {"from_day": THURSDAY + timedelta(days=1)},
    {"until_day": THURSDAY - timedelta(days=1)},
])
def test_a_pair_counts_only_on_its_days(cast, groups, days):
    keep(cast, **days)

    assert thursday(cast) in offered(cast)


GROUP = re.compile("Mindfulness(?!-based)")  # the group, not the practice of that name


def test_a_group_is_neither_offered_nor_given(cast, groups):
    page = at("places", cast.maria.client_id)
    assert GROUP.search(browser(cast.nora).get(page).content.decode())

    keep(cast)

    assert not GROUP.search(browser(cast.nora).get(page).content.decode())
    with pytest.raises(DoesNotFit, match="no seat"):
        join(cast.sam, client_id=cast.maria.client_id, series_id=groups.thursday,
             from_day=story.WEEK, newcomer=Newcomer("iop", frozenset({"en"})), at=story.MON)


def test_only_who_answers_for_both_sees_the_pair(cast, groups):
    keep(cast)
    maria = cast.maria.client_id

    assert [row.reason for row in apart_of(cast.helen, client_id=maria)] == ["Court order"]
    assert apart_of(cast.osei, client_id=maria) == apart_of(cast.helen, client_id=maria)
    assert apart_of(cast.vera, client_id=maria) == [], "she does not supervise Andre"
    for actor in (cast.sam, cast.fay, cast.ruth, cast.maria.account):
        assert browser(actor).get(at("apart", maria)).status_code == 403


def test_the_director_records_and_ends_a_pair(cast, groups):
    client, maria = browser(cast.helen), cast.maria.client_id
    assert "Andre Novak" in client.get(at("apart", maria) + "?q=andre").content.decode()

    sent = {"other": cast.andre.client_id, "reason": "Court order", "from_day": story.WEEK}
    assert client.post(at("apart_add", maria), {**sent, "reason": " "}).status_code == 422
    assert client.post(at("apart_add", maria), sent).status_code == 302
    (row,) = apart_of(cast.helen, client_id=maria)
    assert (row.other_id, row.until_day) == (cast.andre.client_id, None)

    client.post(at("apart_end", cast.andre.client_id, maria))

    (ended,) = apart_of(cast.helen, client_id=maria)
    assert ended.until_day is not None


def test_two_who_are_in_one_group_already_are_pointed_out(cast, groups):
    story.join_groups(cast, cast.maria, groups.thursday)
    keep(cast)

    page = browser(cast.helen).get(at("apart", cast.maria.client_id)).content.decode()

    assert "Both are in one group now" in page
    assert "Mindfulness" in page


def test_nobody_records_a_pair_with_somebody_they_may_not_see(cast, groups):
    ids = [cast.maria.client_id, cast.jonah.client_id]
    with pytest.raises(Refused):
        keep_apart(cast.nora, client_ids=ids, reason="told me", from_day=story.WEEK, at=NOON)

    join_team(cast.helen, client_id=cast.jonah.client_id, user_id=cast.nora.user_id,
              part="member", at=NOON)

    assert keep_apart(cast.nora, client_ids=ids, reason="told me", from_day=story.WEEK, at=NOON)


def test_a_clients_own_record_of_looks_is_silent_about_it(cast, groups):
    keep(cast)
    browser(cast.helen).get(at("apart", cast.maria.client_id))

    with identity.acting(cast.maria.account, at=NOON):
        acts = set(AuditEvent.objects.values_list("act", flat=True))
    with identity.acting(cast.helen, at=NOON):
        all_acts = set(AuditEvent.objects.values_list("act", flat=True))

    assert "schedule.keep_apart" in all_acts
    assert acts
    assert not any("apart" in act for act in acts)

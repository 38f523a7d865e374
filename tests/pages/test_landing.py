"""Everybody lands on a page that answers a question of theirs."""

import pytest
from django.urls import reverse

from daybridge.access import clock
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import WEEK, local


@pytest.mark.parametrize(("first", "can_check_in"), [("tom", False), ("fay", True)])
def test_a_technician_sees_who_comes_today_and_only_the_desk_checks_in(
    cast, monkeypatch, first, can_check_in
):
    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, groups.monday)
    monkeypatch.setattr(clock, "now", lambda: local(WEEK, 9))
    browser = sign_in(cast.everyone[first])

    page = browser.get(reverse("pages:front"), follow=True)
    text = page.content.decode()

    assert page.request["PATH_INFO"] == reverse("hours:arrivals")
    assert "Maria Delgado" in text
    assert ("Check in" in text) is can_check_in


def test_a_technician_can_not_check_anybody_in(cast):
    answer = sign_in(cast.tom).post(reverse("hours:arrivals"), {"client": cast.maria.client_id})

    assert answer.status_code == 403

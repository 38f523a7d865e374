"""Empty is not fine by itself: what a job finds is "not known since" when the job stands still."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daybridge.access import clock
from daybridge.site.timetable import run
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON


@pytest.fixture
def shown(cast, monkeypatch):
    """Open a page at a moment, as the director."""

    def show(name: str, *, after: timedelta) -> str:
        monkeypatch.setattr(clock, "now", lambda: NOON + after)
        return sign_in(cast.helen).get(reverse(name)).content.decode()

    monkeypatch.setattr(clock, "now", lambda: NOON)
    return show


def test_a_job_that_has_just_run_makes_empty_a_fact(shown):
    run("reach_out")

    assert "Nobody has missed without word" in shown("pages:programme", after=timedelta(minutes=1))
    assert "Nobody has missed without word" in shown("retention:outreach", after=timedelta(minutes=1))


@pytest.mark.parametrize("after", [timedelta(minutes=16), timedelta(hours=-1)])
def test_a_job_that_stands_still_says_since_when(shown, after):
    """Also when the machine's clock was set back after it had run."""
    run("reach_out")
    run("escalate")

    programme, outreach = (shown(name, after=after) for name in ("pages:programme", "retention:outreach"))

    assert "The background jobs stand still" in programme
    assert "escalate" in programme
    for page in (programme, outreach):
        assert "Nobody has missed without word" not in page
        assert "Not known since" in page
        assert "12:00" in page


def test_a_job_that_never_ran_is_not_known_yet(shown):
    page = shown("retention:outreach", after=timedelta())

    assert "Not known yet" in page
    assert "The background jobs stand still" not in shown("pages:programme", after=timedelta())

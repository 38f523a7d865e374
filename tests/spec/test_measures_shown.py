"""P14: months are frozen and restated, small numbers are hidden outside, missing is never good."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from daybridge.access import clock, identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.kernel.proportion import Verdict
from daybridge.quality.commands import freeze
from daybridge.quality.estimate import estimate
from daybridge.quality.figures import FEWER, shown
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Case, Reading
from daybridge.quality.trend import months
from tests import story
from tests.access.test_canary_matrix import sign_in

BY_ID = {m.id: (kept, m) for kept in EVERYTHING for m in kept.figures}
FIFTH = datetime(2026, 12, 5, 12, tzinfo=UTC)
NOVEMBER = date(2026, 11, 1)


def november(cast):
    kept, s2 = BY_ID["S2"]
    with identity.acting(cast.quinn, at=FIFTH):
        return months(cast.quinn, kept=kept, one=s2, now=FIFTH, outside=False)[-1]


def test_a_month_is_frozen_on_its_fifth_day_and_a_correction_shows_both(cast):
    story.admitted(cast, cast.maria)
    job = system(Role.MEASURES)

    assert freeze(job, at=FIFTH - timedelta(days=1)) == 0
    assert freeze(job, at=FIFTH) > 0
    assert freeze(job, at=FIFTH + timedelta(days=1)) == 0
    assert (november(cast).month, november(cast).frozen, november(cast).is_restated) == (
        NOVEMBER, "100 %", False)

    with identity.acting(cast.helen), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what stands so far is whole
        cursor.execute("UPDATE people_licence SET valid_until = '2026-11-18' WHERE staff_id = %s",
                       [cast.staff_ids["osei"]])

    point = november(cast)
    assert (point.words, point.frozen, point.is_restated) == ("20 %", "100 %", True)


@pytest.mark.parametrize(("measure", "cases", "verdict"), [
    ("S1", [True] * 4, Verdict.NOT_YET),
    ("S1", [True] * 4 + [False], Verdict.NOT_KEPT),
    ("P02", [True] * 5, Verdict.KEPT_FEW),
    ("P02", [False] * 4, Verdict.NOT_YET),
])
def test_one_verdict_few_cases_and_zero_tolerance(measure, cases, verdict):
    reading = Reading(tuple(Case(1, counted) for counted in cases))

    assert estimate(BY_ID[measure][1], reading).verdict is verdict


def test_nobody_followed_to_day_90_says_nothing_about_day_90():
    reading = Reading(tuple(Case(one, counted=False, value=20) for one in range(30)))

    assert estimate(BY_ID["L5"][1], reading).verdict is Verdict.NOT_YET


def test_small_cells_are_hidden_outside_the_programmes_staff():
    kept, one = BY_ID["P02"]
    small = Reading(tuple(Case(n, n > 10) for n in range(40)))
    large = Reading(tuple(Case(n, n > 19) for n in range(40)))

    assert shown(kept, one, small, outside=True).now != FEWER
    assert shown(kept, one, Reading(small.cases[1:]), outside=True).now == FEWER
    assert shown(kept, one, large, outside=False).of == "20 of 40"


def test_every_figure_has_its_page(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: FIFTH)
    browser = sign_in(cast.quinn)

    for measure in ("S2", "L5b", "P01-median", "P06-language", "S2-ending"):
        page = browser.get(f"/principles/{measure}/").content.decode()
        assert BY_ID[measure][1].question in page
        assert ("Missing:" in page) is bool(measure == "P06-language")

"""L2. A group says who may join it: stage, co-occurring disorders, closed; what isn't known is no yes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from daybridge.access import clock
from daybridge.care.placement.commands import NotYet
from daybridge.care.placement.commands_stage import decide_stage
from daybridge.care.placement.queries_stage import stages_of
from daybridge.care.schedule.commands import DoesNotFit, join
from daybridge.care.schedule.commands_joining import say_who_may_join
from daybridge.care.schedule.queries_joining import newcomers
from daybridge.care.schedule.rules import Joining, Newcomer
from daybridge.care.weekplan.queries import standing_week
from daybridge.care.weekplan.rules import instance_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.story import MON, WEEK


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def monday(cast):
    """Maria in care, and Monday's group."""
    story.admitted(cast, cast.maria)
    return story.groups(cast).monday


def asks(cast, series, **rules):
    say_who_may_join(cast.nora, series_id=series, rules=Joining(**rules), at=MON)


def joins(cast, series, *, from_day=WEEK):
    pk = cast.maria.client_id
    newcomer = replace(newcomers(cast.nora, of={pk})[pk], languages=frozenset({"en"}))
    return join(cast.nora, client_id=pk, series_id=series, from_day=from_day, newcomer=newcomer, at=MON)


def test_a_group_for_a_stage_waits_for_the_teams_decision(cast, monday):
    """No stage decided is no yes; the wrong one neither; the right one is."""
    asks(cast, monday, stages=frozenset({2, 3}))
    with pytest.raises(DoesNotFit, match="no stage is decided"):
        joins(cast, monday)
    decide_stage(cast.nora, client_id=cast.maria.client_id, stage=1, why="Admitted today.", at=MON)
    with pytest.raises(DoesNotFit, match="another stage"):
        joins(cast, monday)
    later = MON + timedelta(hours=1)
    decide_stage(cast.nora, client_id=cast.maria.client_id, stage=2, why="Team of today: plan signed.",
                 at=later)

    assert joins(cast, monday)
    now, before = stages_of(cast.nora, client_id=cast.maria.client_id)
    assert (now.stage.number, now.until_at, before.stage.number, before.until_at) == (2, None, 1, later)


def test_a_stage_is_a_decision_with_its_reason(cast, monday):
    """Without a reason, out of the four, or the same once more, nothing is written."""
    for stage, why in ((2, "  "), (5, "Why not"), (0, "Why not")):
        with pytest.raises(NotYet):
            decide_stage(cast.nora, client_id=cast.maria.client_id, stage=stage, why=why, at=MON)
    decide_stage(cast.nora, client_id=cast.maria.client_id, stage=1, why="Admitted.", at=MON)
    with pytest.raises(NotYet, match="already"):
        decide_stage(cast.nora, client_id=cast.maria.client_id, stage=1, why="Again.", at=MON)


def test_a_group_for_co_occurring_disorders_tells_the_desk_nothing(cast, monday):
    """The desk is sent to the team, whatever the evaluation says; the team hears what it says."""
    asks(cast, monday, dual_only=True)

    with pytest.raises(DoesNotFit, match="given by the client's team"):
        join(cast.fay, client_id=cast.maria.client_id, series_id=monday, from_day=WEEK, at=MON,
             newcomer=Newcomer("iop", frozenset({"en"})))
    with pytest.raises(DoesNotFit, match="co-occurring disorder"):
        joins(cast, monday)  # the evaluation says no
    for address in ("/groups/", f"/clients/{cast.maria.client_id}/groups/"):
        assert b"co-occurring" not in sign_in(cast.fay).get(address).content


def test_a_closed_group_takes_nobody_after_its_day(cast, monday):
    """On its last day somebody may join, a day later nobody; who is in it stays."""
    asks(cast, monday, closed_after=WEEK)
    with pytest.raises(DoesNotFit, match="closed"):
        joins(cast, monday, from_day=WEEK + timedelta(days=1))

    assert joins(cast, monday)


def test_the_search_for_a_week_keeps_to_the_same_rules(cast, monday):
    """In the engine's instance a closed group stands still, and stage and disorder are asked too."""
    decide_stage(cast.nora, client_id=cast.maria.client_id, stage=2, why="Team of today.", at=MON)
    groups = {one["id"]: one for one in instance_of(standing_week(cast.helen, monday=WEEK))["groups"]}
    assert groups[f"g{monday}"]["dual_only"] is False

    asks(cast, monday, stages=frozenset({3}), dual_only=True)
    found = instance_of(standing_week(cast.helen, monday=WEEK))
    group = next(one for one in found["groups"] if one["id"] == f"g{monday}")
    maria = next(one for one in found["clients"] if one["id"] == f"c{cast.maria.client_id}")
    assert (group["dual_only"], maria["dual"]) == (True, False)
    assert maria["stage"] not in group["stages"]

    asks(cast, monday, closed_after=WEEK - timedelta(days=1))
    assert f"g{monday}" not in [one["id"] for one in
                                instance_of(standing_week(cast.helen, monday=WEEK))["groups"]]


def test_the_pages_say_and_take_it(cast, monday):
    """A wrong address is refused with every word kept; a right one stands on the group's page."""
    browser, address = sign_in(cast.nora), f"/groups/{monday}/joining/"
    wrong = browser.post(address, {"stages": ["2"], "video_link": "http://video.example/room"})
    assert wrong.status_code == 422
    assert b"http://video.example/room" in wrong.content

    browser.post(address, {"stages": ["2", "3"], "dual_only": "on", "closed_after": "2026-12-01",
                           "video_link": "https://video.example/room"})
    page = browser.get(f"/groups/{monday}/").content.decode()
    assert "Stage 2, 3 of treatment" in page
    assert "nobody joins after Tue 1 Dec 2026" in page
    assert "https://video.example/room" in page

    stage = f"/clients/{cast.maria.client_id}/placement/stage/"
    browser.post(stage, {"stage": "2", "why": "Team of Monday."})
    assert "Stage 2, early recovery, since" in browser.get(stage).content.decode()
    assert browser.post(stage, {"stage": "x"}).status_code == 422

"""P06: what a client answers is measured again through the stay, and shown as it went."""

from datetime import timedelta

from daybridge.access import clock
from daybridge.care.assessment.queries import readiness_of
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.instruments.commands import answer, begin, finish
from daybridge.care.instruments.commands_alliance import answer_check, begin_check, finish_check
from daybridge.care.instruments.queries import needs_found, scores_of
from daybridge.quality.measure import Window
from daybridge.quality.parts_instruments import CHECKED, REASSESSED
from daybridge.quality.reading import cases
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.canaries_instruments import measured
from tests.cast import MONDAY


def filled(cast, name, answers, at=MONDAY):
    ids = {"client_id": cast.maria.client_id, "at": at}
    one = begin(cast.nora, **ids, name=name)
    for item, value in answers.items():
        answer(cast.nora, **ids, response_id=one, item=item, typed=[value], version=0)
    finish(cast.nora, **ids, response_id=one)
    return one


def test_rulers_filled_as_a_form_are_readiness_over_time(cast):
    """Finishing the three rulers writes the readiness that plan and chart read (P03)."""
    filled(cast, "ruler", {"importance": "9", "confidence": "2", "readiness": "6"})
    (row,) = readiness_of(cast.nora, client_id=cast.maria.client_id)
    assert (row.importance, row.confidence, row.readiness) == (9, 2, 6)


def test_a_ruler_with_a_hole_is_no_readiness(cast):
    """Two of three answers say nothing: nothing is written."""
    filled(cast, "ruler", {"importance": "9", "confidence": "2"})
    assert readiness_of(cast.nora, client_id=cast.maria.client_id) == []


def test_a_finished_form_names_the_needs_it_found(cast):
    """PHQ-9 of 10 or more is a need of the mental domain, named with its source."""
    one = filled(cast, "phq9", {str(n): "2" for n in range(1, 10)})
    found = needs_found(cast.nora, client_id=cast.maria.client_id, response_id=one)
    assert found == [("phq9", "mental", "PHQ-9")]


def test_what_a_form_found_stands_among_the_needs_once(cast):
    """Found again a month later it is the same need, waiting for its answer (S4)."""
    for at in (MONDAY, MONDAY + timedelta(days=28)):
        filled(cast, "phq9", {str(n): "2" for n in range(1, 10)}, at)
    needs = needs_of(cast.nora, client_id=cast.maria.client_id, at=MONDAY)
    assert [(row.domain, row.words) for row in needs] == [("mental", "Found by PHQ-9")]


def test_the_trend_shows_bands_events_and_change_in_words(cast, monkeypatch):
    """Points with their band, admission marked, the change said, and that chance is not known."""
    now = story.MON + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: now)
    story.admitted(cast, cast.maria)
    measured(cast, cast.maria.client_id, [now - timedelta(hours=h) for h in (72, 48, 24, 1)])
    page = sign_in(cast.nora).get(f"/clients/{cast.maria.client_id}/instruments/").content.decode()

    assert "Fell by 3 since 18 Nov, better." in page
    assert "Fell by 19 since 16 Nov, better." in page
    assert "No reliable-change figure is known" in page
    assert ">In IOP</text>" in page
    assert ">moderately severe</text>" in page
    assert "1 more, with questions not answered, have no score." in page


def test_an_incomplete_form_never_looks_like_a_score(cast):
    """With a hole the newest line says incomplete, and how many answers are missing."""
    filled(cast, "phq9", {"1": "3"})
    (row,) = scores_of(cast.nora, client_id=cast.maria.client_id)
    assert (row.status, row.score, row.band, row.missing) == ("incomplete", None, "", 8)


def test_a_form_measured_again_on_time_moves_the_share_by_one(cast):
    """One whole PHQ-9 in its period, and exactly that case is counted (P06, reassessments)."""
    story.admitted(cast, cast.maria)
    now = story.MON + timedelta(days=40)
    window = Window((now - timedelta(days=90)).date(), now.date(), now)

    def kept():
        rows = cases(REASSESSED)(cast.helen, window).cases
        return {row.note for row in rows if row.counted}, len(rows)

    before, number = kept()
    filled(cast, "phq9", {str(n): "1" for n in range(1, 10)}, story.MON + timedelta(days=27))
    assert before == set()
    assert kept() == ({"phq9 due 2026-12-14"}, number)


def test_an_alliance_check_of_the_last_two_weeks_counts_and_a_missing_one_does_not(cast):
    """A client in care stays in the denominator without one (P04)."""
    story.admitted(cast, cast.maria)
    now = story.MON + timedelta(days=20)
    window = Window((now - timedelta(days=90)).date(), now.date(), now)
    maria = {"client_id": cast.maria.client_id, "at": now - timedelta(days=1)}
    assert [row.counted for row in cases(CHECKED)(cast.helen, window).cases] == [False]
    one = begin_check(cast.maria.account, **maria, name="session_check", language="en")
    for item in ("understood", "topics", "way", "respected"):
        answer_check(cast.maria.account, **maria, response_id=one, item=item, typed=["9"], version=0)
    finish_check(cast.maria.account, **maria, response_id=one)
    assert [row.counted for row in cases(CHECKED)(cast.helen, window).cases] == [True]

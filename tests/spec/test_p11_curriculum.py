"""P11. It teaches: what a session taught, who was there long enough, what the next one should teach."""

from datetime import timedelta

import pytest

from daybridge.access import clock
from daybridge.access.gate import Refused
from daybridge.care.curriculum.commands_checks import answer_check
from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.care.curriculum.queries_checks import checks_of
from daybridge.care.hours import rules
from daybridge.care.hours.commands import Line, take_attendance
from daybridge.care.schedule.commands import DoesNotFit, open_session
from daybridge.care.schedule.commands_lessons import say_lesson
from daybridge.care.schedule.queries import sessions
from daybridge.kernel.proportion import Proportion
from daybridge.quality.measure import Window
from daybridge.quality.principles.p11_psychoeducation import P11
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import WEEK, local

DAY = timedelta(days=1)


@pytest.fixture
def group(cast, monkeypatch):
    """Maria and Bo are in Monday's group; Maria stays for it, Bo goes after an hour of three."""
    story.admitted(cast, cast.maria)
    bo = story.somebody(cast, "Bo Berg")
    story.admitted(cast, bo)
    groups = story.groups(cast)
    for one in (cast.maria, bo):
        story.join_groups(cast, one, groups.monday)
    (one,) = sessions(cast.nora, first=WEEK, last=WEEK)
    open_session(cast.nora, occurrence_id=one.occurrence_id, at=one.starts_at)
    ids = [cast.maria.client_id, bo.client_id]
    take_attendance(
        cast.nora, occurrence_id=one.occurrence_id, client_ids=ids, version=one.version + 1, at=one.ends_at,
        lines=[Line(ids[0], rules.Attendance.ATTENDED),
               Line(ids[1], rules.Attendance.ATTENDED, None, one.starts_at + timedelta(hours=1))])
    monkeypatch.setattr(clock, "now", lambda: local(WEEK + DAY, 9))
    return groups.monday, one


def test_a_lesson_is_said_and_counts_for_whoever_was_there_long_enough(cast, group):
    """Two thirds of the session cover it; the next session should teach what is new for most."""
    series, one = group
    nora, address = sign_in(cast.nora), f"/groups/{series}/lessons/"
    before = nora.get(address).content.decode()
    assert "0 of 24" in before
    assert 'The brain and reward</a> <span class="text-secondary">new for 2 of 2' in before
    assert nora.post(address, {"session": one.occurrence_id, "lesson": "brain-and-reward"}).status_code == 302

    after = nora.get(address).content.decode()
    assert "1 of 24" in after
    assert "there too short" in after
    assert "said by Nora Feld" in after
    suggested = after.split('id="next"')[1].split("</ol>")[0]
    assert "The brain and reward" not in suggested
    assert "Tolerance, dependence, withdrawal" in suggested


def test_what_was_not_held_taught_nothing_and_nonsense_is_refused(cast, group):
    """A session still to come, a lesson nobody knows: a sentence; said by mistake, it is taken back."""
    series, one = group
    later = sessions(cast.nora, first=WEEK + 7 * DAY, last=WEEK + 7 * DAY)[0]
    with pytest.raises(DoesNotFit):
        say_lesson(cast.nora, occurrence_id=later.occurrence_id, lesson="craving", at=clock.now())
    nora, address = sign_in(cast.nora), f"/groups/{series}/lessons/"
    wrong = nora.post(address, {"session": one.occurrence_id, "lesson": "sorcery"})
    assert wrong.status_code == 422
    assert "no lesson of that name" in wrong.content.decode()
    nora.post(address, {"session": one.occurrence_id, "lesson": "craving"})
    nora.post(address, {"session": one.occurrence_id, "lesson": ""})
    assert "1 of 24" not in nora.get(address).content.decode()
    assert sign_in(cast.bill).get(address).status_code in (403, 404)


def test_the_measure_counts_lessons_by_day_sixty(cast, group):
    """One of 24 by day 60 for Maria, none for Bo, who left too early."""
    _, one = group
    say_lesson(cast.nora, occurrence_id=one.occurrence_id, lesson="craving", at=clock.now())
    now = local(WEEK + 75 * DAY, 9)
    window = Window(WEEK + 50 * DAY, WEEK + 70 * DAY, now)
    read = P11.measures[0].read
    found = {case.client_id: (case.value, case.due) for case in read(cast.quinn, window).cases}
    assert found[cast.maria.client_id] == (1.0, 24.0)
    assert sorted(value for value, _ in found.values()) == [0.0, 1.0]


def test_the_week_of_joining_the_latest_and_what_stayed_are_measured(cast, group):
    """Who joined in another week met less: that week counts against; a lesson a year old does, too."""
    _, one = group
    say_lesson(cast.nora, occurrence_id=one.occurrence_id, lesson="craving", at=clock.now())
    window = Window(WEEK + 50 * DAY, WEEK + 70 * DAY, local(WEEK + 75 * DAY, 9))
    by_id = {each.id: each for each in (*P11.measures, *P11.companions)}
    weeks = by_id["P11-weeks"].read(cast.quinn, window).cases
    assert sum(case.counted for case in weeks) == len(weeks) >= 1, "one lesson of 24 is no ten points"
    assert all("of 24 lessons" in case.note for case in weeks)
    assert by_id["P11-latest"].read(cast.quinn, window).proportion == Proportion(24, 24)
    later = Window(window.first, window.last, local(WEEK + 500 * DAY, 9))
    old = by_id["P11-latest"].read(cast.quinn, later)
    assert old.proportion == Proportion(0, 24)
    assert "nobody here has looked at it yet" in old.cases[0].note
    right = [check.right for check in curriculum().lessons["craving"].words["es"].checks]
    answer_check(cast.maria.account, client_id=cast.maria.client_id, lesson="craving",
                 answers=[right[0], right[1], (right[2] + 1) % 3], at=window.now - 10 * DAY)
    (case,) = by_id["P11-understood"].read(cast.quinn, window).cases
    assert (case.client_id, case.value, case.due) == (cast.maria.client_id, 2.0, 3.0)


def test_the_lessons_stand_in_three_parts_and_old_ones_are_flagged(cast, monkeypatch):
    """Each lesson names its source and when it is to be looked at again; past that day it says so."""
    nora = sign_in(cast.nora)
    page = nora.get("/curriculum/").content.decode()
    for words in ("Substance use", "Recovery", "Return to use", "Craving, and how to surf it"):
        assert words in page
    assert "out of date" not in page
    assert "Las ganas, y cómo surfearlas" in nora.get("/curriculum/craving/").content.decode()
    assert nora.get("/curriculum/nothing/").status_code == 404
    monkeypatch.setattr(clock, "now", lambda: local(WEEK + 500 * DAY, 9))
    assert "out of date" in sign_in(cast.nora).get("/curriculum/").content.decode()


def test_a_client_says_what_stayed_and_the_team_sees_how_much(cast, group):
    """Three questions, by themselves, in their language; each must be answered; the newest counts."""
    _, one = group
    say_lesson(cast.nora, occurrence_id=one.occurrence_id, lesson="craving", at=one.ends_at)
    maria = sign_in(cast.maria.account)
    listed = maria.get("/my/lessons/").content.decode()
    words = curriculum().lessons["craving"].words["es"]
    assert words.title in listed
    address = "/my/lessons/craving/"
    asked = maria.get(address).content.decode()
    assert words.checks[0].ask in asked

    right = {f"q{n}": check.right for n, check in enumerate(words.checks)}
    for wrong in ({}, {"q0": "1"}, right | {"q2": "7"}, right | {"q1": "x' OR 1=1"}):
        refused = maria.post(address, wrong)
        assert refused.status_code == 422
        assert "Por favor responda cada pregunta." in refused.content.decode()
    one_wrong = right | {"q0": (words.checks[0].right + 1) % 3}
    for answers, count in ((one_wrong, 2), (right, 3)):
        assert maria.post(address, answers).status_code == 302
        assert f"{count} de 3 respuestas correctas" in maria.get(address).content.decode()
        found = checks_of(cast.nora, of={cast.maria.client_id})
        assert found[cast.maria.client_id, "craving"].right == count
    with pytest.raises(Refused):
        checks_of(cast.fay, of={cast.maria.client_id})
    assert "3 of 3" in sign_in(cast.nora).get(f"/groups/{group[0]}/lessons/").content.decode()
    assert sign_in(cast.maria.account).get("/my/lessons/nonsense/").status_code == 404



def test_a_lesson_looked_at_again_is_in_date(cast, monkeypatch):
    """A supervisor reads it beside its sources; page, list and measure follow; words are asked for."""
    later = local(WEEK + 500 * DAY, 9)
    monkeypatch.setattr(clock, "now", lambda: later)
    vera = sign_in(cast.vera)
    assert "Out of date" in vera.get("/curriculum/craving/").content.decode()
    assert vera.post("/curriculum/craving/", {"words": " ", "next_on": "2029-01-01"}).status_code == 422
    next_on = (later + 300 * DAY).date()
    vera.post("/curriculum/craving/", {"words": "TIP 35, 2019: still so.", "next_on": str(next_on)})

    page = vera.get("/curriculum/craving/").content.decode()
    assert "Out of date" not in page
    assert "TIP 35, 2019: still so." in page
    latest = next(one for one in P11.measures if one.id == "P11-latest")
    assert latest.read(cast.quinn, Window(WEEK, WEEK, later)).proportion == Proportion(1, 24)
    assert "Look at it again" not in sign_in(cast.nora).get("/curriculum/craving/").content.decode()


def test_a_clients_page_says_what_they_have_learned(cast, group):
    """Maria's covered lesson stands in its part; the rest is not yet."""
    _, one = group
    say_lesson(cast.nora, occurrence_id=one.occurrence_id, lesson="craving", at=clock.now())
    page = sign_in(cast.nora).get(f"/clients/{cast.maria.client_id}/groups/lessons/").content.decode()

    assert "1 of 24 lessons covered" in page
    assert page.count("not yet") == 23

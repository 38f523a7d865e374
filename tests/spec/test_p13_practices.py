"""P13. It uses what works: practices with evidence, looked at by the programme, named by sessions."""

import json
import shutil
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import identity
from daybridge.access.gate import Refused
from daybridge.care.curriculum.commands import NotReviewed, review_practice
from daybridge.care.curriculum.library import FOLDER, read, shipped
from daybridge.care.curriculum.queries import practice, practices
from daybridge.care.curriculum.rules import Review
from daybridge.care.schedule.commands import book_single
from daybridge.care.schedule.commands_practice import NotSaid, name_practice, name_session_practice
from daybridge.care.schedule.queries_practice import practices_of_groups, single_sessions
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import MONDAY
from tests.spec.test_measures_move import WINDOW, cared, moves
from tests.spec.test_measures_move import read as measure
from tests.story import MON, WEEK

__all__ = ["cared"]
CBT = "cbt-relapse-prevention"


def look(cast, slug=CBT, *, grade="A", on=WEEK - timedelta(days=5), months=12, by=None):
    return review_practice(
        by or cast.quinn, slug=slug, grade=grade, words="Read the 2019 review again.", looked_on=on,
        next_on=on + timedelta(days=30 * months), at=MON,
    )


def test_every_file_of_the_library_is_whole():
    """About thirty practices, each citation looked up or marked as not; those without support too."""
    found = shipped()

    assert found.problems == ()
    assert len(found.practices) >= 29
    assert {one.slug for one in found.practices.values() if not one.is_supported} == {
        "confrontation", "boot-camp", "acupuncture-alone", "fixed-length-stay"}


@pytest.mark.parametrize(("break_it", "says"), [
    (lambda data: data.pop("title"), "title is missing"),
    (lambda data: data.update(grade="A++"), "grade"),
    (lambda data: data.update(fidelity=["one"]), "fidelity"),
    (lambda data: data.update(evidence=[{"words": "It helps."}]), "evidence"),
    (lambda data: data.update(reviewed_on="yesterday"), "reviewed_on"),
    (lambda data: data.update(slug="another"), "slug"),
])
def test_a_bad_file_is_named_and_the_rest_works(tmp_path, break_it, says):
    """A slip in one file costs that practice alone, and the page says which file and why."""
    shutil.copytree(FOLDER, tmp_path / "practices")
    file = tmp_path / "practices" / "matrix-model.json"
    data = json.loads(file.read_text())
    break_it(data)
    file.write_text(json.dumps(data))
    (tmp_path / "practices" / "zz.json").write_text("{ no json")

    found = read(tmp_path / "practices")

    assert any("matrix-model.json" in one and says in one for one in found.problems)
    assert any(one.startswith("zz.json") for one in found.problems)
    assert len(found.practices) == len(shipped().practices) - 1


def test_a_practice_nobody_looked_at_is_not_current(cast):
    """It is shown amber until somebody of the programme reads the evidence; then by its date."""
    row = next(one for one in practices(cast.nora) if one.slug == CBT)
    assert row.review(WEEK) is Review.NEVER

    look(cast)

    row = practice(cast.nora, slug=CBT).row
    assert row.review(WEEK) is Review.CURRENT
    assert row.review(row.next_on + timedelta(days=1)) is Review.OVERDUE


def test_a_reviewer_may_lower_a_grade_but_not_raise_it(cast):
    """A higher grade needs its citation in the library's file."""
    look(cast, grade="C")
    assert practice(cast.nora, slug=CBT).row.grade == "C"
    with pytest.raises(NotReviewed, match="citation"):
        look(cast, "confrontation", grade="A")
    with pytest.raises(Refused):
        look(cast, by=cast.nora)


def test_a_look_is_never_changed(cast):
    """PostgreSQL refuses it, also by raw SQL."""
    look(cast)
    with (pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.quinn),
          connection.cursor() as cursor):
        cursor.execute("UPDATE curriculum_practicereview SET next_on = '2050-01-01'")


def test_a_group_says_what_it_stands_on_from_a_day_on(cast):
    """A change leaves what was held before as it was; none needs its reason."""
    groups = story.groups(cast)
    later = WEEK + timedelta(days=7)

    name_practice(cast.nora, series_id=groups.monday, why_none="an open talk", from_day=later, at=MON)

    said = [practices_of_groups(cast.nora, series_ids={groups.monday}, on=day)[groups.monday]
            for day in (WEEK, later)]
    assert [one.slug for one in said] == [CBT, ""]
    assert said[1].words == "none: an open talk"
    with pytest.raises(NotSaid, match="why"):
        name_practice(cast.nora, series_id=groups.monday, from_day=later, at=MON)
    with pytest.raises(NotSaid, match="library"):
        name_practice(cast.nora, series_id=groups.monday, practice="astrology", from_day=later, at=MON)


def test_a_group_that_has_not_said_is_shown(cast):
    """An older group has no practice: the list of groups and the library say so, in amber."""
    groups = story.groups(cast)
    with identity.acting(cast.helen), connection.cursor() as cursor:
        cursor.execute("UPDATE schedule_seriespractice SET from_day = '2050-01-01' WHERE series_id = %s",
                       [groups.monday])
    nora = sign_in(cast.nora)

    assert "not said yet" in nora.get("/groups/").content.decode()
    assert "1 group." in nora.get("/library/").content.decode()
    assert "not said yet" not in sign_in(cast.fay).get("/groups/").content.decode()


def test_a_group_is_made_with_its_practice(cast):
    """The form asks for one, or for why there is none; nothing typed is lost."""
    story.groups(cast)
    sent = {"title": "Open talk", "service": "group", "weekday": "5", "starts": "09:00", "minutes": "90",
            "room": cast.rooms["Room 1"], "leader": cast.nora.user_id, "capacity": "8", "language": "en",
            "first_day": "2026-11-21", "practice": "none"}
    helen = sign_in(cast.helen)

    refused = helen.post("/groups/new/", sent)
    made = helen.post("/groups/new/", {**sent, "why_none": "asked for by the alumni"})

    assert refused.status_code == 422
    assert "Write why it stands on no practice." in refused.content.decode()
    assert made.status_code == 302
    assert "none: asked for by the alumni" in helen.get("/groups/").content.decode()


def test_a_single_session_says_what_it_stands_on(cast):
    """Known to the team, not to the desk that books it."""
    story.admitted(cast, cast.maria)
    one = book_single(cast.fay, client_id=cast.maria.client_id, leader_id=cast.nora.user_id or 0,
                      room_id=cast.rooms["Office 3"], service="individual",
                      starts_at=story.local(WEEK, 15), minutes=60, at=MON)
    ids = {"client_id": cast.maria.client_id, "occurrence_id": one}
    with pytest.raises(Refused):
        name_session_practice(cast.fay, **ids, practice=CBT, at=MON)

    name_session_practice(cast.nora, **ids, practice="motivational-interviewing", at=MON)

    (row,) = single_sessions(cast.nora, client_id=cast.maria.client_id, since=WEEK)
    assert row.practice.title == "Motivational interviewing and enhancement"


REVIEW = ("INSERT INTO curriculum_practicereview (practice, grade, words, looked_on, next_on, looked_by_id,"
          " made_at) SELECT '{}', '{}', 'w', '2026-11-10', '{}', id, now() FROM access_user"
          " WHERE name = 'Helen Carrow'")


@pytest.mark.parametrize(("sql", "hours"), [
    (REVIEW.format(CBT, "A", "2027-11-10"), 9.0),  # two Mondays, one Wednesday
    (REVIEW.format(CBT, "A", "2026-11-20"), 3.0),  # out of review after the first Friday
    (REVIEW.format(CBT, "none", "2027-11-10"), 0.0),
    (REVIEW.format("community-reinforcement", "A-", "2027-11-10"), 6.0),
])
def test_hours_count_once_somebody_has_looked_at_the_evidence(cared, sql, hours):
    """One look moves the measure by exactly the hours of its sessions, and names the client."""
    moves(cared, "P13", sql)

    found = measure(cared, "P13", WINDOW)
    assert (sum(case.value for case in found.cases), sum(case.due for case in found.cases)) == (hours, 15.0)
    assert {case.client_id for case in found.cases} == {cared.maria.client_id}


def test_hours_of_a_group_that_has_not_said_count_against(cared):
    """Labelled later, they stay what they were: said from a day on."""
    look(cared)
    look(cared, "community-reinforcement", grade="A-")
    before = measure(cared, "P13", WINDOW)
    assert (before.proportion.numerator, before.proportion.denominator) == (1, 1)

    sql = ("UPDATE schedule_seriespractice SET from_day = '2026-11-24' WHERE series_id ="
           " (SELECT series_id FROM schedule_seriestitle WHERE words = 'Coping skills')")
    assert moves(cared, "P13", sql) == [(1, 1), (1, 2)]
    case = next(one for one in measure(cared, "P13", WINDOW).cases if not one.counted)
    assert (case.client_id, case.due, case.note) == (
        cared.maria.client_id, 6.0, "6.0 h: practice not said yet")
    assert sum(one.value for one in measure(cared, "P13-not-said", WINDOW).cases) == 6.0


def test_practices_in_use_are_named_when_nobody_looks(cared):
    """The companion opens to the practice, not to a person."""
    look(cared)
    found = measure(cared, "P13-review", WINDOW)
    assert [(case.counted, case.note.split(":")[0]) for case in found.cases] == [
        (True, CBT), (False, "community-reinforcement"), (False, "mindfulness-relapse-prevention")]


def test_the_page_records_a_look_and_says_what_is_missing(cast, monkeypatch):
    """The quality manager reads, grades and dates; a counsellor reads."""
    monkeypatch.setattr("daybridge.access.clock.now", lambda: MONDAY)
    quinn, address = sign_in(cast.quinn), f"/library/{CBT}/"
    sent = {"words": "", "grade": "A", "next_on": "2027-11-01"}

    assert quinn.post(address, sent).status_code == 422
    assert quinn.post(address, {**sent, "words": "Read it.", "next_on": str(date(2026, 1, 1))}
                      ).status_code == 422
    assert quinn.post(address, {**sent, "words": "Read it."}).status_code == 302
    assert "Quinn Abara" in sign_in(cast.nora).get(address).content.decode()
    assert "Record this look" not in sign_in(cast.nora).get(address).content.decode()
    assert sign_in(cast.nora).get("/library/no-such-practice/").status_code == 404

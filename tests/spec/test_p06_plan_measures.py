"""P06. Plans stand on the person: their reasons, their needs, their words."""

from datetime import date, timedelta

import pytest
from django.db import connection

from daybridge.access import identity
from daybridge.care.assessment.commands_person import set_rulers, state_reason
from daybridge.care.assessment.queries import reasons_of
from daybridge.care.hours import rules
from daybridge.care.hours.commands import Line, take_attendance
from daybridge.care.planning.commands import (
    Does,
    Item,
    Step,
    start_plan,
    write_plan,
)
from daybridge.care.planning.commands_sign import sign_as_client, sign_as_clinician
from daybridge.care.planning.library import texts
from daybridge.care.planning.queries import plan_in_force, plan_in_work
from daybridge.care.schedule.commands import open_session
from daybridge.care.schedule.commands_objectives import work_on
from daybridge.care.schedule.queries import sessions
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Window
from tests import story
from tests.story import MON, WEEK

BY_ID = {m.id: m for kept in EVERYTHING for m in kept.figures if m.read}
AT = MON + timedelta(days=1)
NOW = Window(date(2026, 10, 1), date(2026, 12, 31), MON + timedelta(days=20))


def read(cast, measure, window=NOW):
    """Return numerator, denominator and the clients that are not counted."""
    with identity.acting(cast.quinn, at=MON):
        found = BY_ID[measure].read(cast.quinn, window)
    share = found.proportion
    return share.numerator, share.denominator, [one.client_id for one in found.cases if not one.counted]


def replan(cast, person, items, at=AT, reason_ids=()):
    """Write the next plan and let both sign."""
    ids = {"client_id": person.client_id}
    one = start_plan(cast.nora, **ids, at=at)
    version = plan_in_work(cast.nora, **ids).version
    write_plan(cast.nora, **ids, plan_id=one, items=items, version=version, at=at, reason_ids=reason_ids)
    sign_as_clinician(cast.nora, **ids, plan_id=one, at=at)
    sign_as_client(person.account, **ids, plan_id=one, name=person.name, at=at)


def step(words, library=""):
    """Return a whole step."""
    does = Does("talks", "Nora Feld", "weekly", "cbt-relapse-prevention")
    return Step(words, "own calendar", WEEK + timedelta(days=30), [does], library)


@pytest.fixture
def two(cast):
    """Maria and Tara are in care, each with a plan."""
    story.admitted(cast, cast.maria)
    tara = story.somebody(cast, "Tara Moss")
    story.admitted(cast, tara)
    return cast.maria, tara


def test_reasons_and_readiness_of_the_last_thirty_days_are_known_of_each_client(cast, two):
    """One answer more moves the share by one; after thirty days it has to be asked again."""
    maria, tara = (one.client_id for one in two)
    assert read(cast, "P03") == (0, 2, [maria, tara])

    set_rulers(cast.nora, client_id=tara, importance=7, confidence=4, readiness=5, at=AT)

    assert read(cast, "P03") == (1, 2, [maria])
    later = Window(NOW.first, NOW.last, AT + timedelta(days=32))
    assert read(cast, "P03", later) == (0, 2, [maria, tara])
    new = Window(NOW.first, NOW.last, MON + timedelta(days=5))
    assert read(cast, "P03", new) == (0, 0, [])


def test_readiness_over_time_is_the_change_since_admission(cast, two):
    """Somebody asked once is left out."""
    for days, ready in ((1, 5), (15, 8)):
        set_rulers(cast.nora, client_id=two[0].client_id, importance=7, confidence=4, readiness=ready,
                   at=MON + timedelta(days=days))
    set_rulers(cast.nora, client_id=two[1].client_id, importance=7, confidence=4, readiness=9, at=AT)
    with identity.acting(cast.quinn, at=MON):
        found = BY_ID["P03-change"].read(cast.quinn, NOW)

    assert [(one.client_id, one.value, one.note) for one in found.cases] == [
        (two[0].client_id, 3, "from 5 to 8")]
    assert [one.client_id for one in found.excluded] == [two[1].client_id]


def test_a_plan_that_cites_a_reason_is_counted_and_stock_phrases_show(cast, two):
    """Both said the same words: the companion names them; other words move it by one."""
    maria, tara = two
    assert read(cast, "P03-plans") == (0, 2, [maria.client_id, tara.client_id])
    reason = reasons_of(cast.nora, client_id=maria.client_id)[0].reason_id
    replan(cast, maria, [Item("x", "y", [step("z")])], reason_ids=[reason])

    assert read(cast, "P03-plans") == (1, 2, [tara.client_id])
    assert plan_in_force(cast.nora, client_id=maria.client_id).reason_ids == (reason,)
    assert read(cast, "P03-same") == (2, 2, [])
    state_reason(cast.nora, client_id=tara.client_id, words="My own bed.", at=AT)
    assert read(cast, "P03-same") == (2, 3, [tara.client_id])
    with identity.acting(cast.quinn, at=MON):
        assert [one.value for one in BY_ID["P03-words"].read(cast.quinn, NOW).cases] == [10, 10, 3]


def test_a_need_is_met_when_it_is_in_the_plan_and_had_a_session(cast, two):
    """In the plan alone is not enough; the case says which half is missing."""
    maria = cast.maria
    need = story.find_needs(cast, maria.client_id, ("use", "Alcohol"))[0]
    assert read(cast, "P06") == (0, 1, [maria.client_id])
    replan(cast, maria, [Item("Alcohol", "Sober nights", [step("Four Fridays")], need)])
    key = plan_in_force(cast.nora, client_id=maria.client_id).problems[0].objectives[0].key
    groups = story.groups(cast)
    story.join_groups(cast, maria, groups.wednesday)
    work_on(cast.nora, client_id=maria.client_id, groups={key: {groups.wednesday}}, from_day=WEEK, at=AT)
    with identity.acting(cast.quinn, at=MON):
        assert BY_ID["P06"].read(cast.quinn, NOW).cases[0].note == "use: in the plan, no session"

    (one,) = sessions(cast.nora, first=WEEK + timedelta(days=2), last=WEEK + timedelta(days=2))
    open_session(cast.nora, occurrence_id=one.occurrence_id, at=one.starts_at)
    take_attendance(cast.nora, occurrence_id=one.occurrence_id, client_ids=[maria.client_id],
                    lines=[Line(maria.client_id, rules.Attendance.ATTENDED)], version=one.version + 1,
                    at=one.ends_at)

    assert read(cast, "P06") == (1, 1, [])
    story.find_needs(cast, maria.client_id, ("work", "A job"), at=MON + timedelta(days=9))
    assert read(cast, "P06")[1] == 1, "found too late to count as found at admission"


def test_a_plan_of_nothing_but_library_texts_is_not_written_for_its_client(cast, two):
    """Typing the library's words is taking them; one changed word is the client's own."""
    maria, _tara = two
    library = texts()["safe-place"]
    assert read(cast, "P06b") == (2, 2, [])
    replan(cast, maria, [Item("x", "y", [step(library.words.upper())])])

    assert read(cast, "P06b") == (1, 2, [maria.client_id])
    replan(cast, maria, [Item("x", "y", [step(f"{library.words}, near my girls", library.slug)])],
           at=AT + timedelta(days=1))
    assert read(cast, "P06b") == (2, 2, [])
    with identity.acting(cast.nora), connection.cursor() as cursor:
        cursor.execute("SELECT library_words FROM planning_objective ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone() == (library.words,)


def test_plans_that_read_like_anothers_show_and_name_no_words(cast, two):
    """Both have the story's objective; a changed plan is like nobody's."""
    _maria, tara = two
    assert read(cast, "P06b-alike") == (2, 2, [])
    replan(cast, tara, [Item("x", "y", [step("Go and see my mother every second Sunday")])])

    with identity.acting(cast.quinn, at=MON):
        found = BY_ID["P06b-alike"].read(cast.quinn, NOW)
    assert found.proportion.numerator == 0
    assert all("Friday" not in one.note and "%" in one.note for one in found.cases)


def test_the_short_plan_of_the_first_day_is_told_from_the_full_one(cast, two):
    """S3 counts both signatures; its companion shows when there was no full plan."""
    assert read(cast, "S3") == (2, 2, [])
    assert read(cast, "S3-full") == (0, 2, [two[0].client_id, two[1].client_id])
    replan(cast, two[0], [Item("x", "y", [step("z")])])
    assert read(cast, "S3-full") == (1, 2, [two[1].client_id])

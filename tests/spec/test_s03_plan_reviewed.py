"""S3. A review makes the next version with a visible difference, due by policy and by cause."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daybridge.access import clock, identity
from daybridge.care.assessment.queries import reasons_of
from daybridge.care.placement.commands import change_level
from daybridge.care.planning.commands import (
    Does,
    Item,
    NotReady,
    Step,
    start_plan,
    write_plan,
)
from daybridge.care.planning.commands_review import call_for_review, note_progress
from daybridge.care.planning.commands_sign import sign_as_client, sign_as_clinician
from daybridge.care.planning.queries import changes_since, plan_in_force, plan_in_work
from daybridge.care.planning.queries_due import plan_due, plans_due
from daybridge.care.planning.queries_thread import thread_of
from daybridge.care.schedule.commands_objectives import NotTheirs, work_on
from daybridge.care.schedule.queries_objectives import delivered_by
from daybridge.pages.plan_paper import paper_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import MON, WEEK

DAY6 = MON + timedelta(days=6)


def step(words, key=""):
    """Return a whole step."""
    does = Does("coping skills group", "Nora Feld", "weekly", "cbt-relapse-prevention")
    return Step(words, "own calendar", WEEK + timedelta(days=30), [does], key=key)


@pytest.fixture
def ids(cast):
    """Maria's full plan is signed on the sixth day: two problems, one with two steps."""
    story.admitted(cast, cast.maria)
    ids = {"client_id": cast.maria.client_id}
    need = story.find_needs(cast, ids["client_id"], ("housing", "A room"), ("food", "Meals"))[0]
    _next(cast, ids, DAY6, [Item("Alcohol", "Sober nights", [step("Four Fridays"), step("Ring two people")]),
                            Item("Sleeps at a friend's", "A key", [step("See three rooms")], need)])
    return ids


def _next(cast, ids, at, items):
    one = start_plan(cast.nora, **ids, at=at)
    version = plan_in_work(cast.nora, **ids).version
    write_plan(cast.nora, **ids, plan_id=one, items=items, version=version, at=at)
    sign_as_clinician(cast.nora, **ids, plan_id=one, at=at)
    sign_as_client(cast.maria.account, **ids, plan_id=one, name="Maria", at=at)


def steps(cast, ids):
    """Return the steps of the plan in force."""
    return [one for problem in plan_in_force(cast.nora, **ids).problems for one in problem.objectives]


def test_the_next_version_goes_on_with_what_is_open_and_the_difference_shows(cast, ids):
    """Reached steps end with their reason; changed words show one by one."""
    fridays, ring, rooms = steps(cast, ids)
    at = DAY6 + timedelta(days=28)
    note_progress(cast.nora, **ids, at=at, states={
        fridays.objective_id: ("reached", "five now"), ring.objective_id: ("partly", ""),
        rooms.objective_id: ("not", "")})
    start_plan(cast.nora, **ids, at=at)
    alcohol, sleep = plan_in_work(cast.nora, **ids).problems
    _next(cast, ids, at, [
        Item("Work", "Keep the job", [step("Talk with the boss")]),
        Item(alcohol.words, "Sober weeks", [step("Ring two people a day", ring.key)], key=alcohol.key),
        Item(sleep.words, sleep.goal, [step("See three rooms", rooms.key)], sleep.need_id, sleep.key)])

    found = changes_since(cast.nora, **ids, since=2, until=3)

    assert [(one.texts[0].pieces[0].words, one.change) for one in found.problems] == [
        ("Work", "added"), ("Alcohol", "changed"), ("Sleeps at a friend's", "unchanged")]
    assert [part.change for part in found.problems[1].parts] == ["changed", "removed"]
    page = sign_in(cast.nora).get(reverse("planning:changes", args=[ids["client_id"]])).content.decode()
    assert '<ins class="db-ins"><span class="visually-hidden">added: </span> a day</ins>' in page
    assert "five now" in page
    (_, now, _) = steps(cast, ids)
    assert [one.state for one in now.progress] == ["partly"]


def test_a_step_is_left_aside_only_with_a_reason(cast, ids):
    """And only a signed step has progress; the same twice is once."""
    one = steps(cast, ids)[0].objective_id
    with pytest.raises(NotReady, match="reason"):
        note_progress(cast.nora, **ids, states={one: ("dropped", " ")}, at=DAY6)
    for _ in range(2):
        note_progress(cast.nora, **ids, states={one: ("dropped", "other things first")}, at=DAY6)

    assert [row.words for row in steps(cast, ids)[0].progress] == ["other things first"]
    start_plan(cast.nora, **ids, at=DAY6)
    open_one = plan_in_work(cast.nora, **ids).problems[0].objectives[0]
    with pytest.raises(NotReady):
        note_progress(cast.nora, **ids, states={open_one.objective_id: ("reached", "")}, at=DAY6)


def test_a_review_is_due_by_the_calendar_or_at_once_with_its_cause(cast, ids):
    """A change of level and a return to use bring it forward; Today says why and leads there."""
    signed = DAY6.date()
    (row,) = plans_due(cast.nora, on=signed, within_days=60)
    assert (row.kind, row.due_on, row.causes) == ("review", signed + timedelta(days=30), ())

    call_for_review(cast.nora, **ids, cause="used", on=signed + timedelta(days=9), words="", at=DAY6)
    change_level(cast.osei, **ids, level="php", why="More days for a while", at=DAY6 + timedelta(days=4))
    due = plan_due(cast.nora, **ids, on=signed + timedelta(days=10))

    assert (due.due_on, due.days_over) == (signed + timedelta(days=4), 6)
    assert [one.words for one in due.causes] == ["Level of care is now PHP", "Return to use"]


def test_an_overdue_plan_stands_on_today_with_its_cause_and_the_right_link(cast, ids, monkeypatch):
    """Whoever clicks it is where the plan is written."""
    day = DAY6 + timedelta(days=2)
    call_for_review(cast.nora, **ids, cause="asked", on=day.date(), words="mornings free", at=day)
    monkeypatch.setattr(clock, "now", lambda: day + timedelta(days=2))

    page = sign_in(cast.nora).get("/today/").content.decode()

    assert "Review plan: The client asks: mornings free" in page
    assert f'href="{reverse("planning:plan", args=[ids["client_id"]])}"' in page


def test_the_thread_leads_from_each_need_to_who_does_what(cast, ids):
    """A need that no problem answers comes first; the peer reads the plan without the needs."""
    rows = thread_of(cast.nora, **ids, at=DAY6)

    assert [(row.need.words if row.need else None, [one.words for one in row.problems]) for row in rows] == [
        ("Meals", []), ("A room", ["Sleeps at a friend's"]), (None, ["Alcohol"])]
    assert rows[1].problems[0].objectives[0].interventions[0].practice == "cbt-relapse-prevention"
    assert [row.need for row in thread_of(cast.leo, **ids, at=DAY6)] == [None]


def test_a_step_is_tied_to_the_groups_that_work_on_it(cast, ids):
    """Only the client's own groups and steps; what ended stays on record."""
    groups = story.groups(cast)
    story.join_groups(cast, cast.maria, groups.monday, groups.friday)
    key, day = steps(cast, ids)[0].key, WEEK + timedelta(days=7)

    work_on(cast.nora, **ids, groups={key: {groups.monday, groups.friday}}, from_day=day, at=DAY6)
    work_on(cast.nora, **ids, groups={key: {groups.friday}}, from_day=day + timedelta(days=7), at=DAY6)

    assert [row.title for row in delivered_by(cast.nora, **ids, on=day)[key]] == [
        "Coping skills", "Family skills"]
    assert [row.title for row in delivered_by(cast.nora, **ids, on=day + timedelta(days=7))[key]] == [
        "Family skills"]
    with pytest.raises(NotTheirs):
        work_on(cast.nora, **ids, groups={key: {groups.wednesday}}, from_day=day, at=DAY6)


def test_the_client_takes_the_plan_home_in_their_language(cast, ids, monkeypatch):
    """A tagged PDF; the file's name says nothing about the house."""
    monkeypatch.setattr(clock, "now", lambda: DAY6)
    for who, address in ((cast.maria.account, "/my/plan/paper/"),
                         (cast.nora, f"/clients/{ids['client_id']}/plan/paper/")):
        answer = sign_in(who).get(address)
        assert answer.headers["Content-Disposition"] == 'inline; filename="my-plan.pdf"'
        assert answer.content.startswith(b"%PDF-1.7")
        assert b"/Lang" in answer.content
    assert sign_in(cast.andre.account).get("/my/plan/paper/").status_code == 302


def test_the_paper_holds_no_more_than_its_printer_may_read(cast, ids):
    """The peer reads the plan and not the reasons; the counsellor prints both."""
    start_plan(cast.nora, **ids, at=DAY6)
    reason = reasons_of(cast.nora, **ids)[0]
    version = plan_in_work(cast.nora, **ids)
    write_plan(cast.nora, **ids, plan_id=version.plan_id, items=[Item("x", "y", [step("z")])],
               version=version.version, reason_ids=[reason.reason_id], at=DAY6)
    plan = plan_in_work(cast.nora, **ids)

    with identity.acting(cast.nora):
        assert paper_of(cast.nora, plan, "en", at=DAY6)["reasons"] == [reason.words]
    with identity.acting(cast.leo):
        paper = paper_of(cast.leo, plan, "en", at=DAY6)
    assert (paper["reasons"], paper["problems"][0]["goal"]) == ([], "y")

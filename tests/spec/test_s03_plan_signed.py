"""S3. A signed plan keeps every word: the database itself refuses, whoever asks and however."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import clock, identity
from daybridge.access.relate import join_team
from daybridge.access.signatures import signatures_of
from daybridge.care.assessment.queries import reasons_of
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.planning.commands import (
    Does,
    Item,
    NotReady,
    Step,
    start_plan,
    write_plan,
)
from daybridge.care.planning.commands_review import set_aside
from daybridge.care.planning.commands_sign import cosign_plan, sign_as_client, sign_as_clinician
from daybridge.care.planning.models import Objective, Plan, Problem
from daybridge.care.planning.queries import plan, plan_in_force, plan_in_work
from daybridge.clinic.people.commands_staff import add_licence, supervise
from daybridge.clinic.tasks.queries import tasks_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import PASSWORD
from tests.story import MON, WEEK

DOES = Does("coping skills group", "Nora Feld", "weekly", "cbt-relapse-prevention")
STEP = Step("Four Fridays", "own calendar", WEEK + timedelta(days=30), [DOES])
ITEM = Item("Alcohol", "Sober nights", [STEP])
LATER = MON + timedelta(days=6)


@pytest.fixture
def ids(cast):
    """Maria has a signed first plan."""
    story.admitted(cast, cast.maria)
    return {"client_id": cast.maria.client_id}


def write(cast, ids, items=(ITEM,), at=LATER, **more):
    """Write the next plan; return its id."""
    one = start_plan(cast.nora, **ids, at=at)
    version = plan_in_work(cast.nora, **ids).version
    write_plan(cast.nora, **ids, plan_id=one, items=items, version=version, at=at, **more)
    return one


CHANGES = [
    "UPDATE planning_problem SET goal = 'another' WHERE plan_id = %(plan)s",
    "UPDATE planning_objective SET words = 'another' WHERE plan_id = %(plan)s",
    "UPDATE planning_intervention SET who = 'another' WHERE plan_id = %(plan)s",
    "DELETE FROM planning_intervention WHERE plan_id = %(plan)s",
    "DELETE FROM planning_citedreason WHERE plan_id = %(plan)s",
    ("INSERT INTO planning_problem (client_id, plan_id, place, words, goal)"
    " VALUES (%(client)s, %(plan)s, 9, 'x', 'x')"),
    ("INSERT INTO planning_objective (client_id, plan_id, problem_id, place, words, library_words, measure)"
    " SELECT client_id, plan_id, id, 9, 'x', '', '' FROM planning_problem WHERE plan_id = %(plan)s"),
    ("INSERT INTO planning_objective (client_id, plan_id, problem_id, place, words, library_words, measure)"
    " SELECT client_id, %(other)s, id, 9, 'x', '', '' FROM planning_problem WHERE plan_id = %(plan)s"),
    "UPDATE planning_problem SET plan_id = %(other)s WHERE plan_id = %(plan)s",
    "UPDATE planning_problem SET plan_id = %(plan)s WHERE plan_id = %(other)s",
    ("INSERT INTO planning_citedreason (client_id, plan_id, place, reason_id)"
    " SELECT %(client)s, %(plan)s, 0, id FROM assessment_reason WHERE client_id = %(client)s"),
    "UPDATE planning_plan SET strengths = 'another' WHERE id = %(plan)s",
    "UPDATE planning_plan SET clinician_signed_at = now() WHERE id = %(plan)s",
    "UPDATE planning_plan SET clinician_signed_at = NULL WHERE id = %(plan)s",
    "UPDATE planning_plan SET cosigned_at = now() WHERE id = %(plan)s",
]


@pytest.mark.parametrize("both", [False, True], ids=["one has signed", "both have signed"])
def test_no_sql_of_the_program_changes_a_signed_plan_or_gives_it_siblings(cast, ids, both):
    """Raw SQL as the app's login, with one signature already; bulk updates too."""
    one = write(cast, ids, reason_ids=[_reason(cast, ids)])
    sign_as_clinician(cast.nora, **ids, plan_id=one, at=LATER)
    other = Plan.objects
    with identity.acting(cast.nora):
        if both:
            sign_as_client(cast.maria.account, **ids, plan_id=one, name="Maria", at=LATER)
            other_id = start_plan(cast.nora, **ids, at=LATER)
        else:
            other_id = other.exclude(pk=one).get(client_id=ids["client_id"]).pk
    values = {"plan": one, "other": other_id, "client": ids["client_id"]}
    passed = [sql for sql in CHANGES if not _refused(cast, lambda sql=sql: _run(sql, values))]
    assert passed == []
    for change in (lambda: Problem.objects.filter(plan_id=one).update(goal="another"),
                   lambda: Objective.objects.filter(plan_id=one).delete()):
        assert _refused(cast, change)


def _reason(cast, ids) -> int:
    return reasons_of(cast.nora, **ids)[0].reason_id


def _run(sql, values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount > 0, sql
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _refused(cast, change) -> bool:
    try:
        with transaction.atomic(), identity.acting(cast.nora):
            change()
    except DatabaseError:
        return True
    return False


def test_a_plan_answers_needs_of_its_own_client_only(cast, ids):
    """Another client's need is refused by the command and by the database."""
    andre = cast.andre.client_id
    with pytest.raises(NotReady, match="need"):
        write(cast, ids, [Item("x", "y", [STEP], need_id=_need_of(cast, andre))])
    mine = story.find_needs(cast, ids["client_id"], ("use", "Alcohol"))[0]
    write(cast, ids, [Item("x", "y", [STEP], need_id=mine)])
    assert _refused(cast, lambda: _run(
        "UPDATE planning_problem SET need_id = %(need)s WHERE need_id = %(mine)s",
        {"need": _need_of(cast, andre), "mine": mine}))


def _need_of(cast, client_id) -> int:
    join_team(cast.helen, client_id=client_id, user_id=cast.nora.user_id, part="member", at=MON)
    return story.find_needs(cast, client_id, ("housing", "A room"))[0]


def test_without_a_valid_licence_nobody_signs_a_plan(cast, ids):
    """Iris has no licence: the message says who can."""
    join_team(cast.helen, client_id=ids["client_id"], user_id=cast.iris.user_id, part="member", at=MON)
    one = write(cast, ids)

    with pytest.raises(NotReady, match="licence"):
        sign_as_clinician(cast.iris, **ids, plan_id=one, at=LATER)
    sign_as_clinician(cast.nora, **ids, plan_id=one, at=LATER)
    found = plan(cast.nora, **ids, plan_id=one)
    assert [(s.name, s.credential, s.licence) for s in found.signatures] == [
        ("Nora Feld", "LCSW", "LCSW LCSW-1003, NY")]


def test_signing_twice_is_once_and_an_unread_change_is_not_signed(cast, ids):
    """Whoever signs has read these very words; a second signature adds nothing."""
    one = write(cast, ids)
    read = plan_in_work(cast.nora, **ids).version
    write_plan(cast.osei, **ids, plan_id=one, items=[ITEM, ITEM], version=read, at=LATER)

    with pytest.raises(NotReady, match="changed since"):
        sign_as_clinician(cast.nora, **ids, plan_id=one, version=read, at=LATER)
    for _ in range(2):
        sign_as_clinician(cast.nora, **ids, plan_id=one, version=read + 1, at=LATER)
        sign_as_client(cast.maria.account, **ids, plan_id=one, name="Maria", version=read + 1, at=LATER)
    with identity.acting(cast.nora):
        assert len(signatures_of("plan", [one])[one]) == 2
    assert plan_in_force(cast.nora, **ids).plan_id == one


def test_a_plan_the_client_does_not_sign_is_set_aside_and_changed_in_the_next(cast, ids):
    """It stays on record; the next version begins with its words."""
    one = write(cast, ids)
    sign_as_clinician(cast.nora, **ids, plan_id=one, at=LATER)
    with pytest.raises(NotReady, match="why"):
        set_aside(cast.nora, **ids, plan_id=one, why=" ", at=LATER)

    set_aside(cast.nora, **ids, plan_id=one, why="She wants the mornings free.", at=LATER)
    with pytest.raises(NotReady, match="set aside"):
        sign_as_client(cast.maria.account, **ids, plan_id=one, name="Maria", at=LATER)
    two = start_plan(cast.nora, **ids, at=LATER)

    assert plan(cast.nora, **ids, plan_id=two).problems[0].goal == "Sober nights"
    assert plan_in_force(cast.nora, **ids).number == 1


def test_a_plan_of_two_hundred_problems_is_given_back_with_its_words(cast, ids, monkeypatch):
    """The limit is said in words; pasted markup is text."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    one = start_plan(cast.nora, **ids, at=LATER)
    fields = {"plan": one, "version": plan_in_work(cast.nora, **ids).version, "do": "write"}
    fields |= {f"p{n}-words": f"<b>Problem</b> {n} <script>alert(1)</script>" for n in range(200)}

    answer = sign_in(cast.nora).post(f"/clients/{ids['client_id']}/plan/", fields)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "at most 20 problems, and this one has 200" in page
    assert "&lt;b&gt;Problem&lt;/b&gt; 199 &lt;script&gt;" in page
    assert "<script>alert" not in page


def test_without_a_script_the_same_buttons_save_and_leave_room(cast, ids, monkeypatch):
    """Begin a need, add a step, add a problem: each saves and shows another empty one."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    need = story.find_needs(cast, ids["client_id"], ("housing", "A room of her own"))[0]
    one = start_plan(cast.nora, **ids, at=LATER)
    browser, address = sign_in(cast.nora), f"/clients/{ids['client_id']}/plan/"

    def send(**button):
        version = plan_in_work(cast.nora, **ids).version
        words = {"plan": one, "version": version, "do": "write", "p0-words": "Alcohol"}
        return browser.post(address, {**words, **button}, follow=True).content.decode()

    assert 'value="A room of her own"' in send(need=need)
    assert 'name="p0-s1-words"' in send(**{"more": "p0", "p0-s0-words": "Step"})
    assert 'name="p0-s0-i1-what"' in send(**{"more": "p0-s0", "p0-s0-i0-what": "Help"})
    assert 'name="p1-words"' in send(more="p")


def test_the_page_signs_with_the_password_and_the_version_that_was_read(cast, ids, monkeypatch):
    """A wrong password is said; the right one signs."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    one = write(cast, ids)
    version = plan_in_work(cast.nora, **ids).version
    browser, address = sign_in(cast.nora), f"/clients/{ids['client_id']}/plan/"
    sent = {"do": "sign", "plan": one, "version": version}

    assert browser.post(address, {**sent, "password": "wrong"}).status_code == 422
    assert browser.post(address, {**sent, "password": PASSWORD}).status_code == 302
    assert plan(cast.nora, **ids, plan_id=one).clinician_signed_at == LATER


def test_where_the_licence_asks_for_it_a_supervisor_signs_too(cast, ids):
    """Iris works under supervision: her plan waits for Vera, who has a task; once is enough."""
    join_team(cast.helen, client_id=ids["client_id"], user_id=cast.iris.user_id, part="member", at=MON)
    add_licence(cast.helen, staff_id=cast.staff_ids["iris"], kind="CADC-I", number="CI-7", state="NY",
                valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1), at=MON)
    supervise(cast.helen, staff_id=cast.staff_ids["iris"], supervisor_id=cast.staff_ids["vera"],
              from_day=MON.date(), at=MON)
    one = write(cast, ids)
    sign_as_clinician(cast.iris, **ids, plan_id=one, at=LATER)
    sign_as_client(cast.maria.account, **ids, plan_id=one, name="Maria", at=LATER)
    assert plan_in_force(cast.nora, **ids).waits_for_cosign
    titles = [row.title for row in tasks_of(cast.vera, **ids, at=LATER)]
    assert "Co-sign a treatment plan" in titles

    for person in (cast.iris, cast.nora):
        with pytest.raises(NotReady, match="Somebody else"):
            cosign_plan(person, **ids, plan_id=one, at=LATER)
    for _ in range(2):
        cosign_plan(cast.vera, **ids, plan_id=one, at=LATER)
    found = plan_in_force(cast.nora, **ids)
    assert not found.waits_for_cosign
    assert {row.name for row in found.signatures} == {"Iris Chan", "Maria", "Vera Lindt"}
    assert "Co-sign a treatment plan" not in [
        row.title for row in tasks_of(cast.vera, **ids, at=LATER)]


def test_the_clinicians_signature_lets_the_plan_answer_its_needs(cast, ids):
    """A need taken up stands as treated here, by which plan; others stay open."""
    need, other = story.find_needs(cast, ids["client_id"], ("housing", "A room"), ("food", "Meals"))
    one = write(cast, ids, [Item("Sleeps at a friend's", "A key", [STEP], need_id=need)])
    sign_as_clinician(cast.nora, **ids, plan_id=one, at=LATER)

    found = {row.need_id: (row.answer, row.how) for row in needs_of(cast.nora, **ids, at=LATER)}
    assert found == {need: ("here", "Plan 2: Sleeps at a friend's"), other: ("none_yet", "")}

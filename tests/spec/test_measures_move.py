"""P14: change one record, and each live measure moves by exactly that and names the client."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from daybridge.access import identity
from daybridge.care.assessment.commands import sign_evaluation
from daybridge.care.hours import rules
from daybridge.care.hours.commands import Line, take_attendance
from daybridge.care.intake.commands_slots import book_evaluation, mark_came, open_slot
from daybridge.care.placement.commands import admit, end_stay
from daybridge.care.retention.commands import open_due_outreach, record_attempt
from daybridge.care.retention.models import Outreach
from daybridge.care.schedule.commands import open_session
from daybridge.care.schedule.queries import sessions
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Window
from tests import story
from tests.story import MON, WEEK

BY_ID = {m.id: m for kept in EVERYTHING for m in kept.figures if m.read}
WINDOW = Window(date(2026, 11, 1), date(2026, 12, 20), MON + timedelta(days=35))
LONG = Window(date(2026, 9, 2), date(2027, 2, 28), MON + timedelta(days=105))
WRITERS = {"hours": "nora", "assessment": "osei", "placement_decision": "osei"}  # who else may
MISSED = WEEK + timedelta(days=2)


@pytest.fixture
def cared(cast):
    """Maria's first two weeks: she came five times of six."""
    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, groups.monday, groups.wednesday, groups.friday)
    for one in sessions(cast.nora, first=WEEK, last=WEEK + timedelta(days=13)):
        if one.day.weekday() in {0, 2, 4}:
            _hold(cast, one)
    open_due_outreach(cast.nora, at=story.local(MISSED, 15))
    return cast


def _hold(cast, one) -> None:
    kind = rules.Attendance.UNKNOWN if one.day == MISSED else rules.Attendance.ATTENDED
    open_session(cast.nora, occurrence_id=one.occurrence_id, at=one.starts_at)
    take_attendance(cast.nora, occurrence_id=one.occurrence_id, client_ids=[cast.maria.client_id],
                    lines=[Line(cast.maria.client_id, kind)], version=one.version + 1, at=one.ends_at)


@pytest.fixture
def left(cared):
    """Maria left on the third Monday."""
    end_stay(cared.osei, client_id=cared.maria.client_id, reason="left early, own decision", words="",
             client_view="It was too much beside work.", way_back="She calls Nora.",
             at=MON + timedelta(days=14))
    return cared


def read(cast, measure: str, window: Window):
    with identity.acting(cast.quinn, at=MON):
        return BY_ID[measure].read(cast.quinn, window)


def change(cast, sql: str, client_id: int | None = None) -> None:
    """Change one record, as nobody's work."""
    table = sql.split()[2 if sql.startswith("INSERT") else 1]
    writer = next((who for part, who in WRITERS.items() if table.startswith(part)), "helen")
    with identity.acting(cast.everyone[writer]), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what stands so far is whole
        cursor.execute(sql, {"maria": client_id or cast.maria.client_id, "osei": cast.staff_ids["osei"],
                             "nora": cast.staff_ids["nora"], "missed": MISSED,
                             "at": datetime.combine(MISSED, MON.timetz())})
        assert cursor.rowcount == 1


def moves(cast, measure: str, sql: str, window: Window = WINDOW):
    """Return the share before and after one change; Maria is named after it."""
    before = read(cast, measure, window).proportion
    change(cast, sql)
    after = read(cast, measure, window)
    assert {case.client_id for case in (*after.cases, *after.excluded)} <= {cast.maria.client_id, 0}
    return [(one.numerator, one.denominator) for one in (before, after.proportion)]


_OF_INQUIRY = "UPDATE intake_inquiry SET {} WHERE client_id = %(maria)s"
_OF_STAY = "UPDATE placement_stay SET {} WHERE client_id = %(maria)s"
_OF_MISSED = "UPDATE hours_attendance SET {} WHERE client_id = %(maria)s AND day = %(missed)s"
_OF_FIRST = "UPDATE hours_attendance SET {} WHERE client_id = %(maria)s AND day = '2026-11-16'"
_OF_LAST = "UPDATE hours_attendance SET {} WHERE client_id = %(maria)s AND day = '2026-11-27'"
_OF_CRITERION = ("UPDATE assessment_criterionanswer SET {} WHERE client_id = %(maria)s"
                 " AND key = '{}'")
_SHORT = ("INSERT INTO hours_shortweek (client_id, week, flagged_at, offered_at, taken_at, why) VALUES"
          " (%(maria)s, '2026-11-16', %(at)s, {}, {}, '')")
_LATER = _OF_INQUIRY.format("first_contact_at = first_contact_at - interval '10 days'")
_OF_EVALUATION = "UPDATE assessment_evaluation SET {} WHERE client_id = %(maria)s"
_OF_DECISION = ("UPDATE placement_decision SET differs = true, way_forward = 'w',"
                " review_on = '2026-12-01', reviewed_at = {} WHERE client_id = %(maria)s")
_HURDLE = ("INSERT INTO intake_hurdle (client_id, inquiry_id, what, named_at, owner_id, due_at, how)"
           " SELECT client_id, id, 'Transport', %(at)s, 1, %(at)s, '' FROM intake_inquiry"
           " WHERE client_id = %(maria)s")
_LICENCE = "UPDATE people_licence SET valid_until = '{}' WHERE staff_id = %(osei)s"

CHANGES = [
    ("P01", _LATER, (1, 1), (0, 1)),
    ("P01-median", _LATER, (1, 1), (0, 1)),
    ("P01-treated", _OF_STAY.format("admitted_at = '2026-12-01'"), (1, 1), (0, 0)),
    ("P02", _OF_INQUIRY.format("offered_in_contact = 1"), (0, 1), (1, 1)),
    ("P02-contacts", _OF_INQUIRY.format("contacts = 4"), (1, 1), (0, 1)),
    ("P02-questions", _OF_INQUIRY.format("questions = 13"), (1, 1), (0, 1)),
    ("P02-hurdles", _HURDLE, (0, 0), (0, 1)),
    ("P05", "UPDATE retention_outreach SET first_attempt_at = missed_at WHERE client_id = %(maria)s",
     (0, 1), (1, 1)),
    ("P05-four", _OF_LAST.format("clinical_minutes = 0, billable_minutes = 0"), (1, 1), (0, 1)),
    ("P05-back", _OF_MISSED.format("day = '2026-12-01'"), (1, 1), (0, 1)),
    ("S2", _LICENCE.format("2026-12-01"),
     (35, 35), (16, 35)),
    ("S2-ending", _LICENCE.format("2027-01-10"),
     (0, 4), (1, 4)),
    ("S2-held", "UPDATE placement_incharge SET staff_id = %(nora)s WHERE client_id = %(maria)s",
     (0, 1), (1, 1)),
    ("L1", "UPDATE placement_levelperiod SET from_at = '2026-12-01T12:00Z' WHERE client_id = %(maria)s",
     (35, 35), (20, 35)),
    ("L2", _OF_MISSED.format("kind = 'attended', clinical_minutes = 180"), (1, 5), (2, 5)),
    ("L2b", _OF_MISSED.format("kind = 'attended', clinical_minutes = 180"), (1, 5), (2, 5)),
    ("L2-partial", _OF_STAY.format("admitted_at = admitted_at + interval '1 day'"), (0, 0), (0, 1)),
    ("L3-nearly", _OF_FIRST.format("clinical_minutes = 359"), (0, 5), (1, 5)),
    ("L3-moved", _OF_FIRST.format("taken_at = taken_at + interval '2 days'"), (0, 6), (1, 6)),
    ("L4", _SHORT.format("%(at)s", "NULL"), (0, 4), (1, 4)),
    ("L4-taken", _SHORT.format("%(at)s", "%(at)s"), (0, 0), (1, 1)),
    ("L4-recovered", _SHORT.format("NULL", "NULL"), (0, 0), (0, 1)),
    ("L5-silent", _OF_LAST.format("day = '2026-12-15'"), (1, 1), (0, 1)),
    ("W3-dissent", _OF_DECISION.format("NULL"), (0, 1), (1, 1)),
    ("W3b", _OF_DECISION.format("'2026-11-30'"), (0, 0), (1, 1)),
]


@pytest.mark.parametrize(("measure", "sql", "before", "after"), CHANGES, ids=lambda value: str(value)[:14])
def test_one_changed_record_moves_the_measure_by_exactly_that(cared, measure, sql, before, after):
    assert moves(cared, measure, sql) == [before, after]

UNKEPT = {"P02-minutes", "S1-minutes", "W1", "W2"}  # the change makes a case that is not counted
BEFORE_SIGNING = [
    ("P02-minutes", _OF_EVALUATION.format("finished_at = started_at + interval '91 minutes'"), (1, 2)),
    ("S1-minutes", _OF_EVALUATION.format("finished_at = started_at + interval '91 minutes'"), (1, 2)),
    ("S1-not-known", _OF_CRITERION.format("answer = 'not_known'", "step_down"), (1, 20)),
    ("W1", _OF_CRITERION.format("answer = 'not_known', why = ''", "step_down"), (1, 2)),
    ("W1-yes", _OF_CRITERION.format("answer = 'yes'", "step_down"), (3, 16)),
    ("W1-no", _OF_CRITERION.format("answer = 'yes'", "step_down"), (13, 16)),
    ("W1-not-known", _OF_CRITERION.format("answer = 'not_known'", "step_down"), (1, 16)),
    ("W1-none", _OF_CRITERION.format("answer = 'no'", "weak_support"), (1, 2)),
    ("W2", _OF_CRITERION.format("answer = 'yes'", "toxic_environment"), (0, 1)),
]


@pytest.mark.parametrize(("measure", "sql", "after"), BEFORE_SIGNING, ids=lambda value: str(value)[:12])
def test_one_answer_changed_before_signing_moves_the_measure(cared, measure, sql, after):
    """A signed evaluation never changes, so the answer is another one when it is signed."""
    tom = story.somebody(cared, "Tom Aster")
    one = story.evaluate(cared, tom, at=MON, signed=False)
    with identity.acting(cared.osei), connection.cursor() as cursor:
        cursor.execute("UPDATE assessment_evaluation SET finished_at = started_at, state = 'complete'"
                       " WHERE id = %s", [one])
    change(cared, sql, tom.client_id)
    sign_evaluation(cared.osei, client_id=tom.client_id, evaluation_id=one, shown="it", at=MON)

    found = read(cared, measure, WINDOW)

    assert (found.proportion.numerator, found.proportion.denominator) == after
    changed = [case.client_id for case in found.cases if case.counted is (measure not in UNKEPT)]
    assert tom.client_id in changed


@pytest.mark.parametrize("measure", ["L5", "P05-30", "P05-60", "P05-90"])
def test_a_silent_stay_ends_at_the_last_presence_and_is_put_back(cared, measure):
    silent = read(cared, measure, LONG).cases[0]

    assert (silent.value, silent.ended, silent.note) == (
        11, "left early", "open and silent since 2026-11-27")
    assert moves(cared, measure, _OF_LAST.format("day = '2027-02-20'"), LONG) == [(0, 1), (1, 1)]
    assert read(cared, measure, LONG).cases[0].ended == ""


@pytest.mark.parametrize(("measure", "sql", "after"), [
    ("L5b", _OF_STAY.format("end_reason = 'other'"), (0, 1)),
    ("L5-other", _OF_STAY.format("end_reason = 'other'"), (1, 1)),
])
def test_an_early_end_without_its_reason_is_named(left, measure, sql, after):
    assert moves(left, measure, sql)[1] == after


@pytest.mark.parametrize(("slug", "reason"), [
    ("left", "contact lost"), ("completed", "completed as planned"), ("died", "died"),
    ("jailed", "jailed"),
])
def test_ends_are_told_apart(left, slug, reason):
    change(left, _OF_STAY.format(f"end_reason = '{reason}'"))

    case = read(left, f"L5-{slug}", WINDOW).cases[0]

    assert (case.ended, case.value) == (BY_ID[f"L5-{slug}"].end, 14)


def test_a_long_day_planned_on_the_very_day_was_not_flagged(cared):
    longer = ("UPDATE schedule_occurrence SET ends_at = starts_at + interval '7 hours'"
              " WHERE day = '2026-11-27'")
    joined = ("UPDATE schedule_membership SET from_day = '2026-11-27' WHERE client_id = %(maria)s"
              " AND weekday = 4")

    assert moves(cared, "L3", longer) == [(0, 0), (0, 1)]
    assert moves(cared, "L3", joined) == [(0, 1), (1, 1)]


@pytest.mark.parametrize("measure", ["S1", "W3", "S3"])
def test_a_new_stay_that_lacks_it_is_named(cared, measure):
    """PostgreSQL refuses such an admission; an imported stay, or one without a plan, may stand."""
    before = read(cared, measure, WINDOW).proportion
    tom = story.somebody(cared, "Tom Aster")
    if measure == "S3":
        story.evaluate(cared, tom, at=MON)
        decision = story.decide_together(cared, tom, at=MON)
    admit(cared.sam, client_id=tom.client_id, level="iop", staff_id=cared.staff_ids["osei"],
          primary_user_id=cared.nora.user_id, imported=measure != "S3",
          decision_id=decision if measure == "S3" else None, at=MON + timedelta(hours=1))

    after = read(cared, measure, WINDOW)

    assert (before.numerator, before.denominator) == (1, 1)
    assert (after.proportion.numerator, after.proportion.denominator) == (1, 2)
    assert [case.client_id for case in after.cases if not case.counted] == [tom.client_id]


def test_somebody_who_came_to_the_evaluation_is_no_no_show(cared):
    andre = cared.andre.client_id
    slot = open_slot(cared.sam, room_id=cared.rooms["Office 3"], evaluator_id=cared.osei.user_id,
                     starts_at=story.local(MISSED, 9), ends_at=story.local(MISSED, 10), at=MON)
    before = read(cared, "P02-no-show", WINDOW).proportion
    booking = book_evaluation(cared.sam, client_id=andre, slot_id=slot, at=MON)
    mark_came(cared.sam, client_id=andre, booking_id=booking, at=story.local(MISSED, 9))
    after = read(cared, "P02-no-show", WINDOW)

    assert (before.denominator, after.proportion.numerator, after.proportion.denominator) == (0, 0, 1)
    assert [case.client_id for case in after.cases] == [andre]


def test_somebody_reached_is_counted_as_reached(cared):
    with identity.acting(cared.nora, at=MON):
        outreach = Outreach.objects.get(client_id=cared.maria.client_id).pk
    before = read(cared, "P05-reached", WINDOW).proportion
    record_attempt(cared.nora, client_id=cared.maria.client_id, outreach_id=outreach, channel="call",
                   outcome="reached", said="", done=True, at=story.local(MISSED, 16))
    after = read(cared, "P05-reached", WINDOW)

    assert (before.denominator, after.proportion.numerator, after.proportion.denominator) == (0, 1, 1)
    assert [case.client_id for case in after.cases] == [cared.maria.client_id]

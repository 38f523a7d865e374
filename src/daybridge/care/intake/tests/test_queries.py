"""Who waits, in which order, and what is free."""

from datetime import timedelta

import pytest
from tests.cast import NOON

from daybridge.access.actors import ANONYMOUS
from daybridge.access.gate import Refused
from daybridge.care.intake.commands import mark_evaluated, name_hurdle
from daybridge.care.intake.queries import (
    clocks,
    median_days_to_evaluation,
    not_admitted,
    waiting_list,
)
from daybridge.care.intake.queries_slots import next_free_slots, seats
from daybridge.care.intake.queries_web import help_page, web_inquiries
from daybridge.care.intake.tests.test_commands import DAY, HOUR, asked, slot, taken

CALM = dict.fromkeys(
    ("recent_use", "seizure", "suicide", "pregnant", "injecting", "in_danger"), "no"
)


def order(cast, at=NOON):
    return [row.name for row in waiting_list(cast.sam, at=at)]


def test_the_list_runs_from_danger_to_the_longest_wait(cast):
    taken(cast, name="short wait", at=NOON)
    taken(cast, name="long wait", at=NOON - DAY)
    taken(cast, name="injects", answers={"injecting": "yes"})
    taken(cast, name="pregnant", answers={"pregnant": "yes"})
    taken(cast, name="both", answers={"pregnant": "yes", "injecting": "yes"})
    taken(cast, name="danger", answers={"suicide": "yes"})

    assert order(cast) == ["danger", "both", "pregnant", "injects", "long wait", "short wait"]


def test_help_while_waiting_is_overdue_after_48_hours(cast):
    taken(cast)
    on_time = waiting_list(cast.sam, at=NOON + 2 * DAY)[0]
    late = waiting_list(cast.sam, at=NOON + 2 * DAY + timedelta(seconds=1))[0]
    assert (on_time.help_overdue, late.help_overdue) == (False, True)


@pytest.mark.parametrize(
    ("answers", "booked", "step"),
    [
        ({}, False, "Ask 6 safety questions"),
        (CALM, False, "Book the evaluation"),
        ({**CALM, "in_danger": "yes"}, False, "A clinician talks with them now"),
        (CALM, True, "Keep contact until the evaluation"),
    ],
)
def test_the_next_step_follows_what_is_known(cast, answers, booked, step):
    taken(cast, answers=answers, slot_id=slot(cast) if booked else None)
    assert waiting_list(cast.sam, at=NOON)[0].next_step == step


def test_a_counsellor_sees_only_their_own_people_waiting(cast):
    _, mine = taken(cast, name="mine", slot_id=slot(cast))
    taken(cast, name="not mine")

    assert [row.client_id for row in waiting_list(cast.nora, at=NOON)] == [mine]


def test_a_peer_may_not_read_inquiries(cast):
    with pytest.raises(Refused):
        waiting_list(cast.leo, at=NOON)


def test_the_number_of_queries_does_not_grow_with_the_list(cast, django_assert_max_num_queries):
    for number in range(4):
        inquiry_id, client_id = taken(
            cast, name=f"caller {number}", slot_id=slot(cast, NOON + DAY + number * HOUR)
        )
        name_hurdle(cast.sam, client_id=client_id, inquiry_id=inquiry_id, what="bus", at=NOON)
    with django_assert_max_num_queries(16):
        waiting_list(cast.sam, at=NOON)


def test_seats_count_today_and_this_week_apart(cast):
    slot(cast, NOON + HOUR)
    slot(cast, NOON + DAY)
    slot(cast, NOON + 7 * DAY)
    taken(cast, slot_id=slot(cast, NOON + 2 * DAY))

    found = seats(cast.sam, at=NOON)
    assert (found.today, found.week) == (1, 2)


def test_a_slot_that_has_begun_is_not_offered(cast):
    slot(cast, NOON)
    assert next_free_slots(cast.sam, at=NOON) == []


def test_a_slot_booked_by_others_is_not_offered_to_who_may_not_see_them(cast):
    taken(cast, slot_id=slot(cast))
    assert next_free_slots(cast.paul, at=NOON) == []


def test_visitors_learn_free_times_and_the_hour_of_the_call(cast):
    slot(cast)
    page = help_page(ANONYMOUS, at=NOON)
    assert page.times == (NOON + DAY,)
    assert page.call_by == NOON + 2 * HOUR
    assert page.phone == "555-0100"


def test_web_inquiries_wait_until_taken_over(cast):
    asked()
    rows = web_inquiries(cast.sam, at=NOON + DAY)
    assert [(row.name, row.late) for row in rows] == [("Dana", True)]


def test_clocks_hold_those_who_gave_up_too(cast):
    _, client_id = taken(cast)
    taken(cast, name="still waiting")
    mark_evaluated(cast.sam, client_id=client_id, evaluated_at=NOON + 3 * DAY, at=NOON + 3 * DAY)

    assert len(clocks(cast.sam, since=NOON - DAY)) == 2
    assert median_days_to_evaluation(cast.sam, since=NOON - DAY) == 3


def test_who_was_not_admitted_has_reason_alternative_and_reviewer(cast):
    from datetime import date  # noqa: PLC0415

    taken(cast, name="Young Person", birth_date=date(2010, 1, 1))
    row = not_admitted(cast.sam, since=NOON - DAY)[0]
    assert (row.name, row.reason, row.reviewer) == ("Young Person", "Under 18", "Sam Okafor")
    assert row.alternative

"""Taking a call for help and staying with it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOON

from daybridge.access import identity
from daybridge.access.actors import ANONYMOUS
from daybridge.access.capabilities import Can
from daybridge.access.gate import Refused, may
from daybridge.access.models import Standing, TeamMember
from daybridge.care.intake import rules
from daybridge.care.intake.call import Call
from daybridge.care.intake.commands import (
    AlreadyInCare,
    NotOpen,
    answer_hurdle,
    answer_safety,
    close_inquiry,
    log_contact,
    name_hurdle,
    record_interim_help,
    take_inquiry,
)
from daybridge.care.intake.commands_slots import (
    SlotClash,
    SlotTaken,
    book_evaluation,
    cancel_evaluation,
    mark_missed,
    open_slot,
    withdraw_slot,
)
from daybridge.care.intake.commands_web import (
    TakenOver,
    ask_for_help,
    set_help_desk,
    take_over_web_inquiry,
)
from daybridge.care.intake.models import EvaluationBooking, Inquiry, WebInquiry
from daybridge.care.intake.queries import client_of, inquiry, waiting_list
from daybridge.care.intake.queries_slots import bookings_of, next_free_slots
from daybridge.care.intake.rules import Answer, Question
from daybridge.clinic.people.queries import contact_of, name_of
from daybridge.clinic.tasks.models import Task

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def taken(cast, at=NOON, **said):
    answers, slot_id = said.pop("answers", None), said.pop("slot_id", None)
    call = Call(**{"came_by": "phone", "name": "Robin Vance", **said})
    inquiry_id = take_inquiry(cast.sam, call=call, answers=answers, slot_id=slot_id, at=at)
    return inquiry_id, client_of(cast.sam, inquiry_id=inquiry_id)


def slot(cast, starts_at=NOON + DAY, evaluator="nora", room="Office 3"):
    return open_slot(
        cast.sam,
        room_id=cast.rooms[room],
        starts_at=starts_at,
        evaluator_id=cast.staff[evaluator].user_id,
        ends_at=starts_at + HOUR,
        at=NOON,
    )


def alerts(cast, client_id):
    with identity.acting(cast.helen):
        return {
            row.title: (row.due_at - row.opened_at).total_seconds() / 60
            for row in Task.objects.filter(client_id=client_id, kind="alert")
        }


def test_a_call_without_a_name_is_kept(cast):
    _, client_id = taken(cast, name=" ")

    assert name_of(cast.sam, client_id=client_id).name == "No name yet, Mon 16 Nov, 12:00"


def test_who_calls_is_pending_and_seen_by_intake(cast):
    _, client_id = taken(cast)

    with identity.acting(cast.helen):
        assert Standing.objects.get(client_id=client_id, until_at=None).kind == "pending"
    with identity.acting(cast.sam):
        assert may(cast.sam, Can.SEE_ASSESSMENT, client_id=client_id)


def test_every_yes_is_an_alert_with_its_own_clock(cast):
    _, client_id = taken(
        cast,
        answers={"suicide": "yes", "pregnant": "yes", "injecting": "no", "seizure": "not_said"},
    )

    assert alerts(cast, client_id) == {
        rules.ALARMS[key].title: rules.ALARMS[key].minutes
        for key in (Question.SUICIDE, Question.PREGNANT)
    }


def test_the_same_yes_opens_one_alert(cast):
    inquiry_id, client_id = taken(cast, answers={"in_danger": "yes"})

    answer_safety(
        cast.sam,
        client_id=client_id,
        inquiry_id=inquiry_id,
        answers={"in_danger": "yes"},
        at=NOON + HOUR,
    )

    assert alerts(cast, client_id) == {"In danger now": rules.ALARMS[Question.IN_DANGER].minutes}


def test_an_answer_is_not_wiped_by_a_question_not_asked(cast):
    inquiry_id, client_id = taken(cast, answers={"pregnant": "yes"})

    answer_safety(
        cast.sam,
        client_id=client_id,
        inquiry_id=inquiry_id,
        answers={"pregnant": "not_asked", "suicide": "no"},
        last_use={"alcohol": "last night"},
        at=NOON + HOUR,
    )

    row = inquiry(cast.sam, client_id=client_id, inquiry_id=inquiry_id, at=NOON)
    assert row.answers[Question.PREGNANT] is Answer.YES
    assert row.answers[Question.SUICIDE] is Answer.NO
    assert row.last_use["alcohol"] == "last night"


def test_a_second_call_is_a_contact_on_the_same_inquiry(cast):
    inquiry_id, client_id = taken(cast)

    again = take_inquiry(
        cast.sam, call=Call("walk_in", reason="Came by."), client_id=client_id, at=NOON + HOUR
    )

    assert again == inquiry_id
    row = inquiry(cast.sam, client_id=client_id, inquiry_id=inquiry_id, at=NOON)
    assert (row.contacts, row.story[0].words) == (2, "Came by.")


def test_somebody_in_care_needs_no_inquiry(cast):
    from daybridge.access.relate import set_standing  # noqa: PLC0415

    set_standing(cast.sam, client_id=cast.maria.client_id, kind="in_care", at=NOON)
    with pytest.raises(AlreadyInCare):
        take_inquiry(cast.sam, call=Call("phone"), client_id=cast.maria.client_id, at=NOON)


def test_somebody_under_18_is_led_to_the_named_partner(cast):
    set_help_desk(cast.helen, caller="Sam", partner_for_minors="Harbor Youth, 555-0170", at=NOON)

    inquiry_id, client_id = taken(cast, birth_date=date(2008, 11, 17))

    row = inquiry(cast.sam, client_id=client_id, inquiry_id=inquiry_id, at=NOON)
    assert (row.state, row.closed_reason, row.alternative) == (
        "closed",
        "Under 18",
        "Harbor Youth, 555-0170",
    )
    assert row.reviewer == "Sam Okafor"


def test_somebody_who_is_18_today_may_stay(cast):
    inquiry_id, client_id = taken(cast, birth_date=date(2008, 11, 16))

    assert inquiry(cast.sam, client_id=client_id, inquiry_id=inquiry_id, at=NOON).state == "open"


def test_a_front_desk_may_not_take_an_inquiry(cast):
    with pytest.raises(Refused):
        take_inquiry(cast.fay, call=Call("phone"), at=NOON)


def test_nobody_is_sent_away_without_alternative(cast):
    inquiry_id, client_id = taken(cast)

    with pytest.raises(IntegrityError, match="sent_away"), transaction.atomic():
        close_inquiry(
            cast.sam,
            client_id=client_id,
            inquiry_id=inquiry_id,
            reason="Full",
            alternative=" ",
            reviewer_id=cast.vera.user_id,
            at=NOON,
        )


def test_a_closed_inquiry_takes_no_more_contacts(cast):
    inquiry_id, client_id = taken(cast)
    close_inquiry(
        cast.sam,
        client_id=client_id,
        inquiry_id=inquiry_id,
        reason="Moved away",
        alternative="Lakeside clinic, 555-0180",
        reviewer_id=cast.vera.user_id,
        at=NOON,
    )

    with pytest.raises(NotOpen):
        log_contact(cast.sam, client_id=client_id, inquiry_id=inquiry_id, how="phone", at=NOON)


def test_a_hurdle_has_an_owner_and_two_days(cast):
    inquiry_id, client_id = taken(cast)
    hurdle_id = name_hurdle(
        cast.sam, client_id=client_id, inquiry_id=inquiry_id, what="No way to get here", at=NOON
    )
    before = inquiry(cast.sam, client_id=client_id, inquiry_id=inquiry_id, at=NOON).hurdles[0]

    answer_hurdle(
        cast.sam, client_id=client_id, hurdle_id=hurdle_id, how="Bus pass", at=NOON + HOUR
    )

    after = inquiry(cast.sam, client_id=client_id, inquiry_id=inquiry_id, at=NOON).hurdles[0]
    assert (before.owner, before.due_at, before.answered_at) == ("Sam Okafor", NOON + 2 * DAY, None)
    assert (after.how, after.answered_at) == ("Bus pass", NOON + HOUR)


def test_interim_help_moves_the_next_due_time(cast):
    inquiry_id, client_id = taken(cast)
    record_interim_help(
        cast.sam, client_id=client_id, inquiry_id=inquiry_id, what="Naloxone kit", at=NOON + HOUR
    )

    row = inquiry(cast.sam, client_id=client_id, inquiry_id=inquiry_id, at=NOON + 2 * DAY)
    assert (row.help_due_at, row.help_overdue) == (NOON + HOUR + 2 * DAY, False)


def test_booking_brings_the_evaluator_on_the_team(cast):
    slot_id = slot(cast)
    _, client_id = taken(cast, slot_id=slot_id)

    with identity.acting(cast.helen):
        assert TeamMember.objects.filter(client_id=client_id, user_id=cast.nora.user_id).exists()
    booked = bookings_of(cast.sam, client_ids=[client_id])[client_id]
    assert (booked.evaluator, booked.room, booked.state) == (
        "Nora Feld, LCSW",
        "Office 3",
        "booked",
    )


def test_a_slot_is_booked_once_and_the_next_is_named(cast):
    first, second = slot(cast), slot(cast, NOON + DAY + HOUR)
    taken(cast, slot_id=first)
    _, other = taken(cast, name="Second Caller")

    with pytest.raises(SlotTaken) as refused:
        book_evaluation(cast.sam, client_id=other, slot_id=first, at=NOON)
    assert [row.slot_id for row in refused.value.instead] == [second]


def test_the_database_itself_refuses_a_second_booking(cast):
    slot_id = slot(cast)
    taken(cast, slot_id=slot_id)
    _, other = taken(cast, name="Second Caller")

    with (
        pytest.raises(IntegrityError, match="a_slot_is_booked_once"),
        transaction.atomic(),
        identity.acting(cast.sam),
    ):
        EvaluationBooking.objects.create(client_id=other, slot_id=slot_id, booked_at=NOON)


def test_a_taken_slot_never_loses_the_inquiry(cast):
    slot_id = slot(cast)
    taken(cast, slot_id=slot_id)

    inquiry_id, client_id = taken(cast, name="Second Caller", slot_id=slot_id)

    assert inquiry(cast.sam, client_id=client_id, inquiry_id=inquiry_id, at=NOON).booking is None


def test_another_time_gives_the_first_one_back(cast):
    first, second = slot(cast), slot(cast, NOON + DAY + HOUR)
    _, client_id = taken(cast, slot_id=first)

    book_evaluation(cast.sam, client_id=client_id, slot_id=second, at=NOON)

    assert [row.slot_id for row in next_free_slots(cast.sam, at=NOON)] == [first]


def test_a_missed_evaluation_leaves_the_person_on_the_list(cast):
    _, client_id = taken(cast, slot_id=slot(cast))
    booked = bookings_of(cast.sam, client_ids=[client_id])[client_id]

    mark_missed(cast.sam, client_id=client_id, booking_id=booked.booking_id, at=NOON + 2 * DAY)

    row = next(r for r in waiting_list(cast.sam, at=NOON) if r.client_id == client_id)
    assert row.booking.state == "missed"


def test_a_cancelled_time_is_free_again(cast):
    slot_id = slot(cast)
    _, client_id = taken(cast, slot_id=slot_id)
    booked = bookings_of(cast.sam, client_ids=[client_id])[client_id]

    cancel_evaluation(cast.sam, client_id=client_id, booking_id=booked.booking_id, at=NOON)

    assert [row.slot_id for row in next_free_slots(cast.sam, at=NOON)] == [slot_id]


@pytest.mark.parametrize(("evaluator", "room"), [("nora", "Room 1"), ("paul", "Office 3")])
def test_neither_evaluator_nor_room_is_in_two_at_once(cast, evaluator, room):
    slot(cast)
    with pytest.raises(SlotClash):
        slot(cast, NOON + DAY + HOUR / 2, evaluator, room)


def test_a_booked_slot_is_not_withdrawn(cast):
    slot_id = slot(cast)
    taken(cast, slot_id=slot_id)
    with pytest.raises(SlotTaken):
        withdraw_slot(cast.sam, slot_id=slot_id, at=NOON)


def asked(**more):
    return ask_for_help(
        ANONYMOUS,
        contact_kind="phone",
        contact="555-0188",
        name="Dana",
        safe_text=True,
        words="I want to stop.",
        at=NOON - HOUR,
        **more,
    )


def test_a_visitor_may_ask_and_read_nothing_back(cast):
    web_id = asked()

    with identity.acting(ANONYMOUS):
        assert not WebInquiry.objects.filter(pk=web_id).exists()
    with identity.acting(cast.sam):
        assert WebInquiry.objects.get(pk=web_id).words == "I want to stop."
    with identity.acting(cast.helen):
        assert Task.objects.get(source_kind="intake.web_inquiry").source_id == str(web_id)


def test_taking_over_asks_nothing_twice_and_books_the_wanted_time(cast):
    slot(cast)
    web_id = asked(wanted_time=NOON + DAY)

    inquiry_id = take_over_web_inquiry(cast.sam, web_id=web_id, at=NOON)

    client_id = client_of(cast.sam, inquiry_id=inquiry_id)
    row = inquiry(cast.sam, client_id=client_id, inquiry_id=inquiry_id, at=NOON)
    way = contact_of(cast.sam, client_id=client_id)[0]
    assert (row.reason, row.first_contact_at) == ("I want to stop.", NOON - HOUR)
    assert row.booking.starts_at == NOON + DAY
    assert (way.value, way.may_text, way.may_call) == ("555-0188", True, False)


def test_who_asks_for_somebody_else_is_not_taken_for_them(cast):
    inquiry_id = take_over_web_inquiry(cast.sam, web_id=asked(for_whom="other"), at=NOON)

    client_id = client_of(cast.sam, inquiry_id=inquiry_id)
    row = inquiry(cast.sam, client_id=client_id, inquiry_id=inquiry_id, at=NOON)
    assert (row.asker_name, row.asker_phone) == ("Dana", "555-0188")
    assert name_of(cast.sam, client_id=client_id).name.startswith("No name yet")
    assert contact_of(cast.sam, client_id=client_id) == []


def test_two_people_do_not_take_over_the_same_call(cast):
    web_id = asked()
    take_over_web_inquiry(cast.sam, web_id=web_id, at=NOON)
    with pytest.raises(TakenOver):
        take_over_web_inquiry(cast.helen, web_id=web_id, at=NOON)


def test_a_counsellor_does_not_see_web_inquiries(cast):
    with pytest.raises(Refused):
        take_over_web_inquiry(cast.nora, web_id=asked(), at=NOON)


def test_former_words_stay_in_the_history(cast):
    inquiry_id, client_id = taken(cast)
    close_inquiry(
        cast.sam,
        client_id=client_id,
        inquiry_id=inquiry_id,
        reason="Moved",
        alternative="Lakeside",
        reviewer_id=cast.vera.user_id,
        at=NOON,
    )
    with identity.acting(cast.sam):
        events = Inquiry.before_change_events if hasattr(Inquiry, "before_change_events") else None
        model = events or Inquiry.pgh_event_models["before_change"]
        assert model.objects.filter(pgh_obj_id=inquiry_id, state="open").exists()

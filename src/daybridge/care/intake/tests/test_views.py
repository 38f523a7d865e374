"""The desk, one inquiry and the public page in the browser's words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daybridge.access import clock, identity
from daybridge.access.actors import ANONYMOUS, system
from daybridge.access.models import User
from daybridge.access.policy import Role
from daybridge.care.intake.call import Call
from daybridge.care.intake.commands import take_inquiry
from daybridge.care.intake.commands_slots import open_slot
from daybridge.care.intake.commands_web import ask_for_help, set_help_desk
from daybridge.care.intake.models import EvaluationBooking, Inquiry, WebInquiry
from daybridge.care.intake.queries import client_of

HOUR = timedelta(hours=1)


def browser(cast, first):
    """Return a browser in which this member of staff is signed in."""
    client = Client()
    with identity.acting(system(Role.SIGN_IN)):
        client.force_login(
            User.objects.get(pk=cast.staff[first].user_id),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
    return client


def call(cast, **said):
    now = clock.now()
    inquiry_id = take_inquiry(
        cast.sam, call=Call(**{"came_by": "phone", "name": "Robin Vance", **said}), at=now
    )
    return inquiry_id, client_of(cast.sam, inquiry_id=inquiry_id)


def slot(cast, hours=24):
    now = clock.now()
    return open_slot(
        cast.sam,
        room_id=cast.rooms["Office 3"],
        evaluator_id=cast.nora.user_id,
        starts_at=now + hours * HOUR,
        ends_at=now + (hours + 1) * HOUR,
        at=now,
    )


def at(name, *args):
    return reverse(f"intake:{name}", args=args)


def test_the_desk_shows_who_waits_and_the_form_at_the_side(cast):
    call(cast)
    page = browser(cast, "sam").get(at("desk")).content.decode()
    assert "Robin Vance" in page
    assert 'id="id_name"' in page


def test_no_clients_name_stands_in_a_title(cast):
    inquiry_id, client_id = call(cast)
    page = browser(cast, "sam").get(at("inquiry", client_id, inquiry_id)).content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert "Robin" not in title
    assert "Robin Vance" in page


def test_one_form_takes_the_call_and_books_the_evaluation(cast):
    slot_id = slot(cast)
    answer = browser(cast, "sam").post(
        at("new"), {"name": "New Person", "slot": slot_id, "suicide": "no"}
    )
    with identity.acting(cast.sam):
        row = Inquiry.objects.get()
        assert EvaluationBooking.objects.get().client_id == row.client_id
    assert answer.headers["Location"] == f"{at('inquiry', row.client_id, row.pk)}?done=booked"


def test_an_empty_form_is_still_an_inquiry(cast):
    assert browser(cast, "sam").post(at("new"), {}).status_code == 302


def test_somebody_who_looks_known_is_asked_about_first(cast):
    sam = browser(cast, "sam")
    asked = sam.post(at("new"), {"name": "Maria D", "phone": "555-0142"})
    assert asked.status_code == 422
    assert "Is this somebody we know?" in asked.content.decode()

    sam.post(at("new"), {"name": "Maria D", "phone": "555-0142", "same_as": cast.maria.client_id})
    with identity.acting(cast.sam):
        assert Inquiry.objects.get().client_id == cast.maria.client_id


@pytest.mark.parametrize(
    "wrong",
    [
        {"birth_date": "31.02.1990"},
        {"birth_date": "tomorrow"},
        {"name": "a\x00b"},
        {"first_contact": "2099-01-01T10:00"},
        {"slot": "999999"},
        {"suicide": "maybe"},
        {"same_as": "x"},
        {"reason": "x" * 10_001},
    ],
)
def test_wrong_input_is_said_and_kept(cast, wrong):
    answer = browser(cast, "sam").post(at("new"), {"name": "Kept Words", **wrong})
    assert answer.status_code == 422
    assert "needs a look" in answer.content.decode()


@pytest.mark.parametrize("name", ["O\u2019Brien", "ab\u200bcd", "\u05d3\u05e0\u05d4", "Nguyễn Văn"])
def test_every_name_is_taken(cast, name):
    answer = browser(cast, "sam").post(at("new"), {"name": name, "reason": "x" * 10_000})
    assert browser(cast, "sam").get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("safety", {"pregnant": "yes", "last_alcohol": "yesterday"}),
        ("hurdle", {"what": "Transport"}),
        ("help", {"what": "Naloxone kit given"}),
        ("contact", {"how": "phone", "words": "Calm."}),
    ],
)
def test_each_small_form_is_saved_and_said(cast, what, said):
    inquiry_id, client_id = call(cast)
    sam = browser(cast, "sam")
    answer = sam.post(at("act", client_id, inquiry_id, what), said)
    assert answer.status_code == 302
    assert 'role="status"' in sam.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("hurdle", {"what": " "}),
        ("help", {}),
        ("contact", {"how": "phone"}),
        ("book", {}),
        ("book", {"slot": "x"}),
        ("close", {"reason": "Full"}),
        ("booking", {"outcome": "flew"}),
    ],
)
def test_a_small_form_that_lacks_something_says_so(cast, what, said):
    inquiry_id, client_id = call(cast)
    answer = browser(cast, "sam").post(at("act", client_id, inquiry_id, what), said)
    assert answer.status_code == 422


def test_an_inquiry_ends_only_with_an_alternative(cast):
    inquiry_id, client_id = call(cast)
    browser(cast, "sam").post(
        at("act", client_id, inquiry_id, "close"),
        {
            "reason": "Lives too far",
            "alternative": "Lakeside, 555-0180",
            "reviewer": cast.vera.user_id,
        },
    )
    page = browser(cast, "sam").get(at("ended")).content.decode()
    assert "Lakeside, 555-0180" in page
    assert "Vera Lindt" in page


def test_a_time_that_is_gone_is_said_not_lost(cast):
    slot_id = slot(cast)
    inquiry_id, client_id = call(cast)
    _, other = call(cast, name="Other Person")
    sam = browser(cast, "sam")
    sam.post(at("act", client_id, inquiry_id, "book"), {"slot": slot_id})
    with identity.acting(cast.sam):
        number = Inquiry.objects.get(client_id=other).pk
    answer = sam.post(at("act", other, number, "book"), {"slot": slot_id})
    assert answer.status_code == 422
    assert "not free any more" in answer.content.decode()


def test_a_client_of_others_is_not_shown(cast):
    inquiry_id, client_id = call(cast)
    assert browser(cast, "paul").get(at("inquiry", client_id, inquiry_id)).status_code == 403
    assert browser(cast, "fay").get(at("desk")).status_code == 403


def test_times_are_opened_and_taken_back(cast):
    sam = browser(cast, "sam")
    start = (timezone.localtime() + 30 * HOUR).strftime("%Y-%m-%dT%H:%M")
    said = {
        "evaluator": cast.nora.user_id,
        "room": cast.rooms["Room 1"],
        "starts_at": start,
        "minutes": 60,
    }
    assert sam.post(at("slots"), said).status_code == 302
    assert sam.post(at("slots"), said).status_code == 422
    assert "Nora Feld" in sam.get(at("slots")).content.decode()


def test_anybody_may_ask_for_help_with_one_answer(cast):
    set_help_desk(cast.helen, caller="Sam Okafor", at=clock.now())
    visitor = Client()
    page = visitor.get("/help/").content.decode()
    assert "988" in page
    assert "555-0100" in page

    answer = visitor.post("/help/", {"contact": "555-555-0100"})

    thanks = visitor.get(answer.headers["Location"]).content.decode()
    assert "Sam Okafor" in thanks
    assert "555-555-0100" not in thanks
    with identity.acting(cast.sam):
        assert WebInquiry.objects.get().contact == "555-555-0100"


@pytest.mark.parametrize("contact", ["", "no", "555", "a@b", "a\x00@b.example"])
def test_a_contact_that_reaches_nobody_is_asked_again(cast, contact):
    answer = Client().post("/help/", {"contact": contact, "words": "still here"})
    assert answer.status_code == 422
    assert "still here" in answer.content.decode()


def test_the_public_page_has_at_most_six_fields_and_speaks_spanish(cast):
    visitor = Client()
    visitor.post("/help/language/", {"language": "es"})
    page = visitor.get("/help/").content.decode()
    assert "Aquí" in page
    from daybridge.care.intake.forms_help import HelpForm  # noqa: PLC0415

    assert len(HelpForm(times=[]).fields) <= 6


def test_staff_take_over_a_call_from_the_web_once(cast):
    web_id = ask_for_help(
        ANONYMOUS, contact_kind="phone", contact="555-555-0188", name="Dana", at=clock.now()
    )
    sam = browser(cast, "sam")
    assert "Dana" in sam.get(at("desk")).content.decode()
    assert sam.post(at("take_web", web_id)).status_code == 302
    assert sam.post(at("take_web", web_id)).status_code == 409

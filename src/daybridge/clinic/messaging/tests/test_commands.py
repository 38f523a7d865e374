"""Queue, claim, send, record: through the commands, against real servers on this machine."""

import uuid
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from django.test import Client
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON, email

from daybridge.access import clock, identity
from daybridge.access.actors import ANONYMOUS, system
from daybridge.access.gate import Refused
from daybridge.access.policy import Role
from daybridge.clinic.messaging import jobs, rules
from daybridge.clinic.messaging.commands import (
    Note,
    NotPossible,
    queue,
    queue_to_address,
    send_again,
    take_back,
)
from daybridge.clinic.messaging.commands_deliver import NotClaimed, claim, mark_sent
from daybridge.clinic.messaging.models import Message
from daybridge.clinic.messaging.queries import messages_of, not_sent, outbox
from daybridge.clinic.messaging.receivers import AT_WORK
from daybridge.clinic.messaging.rules import Permission, Shown, Via
from daybridge.clinic.messaging.rules_words import HIDDEN, NotNeutral, Template
from daybridge.clinic.messaging.tests.servers import mail_server, text_provider
from daybridge.clinic.people.commands import add_contact_point, change_permissions
from daybridge.clinic.people.queries import contact_of
from daybridge.clinic.programme.commands import change_setting

NIGHT = datetime(2026, 11, 17, 2, 30, tzinfo=UTC)  # 21:30 in New York
MORNING = datetime(2026, 11, 17, 13, 0, tzinfo=UTC)  # 8:00
MESSENGER = jobs.MESSENGER


@pytest.fixture
def provider(settings):
    with text_provider() as one:
        settings.DAYBRIDGE = settings.DAYBRIDGE.model_copy(
            update={"text_url": one.url, "text_token": "s3cret", "text_sender": "+15550100"})
        yield one


@pytest.fixture
def mails(settings):
    with mail_server() as one:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", one.port
        settings.EMAIL_USE_TLS = False
        yield one


def note(template=Template.TIME, due_at=NOON, **more) -> Note:
    pieces = more.pop("pieces", {"when": "Thu 10:30"})
    return Note(template, pieces, due_at, **more)


CODE = {"code": "482915", "minutes": "10"}


def text_to(cast, person=None, actor=None, at=NOON, **more) -> uuid.UUID:
    client_id = (person or cast.andre).client_id
    return queue(actor or cast.sam, client_id=client_id, via=Via.TEXT, note=note(**more), at=at)


def run(at) -> int:
    with clock.demo_time(at):
        return jobs.send_due()


def row(message_id) -> Message:
    with identity.acting(MESSENGER, at=NOON):
        return Message.objects.get(pk=message_id)


def shown(cast, message_id, at=NOON):
    found = outbox(cast.helen, at=at)
    (place,) = [state for state, rows in found.rows.items()
                if any(one.message_id == message_id for one in rows)]
    assert found.counts[place] == len(found.rows[place])
    return place


def email_point(cast, person, **more):
    add_contact_point(cast.sam, client_id=person.client_id, kind="email", at=NOON,
                      value="andre@home.example", **{"verified": True, **more})


def test_a_text_message_reaches_the_provider_once(cast, provider):
    one = text_to(cast)
    assert (run(NOON), run(NOON)) == (1, 0)
    (got,) = provider.got
    assert got["body"] == {"from": "+15550100", "to": "5550143",
                           "text": "Thu 10:30. Reply 1 for yes, 2 for another time"}
    assert got["headers"]["Authorization"] == "Bearer s3cret"
    assert (shown(cast, one), row(one).reference) == (Shown.SENT, "text-1")


def test_the_number_stands_in_no_address_error_or_log(cast, provider, caplog):
    provider.status = 400
    one = text_to(cast)
    with caplog.at_level(0):
        run(NOON)
    assert provider.got[0]["path"] == "/send?v=1"
    kept = row(one)
    assert "0143" not in caplog.text + kept.error + kept.body + kept.address + kept.reference


def test_a_client_is_written_to_in_their_own_language(cast, provider):
    text_to(cast, cast.maria, pieces={"when": "jue 10:30"})
    run(NOON)
    assert provider.got[0]["body"]["text"].startswith("jue 10:30. Responda 1")


def test_an_e_mail_reaches_the_mail_server(cast, mails):
    email_point(cast, cast.andre, may_text=True, safe_at_home="yes")
    one = queue(cast.sam, client_id=cast.andre.client_id, via=Via.EMAIL, note=note(), at=NOON)
    assert run(NOON) == 1
    (got,) = mails.got
    mail = message_from_bytes(got.content)
    assert got.rcpt_tos == ["andre@home.example"]
    assert mail["Subject"] == "A message for you"
    assert mail.get_payload().strip() == "Thu 10:30. Reply 1 for yes, 2 for another time"
    assert mail["Message-ID"] == row(one).reference


@pytest.mark.parametrize(("refusal", "state"), [
    ("550 no such person", Shown.FAILED), ("451 try again", Shown.WAITING),
])
def test_the_mail_server_refuses(cast, mails, refusal, state):
    mails.refusal = refusal
    one = queue_to_address(
        cast.helen, user_id=cast.nora.user_id, address=email("nora"), permission=AT_WORK,
        via=Via.EMAIL, language="en", at=NOON, note=note(Template.LOOK))
    run(NOON)
    assert shown(cast, one) is state
    assert refusal[:3] in row(one).error
    assert "@" not in row(one).error


@pytest.mark.parametrize(("change", "why"), [
    ({"may_text": False, "safe_at_home": "yes"}, rules.NOT_ALLOWED[Via.TEXT]),
    ({"may_text": True, "safe_at_home": "no"}, rules.NOT_SAFE),
    ({"may_text": True, "safe_at_home": "not_asked"}, rules.NOT_ASKED),
    ({"may_text": True, "safe_at_home": "yes", "verified": False}, rules.NOT_READ_BACK),
])
@pytest.mark.parametrize("when", ["before it is queued", "before it is sent"])
def test_without_consent_nothing_goes_out_and_the_reason_is_kept(cast, provider, change, why, when):
    andre = cast.andre.client_id
    if when == "before it is sent":
        one = text_to(cast, due_at=NOON + timedelta(hours=1))
    (point,) = contact_of(cast.sam, client_id=andre)
    change_permissions(cast.sam, client_id=andre, contact_id=point.contact_id, may_call=True,
                         may_leave_voicemail=False, at=NOON, **{"verified": True, **change})
    if when == "before it is queued":
        one = text_to(cast)
    run(NOON + timedelta(hours=2))
    assert provider.got == []
    assert (shown(cast, one), row(one).error) == (Shown.WITHHELD, why)
    with pytest.raises(NotPossible, match=why[:20]):
        send_again(cast.sam, message_id=one, at=NOON)


def test_without_a_provider_a_text_message_never_looks_sent(cast):
    one = text_to(cast)
    assert run(NOON) == 0
    assert (shown(cast, one), row(one).error) == (Shown.WITHHELD, rules.NO_PROVIDER[Via.TEXT])


def test_a_mail_nobody_carries_is_withheld(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    email_point(cast, cast.andre, may_text=True, safe_at_home="yes")
    one = queue(cast.sam, client_id=cast.andre.client_id, via=Via.EMAIL, note=note(), at=NOON)
    assert row(one).error == rules.NO_PROVIDER[Via.EMAIL]


def test_at_night_no_text_message_goes_out_unless_it_is_for_safety(cast, provider):
    quiet = text_to(cast, at=NIGHT, due_at=NIGHT)
    late = text_to(cast, due_at=NIGHT - timedelta(hours=1))  # due before, the worker was late
    safety = text_to(cast, at=NIGHT, due_at=NIGHT, is_safety=True)
    code = text_to(cast, at=NIGHT, template=Template.CODE, pieces=CODE, due_at=NIGHT)
    assert row(quiet).due_at == MORNING
    run(NIGHT)
    assert [row(one).state for one in (quiet, late, safety, code)] == [
        "waiting", "waiting", "sent", "sent"]
    assert (run(MORNING - timedelta(seconds=1)), run(MORNING)) == (0, 2)


def test_the_programme_sets_its_quiet_hours(cast, provider):
    change_setting(cast.helen, key="quiet_from", value=22, source="own", at=NOON,
                   effective_on=NOON.date(), looked_at_by="", looked_at_on=None)
    text_to(cast, at=NIGHT, due_at=NIGHT)
    assert run(NIGHT) == 1


def test_five_tries_and_then_a_person(cast, provider):
    provider.status, at = 503, NOON
    one = text_to(cast)
    for count in range(1, 6):
        assert run(at - timedelta(seconds=1)) == 0
        assert run(at) == 1
        assert len(provider.got) == row(one).attempts == count
        at = row(one).due_at
    assert run(NOON + timedelta(days=1, hours=2)) == 0
    assert (shown(cast, one), not_sent(cast.helen, at=NOON)) == (Shown.FAILED, 1)
    provider.status = 200
    send_again(cast.sam, message_id=one, at=NOON)
    run(NOON)
    assert shown(cast, one) is Shown.SENT


def test_a_provider_that_is_not_there_is_tried_again(cast, settings):
    settings.DAYBRIDGE = settings.DAYBRIDGE.model_copy(
        update={"text_url": "http://127.0.0.1:9/", "text_token": "t"})
    one = text_to(cast)
    run(NOON)
    assert (shown(cast, one), row(one).due_at) == (Shown.WAITING, NOON + timedelta(minutes=1))


@pytest.mark.parametrize("fault", ["hangs up", "breaks down"])
def test_no_answer_is_not_known_and_nothing_goes_out_twice(cast, provider, fault):
    provider.hangs_up, provider.status = fault == "hangs up", 500
    one = text_to(cast)
    run(NOON)
    assert shown(cast, one) is Shown.UNKNOWN
    assert run(NOON + timedelta(hours=3)) == 0
    assert len(provider.got) == 1


def test_a_crash_after_the_claim_is_not_known(cast, provider):
    one = text_to(cast)
    assert claim(MESSENGER, at=NOON).message_id == one
    assert shown(cast, one) is Shown.SENDING
    later = NOON + timedelta(hours=1)
    assert run(later) == 0
    assert provider.got == []
    assert shown(cast, one, later) is Shown.UNKNOWN
    with pytest.raises(NotPossible):
        send_again(cast.sam, message_id=one, at=NOON)  # still being sent
    send_again(cast.sam, message_id=one, at=later)
    run(later)
    assert shown(cast, one, later) is Shown.SENT


def test_only_what_was_claimed_is_marked(cast, provider):
    one = text_to(cast)
    with pytest.raises(NotClaimed):
        mark_sent(MESSENGER, message_id=one, reference="", at=NOON)


def test_a_code_is_read_by_its_receiver_alone(cast, provider):
    one = text_to(cast, actor=system(Role.SIGN_IN), template=Template.CODE, pieces=CODE)
    kept = row(one)
    assert HIDDEN in kept.body
    assert "482915" not in kept.body + kept.sealed
    run(NOON)
    assert provider.got[0]["body"]["text"].startswith("Your code is 482915.")
    assert row(one).sealed == ""


def test_a_code_that_comes_too_late_stays_here(cast, provider):
    one = text_to(cast, template=Template.CODE, pieces=CODE, until=NOON + timedelta(minutes=10))
    run(NOON + timedelta(minutes=10))
    assert (provider.got, row(one).error, row(one).sealed) == ([], rules.TOO_LATE, "")


def test_the_same_occasion_is_one_message(cast, provider):
    one, two = (text_to(cast, once="reminder:7") for _ in range(2))
    assert one == two
    assert run(NOON) == 1


def test_a_waiting_message_is_taken_back(cast, provider):
    one = text_to(cast)
    take_back(cast.sam, message_id=one, at=NOON)
    assert (run(NOON), row(one).error) == (0, rules.TAKEN_BACK)


def test_words_that_tell_are_refused(cast, provider):
    with pytest.raises(NotNeutral, match="riverside"):
        text_to(cast, template=Template.CALL, pieces={"name": "Nora Riverside", "phone": "555-0100"})


def test_a_visitor_is_written_to_as_their_form_allows(cast, provider):
    ask = {"user_id": None, "address": "555-0177", "via": Via.TEXT, "language": "es", "at": NOON,
           "note": note(pieces={"when": "jue 10:30"})}
    yes = queue_to_address(ANONYMOUS, permission=Permission(agreed=True, safe_at_home="yes"), **ask)
    no = queue_to_address(ANONYMOUS, permission=Permission(agreed=False, safe_at_home="yes"), **ask)
    run(NOON)
    assert [row(one).state for one in (yes, no)] == ["sent", "withheld"]
    assert row(no).address == ""
    with pytest.raises(NotPossible, match="not agreed"):
        send_again(cast.sam, message_id=no, at=NOON)


def test_jobs_may_queue_without_reading_numbers(cast, provider):
    for role in (Role.SESSIONS, Role.NIGHTLY, Role.SIGN_IN):
        assert row(text_to(cast, actor=system(role))).state == "waiting"
        with pytest.raises(Refused):
            outbox(system(role), at=NOON)


def test_who_sees_which_messages(cast, provider):
    for person in (cast.maria, cast.andre, cast.jonah):
        text_to(cast, person)
    seen = {first: sum(outbox(cast.everyone[first], at=NOON).counts.values())
            for first in ("helen", "sam", "fay", "tess", "nora", "paul")}
    assert seen == {"helen": 3, "sam": 3, "fay": 2, "tess": 1, "nora": 1, "paul": 1}
    for first in ("maria", "bill", "visitor", "tom"):
        with pytest.raises(Refused):
            outbox(cast.everyone[first], at=NOON)
    assert len(messages_of(cast.maria.account, client_id=cast.maria.client_id, at=NOON)) == 1
    with pytest.raises(Refused):
        text_to(cast, cast.jonah, actor=cast.fay)  # blocked


def test_the_page_says_why_and_sends_again(cast, provider):
    provider.status = 400
    one, two = text_to(cast), text_to(cast, due_at=NOON + timedelta(hours=1))
    run(NOON)
    with clock.demo_time(NOON):
        browser: Client = sign_in(cast.fay)
        page = browser.get("/outbox/").content.decode()
        assert "The provider refused it (answer 400)." in page
        assert "Andre Novak" in page
        assert browser.post(f"/outbox/{one}/again/").status_code == 302
        assert browser.post(f"/outbox/{two}/back/").status_code == 302
        assert browser.post(f"/outbox/{two}/back/").status_code == 409
        assert "Why withheld: Taken back before it was sent." in browser.get("/outbox/").content.decode()
    assert [row(pk).state for pk in (one, two)] == ["waiting", "withheld"]


def test_the_page_says_that_nobody_carries_text_messages(cast):
    text_to(cast)
    page = sign_in(cast.fay).get("/outbox/").content.decode()
    assert page.count(rules.NO_PROVIDER[Via.TEXT]) == 2  # the house, and the message

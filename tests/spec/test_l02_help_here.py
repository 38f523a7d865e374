"""L2. Somebody in a group or at the door needs help: one tap, and nobody is told that it is well."""

from datetime import timedelta

import pytest

from daybridge.access import clock
from daybridge.access.gate import Refused
from daybridge.care.hours.commands_card import open_card
from daybridge.care.hours.queries_card import FOR, emergency_card
from daybridge.care.medicines.commands import list_allergy
from daybridge.care.medicines.queries import allergies_of
from daybridge.care.schedule.commands import open_session
from daybridge.care.schedule.queries import sessions
from daybridge.clinic.people.commands import add_supporter
from daybridge.clinic.tasks.commands import take
from daybridge.clinic.tasks.queries import tasks_of, unclaimed_alerts
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.story import WEEK


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def address(cast):
    """Maria is in Monday's group, which is open."""
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, story.groups(cast).monday)
    (one,) = sessions(cast.helen, first=WEEK, last=WEEK)
    open_session(cast.nora, occurrence_id=one.occurrence_id, at=NOON)
    return f"/clients/{cast.maria.client_id}/help-here/"


def called(cast):
    return [one for one in unclaimed_alerts(cast.nora, at=NOON) if one.title.startswith("Needs help here")]


def test_one_tap_in_the_room_or_at_the_door_calls_the_team(cast, address):
    """The room's page and the day's list hold the button; the call names the place and the caller."""
    (one,) = sessions(cast.helen, first=WEEK, last=WEEK)
    for page in (f"/sessions/{one.occurrence_id}/group/", f"/sessions/{one.occurrence_id}/"):
        assert f'action="{address}"' in sign_in(cast.nora).get(page).content.decode()
    fay = sign_in(cast.fay)
    assert f'action="{address}"' in fay.get("/arrivals/").content.decode()
    answer = fay.post(address, {"where": "Front desk"}, follow=True)
    assert "see whether somebody has taken it" in answer.content.decode()
    (alert,) = called(cast)
    assert alert.title == "Needs help here: Front desk"
    assert alert.client_id == cast.maria.client_id
    assert "Fay" in alert.why


def test_until_somebody_takes_it_the_page_says_that_nobody_has(cast, address, monkeypatch):
    """Nothing reassures before a name stands there."""
    nora = sign_in(cast.nora)
    page = nora.post(address, {"where": "Room 2"}, follow=True).content.decode()
    assert "Nobody has taken it yet" in page
    assert "Call " in page
    (alert,) = called(cast)
    take(cast.vera, task_id=alert.task_id, at=NOON)
    page = nora.get(address).content.decode()
    assert "Taken" in page
    assert cast.vera.name in page
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=3))
    page = sign_in(cast.nora).get(address).content.decode()
    assert "No call is open" in page, "an old call that nobody closed is nobody coming now"


def test_tapped_twice_is_one_call(cast, address):
    """Whoever taps again in the same minute has not called twice."""
    for _ in range(2):
        sign_in(cast.nora).post(address, {"where": "Room 2" * 90})
    assert len(called(cast)) == 1


def test_nobody_else_meets_the_name(cast, address):
    """A counsellor of somebody else, a client and a visitor get no name and open no call."""
    for actor in (cast.paul, cast.maria.account, cast.andre.account, cast.everyone["ana"]):
        browser = sign_in(actor)
        assert "Help here for" not in browser.get(address).content.decode()
        assert browser.post(address, {"where": "x"}).status_code in {302, 403, 404}
    assert called(cast) == []


def card(client, address):
    return client.post(address, {"do": "card"}, follow=True)


def test_the_emergency_card_opens_after_a_call_for_thirty_minutes(cast, address, monkeypatch):
    """The desk sees allergies, seizures and whom to call, which it never sees else; then it is shut again."""
    list_allergy(cast.osei, client_id=cast.maria.client_id, to="Penicillin", reaction="hives",
                 severity="severe", at=NOON)
    add_supporter(cast.nora, client_id=cast.maria.client_id, name="Ana Delgado", kind="family",
                  relation="sister", phone="518-555-0177", is_safe="yes", at=NOON)
    fay = sign_in(cast.fay)
    assert "Penicillin" not in fay.get(address).content.decode()
    assert "Call help first" in card(fay, address).content.decode()

    fay.post(address, {"where": "Front desk"})
    page = card(fay, address).content.decode()
    assert "No call is open" not in page, "whoever can't see the task still sees that help was called"
    for words in ("Penicillin", "hives", "Ana Delgado", "518-555-0177", "not asked yet"):
        assert words in page
    assert "Penicillin" not in sign_in(cast.tom).get(address).content.decode()  # each opens it for themselves

    later = NOON + timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Penicillin" not in sign_in(cast.fay).get(address).content.decode()


def test_opening_the_card_is_said_to_the_team_once(cast, address):
    """Opened twice is one grant and one task; what nobody has asked is not called none."""
    fay = sign_in(cast.fay)
    fay.post(address, {"where": "Front desk"})
    for _ in range(2):
        page = card(fay, address).content.decode()

    assert "Not known: nobody has asked" in page
    assert "Nobody is on record" in page
    tasks = tasks_of(cast.nora, client_id=cast.maria.client_id, at=NOON)
    assert [one.title for one in tasks if "card" in one.title] == ["Emergency card opened by Fay Jensen"]
    assert emergency_card(cast.fay, client_id=cast.maria.client_id, at=NOON).until == NOON + FOR
    assert emergency_card(cast.nora, client_id=cast.maria.client_id, at=NOON) is None


def test_who_has_no_business_with_it_opens_no_card(cast, address):
    """Billing and the auditor are refused; the database gives the desk's login nothing either way."""
    for actor in (cast.bill, cast.quinn):
        with pytest.raises(Refused):
            open_card(actor, client_id=cast.maria.client_id, at=NOON)
    open_help = sign_in(cast.fay)
    open_help.post(address, {"where": "Front desk"})
    card(open_help, address)
    with pytest.raises(Refused):
        allergies_of(cast.fay, client_id=cast.maria.client_id)


def test_the_technician_calls_help_too(cast, address):
    """Whoever collects a specimen may be the one who sees it first."""
    assert sign_in(cast.tom).post(address, {"where": "Room 1"}).status_code == 302

    (alert,) = called(cast)
    assert "Tom" in alert.why

"""L2. "I am here" at a tablet: one's own code, the same words for everybody, guessing leads nowhere."""

import re

import pytest
from django.conf import settings
from django.test import Client

from daybridge.access import clock
from daybridge.care.hours.commands_kiosk import make_code
from daybridge.care.hours.queries import arrivals_at
from daybridge.care.hours.queries_kiosk import code_of
from daybridge.care.schedule.queries import sessions
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import MON, WEEK


@pytest.fixture
def door(cast, monkeypatch):
    """Maria is expected at 10:30; a tablet stands at the door; it is 10:10."""
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, story.groups(cast).monday)
    at = story.local(WEEK, 10, 10)
    monkeypatch.setattr(clock, "now", lambda: at)
    shown = sign_in(cast.helen).post("/kiosks/", {"do": "add", "name": "Front door"}).content.decode()
    return "/kiosk/" + shown.split("/kiosk/")[1].split('"')[0]


def say(door, code):
    """Type a code as somebody at the door does; return what the tablet shows."""
    answer = Client().post(door, {"code": code}, follow=True)
    drawn = rb'nonce="[^"]*"|[A-Za-z0-9]{64}|[0-9a-f]{8}-[0-9a-f-]{27}'
    shown = re.sub(drawn, b"", answer.content)  # what is drawn anew for each page
    return answer.status_code, shown, answer.headers.get("Refresh")


def came(cast):
    one = sessions(cast.nora, first=WEEK, last=WEEK)[0]
    return set(arrivals_at(cast.fay, occurrence_id=one.occurrence_id))


def test_a_client_checks_in_by_their_own_code_and_the_desk_sees_it(cast, door):
    """Made on the own page; typed with a space; the arrivals page has them; the words clear by themselves."""
    maria = sign_in(cast.maria.account)
    assert maria.post("/my/code/").status_code == 302
    code = code_of(cast.maria.account, client_id=cast.maria.client_id)
    assert f"{code[:3]} {code[3:]}" in maria.get("/my/code/").content.decode()
    status, shown, refresh = say(door, f"{code[:3]} {code[3:]}")
    assert status == 200
    assert b"Thank you. Take a seat or see the desk." in shown
    assert refresh == f"8; url={door}"
    assert came(cast) == {cast.maria.client_id}
    assert "Maria" not in shown.decode()
    assert code not in shown.decode()


def test_known_and_unknown_too_early_and_nonsense_get_the_same_bytes(cast, door, monkeypatch):
    """Nobody learns from the tablet who comes here, or that a code is somebody's."""
    code = make_code(cast.nora, client_id=cast.maria.client_id, at=MON)
    early = story.local(WEEK, 7)
    monkeypatch.setattr(clock, "now", lambda: early)
    answers = {say(door, typed) for typed in (code, "000000", "", "abc", "9" * 500, "' OR 1=1 --", "\0")}
    assert len(answers) == 1
    assert came(cast) == set()


def test_a_thousand_guesses_reveal_nothing_and_are_not_listened_to(cast, door):
    """After ten codes of nobody even the right one does nothing for five minutes; the director sees it."""
    code = make_code(cast.nora, client_id=cast.maria.client_id, at=MON)
    browser = Client()
    answers = {browser.post(door, {"code": f"{number:06d}"}).status_code
               for number in range(1000) if f"{number:06d}" != code}
    assert answers == {302}
    say(door, code)
    assert came(cast) == set()
    assert "many wrong codes" in sign_in(cast.helen).get("/kiosks/").content.decode()


def test_a_new_code_ends_the_old_one_and_a_tablet_can_be_taken_away(cast, door):
    """Both at once; another's code is nobody's to make; an address that is over tells nothing."""
    old = make_code(cast.nora, client_id=cast.maria.client_id, at=MON)
    new = make_code(cast.nora, client_id=cast.maria.client_id, at=MON)
    say(door, old)
    assert came(cast) == set()
    say(door, new)
    assert came(cast) == {cast.maria.client_id}
    helen = sign_in(cast.helen)
    device = helen.get("/kiosks/").content.decode().split('name="device" value="')[1].split('"')[0]
    assert helen.post("/kiosks/", {"do": "end", "device": device}).status_code == 302
    over = Client().get(door)
    assert over.status_code == 404
    assert over.content == Client().get("/kiosk/never/").content
    assert helen.post("/kiosks/", {"do": "add", "name": "  "}).status_code == 422
    assert sign_in(cast.nora).get("/kiosks/").status_code == 403


def test_the_next_person_finds_the_houses_language_and_no_way_in(cast, door):
    """Spanish chosen by one is gone with the thanks; the name at the top leads nowhere."""
    browser = Client()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    thanked = browser.post(door, {"code": "123456"}, follow=True)
    assert 'lang="es"' in thanked.content.decode()

    page = browser.get(door).content.decode()
    assert 'lang="en"' in page
    assert 'class="db-brand" href' not in page

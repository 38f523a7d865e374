"""Clients come in by password or by a code, on channels they agreed to and that are safe."""

import re
import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from daybridge.access import identity, posting
from daybridge.access.actors import system
from daybridge.access.models import User
from daybridge.access.policy import Role
from daybridge.clinic.people.commands import add_contact_point
from daybridge.clinic.people.models import ContactPoint
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON, PASSWORD

ASK, CONFIRM = reverse("account_request_login_code"), reverse("account_confirm_login_code")
HOME = reverse("pages:client_home")
TOLD = re.compile(r"maria|daybridge|riverside|clinic|treat|programme|therap|drug", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def texts(monkeypatch):
    """A provider for text messages that keeps what it was given."""
    sent: list[tuple[str, str]] = []
    monkeypatch.setitem(posting._carriers, "text", lambda to, words: sent.append((to, words)))
    return sent


@pytest.fixture
def maria(cast):
    """Maria, who agreed to e-mail at an address that is safe."""
    reach(cast, "email", "maria@home.example")
    return cast.maria


def reach(cast, kind: str, value: str, *, first="maria", agreed=True, safe="yes",
          verified=True) -> None:
    add_contact_point(
        cast.sam, client_id=getattr(cast, first).client_id, kind=kind, value=value,
        may_text=agreed, safe_at_home=safe, verified=verified, at=NOON,
    )


def ask(where: str) -> tuple[Client, str]:
    """Ask for a code and return the browser and the page that asks for it."""
    browser = Client()
    page = browser.post(ASK, {"reach": where}, follow=True).content.decode()
    posting._threads.submit(int).result(10)
    time.sleep(0.05)  # the second thread of the post
    return browser, page


def code_in(words: str) -> str:
    return re.search(r"code is (\S+)\. It", words)[1]


def test_a_code_by_e_mail_opens_the_clients_page(maria):
    browser, _ = ask("Maria@home.example")
    (letter,) = mail.outbox

    browser.post(CONFIRM, {"code": code_in(letter.body)})

    assert browser.get(HOME).status_code == 200
    assert not TOLD.search(letter.subject + letter.body)


def test_a_code_by_text_opens_the_clients_page(cast, texts):
    browser, _ = ask("(555) 0142")
    ((to, words),) = texts

    browser.post(CONFIRM, {"code": code_in(words)})

    assert to == "(555) 0142"
    assert browser.get(HOME).status_code == 200
    assert not TOLD.search(words)


def test_a_password_opens_the_clients_page(cast):
    browser = Client()

    browser.post(reverse("account_login"), {"login": "maria@home.example", "password": PASSWORD})

    assert browser.get(HOME).status_code == 200


def plain(page: str) -> str:
    """Return a page without its token and the address that was typed."""
    return re.sub(r"[\w.]+@home\.example|[A-Za-z0-9]{64}", "", page)


def test_known_and_unknown_addresses_get_the_same_answer(maria):
    _, known = ask("maria@home.example")
    _, unknown = ask("nobody@home.example")

    assert plain(known) == plain(unknown)
    assert "If a code may be sent to" in known
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "change",
    [{"may_text": False}, {"safe_at_home": "no"}, {"safe_at_home": "not_asked"}, {"verified_at": None}],
)
def test_no_code_goes_where_it_is_not_agreed_safe_and_read_back(cast, texts, change):
    with identity.acting(cast.sam):
        ContactPoint.objects.filter(client_id=cast.maria.client_id).update(**change)

    ask("555-0142")

    assert texts == []


def test_a_number_of_two_clients_opens_nobodys_page(cast, texts):
    reach(cast, "phone", "555-0142", first="andre")

    ask("555-0142")

    assert texts == []


def test_a_code_never_goes_to_a_number_abroad_with_the_same_digits(cast, texts):
    reach(cast, "phone", "212-555-0177")

    ask("+44 212 555 0177")
    assert texts == []
    ask("+1 212 555 0177")
    assert len(texts) == 1


def test_staff_get_no_code(cast):
    ask("nora@clinic.example")

    assert mail.outbox == []


def test_a_leaver_among_clients_gets_no_code(maria):
    with identity.acting(system(Role.SIGN_IN)):
        User.objects.filter(pk=maria.account.user_id).update(is_active=False)

    ask("maria@home.example")

    assert mail.outbox == []


def test_five_wrong_codes_end_it(maria):
    browser, _ = ask("maria@home.example")
    wrong = [browser.post(CONFIRM, {"code": "no"}).status_code for _ in range(5)]

    browser.post(CONFIRM, {"code": code_in(mail.outbox[0].body)})

    assert wrong == [200, 200, 200, 200, 302]
    assert browser.get(HOME).status_code == 302


def test_a_code_ends_after_ten_minutes(maria, monkeypatch):
    browser, _ = ask("maria@home.example")
    late = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: late)

    browser.post(CONFIRM, {"code": code_in(mail.outbox[0].body)})

    assert browser.get(HOME).status_code == 302


def test_a_fourth_code_within_a_minute_is_not_sent(maria):
    for _ in range(4):
        ask("maria@home.example")

    assert len(mail.outbox) == 3


def own_page(first: str) -> str:
    return reverse("people:invite_client", args=[first])


def test_intake_gives_a_client_their_own_page_by_a_safe_channel(cast, texts):
    from daybridge.clinic.people.commands import register_client

    client_id = register_client(cast.sam, preferred_name="Rosa Lind", language="es", at=NOON)
    contact_id = add_contact_point(
        cast.sam, client_id=client_id, kind="phone", value="555-0190", may_text=True,
        safe_at_home="yes", verified=True, at=NOON,
    )
    sam = sign_in(cast.sam)
    details = sam.get(reverse("people:details", args=[client_id])).content.decode()

    answer = sam.post(own_page(client_id), {"contact": contact_id})
    ((to, words),) = texts
    link = re.search(r"http://testserver(\S+)", words)[1]
    rosa = Client()
    rosa.post(link, {"password": ""})

    assert "Invite by text to 555-0190" in details
    assert link not in answer.content.decode()
    assert (to, bool(TOLD.search(words.split("http")[0]))) == ("555-0190", False)
    assert rosa.get(HOME).status_code == 200
    browser, _ = ask("555-0190")
    browser.post(CONFIRM, {"code": re.search(r"\b([A-Z0-9]{3,}-?[A-Z0-9]{3,})\b", texts[1][1])[1]})
    assert browser.get(HOME).status_code == 200


def test_without_any_channel_the_link_is_handed_over_and_a_second_ends_the_first(cast):
    sam = sign_in(cast.sam)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        pages = [sam.post(own_page(cast.maria.client_id), {"contact": ""}) for _ in range(2)]
    links = [re.search(r"/welcome/[^/]+/", page.content.decode())[0] for page in pages]

    assert [Client().get(link).status_code for link in links] == [410, 200]
    assert mail.outbox == []


@pytest.mark.parametrize("first", ["fay", "nora", "leo", "quinn", "ana", "andre"])
def test_only_who_sets_ties_opens_a_page(cast, first):
    answer = sign_in(cast.everyone[first]).post(own_page(cast.maria.client_id), {"contact": ""})

    assert answer.status_code == 403

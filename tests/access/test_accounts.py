"""Coming in: by invitation, once, in time; the second factor; recovery codes; leaving."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from daybridge.access import clock, identity
from daybridge.access.accounts import end_account
from daybridge.access.actors import system
from daybridge.access.invitation import Invitation
from daybridge.access.models import User
from daybridge.access.policy import Role
from daybridge.site import settings as real
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON, PASSWORD

NEW = {
    "name": "Greta Holm", "email": "greta@clinic.example", "job": "counsellor",
    "credential": "LCSW", "roles": ["counsellor"], "kind": "LCSW", "number": "77", "state": "ny",
    "first": "2024-01-01", "last": "2027-12-31",
}
CHOSEN = "four words of mine"
SIGN_IN = reverse("account_login")


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def real_clinic(monkeypatch):
    """A programme with real clients: nobody gets past the second factor."""
    monkeypatch.setattr(settings.DAYBRIDGE, "kind", "real")


def link_in(text: str) -> str:
    return re.search(r"http://testserver(/welcome/[^/\"]+/)", text)[1]


def director(cast) -> Client:
    """The director, second factor given."""
    browser = sign_in(cast.helen)
    with identity.acting(system(Role.SIGN_IN)):
        session = browser.session
        session["second_factor"] = True
        session.save()
    return browser


def invite_greta(cast) -> str:
    director(cast).post(reverse("people:invite"), NEW)
    return link_in(mail.outbox[-1].body)


def account(email: str) -> User:
    with identity.acting(system(Role.SIGN_IN)):
        return User.objects.get(email=email)


def test_an_invitation_makes_account_staff_and_licence_and_tells_nothing_by_mail(cast):
    answer = sign_in(cast.helen).post(reverse("people:invite"), NEW)
    page = sign_in(cast.helen).get(reverse("pages:staff")).content.decode()

    assert answer.status_code == 200
    assert "/welcome/" not in answer.content.decode()
    assert "Greta Holm, LCSW" in page
    assert "LCSW 77, NY" in page
    (letter,) = mail.outbox
    assert letter.to == ["greta@clinic.example"]
    told = (letter.subject + letter.body.split("http")[0]).lower()
    assert not re.search(r"greta|daybridge|riverside|clinic|treat|invit|programme|staff", told)


def test_the_link_is_kept_as_a_digest_only(cast):
    link = invite_greta(cast)

    with identity.acting(cast.helen):
        stored = Invitation.objects.order_by("pk").last().digest
    assert len(stored) == 64
    assert stored not in link


def test_without_a_mail_server_the_page_says_so_and_shows_the_link(cast):
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        before = sign_in(cast.helen).get(reverse("people:invite")).content.decode()
        after = sign_in(cast.helen).post(reverse("people:invite"), NEW).content.decode()

    assert "No mail server is set up" in before
    assert "Hand the link over in person" in after
    assert Client().get(link_in(after)).status_code == 200


@pytest.mark.parametrize("first", ["vera", "nora", "sam", "fay", "pia", "maria"])
def test_only_a_director_invites(cast, first):
    assert sign_in(cast.everyone[first]).post(reverse("people:invite"), NEW).status_code == 403


def test_an_address_is_invited_once_and_a_licence_is_whole(cast):
    invite_greta(cast)

    again = sign_in(cast.helen).post(reverse("people:invite"), NEW)
    half = sign_in(cast.helen).post(
        reverse("people:invite"), {**NEW, "email": "x@clinic.example", "last": ""}
    )

    assert (again.status_code, half.status_code) == (422, 422)
    assert "an account with this e-mail address already" in again.content.decode()


def test_a_link_works_once_and_a_look_does_not_use_it(cast):
    link, browser = invite_greta(cast), Client()
    looks = [Client().get(link).status_code for _ in range(2)]

    short = browser.post(link, {"password": "short"})
    first = browser.post(link, {"password": CHOSEN})
    second = Client().post(link, {"password": "another one of theirs"})

    assert looks == [200, 200]
    assert (short.status_code, first.status_code, second.status_code) == (422, 302, 410)
    assert account("greta@clinic.example").check_password(CHOSEN)
    assert browser.get("/", follow=True).status_code == 200


def test_a_link_ends_after_three_days_and_when_a_newer_one_is_made(cast, monkeypatch):
    old = invite_greta(cast)
    with identity.acting(cast.helen):
        staff_id = account("greta@clinic.example").staff.pk
    sign_in(cast.helen).post(reverse("people:new_way_in", args=[staff_id]))
    new = link_in(mail.outbox[-1].body)
    assert [Client().get(link).status_code for link in (old, new)] == [410, 200]

    late = clock.now() + timedelta(days=3, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: late)

    assert Client().post(new, {"password": CHOSEN}).status_code == 410


def code_of(secret: str, *, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def set_up_totp(browser: Client) -> list[str]:
    """Set up an authenticator app on the real page and return the recovery codes shown."""
    page = browser.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200, page.headers
    secret = page.context["form"].secret
    browser.secret = secret
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    return re.findall(r"\b\d{8}\b", answer.content.decode())


def test_the_way_in_from_link_to_first_page_in_a_real_programme(cast, real_clinic):
    link, browser = invite_greta(cast), Client()
    browser.post(link, {"password": CHOSEN})

    stopped = browser.get(reverse("pages:today"))
    setup = browser.get(reverse("mfa_activate_totp")).content.decode()
    codes = set_up_totp(browser)

    assert stopped.headers["Location"] == reverse("mfa_index")
    assert 'src="data:image/svg+xml;' in setup
    assert len(codes) == 10
    assert browser.get(reverse("pages:today")).status_code == 200


def test_recovery_codes_are_shown_once(cast, real_clinic):
    link, browser = invite_greta(cast), Client()
    browser.post(link, {"password": CHOSEN})
    codes = set_up_totp(browser)

    again = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    file = browser.get(reverse("mfa_download_recovery_codes"))

    assert len(codes) == 10
    assert not any(code in again for code in codes)
    assert file.status_code in (403, 404)


@pytest.fixture
def greta(cast, real_clinic):
    """A new counsellor with authenticator app and recovery codes, signed out."""
    browser = Client()
    browser.post(invite_greta(cast), {"password": CHOSEN})
    browser.codes = set_up_totp(browser)
    browser.post(reverse("account_logout"))
    cache.clear()  # the app's code may be used again: it is the same half minute
    return browser


def by_password(browser: Client) -> Client:
    browser.post(SIGN_IN, {"login": "greta@clinic.example", "password": CHOSEN})
    return browser


def test_a_password_alone_opens_nothing(greta):
    by_password(greta)

    assert greta.get(reverse("pages:today")).headers["Location"].startswith(SIGN_IN)


def test_password_and_app_code_open(greta):
    answer = by_password(greta).post(
        reverse("mfa_authenticate"), {"code": code_of(greta.secret)}
    )

    assert answer.status_code == 302
    assert greta.get(reverse("pages:today")).status_code == 200


def test_an_app_code_works_once(greta):
    code = code_of(greta.secret)
    by_password(greta).post(reverse("mfa_authenticate"), {"code": code})
    other = by_password(Client())

    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_a_wrong_code_says_so_and_five_of_them_end_it(greta):
    by_password(greta)
    wrong = greta.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    for _ in range(4):
        greta.post(reverse("mfa_authenticate"), {"code": "000000"})

    right = greta.post(reverse("mfa_authenticate"), {"code": code_of(greta.secret)})

    assert "Incorrect code" in wrong
    assert 'aria-invalid="true"' in wrong
    assert right.status_code == 200
    assert "Too many failed" in right.content.decode()
    assert greta.get(reverse("pages:today")).status_code == 302


def test_a_recovery_code_works_once(greta):
    code = greta.codes[0]
    first = by_password(greta).post(reverse("mfa_authenticate"), {"code": code})
    second = by_password(Client()).post(reverse("mfa_authenticate"), {"code": code})

    assert (first.status_code, second.status_code) == (302, 200)


def test_the_secret_is_not_stored_in_plain(greta):
    with identity.acting(system(Role.SIGN_IN)):
        kept = [str(one.data) for one in Authenticator.objects.all()]

    assert len(kept) == 2
    assert not any(greta.secret in text for text in kept)


def test_a_new_way_in_forgets_password_and_second_factor(greta, cast):
    by_password(greta).post(reverse("mfa_authenticate"), {"code": code_of(greta.secret)})
    with identity.acting(cast.helen):
        staff_id = account("greta@clinic.example").staff.pk
    director(cast).post(reverse("people:new_way_in", args=[staff_id]))

    assert greta.get(reverse("pages:today")).headers["Location"].startswith("/")
    assert greta.get(reverse("pages:today")).status_code == 302
    with identity.acting(system(Role.SIGN_IN)):
        assert not Authenticator.objects.exists()


def test_both_sessions_of_a_leaver_end_at_once(cast):
    office, home = sign_in(cast.nora), sign_in(cast.nora)
    assert [one.get(reverse("pages:today")).status_code for one in (office, home)] == [200, 200]

    sign_in(cast.helen).post(reverse("pages:leaving", args=[cast.staff_ids["nora"]]), {
        "in_charge_to": cast.staff_ids["osei"], "primary_to": cast.staff_ids["paul"]})

    for browser in (office, home):
        answer = browser.get(reverse("pages:today"), follow=True)
        assert answer.redirect_chain[-1][0].startswith(SIGN_IN)
    right = Client().post(SIGN_IN, {"login": "nora@clinic.example", "password": PASSWORD})
    assert right.status_code == 200


def test_a_leavers_old_session_stays_dead_if_the_account_is_opened_again(cast):
    browser = sign_in(cast.nora)
    end_account(cast.helen, user_id=cast.nora.user_id, at=NOON)
    with identity.acting(system(Role.SIGN_IN)):
        User.objects.filter(pk=cast.nora.user_id).update(is_active=True)

    assert browser.get(reverse("pages:today")).status_code == 302


def test_the_last_director_stays(cast):
    answer = sign_in(cast.helen).post(reverse("pages:leaving", args=[cast.staff_ids["helen"]]))

    assert answer.status_code == 422
    assert sign_in(cast.helen).get(reverse("pages:staff")).status_code == 200


def test_the_lock_can_not_be_guessed_open_nor_walked_round(cast):
    browser = sign_in(cast.nora)
    browser.post(reverse("access:lock"))
    round_it = browser.get(reverse("mfa_index"))
    guesses = [
        browser.post(reverse("access:unlock"), {"password": "guess"}).status_code for _ in range(11)
    ]

    right = browser.post(reverse("access:unlock"), {"password": PASSWORD})

    assert round_it.status_code == 423
    assert guesses == [403] * 10 + [429]
    assert right.status_code == 429


def test_a_draft_is_given_back_to_its_author_and_goes_when_saved(cast):
    draft, sam = reverse("access:draft", args=["new-person"]), sign_in(cast.sam)
    sam.post(draft, {"preferred_name": "Rosa Lind"})
    kept = sam.get(draft).json()
    others = sign_in(cast.helen).get(draft).json()

    sam.post(reverse("people:new"), {
        "preferred_name": "Rosa Lind", "language": "en", "_draft": "new-person",
        "_key": "9b2f0c8e-7c1d-4a53-9a5e-0d5a6c1f2b3c",
    })

    assert kept["fields"] == {"preferred_name": "Rosa Lind"}
    assert others == {}
    assert sam.get(draft).json() == {}


def test_passwords_are_hashed_with_argon2():
    from django.contrib.auth.hashers import check_password, make_password

    with override_settings(PASSWORD_HASHERS=real.PASSWORD_HASHERS):
        kept = make_password(CHOSEN)

        assert kept.startswith("argon2$argon2id$")
        assert check_password(CHOSEN, kept)


def test_a_real_clinic_offers_no_one_click_sign_in(cast, real_clinic):
    page = Client().get(SIGN_IN).content.decode()
    door = Client().post(reverse("access:demo_sign_in"), {"email": "nora@clinic.example"})

    assert "come in as somebody" not in page
    assert door.status_code == 404


def test_nobody_adds_a_sign_in_address_to_their_account(cast):
    answer = sign_in(cast.maria.account).post("/accounts/email/", {
        "action_add": "", "email": "other@home.example"})

    assert answer.status_code == 405
    assert sign_in(cast.maria.account).get("/accounts/email/").status_code == 200

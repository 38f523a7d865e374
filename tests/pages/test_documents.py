"""Pages of consents, letters, documents and requests, as the people who use them."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from daybridge.access import clock, identity
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.models import User
from daybridge.access.policy import DataClass
from daybridge.clinic.people.commands_access import invite_supporter
from daybridge.clinic.people.queries import supporters_of
from daybridge.documents.queries import consents_of, disclosures_of
from daybridge.documents.queries_files import documents_of
from daybridge.documents.queries_requests import requests_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import FOUNDED

NOW = story.local(story.WEEK + timedelta(days=2), 15)


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    """Stand at a Wednesday afternoon."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def build(cast, browser=None, **changes):
    """Send the builder's form; return the answer."""
    sent = {"kind": "court", "recipient": "County Court", "address": "1 Court Square",
            "purpose": "criminal_justice", "classes": ["attendance", "stay"], "language": "en",
            "expires_on": "2027-03-01", "do": "offer", **changes}
    where = reverse("pages:consent_new", args=[cast.maria.client_id])
    return (browser or sign_in(cast.nora)).post(where, sent)


def consent(cast):
    """Return Maria's newest consent."""
    return consents_of(cast.nora, client_id=cast.maria.client_id)[0]


def text(answer):
    return answer.content.decode()


def test_a_consent_is_read_before_anybody_signs_and_signed_on_the_clients_page(cast):
    preview = text(build(cast, do="preview"))
    assert "which sessions I came to, and for how long" in preview
    assert "Nothing is signed yet." in preview
    assert consents_of(cast.nora, client_id=cast.maria.client_id) == []

    build(cast)
    maria = sign_in(cast.maria.account)
    here = reverse("pages:my_consents")
    assert "County Court" in text(maria.get(here))
    maria.post(here, {"do": "sign", "consent": consent(cast).consent_id})

    signed = consent(cast)
    assert signed.state(NOW) == "live"
    assert not signed.signed.witnessed
    maria.post(here, {"do": "stop", "consent": signed.consent_id})
    assert consent(cast).state(NOW) == "stopped"


def test_at_the_desk_a_member_of_staff_is_the_witness(cast):
    build(cast)
    nora, here = sign_in(cast.nora), reverse("pages:consents", args=[cast.maria.client_id])
    sent = {"do": "sign", "consent": consent(cast).consent_id, "name": "Maria <b>Delgado</b>"}

    refused = nora.post(here, sent)
    assert refused.status_code == 422
    assert "you are the witness" in text(refused)
    assert "Maria &lt;b&gt;Delgado&lt;/b&gt;" in text(refused)
    assert nora.post(here, {**sent, "beside": "yes"}).status_code == 302

    assert consent(cast).signed.witnessed


def test_a_scan_of_the_signed_paper_is_the_signature(cast):
    build(cast)
    nora, here = sign_in(cast.nora), reverse("pages:papers", args=[cast.maria.client_id])

    nora.post(here, {"kind": "consent", "consent": consent(cast).consent_id, "bound_to": "", "about": "",
                     "file": SimpleUploadedFile("Maria Delgado.pdf", b"%PDF-1.7 paper")})

    assert consent(cast).state(NOW) == "live"
    (kept,) = documents_of(cast.nora, client_id=cast.maria.client_id)
    assert kept.bound_to == "consents"


@pytest.mark.parametrize(("name", "content", "words"), [
    ("scan.pdf", b"<svg onload='alert(1)'/>", "SVG"), ("../../x.pdf", b"PK\x03\x04" + b"0" * 99, "packed"),
    ("a" * 300 + ".pdf", b"\0" * 10_000_001, "larger than 10 MB"), ("e.pdf", b"", "empty"),
    (None, b"", "Choose the file"),
])
def test_a_file_that_may_not_enter_is_refused_with_words_and_keeps_what_was_typed(
    cast, name, content, words
):
    sent = {"kind": "other", "bound_to": "assessment", "about": "from <i>home</i>"}
    if name:
        sent["file"] = SimpleUploadedFile(name, content)

    answer = sign_in(cast.nora).post(reverse("pages:papers", args=[cast.maria.client_id]), sent)

    assert answer.status_code == 422
    assert words in text(answer)
    assert "from &lt;i&gt;home&lt;/i&gt;" in text(answer)
    assert documents_of(cast.nora, client_id=cast.maria.client_id) == []


@pytest.fixture
def helper(cast):
    """Give Maria's sister a page of her own; return her account."""
    ids = {"client_id": cast.maria.client_id}
    (one,) = supporters_of(cast.nora, **ids)
    invite_supporter(cast.nora, **ids, supporter_id=one.supporter_id, at=FOUNDED)
    (one,) = supporters_of(cast.nora, **ids)
    return one


def page_of(helper):
    from django.test import Client

    from daybridge.access.actors import system
    from daybridge.access.policy import Role

    browser = Client()
    with identity.acting(system(Role.SIGN_IN)):
        browser.force_login(User.objects.get(pk=helper.user_id),
                            backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def test_a_client_lets_a_supporter_in_and_out_by_one_tap(cast, helper):
    maria, sister = sign_in(cast.maria.account), page_of(helper)
    here, there = reverse("pages:my_consents"), reverse("pages:supporter_home")
    assert "Nothing is shared right now." in text(sister.get(there))

    answer = maria.post(here, {"do": "share", "supporter": helper.supporter_id, "classes": ["schedule"],
                               "expires_on": "2026-12-24"})

    assert answer.status_code == 302
    shared = text(sister.get(there))
    assert "Maria Delgado" in shared
    assert "times of sessions" in shared
    assert "the plan" not in shared
    maria.post(here, {"do": "stop", "consent": consent(cast).consent_id})
    assert "Nothing is shared right now." in text(sister.get(there))


def test_two_consents_for_one_supporter_end_one_by_one(cast, helper):
    maria, here = sign_in(cast.maria.account), reverse("pages:my_consents")
    for classes in (["schedule"], ["schedule", "plan"]):
        maria.post(here, {"do": "share", "supporter": helper.supporter_id, "classes": classes,
                          "expires_on": "2026-12-24"})
    maria.post(here, {"do": "stop", "consent": consent(cast).consent_id})

    shared = text(page_of(helper).get(reverse("pages:supporter_home")))
    assert "times of sessions" in shared
    assert "the plan" not in shared


def test_what_was_typed_wrongly_on_the_clients_page_comes_back_in_spanish(cast, helper):
    answer = sign_in(cast.maria.account).post(
        reverse("pages:my_consents"),
        {"do": "share", "supporter": helper.supporter_id, "expires_on": "2020-01-01", "classes": ["plan"]},
        headers={"accept-language": "es"})

    assert answer.status_code == 422
    assert "Elija un día que aún no haya pasado." in text(answer)


def test_a_client_sees_who_looked(cast):
    sign_in(cast.nora).get(reverse("pages:chart", args=[cast.maria.client_id]))
    sign_in(cast.osei).get(reverse("pages:chart", args=[cast.maria.client_id]))

    page = text(sign_in(cast.maria.account).get(reverse("pages:my_consents")))

    assert re.search(r"Nora Feld.*?consejería", page, re.DOTALL)
    assert "Dr Kwame Osei" in page
    assert "Paul Reyes" not in page


def letter(cast, number, **more):
    return reverse("pages:letter", args=[cast.maria.client_id, consent(cast).consent_id, number]), more


@pytest.fixture
def court(cast):
    """A signed consent for the court: attendance and stay, not the plan."""
    story.admitted(cast, cast.maria)
    build(cast)
    sign_in(cast.maria.account).post(
        reverse("pages:my_consents"), {"do": "sign", "consent": consent(cast).consent_id})


def digest(page):
    return re.search(r'name="digest" value="(\w+)"', page)[1]


def test_a_letter_holds_what_the_consent_names_shows_its_gaps_and_goes_after_it_was_read(cast, court):
    nora = sign_in(cast.nora)
    here, _ = letter(cast, 2)
    page = text(nora.get(here))
    assert "Care began on" in page
    assert re.search(r"The consent does not name it</h3>.*the goals of the plan", page, re.DOTALL)
    assert re.search(r"Nothing is on record</h3>.*the last day", page, re.DOTALL)
    assert "Get through Friday nights" not in page

    sent = {"digest": digest(page), "language": "en"}
    assert "Tick that you have read it" in text(nora.post(here, sent))
    assert "Read it again" in text(nora.post(here, {"digest": "0" * 64, "read": "yes"}))
    assert disclosures_of(cast.pia, client_id=cast.maria.client_id, since=FOUNDED, until=NOW) == []
    answer = nora.post(here, {**sent, "read": "yes"})

    assert answer.content.startswith(b"%PDF-1.7")
    (row,) = disclosures_of(cast.pia, client_id=cast.maria.client_id, since=FOUNDED, until=NOW)
    assert (row.recipient, row.address, row.title) == (
        "County Court", "1 Court Square", "Report to the court")
    assert row.classes == ("name", "stay")


def test_after_a_stop_the_letter_stays(cast, court):
    nora = sign_in(cast.nora)
    here, _ = letter(cast, 2)
    page = text(nora.get(here))
    sign_in(cast.maria.account).post(
        reverse("pages:my_consents"), {"do": "stop", "consent": consent(cast).consent_id})

    answer = nora.post(here, {"digest": digest(page), "read": "yes"})

    assert answer.status_code == 422
    assert "It was stopped." in text(answer)


def test_only_clinicians_write_letters(cast, court):
    here, _ = letter(cast, 2)
    for first in ("tess", "sam", "pia", "maria"):
        assert sign_in(cast.everyone[first]).get(here).status_code == 403


def test_a_request_goes_from_the_clients_page_to_the_privacy_officer_and_back(cast):
    maria, here = sign_in(cast.maria.account), reverse("pages:my_record")
    maria.post(here, {"kind": "copy", "words": "All of it <b>please</b>", "party": ""})
    (row,) = requests_of(cast.pia, client_id=cast.maria.client_id)
    pia, where = sign_in(cast.pia), reverse("pages:answer", args=[cast.maria.client_id, row.request_id])
    assert "A copy of the record" in text(pia.get(reverse("pages:privacy")))
    assert "All of it &lt;b&gt;please&lt;/b&gt;" in text(pia.get(where))

    refused = pia.post(where, {"do": "answer", "outcome": "refused", "words": "No, for now."})
    assert refused.status_code == 422
    assert "Choose the ground" in text(refused)
    assert "No, for now." in text(refused)
    pia.post(where, {"do": "answer", "outcome": "granted", "words": "It lies at the desk."})

    assert "It lies at the desk." in text(maria.get(here))
    assert sign_in(cast.nora).get(where).status_code == 403


def test_the_list_of_disclosures_is_a_file_that_itself_is_on_the_ledger(cast, court):
    where = reverse("pages:ledger_pdf", args=[cast.maria.client_id])

    answer = sign_in(cast.maria.account).post(where, headers={"accept-language": "es"})

    assert answer.content.startswith(b"%PDF-1.7")
    (row,) = disclosures_of(cast.pia, client_id=cast.maria.client_id, since=FOUNDED, until=NOW)
    assert (row.kind, row.by_user_id) == ("client", cast.maria.account.user_id)
    assert not may(cast.andre.account, Can.RELEASE, client_id=cast.maria.client_id)
    assert sign_in(cast.andre.account).post(where).status_code == 403
    assert DataClass.DISCLOSURE.value in row.classes

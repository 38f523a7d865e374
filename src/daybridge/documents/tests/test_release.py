"""The one door: nothing leaves without a live consent, and what leaves is in the ledger."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cast import NOON

from daybridge.access import identity
from daybridge.access.gate import Refused
from daybridge.access.policy import DataClass
from daybridge.documents import notice
from daybridge.documents.commands import NoConsent, release
from daybridge.documents.commands_consent import NotPossible, offer_consent, sign_consent, stop_consent
from daybridge.documents.queries import consents_of, disclosures_of
from daybridge.documents.rules import Kind, Offer, Piece, Purpose, Recipient

DAY = timedelta(days=1)
HARBOR = Recipient("Harbor Clinic", "5 Quay Street", Kind.PARTNER)
PLAN = frozenset({DataClass.PLAN})


def given(cast, *, by=None, person=None, signed=True, at=NOON, **changes):
    """Give Maria's consent for her plan to the Harbor Clinic (or another one)."""
    person = person or cast.maria
    asked = {"kind": Kind.PARTNER, "recipient": HARBOR.name, "purpose": Purpose.TREATMENT,
             "classes": PLAN, "expires_at": NOON + 30 * DAY, **changes}
    one = offer_consent(
        by or cast.nora, client_id=person.client_id, offer=Offer(**asked), client_name=person.name,
        expires_on=(NOON + 29 * DAY).date(), house="Riverside Day Programme", language="en", at=at)
    if signed:
        sign_consent(person.account, client_id=person.client_id, consent_id=one,
                     name=person.name, at=at)
    return one


def send(cast, *, by=None, at=NOON, recipient=HARBOR, purpose=Purpose.TREATMENT, classes=PLAN,
         make=str.encode):
    return release(by or cast.nora, client_id=cast.maria.client_id, recipient=recipient,
                   purpose=purpose, classes=classes, title="Treatment plan", make=make, at=at)


def ledger(cast):
    return disclosures_of(cast.pia, client_id=cast.maria.client_id, since=NOON - 9 * DAY,
                          until=NOON + 99 * DAY)


def test_what_a_consent_covers_leaves_with_its_notice_and_a_row_in_the_ledger(cast):
    consent_id = given(cast)

    released = send(cast)

    words = released.content.decode()
    assert notice.LONG in words
    assert "Scope of the consent: the name I use; my treatment plan. To: Harbor Clinic." in words
    (row,) = ledger(cast)
    assert (row.recipient, row.address, row.title) == ("Harbor Clinic", "5 Quay Street", "Treatment plan")
    assert (row.consent_id, row.classes, row.purpose) == (consent_id, ("plan",), "treatment")
    assert row.digest == hashlib.sha256(released.content).hexdigest()
    assert row.by_user_id == cast.nora.user_id


@pytest.mark.parametrize(("changes", "piece"), [
    ({"recipient": Recipient("Acme", "", Kind.EMPLOYER)}, Piece.CONSENT),
    ({"recipient": Recipient("Harbor Clinic", "", Kind.EMPLOYER)}, Piece.CONSENT),
    ({"purpose": Purpose.PAYMENT}, Piece.PURPOSE),
    ({"classes": PLAN | {DataClass.MEDICINE}}, Piece.DATA),
    ({"at": NOON + 30 * DAY}, Piece.EXPIRED),
    ({"at": NOON - DAY}, Piece.SIGNATURE),
])
def test_what_is_missing_is_named_and_nothing_is_made(cast, changes, piece):
    given(cast)

    with pytest.raises(NoConsent) as refused:
        send(cast, make=lambda _notice: pytest.fail("made before the check"), **changes)

    assert [one.piece for one in refused.value.missing] == [piece]
    assert "Ask the client for a consent" in str(refused.value)
    assert ledger(cast) == []


def test_without_a_signature_nothing_leaves(cast):
    given(cast, signed=False)

    with pytest.raises(NoConsent, match="not signed"):
        send(cast)


def test_a_stop_works_at_the_next_request(cast):
    consent_id = given(cast)
    send(cast)
    stop_consent(cast.maria.account, client_id=cast.maria.client_id, consent_id=consent_id, at=NOON)

    with pytest.raises(NoConsent, match="stopped"):
        send(cast)
    assert len(ledger(cast)) == 1


def test_a_class_of_recipients_is_stopped_for_one_party_alone(cast):
    consent_id = given(cast, kind=Kind.PROVIDERS, recipient="my treating providers",
                       purpose=Purpose.TPO, expires_at=None)
    other = Recipient("Bay Pharmacy", "", Kind.PARTNER)
    send(cast)
    stop_consent(cast.nora, client_id=cast.maria.client_id, consent_id=consent_id,
                 party="harbor  CLINIC", at=NOON)

    with pytest.raises(NoConsent, match="stopped"):
        send(cast)
    send(cast, recipient=other, purpose=Purpose.PAYMENT)
    with pytest.raises(NoConsent):
        send(cast, recipient=Recipient("Acme", "", Kind.EMPLOYER), purpose=Purpose.WORK)


def test_a_clients_own_copy_needs_no_consent_and_carries_no_notice(cast):
    own = Recipient("Maria Delgado", "", Kind.CLIENT)

    released = send(cast, by=cast.maria.account, recipient=own, purpose=Purpose.OWN_REQUEST)

    assert released.content == b""
    assert ledger(cast)[0].consent_id is None


def test_nobody_releases_what_they_may_not_read(cast):
    given(cast)
    for actor in (cast.paul, cast.sam, cast.maria.account):
        with pytest.raises(Refused):
            send(cast, by=actor)


def test_counselling_notes_are_combined_with_nothing(cast):
    both = frozenset({DataClass.COUNSELLING_NOTE, DataClass.PLAN})

    with pytest.raises(NotPossible, match="a consent of their own"):
        given(cast, classes=both)
    given(cast, classes=frozenset({DataClass.COUNSELLING_NOTE}))


def test_a_court_consent_says_before_signing_that_it_cant_be_stopped(cast):
    one = given(cast, kind=Kind.COURT, recipient="County Court", purpose=Purpose.CRIMINAL_JUSTICE,
                expiry_event="my probation ends", irrevocable=True, expires_at=None)
    ids = {"client_id": cast.maria.client_id, "consent_id": one}

    (row,) = consents_of(cast.nora, client_id=cast.maria.client_id)
    assert "I can't stop this before it ends: it ends only when my probation ends." in row.words
    with pytest.raises(NotPossible, match="can't be stopped"):
        stop_consent(cast.maria.account, **ids, at=NOON)
    with pytest.raises(NotPossible, match="court case"):
        given(cast, irrevocable=True, expiry_event="some day")


@pytest.mark.parametrize("table", ["documents_consent", "documents_disclosure", "documents_consentend"])
def test_the_database_itself_refuses_to_change_what_was_signed_or_sent(cast, table):
    one = given(cast)
    send(cast)
    stop_consent(cast.nora, client_id=cast.maria.client_id, consent_id=one, at=NOON)

    with identity.acting(cast.helen, at=NOON), connection.cursor() as cursor:
        for verb in ("UPDATE {} SET client_id = client_id", "DELETE FROM {}"):
            with pytest.raises(DatabaseError, match=r"append-only|permission denied"), \
                    transaction.atomic():
                cursor.execute(verb.format(table))

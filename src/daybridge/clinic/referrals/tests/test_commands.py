"""Referring, following, chasing; partners, the catalogue; the letter through the one door."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON

from daybridge.access import clock, identity
from daybridge.access.actors import system
from daybridge.access.gate import Conflict, Refused
from daybridge.access.policy import DataClass, Role
from daybridge.clinic.referrals import queries, queries_partners
from daybridge.clinic.referrals.commands import (
    NotReferred,
    answer_in,
    chase,
    refer,
    take_in,
    take_step,
)
from daybridge.clinic.referrals.commands_chase import chase_overdue
from daybridge.clinic.referrals.commands_letter import write_letter
from daybridge.clinic.referrals.commands_partners import (
    PartnerWords,
    add_partner,
    change_partner,
    choose_doer,
)
from daybridge.clinic.referrals.queries_letter import cover_of
from daybridge.clinic.referrals.rules import NotNow
from daybridge.clinic.tasks.queries import tasks_of
from daybridge.documents.commands import NoConsent
from daybridge.documents.commands_consent import offer_consent, sign_consent, stop_consent
from daybridge.documents.queries import disclosures_of
from daybridge.documents.rules import Kind, Offer, Purpose

TODAY = date(2026, 11, 16)
HARBOR = PartnerWords("Harbor House", services=("housing", "food"), waiting_days=5,
                      address="5 Quay Street", phone="555-0150")


def harbor(cast):
    return add_partner(cast.tess, words=HARBOR, at=NOON)


def sent(cast, at=NOON, **more):
    """Refer Maria by her case manager."""
    words = {"to_words": "Harbor House", "kind": "housing", "why": "A room by December", **more}
    return refer(cast.tess, client_id=cast.maria.client_id, at=at, **words)


def step(cast, one, to, words="as said", at=NOON, **more):
    return take_step(cast.tess, client_id=cast.maria.client_id, referral_id=one, to=to, words=words,
                     at=at, **more)


def shown(cast, one, at=NOON):
    return queries.referral(cast.nora, client_id=cast.maria.client_id, referral_id=one, at=at)


def test_a_loop_is_followed_from_sent_to_closed(cast):
    one = sent(cast)
    for to in ("accepted", "seen", "answered", "acted_on"):
        step(cast, one, to)
    row, steps = shown(cast, one)
    assert row.is_closed
    assert [s.step for s in steps] == ["sent", "accepted", "seen", "answered", "acted_on"]
    assert {s.by for s in steps} == {"Tess Nguyen"}


def test_a_step_that_does_not_follow_is_refused(cast):
    one = sent(cast)
    with pytest.raises(NotNow, match="sent"):
        step(cast, one, "acted_on")
    assert shown(cast, one)[0].state == "sent"


@pytest.mark.parametrize(("more", "field"), [
    ({"to_words": " "}, "partner"), ({"why": "\0 "}, "why"), ({"kind": "moon"}, "kind"),
    ({"partner_id": 0}, "partner"),
])
def test_a_referral_says_to_whom_for_what_and_why(cast, more, field):
    with pytest.raises(NotReferred) as error:
        sent(cast, **more)
    assert error.value.field == field


@pytest.mark.parametrize("days", [-1, 1])
def test_a_step_happens_between_the_referral_and_today(cast, days):
    one = sent(cast)
    with pytest.raises(NotReferred, match="between"):
        step(cast, one, "accepted", on=TODAY + timedelta(days=days))


def test_an_ended_partner_is_not_referred_to(cast):
    partner = add_partner(cast.tess, words=PartnerWords("Gone", ended_on=TODAY), at=NOON)
    with pytest.raises(NotReferred, match="ended"):
        sent(cast, partner_id=partner)


def test_a_peer_reads_and_refers_nobody(cast):
    sent(cast)
    assert queries.referrals_of(cast.leo, client_id=cast.maria.client_id, at=NOON)
    with pytest.raises(Refused):
        refer(cast.leo, client_id=cast.maria.client_id, kind="food", why="x", to_words="y", at=NOON)


def nightly(at):
    actor = system(Role.NIGHTLY)
    with identity.acting(actor, at=at):
        return chase_overdue(actor, at=at)


def chases(cast, at):
    return [(row.owner, row.title) for row in tasks_of(cast.vera, client_id=cast.maria.client_id, at=at)]


def test_an_overdue_loop_asks_its_owner_once_and_then_the_supervisor(cast):
    one = sent(cast)
    assert nightly(NOON + timedelta(days=14)) == 0
    late = NOON + timedelta(days=14, hours=1)
    nightly(late)
    nightly(late + timedelta(hours=1))
    assert chases(cast, late) == [("Tess Nguyen", "A referral is overdue: ask what became of it")]
    chase(cast.tess, client_id=cast.maria.client_id, referral_id=one, words="They call on Friday", at=late)
    nightly(late + timedelta(days=2))
    assert chases(cast, late) == []
    later = NOON + timedelta(days=21, hours=1)
    nightly(later)
    assert {owner for owner, _ in chases(cast, later)} == {"Tess Nguyen", "Vera Lindt"}
    step(cast, one, "seen", at=later)
    assert chases(cast, later) == []


def test_an_urgent_one_is_due_after_72_hours(cast):
    sent(cast, urgency="high")
    assert nightly(NOON + timedelta(hours=72)) == 0
    assert nightly(NOON + timedelta(hours=73)) == 1


def test_the_desk_shows_the_longest_overdue_first(cast):
    slow, quick = sent(cast), sent(cast, urgency="high")
    rows = queries.open_loops(cast.tess, at=NOON + timedelta(days=4))
    assert [(row.referral_id, row.is_overdue) for row in rows] == [(quick, True), (slow, False)]
    assert queries.loops_count(cast.tess, at=NOON + timedelta(days=4)) == (2, 1)


@pytest.mark.parametrize("sql", [
    "UPDATE referrals_referral SET why = 'another'",
    "UPDATE referrals_referral SET state = 'sent', closed_at = NULL",
    "UPDATE referrals_referralstep SET words = 'another'",
    "DELETE FROM referrals_referralstep", "DELETE FROM referrals_referral",
])
def test_the_database_keeps_what_was_sent_and_a_closed_loop(cast, sql):
    one = sent(cast)
    step(cast, one, "turned_down")
    with (pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.tess),
          connection.cursor() as cursor):
        cursor.execute(sql)


def test_who_sent_a_client_is_answered_once_and_told_only_what_is_written(cast):
    maria = cast.maria.client_id
    one = take_in(cast.sam, client_id=maria, from_kind="court", from_words="County court",
                  asks="Does she come?", came_on=TODAY, at=NOON)
    assert [row.in_id for row in queries.unanswered_in(cast.tess)] == [one]
    answer_in(cast.tess, client_id=maria, in_id=one, told="nothing", words="No consent", at=NOON)
    assert queries.unanswered_in(cast.tess) == []
    with pytest.raises(NotReferred, match="answered already"):
        answer_in(cast.tess, client_id=maria, in_id=one, told="answer", words="x", at=NOON)


def test_who_sent_a_client_is_told_only_under_a_consent_that_names_them(cast):
    maria = cast.maria.client_id
    one = take_in(cast.sam, client_id=maria, from_kind="partner", from_words="Harbor House", came_on=TODAY,
                  at=NOON)
    with pytest.raises(NotReferred, match="consent"):
        answer_in(cast.tess, client_id=maria, in_id=one, told="answer", words="She comes", at=NOON)
    consented(cast, DataClass.REFERRAL)
    answer_in(cast.tess, client_id=maria, in_id=one, told="answer", words="She comes", at=NOON)
    assert queries.referrals_in_of(cast.tess, client_id=maria)[0].told_words == "told, under a consent"


def test_the_catalogue_shows_who_does_what_on_a_day(cast):
    harbor(cast)
    choose_doer(cast.tess, service="housing", doer="partner", from_on=TODAY, at=NOON)
    choose_doer(cast.tess, service="food", doer="nobody", from_on=TODAY, at=NOON)
    choose_doer(cast.tess, service="food", doer="partner", from_on=TODAY + timedelta(days=7), at=NOON)
    gaps = queries_partners.gaps(cast.nora, on=TODAY)
    assert "housing" not in gaps
    assert (gaps["food"], gaps["transport"]) == ("Nobody does it yet.", "Nobody has said who does it.")
    assert "food" not in queries_partners.gaps(cast.nora, on=TODAY + timedelta(days=7))


def test_the_past_of_the_catalogue_is_not_rewritten(cast):
    with pytest.raises(NotReferred, match="over"):
        choose_doer(cast.tess, service="food", doer="we", from_on=TODAY - timedelta(days=1), at=NOON)


def test_two_at_one_partner_see_both_texts(cast):
    one = harbor(cast)
    change_partner(cast.tess, partner_id=one, words=PartnerWords("Harbor House", phone="555-0151"),
                   version=1, at=NOON)
    with pytest.raises(Conflict) as conflict:
        change_partner(cast.vera, partner_id=one, words=PartnerWords("Harbour"), version=1, at=NOON)
    assert conflict.value.theirs["phone"] == "555-0151"


@pytest.mark.parametrize("words", [
    PartnerWords(" "), PartnerWords("Harbor House"), PartnerWords("X", agreement="qsoa"),
])
def test_a_partner_has_a_name_of_its_own_and_a_dated_agreement(cast, words):
    harbor(cast)
    with pytest.raises(NotReferred):
        add_partner(cast.tess, words=words, at=NOON)


def consented(cast, *classes):
    offer = Offer(Kind.PARTNER, "Harbor House", Purpose.BENEFITS, frozenset(classes),
                  expiry_event="my stay ends")
    one = offer_consent(cast.nora, client_id=cast.maria.client_id, offer=offer, expires_on=None,
                        client_name="Maria Delgado", house="Riverside", language="en", at=NOON)
    sign_consent(cast.maria.account, client_id=cast.maria.client_id, consent_id=one, name="Maria",
                 at=NOON)
    return one


def letter(cast, one, *classes, language="en"):
    return write_letter(cast.tess, client_id=cast.maria.client_id, referral_id=one,
                        classes=frozenset(classes), language=language, at=NOON)


def test_without_a_consent_no_letter_goes_and_the_page_says_what_is_missing(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    one = sent(cast, partner_id=harbor(cast))
    with pytest.raises(NoConsent, match="Harbor House"):
        letter(cast, one)
    page = sign_in(cast.tess).get(f"/clients/{cast.maria.client_id}/referrals/{one}/letter/")
    assert "There is no consent for Harbor House" in page.content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_letter_says_what_the_consent_names_and_nothing_more(cast, language):
    one = sent(cast, partner_id=harbor(cast))
    consented(cast, DataClass.REFERRAL, DataClass.CONTACT)
    cover = cover_of(cast.tess, client_id=cast.maria.client_id, referral_id=one, at=NOON)
    assert (cover.covered, cover.missing) == (frozenset({DataClass.CONTACT}), ())
    assert letter(cast, one, DataClass.CONTACT, language=language).content.startswith(b"%PDF")
    with pytest.raises(NoConsent, match="identity"):
        letter(cast, one, DataClass.IDENTITY)
    (row,) = disclosures_of(cast.tess, client_id=cast.maria.client_id, since=NOON - timedelta(days=1),
                            until=NOON + timedelta(days=1))
    assert (row.recipient, row.classes) == ("Harbor House", ("contact", "referral"))
    assert shown(cast, one)[1][-1].title == "letter made"


def test_a_stopped_consent_stops_the_letter_at_once(cast):
    one = sent(cast, partner_id=harbor(cast))
    consent = consented(cast, DataClass.REFERRAL)
    letter(cast, one)
    stop_consent(cast.maria.account, client_id=cast.maria.client_id, consent_id=consent, at=NOON)
    with pytest.raises(NoConsent):
        letter(cast, one)

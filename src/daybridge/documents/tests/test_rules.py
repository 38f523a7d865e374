"""Consent against an oracle of its own, and through whole lives."""

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from daybridge.access.policy import DataClass
from daybridge.documents.rules import (
    MAY_BE_NAMED,
    End,
    Kind,
    Offer,
    Purpose,
    Recipient,
    Restriction,
    Terms,
    covers,
    faults,
    lacking,
)

NOW = datetime(2026, 11, 16, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
times = st.integers(-4, 4).map(lambda hours: NOW + hours * HOUR)
parties = st.sampled_from(["Harbor Clinic", "HARBOR  clinic", "Bay Office", "Ana"])
kinds = st.sampled_from([Kind.PARTNER, Kind.PAYER, Kind.COURT, Kind.SUPPORTER])
some = st.frozensets(st.sampled_from([DataClass.NAME, *MAY_BE_NAMED[:5]]), max_size=4)
purposes = st.sampled_from([Purpose.TPO, Purpose.TREATMENT, Purpose.PAYMENT, Purpose.WORK])
consents = st.builds(
    Terms, consent_id=st.integers(1, 9), kind=kinds | st.just(Kind.PROVIDERS), recipient=parties,
    purpose=purposes, classes=some, signed_at=st.none() | times, expires_at=st.none() | times,
    ends=st.lists(st.builds(End, at=times, party=st.just("") | parties), max_size=2).map(tuple),
    irrevocable=st.booleans(),
)
recipients = st.builds(Recipient, name=parties, address=st.just(""), kind=kinds)
restrictions = st.lists(st.builds(Restriction, party=parties, agreed_at=times), max_size=2)


def same(one: str, other: str) -> bool:
    def letters(words: str) -> list[str]:
        return [c for c in words.lower() if c in string.ascii_lowercase]

    return letters(one) == letters(other)


def oracle(consent, recipient, purpose, classes, at) -> bool:
    """Say yes or no, written from the rule (42 CFR 2.31) and not from the program."""
    stops = [end for end in consent.ends if end.at <= at]
    if consent.kind == "providers":
        right_party = recipient.kind in ("partner", "payer")
    else:
        right_party = consent.kind == recipient.kind and same(consent.recipient, recipient.name)
    allowed = {"tpo": ("tpo", "treatment", "payment", "operations")}
    return all([
        consent.signed_at is not None and consent.signed_at <= at,
        consent.expires_at is None or at < consent.expires_at,
        not any(end.party == "" or same(end.party, recipient.name) for end in stops),
        right_party,
        purpose in allowed.get(consent.purpose, (consent.purpose,)),
        all(data in consent.classes for data in classes if data != "name"),
    ])


@settings(max_examples=2000, deadline=None)
@given(consents, recipients, purposes, some, times)
def test_a_disclosure_is_covered_exactly_when_the_oracle_says_so(consent, to, why, what, at):
    assert (covers(consent, to, why, what, at) == []) == oracle(consent, to, why, what, at)


@settings(max_examples=600, deadline=None)
@given(st.lists(consents, max_size=4), restrictions, recipients, purposes, some, times)
def test_of_many_consents_one_must_cover_it_all_and_no_restriction_stand(
    many, limits, to, why, what, at
):
    found, missing = lacking(many, limits, to, why, what, at)

    def free(consent: Terms) -> bool:
        return all(
            one.agreed_at > at or not same(one.party, to.name)
            or (consent.kind != "providers" and consent.signed_at > one.agreed_at)
            for one in limits
        )

    good = [one for one in many if oracle(one, to, why, what, at) and free(one)]
    assert (found is not None) == bool(good)
    assert bool(missing) == (found is None)
    assert found is None or found in good


class Life(RuleBasedStateMachine):
    """A consent is given, signed, stopped, ends; somebody wants to disclose all the while."""

    @initialize(classes=some, purpose=purposes)
    def begin(self, classes, purpose):
        """Put a consent before the client."""
        self.at, self.signed, self.stopped, self.expires = NOW, None, False, NOW + 5 * HOUR
        self.classes, self.purpose, self.ends = classes, purpose, []

    @rule(hours=st.integers(1, 2))
    def time_passes(self, hours):
        """Let time pass."""
        self.at += hours * HOUR

    @rule()
    def sign(self):
        """Sign it."""
        self.signed = self.signed or self.at

    @rule()
    def stop(self):
        """Stop it for everybody."""
        self.ends.append(End(self.at))
        self.stopped = True

    @rule(party=parties)
    def stop_for_one(self, party):
        """Stop it for one party."""
        self.ends.append(End(self.at, party))

    @invariant()
    def nothing_leaves_without_a_live_signature(self):
        """Let out exactly what a live consent covers."""
        if not hasattr(self, "ends"):
            return
        terms = Terms(1, Kind.PARTNER, "Harbor Clinic", self.purpose, self.classes, self.signed,
                      self.expires, tuple(self.ends))
        left = covers(terms, Recipient("Harbor Clinic", "", Kind.PARTNER), self.purpose,
                      self.classes, self.at) == []
        alone = any(end.party and same(end.party, "Harbor Clinic") for end in self.ends)
        live = self.signed is not None and self.at < self.expires
        assert left == (live and not self.stopped and not alone)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=100, stateful_step_count=12, deadline=None)


OFFER = {"kind": Kind.PARTNER, "recipient": "Harbor Clinic", "purpose": Purpose.WORK,
         "classes": frozenset({DataClass.PLAN}), "expires_at": NOW + HOUR}


@pytest.mark.parametrize(("changes", "words"), [
    ({"recipient": "  "}, "who receives"), ({"classes": frozenset()}, "at least one"),
    ({"kind": Kind.CLIENT}, "no consent"), ({"expires_at": None}, "when it ends"),
    ({"expires_at": NOW}, "before it begins"), ({"kind": Kind.PROVIDERS}, "one person or office"),
    ({"classes": frozenset({DataClass.AUDIT})}, "can name"),
    ({"classes": frozenset({DataClass.COUNSELLING_NOTE, DataClass.PLAN})}, "of their own"),
    ({"irrevocable": True}, "2.35"),
    ({"kind": Kind.SUPPORTER, "classes": frozenset({DataClass.NOTE})}, "supporter"),
])
def test_an_offer_that_lacks_something_says_what(changes, words):
    assert any(words in one for one in faults(Offer(**{**OFFER, **changes}), at=NOW))


def test_treatment_payment_and_operations_may_have_no_end():
    tpo = {**OFFER, "kind": Kind.PROVIDERS, "purpose": Purpose.TPO, "expires_at": None}

    assert faults(Offer(**tpo), at=NOW) == []
    assert faults(Offer(**OFFER), at=NOW) == []

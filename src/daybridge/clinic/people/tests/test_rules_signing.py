"""Whose notes need a second signature."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daybridge.clinic.people.rules_signing import Held, Signing, is_trainee_kind, needs_cosign

DAY = date(2026, 11, 16)
OWN = Held("LCSW", DAY - timedelta(days=10), DAY)
TRAINING = Held("CADC-I", DAY - timedelta(days=10), DAY)


def test_a_trainee_is_signed_with_until_their_own_licence_begins():
    assert needs_cosign(Signing((TRAINING,)), DAY)
    assert needs_cosign(Signing((), credential="cadc-i "), DAY)
    assert not needs_cosign(Signing((TRAINING, OWN)), DAY)
    assert needs_cosign(Signing((OWN,), credential="CADC-I"), DAY + timedelta(days=1))


def test_a_peer_or_a_nurse_is_no_trainee():
    assert not needs_cosign(Signing((), credential="RN"), DAY)


@given(st.lists(st.builds(Held, st.sampled_from(["LCSW", "CADC-I"]), st.dates(), st.dates())), st.dates())
def test_who_is_signed_for_by_name_always_is(licences, day):
    assert needs_cosign(Signing(tuple(licences), supervisor_signs=True), day)
    assert is_trainee_kind(" lmsw ")

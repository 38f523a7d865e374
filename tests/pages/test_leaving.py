"""Somebody leaves, and somebody is shut out of a record."""

import pytest
from django.urls import reverse

from daybridge.care.placement.queries import in_charge_of, stay_of
from daybridge.clinic.people.queries import staff, team_of
from daybridge.clinic.people.queries_search import search
from daybridge.clinic.people.queries_ties import blocks_of
from tests import story
from tests.access.test_canary_matrix import sign_in as browser


def leaving(cast, first):
    return reverse("pages:leaving", args=[cast.staff_ids[first]])


def people(name, *args):
    return reverse(f"people:{name}", args=args)


def test_clients_are_shown_and_must_be_handed_over_first(cast):
    story.admitted(cast, cast.maria)
    client = browser(cast.helen)

    assert "Maria Delgado" in client.get(leaving(cast, "osei")).content.decode()
    refused = client.post(leaving(cast, "osei"), {})

    assert refused.status_code == 422
    assert in_charge_of(cast.helen, staff_id=cast.staff_ids["osei"]) == [cast.maria.client_id]
    assert "osei" in {name for name, pk in cast.staff_ids.items()
                      if pk in {row.staff_id for row in staff(cast.helen)}}


def test_the_end_hands_over_and_ends_every_session_at_once(cast):
    story.admitted(cast, cast.maria)
    osei = browser(cast.osei)
    assert osei.get(reverse("pages:today")).status_code == 200

    browser(cast.helen).post(leaving(cast, "osei"), {"in_charge_to": cast.staff_ids["vera"]})

    assert osei.get(reverse("pages:today")).status_code in {302, 403}
    assert osei.get(reverse("pages:front")).headers["Location"] == reverse("account_login")
    stay = stay_of(cast.helen, client_id=cast.maria.client_id)
    assert stay.in_charge_id == cast.staff_ids["vera"]
    team = {(row.user_id, row.part) for row in team_of(cast.helen, client_id=cast.maria.client_id)}
    assert cast.osei.user_id not in {user for user, _ in team}
    assert (cast.vera.user_id, "in_charge") in team
    assert cast.staff_ids["osei"] not in {row.staff_id for row in staff(cast.helen)}


def test_a_primary_counsellor_is_followed_by_another(cast):
    story.admitted(cast, cast.maria)

    client = browser(cast.helen)
    assert client.post(leaving(cast, "nora"), {}).status_code == 422
    client.post(leaving(cast, "nora"), {"primary_to": cast.staff_ids["paul"]})

    team = {(row.user_id, row.part) for row in team_of(cast.helen, client_id=cast.maria.client_id)}
    assert (cast.paul.user_id, "primary") in team
    assert (cast.nora.user_id, "primary") not in team


def test_nobody_without_a_licence_takes_over(cast):
    story.admitted(cast, cast.maria)

    page = browser(cast.helen).post(leaving(cast, "osei"), {"in_charge_to": cast.staff_ids["fay"]})

    assert page.status_code == 422
    assert "valid licence" in page.content.decode()


def test_a_director_does_not_end_their_own_account(cast):
    page = browser(cast.helen).post(leaving(cast, "helen"), {})

    assert page.status_code == 422
    assert browser(cast.helen).get(reverse("pages:programme")).status_code == 200


@pytest.mark.parametrize("first", ["vera", "sam", "pia"])
def test_only_a_director_ends_accounts(cast, first):
    assert browser(cast.staff[first]).get(leaving(cast, "fay")).status_code == 403
    assert "Leaves" not in browser(cast.staff[first]).get(reverse("pages:staff")).content.decode()


@pytest.mark.parametrize("first", ["helen", "pia"])
def test_somebody_is_shut_out_and_let_in_again(cast, first):
    client, maria = browser(cast.staff[first]), cast.maria.client_id
    assert [hit.client_id for hit in search(cast.sam, words="Maria")] == [maria]

    client.post(people("blocks", maria), {"who": cast.sam.user_id, "reason": "her cousin"})

    assert search(cast.sam, words="Maria") == []
    assert browser(cast.sam).get(people("details", maria)).status_code in {403, 404}
    (row,) = blocks_of(cast.helen, client_id=maria)
    assert (row.name, row.reason) == ("Sam Okafor", "her cousin")

    client.post(people("end_block", maria, cast.sam.user_id))

    assert [hit.client_id for hit in search(cast.sam, words="Maria")] == [maria]


def test_a_block_needs_a_person_and_a_reason(cast):
    client, maria = browser(cast.helen), cast.maria.client_id

    for sent in ({"who": cast.sam.user_id, "reason": " "}, {"who": "", "reason": "x"},
                 {"who": cast.andre.account.user_id, "reason": "not staff"}):
        assert client.post(people("blocks", maria), sent).status_code == 422
    assert blocks_of(cast.helen, client_id=maria) == []


@pytest.mark.parametrize("first", ["nora", "vera", "sam"])
def test_blocks_are_for_the_director_and_the_privacy_officer(cast, first):
    maria = cast.maria.client_id

    assert browser(cast.staff[first]).get(people("blocks", maria)).status_code == 403


def test_somebody_shut_out_who_is_on_the_team_is_pointed_out(cast):
    maria = cast.maria.client_id
    client = browser(cast.helen)

    client.post(people("blocks", maria), {"who": cast.leo.user_id, "reason": "neighbour"})

    assert "Still on the team" in client.get(people("blocks", maria)).content.decode()

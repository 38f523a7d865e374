"""Duplicate charts are folded together by two people, and taken apart again; no row moves."""

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import identity
from daybridge.access.gate import Refused
from daybridge.access.relate import join_team
from daybridge.clinic.people.commands import register_client
from daybridge.clinic.people.commands_same import NotFolded, ask_to_fold, confirm_fold, take_apart
from daybridge.clinic.people.queries import newest
from daybridge.clinic.people.queries_same import folds
from daybridge.clinic.people.queries_search import look_alikes, search
from daybridge.quality.reading import FOLDED
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import Person
from tests.spec.test_measures_move import WINDOW
from tests.spec.test_measures_move import read as measure
from tests.story import MON


@pytest.fixture
def twice(cast):
    """Maria is in care; somebody wrote her down a second time as Mary Delgado."""
    story.admitted(cast, cast.maria)
    other = register_client(cast.sam, preferred_name="Mary Delgado", legal_name="Mary Delgado", at=MON)
    for first in ("nora", "vera"):
        join_team(cast.helen, client_id=other, user_id=cast.everyone[first].user_id, part="member", at=MON)
    return other


def ask(cast, other, *, by=None, kept=None):
    both = [cast.maria.client_id, other]
    return ask_to_fold(by or cast.vera, client_ids=both, kept_id=kept or both[0],
                       reason="Same passport.", at=MON)


def fold(cast, other):
    one = ask(cast, other)
    confirm_fold(cast.pia, client_ids=[cast.maria.client_id, other], fold_id=one, at=MON)
    return one


def found(cast, words):
    return [hit.client_id for hit in search(cast.nora, words=words)]


def test_it_takes_a_supervisor_and_the_privacy_officer(cast, twice):
    """Neither alone, and nobody else at all."""
    both = {"client_ids": [cast.maria.client_id, twice]}
    with pytest.raises(Refused):
        ask(cast, twice, by=cast.nora)
    one = ask(cast, twice)
    with pytest.raises(NotFolded, match="somebody else"):
        confirm_fold(cast.vera, **both, fold_id=one, at=MON)
    assert found(cast, "Mary") == [twice]

    confirm_fold(cast.pia, **both, fold_id=one, at=MON)

    assert found(cast, "Mary") == [cast.maria.client_id]
    with (pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.pia),
          connection.cursor() as cursor):
        cursor.execute("UPDATE people_sameperson SET confirmed_by_id = asked_by_id")


def test_lists_and_warnings_know_the_person_once(cast, twice):
    """Search by either name, the newest clients and the warning of look-alikes lead to the kept chart."""
    fold(cast, twice)

    assert twice not in [row.client_id for row in newest(cast.helen)]
    alike = look_alikes(cast.sam, name="Mary Delgado", birth_date=None)
    assert twice not in [hit.client_id for hit in alike]
    assert cast.maria.client_id in [hit.client_id for hit in alike]


def test_measures_count_the_person_once_and_show_what_is_left_out(cast, twice):
    """A second call for help in the other chart is left out, openly."""
    story.inquire(cast, Person(twice, cast.maria.account, "Mary Delgado"), at=MON)
    before = measure(cast, "P02-questions", WINDOW)

    fold(cast, twice)

    after = measure(cast, "P02-questions", WINDOW)
    assert len(before.cases) - len(after.cases) == 1
    assert [(case.client_id, case.note) for case in after.excluded if case.note == FOLDED] == [
        (twice, FOLDED)]


def test_the_other_chart_leads_on_and_stays_readable(cast, twice):
    """The kept chart says under which other one older entries stand."""
    fold(cast, twice)
    nora, maria = sign_in(cast.nora), cast.maria.client_id

    led = nora.get(f"/clients/{twice}/")
    assert led.headers["Location"] == f"/clients/{maria}/?led_from={twice}"
    kept = nora.get(led.headers["Location"]).content.decode()
    assert f"You opened chart {twice}" in kept
    assert "Mary Delgado" in kept
    assert "folded into another one" in nora.get(f"/clients/{twice}/?recorded=1").content.decode()


def test_taken_apart_everything_is_as_before(cast, twice):
    """A wrong merge is ended by one person with a reason; what was asked stays in the history."""
    one = fold(cast, twice)
    both = {"client_ids": [cast.maria.client_id, twice], "fold_id": one}
    with pytest.raises(NotFolded, match="two people"):
        take_apart(cast.pia, **both, reason=" ", at=MON)

    take_apart(cast.pia, **both, reason="Two sisters.", at=MON)

    assert found(cast, "Mary") == [twice]
    assert sign_in(cast.nora).get(f"/clients/{twice}/").status_code == 200
    assert folds(cast.pia) == []
    with pytest.raises(NotFolded, match="settled"):
        confirm_fold(cast.pia, **both, at=MON)


def test_a_chart_somebody_is_treated_under_is_never_folded_away(cast, twice):
    """The one with the open stay is kept, or the stay is ended first."""
    one = ask(cast, twice, kept=twice)
    with pytest.raises(NotFolded, match="open stay"):
        confirm_fold(cast.pia, client_ids=[cast.maria.client_id, twice], fold_id=one, at=MON)

    assert found(cast, "Mary") == [twice]


def test_no_chart_is_folded_twice_or_in_a_chain(cast, twice):
    """PostgreSQL refuses it, whoever asks."""
    fold(cast, twice)
    third = register_client(cast.sam, preferred_name="M. Delgado", at=MON)
    for pair, kept in (([twice, third], twice), ([third, cast.maria.client_id], third)):
        with pytest.raises(NotFolded, match="already"):
            ask_to_fold(cast.pia, client_ids=pair, kept_id=kept, reason="Same.", at=MON)


def test_the_pages_ask_confirm_and_take_apart(cast, twice):
    """Asked for on the details page of a chart, settled in one list."""
    vera, pia, maria = sign_in(cast.vera), sign_in(cast.pia), cast.maria.client_id
    address = f"/clients/{maria}/same-person/"

    assert vera.post(address, {"other": "999999", "reason": "kept words"}).status_code == 422
    assert vera.post(address, {"other": twice, "reason": ""}).status_code == 422
    assert vera.post(address, {"other": twice, "reason": "Same passport."}).status_code == 302
    one = folds(cast.pia)[0].fold_id
    assert "Somebody else confirms it." in vera.get("/clients/same-person/").content.decode()

    assert vera.post(f"/clients/same-person/{one}/confirm/").status_code == 422
    assert pia.post(f"/clients/same-person/{one}/confirm/").status_code == 302
    assert "also recorded as" in pia.get("/clients/same-person/").content.decode()
    assert pia.post(f"/clients/same-person/{one}/apart/", {"reason": "Sisters."}).status_code == 302
    assert pia.post(f"/clients/same-person/{one}/apart/", {"reason": "Sisters."}).status_code == 422
    assert sign_in(cast.nora).get(address).status_code == 403

"""S2. Somebody is ill or leaves: nobody is without a licensed professional for a minute."""

from datetime import date, timedelta

import pytest

from daybridge.access import clock
from daybridge.access.gate import Refused
from daybridge.care.placement.commands import NotYet, put_in_charge
from daybridge.care.placement.commands_handover import come_back, stand_in
from daybridge.care.placement.commands_leaving import part_with
from daybridge.care.placement.queries import in_charge_of, stay_of
from daybridge.clinic.people.queries import staff, team_of
from daybridge.clinic.people.queries_signing import cosigner_of
from daybridge.clinic.people.queries_ties import clients_of
from daybridge.clinic.tasks.commands import open_task
from daybridge.clinic.tasks.queries import tasks_by_name
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import MON

ILL = MON + timedelta(hours=3)


@pytest.fixture
def cared(cast, monkeypatch):
    """Maria and another client are in care with Dr Osei in charge; he has a task by name."""
    monkeypatch.setattr(clock, "now", lambda: ILL)
    story.admitted(cast, cast.maria)
    open_task(cast.osei, client_id=cast.maria.client_id, title="Ring the pharmacy", why="dose",
              due_at=MON + timedelta(days=1), source_kind="test", source_id="1",
              assignee_user_id=cast.osei.user_id, at=MON)
    return cast


def hand_over(cast, first, to, *, in_charge=None, back=None, at=ILL):
    ids = cast.staff_ids
    stand_in(cast.helen, staff_id=ids[first], stand_in_id=ids[to],
             in_charge_to=ids[in_charge] if in_charge else None, expected_on=back, at=at)


def test_a_sudden_illness_hands_everything_over_at_once(cared):
    """Open stays, tasks by name and signatures, from this minute; the stand-in is marked."""
    hand_over(cared, "osei", "vera", in_charge="vera", back=date(2026, 11, 30))

    stay = stay_of(cared.nora, client_id=cared.maria.client_id)
    assert (stay.in_charge_id, stay.stands_in) == (cared.staff_ids["vera"], True)
    assert tasks_by_name(cared.helen, user_id=cared.osei.user_id, at=ILL) == []
    assert [row.title for row in tasks_by_name(cared.helen, user_id=cared.vera.user_id, at=ILL)] == [
        "Ring the pharmacy"]


def test_the_primary_counsellor_is_followed_and_follows_again(cared):
    """Back after an illness, what is still there is given back; the rest stays with others."""
    maria = cared.maria.client_id
    hand_over(cared, "nora", "paul")
    assert clients_of(cared.helen, user_id=cared.nora.user_id, part="primary") == []
    assert maria in clients_of(cared.helen, user_id=cared.paul.user_id, part="primary")

    come_back(cared.helen, staff_id=cared.staff_ids["nora"], at=ILL + timedelta(days=3))

    assert maria in clients_of(cared.helen, user_id=cared.nora.user_id, part="primary")
    assert maria not in clients_of(cared.helen, user_id=cared.paul.user_id, part="primary")
    with pytest.raises(NotYet, match="not away"):
        come_back(cared.helen, staff_id=cared.staff_ids["nora"], at=ILL + timedelta(days=4))


def test_who_is_back_is_in_charge_again(cared):
    """Each stay that another still stands in for returns; there is no gap between."""
    hand_over(cared, "osei", "vera", in_charge="vera")

    come_back(cared.helen, staff_id=cared.staff_ids["osei"], at=ILL + timedelta(days=3))

    stay = stay_of(cared.nora, client_id=cared.maria.client_id)
    assert (stay.in_charge_id, stay.stands_in) == (cared.staff_ids["osei"], False)


def test_what_others_settled_meanwhile_stays_theirs(cared):
    """A stay put into other hands for good is not pulled back."""
    hand_over(cared, "osei", "vera", in_charge="vera")
    put_in_charge(cared.helen, client_id=cared.maria.client_id, staff_id=cared.staff_ids["nora"],
                  at=ILL + timedelta(days=1))

    come_back(cared.helen, staff_id=cared.staff_ids["osei"], at=ILL + timedelta(days=3))

    assert in_charge_of(cared.helen, staff_id=cared.staff_ids["nora"]) == [cared.maria.client_id]


@pytest.mark.parametrize(("first", "to", "in_charge", "says"), [
    ("osei", "vera", None, "in charge"), ("osei", "vera", "fay", "valid licence"),
    ("osei", "osei", "vera", "stands in"),
])
def test_what_would_leave_somebody_alone_is_refused_whole(cared, first, to, in_charge, says):
    """Nothing is moved when one part can't be."""
    with pytest.raises(NotYet, match=says):
        hand_over(cared, first, to, in_charge=in_charge)

    assert in_charge_of(cared.helen, staff_id=cared.staff_ids["osei"]) == [cared.maria.client_id]
    assert len(tasks_by_name(cared.helen, user_id=cared.osei.user_id, at=ILL)) == 1


def test_nobody_who_is_away_stands_in(cared):
    """Two who are ill at once each need somebody who is here."""
    hand_over(cared, "paul", "nora")
    with pytest.raises(NotYet, match="away as well"):
        hand_over(cared, "nora", "paul")
    with pytest.raises(NotYet, match="away already"):
        hand_over(cared, "paul", "vera")
    with pytest.raises(Refused):
        stand_in(cared.nora, staff_id=cared.staff_ids["paul"], stand_in_id=cared.staff_ids["vera"],
                 in_charge_to=None, expected_on=None, at=ILL)


def test_who_leaves_passes_on_tasks_and_supervision(cared):
    """A trainee is never left without somebody who signs."""
    ids = cared.staff_ids
    leaves = {"staff_id": ids["vera"], "in_charge_to": None, "primary_to": None, "on": ILL.date()}
    with pytest.raises(NotYet, match="supervises"):
        part_with(cared.helen, **leaves, at=ILL)

    part_with(cared.helen, **leaves, supervisor_to=ids["osei"], at=ILL)

    assert cosigner_of(cared.helen, staff_id=ids["iris"], on=ILL.date()) == ids["osei"]
    assert next(row for row in staff(cared.helen) if row.name == "Dr Kwame Osei").supervisor_id is None


def test_an_open_task_is_left_to_nobody_by_no_leaver(cared):
    """Somebody takes what is open before the account ends."""
    open_task(cared.sam, client_id=cared.maria.client_id, title="Ring", why="", due_at=ILL,
              source_kind="test", source_id="2", assignee_user_id=cared.sam.user_id, at=ILL)

    with pytest.raises(NotYet, match="tasks"):
        part_with(cared.helen, staff_id=cared.staff_ids["sam"], in_charge_to=None, primary_to=None,
                  on=ILL.date(), at=ILL)


def test_the_page_shows_whom_it_concerns_before(cared):
    """Names first, then one action; the staff page says who is away and who stands in."""
    helen, address = sign_in(cared.helen), f"/staff/{cared.staff_ids['osei']}/hand-over/"
    before = helen.get(address).content.decode()
    assert "Maria Delgado" in before
    assert "Ring the pharmacy" in before

    assert helen.post(address, {"stand_in": cared.staff_ids["vera"]}).status_code == 422
    sent = {"stand_in": cared.staff_ids["vera"], "in_charge_to": cared.staff_ids["vera"]}
    assert helen.post(address, {**sent, "expected_on": "soon"}).status_code == 422
    assert helen.post(address, {**sent, "expected_on": "2026-11-30"}).status_code == 302

    page = helen.get("/staff/").content.decode()
    assert "Vera Lindt stands in" in page
    assert "back on Mon 30 Nov" in page
    assert sign_in(cared.nora).get(address).status_code == 403
    assert helen.post(f"/staff/{cared.staff_ids['osei']}/back/").status_code == 302
    assert "stands in" not in helen.get("/staff/").content.decode()


def test_the_staff_page_notes_renewal_register_and_relations(cared):
    """Each is one small form; what is wrong is said and nothing typed is lost."""
    helen = sign_in(cared.helen)
    nora = next(row for row in staff(cared.helen) if row.name == "Nora Feld")
    licence, iris = nora.licences[0].licence_id, cared.staff_ids["iris"]

    assert helen.post(f"/staff/licences/{licence}/renewal/", {"renewal_on": "2030-01-01"}).status_code == 422
    assert helen.post(f"/staff/licences/{licence}/renewal/", {"renewal_on": "2026-11-10"}).status_code == 302
    assert helen.post(f"/staff/licences/{licence}/look-up/", {"found": "valid"}).status_code == 422
    assert helen.post(f"/staff/licences/{licence}/look-up/",
                      {"found": "action", "source": "NY register", "words": "probation"}).status_code == 302
    assert helen.post(f"/staff/{iris}/relations/", {"supervisor": iris}).status_code == 422
    assert helen.post(f"/staff/{iris}/relations/", {"supervisor": cared.staff_ids["osei"]}
                      ).status_code == 302

    page = helen.get("/staff/").content.decode()
    assert "renewal under way since 10 Nov" in page
    assert "Valid, with a board action" in page or "valid, with a board action" in page
    assert "supervised by Dr Kwame Osei" in page
    assert {row.user_id for row in team_of(cared.helen, client_id=cared.maria.client_id)}

"""S4. A client gets a copy of the whole record: each part of it, nobody else's line, by the one door."""

import json

import pytest

from daybridge.access import clock
from daybridge.care.notes.commands import keep_apart
from daybridge.care.notes.queries import notes_of
from daybridge.documents.queries import disclosures_of
from daybridge.pages.record_sections import CLASSES
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.notes import NORA
from tests.spec.test_l02_group_note import close, group, sign  # noqa: F401 - a fixture
from tests.story import WEEK, local

AT = local(WEEK, 15)


@pytest.fixture
def record(cast, group, monkeypatch):  # noqa: F811 - a fixture
    """Maria and Lena with their first group's notes; it is the afternoon."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    close(cast, group)
    sign(cast.nora, group, maria="Said no twice, laughed.")
    return cast


def copy(browser, **sent):
    return browser.post("/my/record/copy/", {"format": "json", **sent})


def test_the_client_gets_everything_now(record):
    """Name, evaluation, decision, plan, hours, note and medicines of Maria's own, in one file."""
    answer = copy(sign_in(record.maria.account))
    found = json.loads(answer.content)
    words = answer.content.decode()

    assert len(found["sections"]) == len(tuple(CLASSES))
    for part in ("Maria Delgado", "I want my girls to wake up in my house.", "I need to be home at night.",
                 "Get through Friday nights sober", "Said no twice, laughed.", "180"):
        assert part in words
    assert found["title"] == "Una copia de mi registro"  # she reads Spanish


def test_nobody_elses_line_is_in_it(record, group):  # noqa: F811 - a fixture
    """What Lena's note says is in Lena's copy alone; her name is in none of Maria's."""
    words = copy(sign_in(record.maria.account)).content.decode()

    assert "Lena" not in words
    _, maria, lena, _ = group
    assert notes_of(record.nora, client_id=lena) != notes_of(record.nora, client_id=maria)


def test_counselling_notes_are_kept_apart(record):
    """They are not in the copy, and the copy says so."""
    keep_apart(record.nora, client_id=record.maria.client_id, words="Myownthoughtsapart", event_at=AT,
               signer=NORA, at=AT)
    words = copy(sign_in(record.maria.account)).content.decode()

    assert "Myownthoughtsapart" not in words
    assert "notas de consejería" in words


def test_it_leaves_by_the_one_door(record):
    """A paper and a file are two lines of the ledger, each with its digest."""
    maria = sign_in(record.maria.account)
    paper = maria.post("/my/record/copy/", {"format": "pdf"})
    assert paper.content.startswith(b"%PDF")
    assert "attachment" in paper.headers["Content-Disposition"]
    copy(maria)

    rows = disclosures_of(record.nora, client_id=record.maria.client_id, since=story.MON, until=AT)
    assert [row.title for row in rows] == ["Una copia de mi registro"] * 2
    assert len({row.digest for row in rows}) == 2


def test_staff_who_may_not_read_each_part_are_told_who_may(record):
    """The front desk has no such page; intake sees what is locked; the physician makes it in Spanish."""
    address = f"/clients/{record.maria.client_id}/copy/"
    assert sign_in(record.fay).get(address).status_code == 403
    sam = sign_in(record.sam)
    assert "Somebody else makes this copy" in sam.get(address).content.decode()
    assert sam.post(address, {"format": "json"}).status_code == 422

    made = sign_in(record.osei).post(address, {"format": "json", "language": "es"})
    assert json.loads(made.content)["title"] == "Una copia de mi registro"

"""L2. A trainee's group of twelve is read and co-signed in one act, not note by note."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from daybridge.access import clock
from daybridge.access.relate import join_team
from daybridge.access.signatures import Signer
from daybridge.care.notes.commands import NotReady
from daybridge.care.notes.commands_after import cosign_group, send_back
from daybridge.care.notes.commands_group import OwnLine, sign_group
from daybridge.care.notes.queries_due import to_cosign
from daybridge.care.notes.queries_group import group_to_cosign
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import PASSWORD
from tests.notes import NORA, taught
from tests.spec.test_l02_group_note import END, SHARED, close, group  # noqa: F401 - a fixture

VERA = Signer("Vera Lang", "PhD", "PhD 1002, NY")


@pytest.fixture
def waiting(cast, group, monkeypatch):  # noqa: F811 - a fixture
    """Iris, in training, has signed both notes of Monday's group; Vera co-signs them."""
    monkeypatch.setattr(clock, "now", lambda: END)
    pk, maria, lena, _ = group
    close(cast, group)
    iris = taught(cast, cast.maria)
    join_team(cast.helen, client_id=lena, user_id=iris.user_id, part="member", at=story.MON)
    sign_group(iris, occurrence_id=pk, client_ids=[maria, lena], shared=SHARED, signer=NORA, at=END,
               lines={maria: OwnLine(maria, "listened", "Said no twice."), lena: OwnLine(lena)})
    return pk, maria, lena


def notes(cast, pk):
    return {one.index.note_id: one.index.client_id for one in group_to_cosign(cast.vera, occurrence_id=pk)}


def test_the_whole_group_in_one_act(cast, waiting):
    """Two notes, one signature each, nothing waits any more."""
    pk, *_ = waiting
    assert cosign_group(cast.vera, notes=notes(cast, pk), signer=VERA, at=END) == 2

    assert to_cosign(cast.vera, at=END) == []
    assert group_to_cosign(cast.vera, occurrence_id=pk) == []


def test_all_or_none(cast, waiting):
    """One of them is a note of nobody: neither is signed."""
    pk, maria, _ = waiting
    known = notes(cast, pk)
    with pytest.raises(ObjectDoesNotExist):
        cosign_group(cast.vera, notes={**known, 10**9: maria}, signer=VERA, at=END)
    assert len(group_to_cosign(cast.vera, occurrence_id=pk)) == 2
    with pytest.raises(NotReady, match="at least one"):
        cosign_group(cast.vera, notes={}, signer=VERA, at=END)


def test_one_that_was_sent_back_stands_alone(cast, waiting):
    """Maria's note goes back to Iris: the act holds Lena's only."""
    pk, maria, lena = waiting
    hers = next(note for note, client in notes(cast, pk).items() if client == maria)
    send_back(cast.vera, client_id=maria, note_id=hers, words="How did she say no?", signer=VERA, at=END)

    assert list(notes(cast, pk).values()) == [lena]


def test_the_page_shows_the_shared_part_once_and_takes_the_ticked_ones(cast, waiting):
    """A wrong password keeps the ticks; the queue holds one line for the group until then."""
    pk, maria, _ = waiting
    browser, address = sign_in(cast.vera), f"/sessions/{pk}/cosign/"
    assert "Group, 2 notes" in browser.get("/notes/to-sign/").content.decode()
    page = browser.get(address).content.decode()
    assert page.count(SHARED.done) == 1
    hers = next(note for note, client in notes(cast, pk).items() if client == maria)

    wrong = browser.post(address, {"note": [hers], "password": "no"})
    assert wrong.status_code == 422
    assert wrong.content.decode().count(" checked") == 1
    assert browser.post(address, {"note": [hers], "password": PASSWORD}).status_code == 302
    assert len(notes(cast, pk)) == 1



def test_today_holds_one_line_for_the_group(cast, waiting):
    """Twelve notes of one group don't push the rest of the day off the page."""
    page = sign_in(cast.vera).get("/today/").content.decode()

    assert page.casefold().count("co-sign 2 notes of a group") == 1
    assert "co-sign: group session" not in page.casefold()

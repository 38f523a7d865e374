"""S2. The licence register with documents: the scan behind a licence, for the director alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from daybridge.access import clock
from daybridge.access.gate import Refused
from daybridge.clinic.people.commands_papers import keep_licence_paper
from daybridge.clinic.people.commands_staff import NotKept
from daybridge.clinic.people.queries import staff
from daybridge.clinic.people.queries_papers import licence_paper, licence_papers
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON

SCAN = b"%PDF-1.7 licence of Nora Feld, 9 Home Street"


@pytest.fixture
def licence(cast, monkeypatch):
    """Nora's licence; it is noon."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return next(row for row in staff(cast.helen) if row.user_id == cast.nora.user_id).licences[0].licence_id


def test_the_director_keeps_a_scan_gives_it_out_and_puts_it_away(cast, licence):
    """Kept from the page, given out as a file byte for byte, put away and gone from the list."""
    helen, address = sign_in(cast.helen), f"/staff/licences/{licence}/papers/"
    file = SimpleUploadedFile("nora home address.pdf", SCAN, "application/pdf")
    assert helen.post(address, {"about": "Licence 2026", "file": file}).status_code == 302
    (one,) = licence_papers(cast.helen, licence_id=licence).papers
    assert "Licence 2026" in helen.get(address).content.decode()

    given = helen.get(f"{address}{one.paper_id}/")
    assert given.content == SCAN
    assert "Nora" not in given.headers["Content-Disposition"]
    helen.post(address, {"away": str(one.paper_id)})
    assert licence_papers(cast.helen, licence_id=licence).papers == ()
    assert helen.get(f"{address}{one.paper_id}/").status_code == 404


@pytest.mark.parametrize(("about", "content"), [
    ("", SCAN), ("Licence", b""), ("Licence", b"<html>not a scan"), ("Licence", b"%PDF-" + b"0" * 10_000_001),
])
def test_what_is_no_scan_does_not_enter(cast, licence, about, content):
    """No words, an empty file, a page, a file too large: each says what to do, and the words stay."""
    file = SimpleUploadedFile("licence.pdf", content)
    answer = sign_in(cast.helen).post(f"/staff/licences/{licence}/papers/", {"about": about, "file": file})
    assert answer.status_code == 422
    with pytest.raises(NotKept):
        keep_licence_paper(cast.helen, licence_id=licence, about=about, content=content, at=NOON)


def test_nobody_else_reads_it(cast, licence):
    """Not the supervisor, not Nora's colleagues, not she herself by this way."""
    pk = keep_licence_paper(cast.helen, licence_id=licence, about="Licence", content=SCAN, at=NOON)
    for actor in (cast.vera, cast.nora, cast.quinn):
        assert sign_in(actor).get(f"/staff/licences/{licence}/papers/").status_code == 403
        with pytest.raises(Refused):
            licence_paper(actor, licence_id=licence, paper_id=pk)
    assert sign_in(cast.helen).get("/staff/licences/999999/papers/").status_code == 404

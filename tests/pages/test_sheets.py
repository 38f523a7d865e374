"""Papers of a day: names as far as the reader may see them, no group's name, no house's; real PDF."""

from datetime import timedelta

import pytest

from daybridge.access import clock
from daybridge.care.schedule.queries import sessions
from daybridge.pages import my_lessons, sheets
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.story import WEEK

DAY = timedelta(days=1)


@pytest.fixture
def printed(cast, monkeypatch):
    """Maria and Bo are expected on Wednesday; what is put on paper is kept beside the PDF."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    bo = story.somebody(cast, "Bo Berg")
    one = story.groups(cast)
    for person in (cast.maria, bo):
        story.admitted(cast, person)
        story.join_groups(cast, person, one.wednesday)
    kept, genuine = [], sheets.render

    def keep(template, data):
        kept.append(data)
        return genuine(template, data)

    monkeypatch.setattr(sheets, "render", keep)
    monkeypatch.setattr(my_lessons, "render_pdf", keep)
    return kept


def wednesday(cast):
    return sessions(cast.nora, first=WEEK + 2 * DAY, last=WEEK + 2 * DAY)[0].occurrence_id


def test_the_sheet_to_sign_has_first_names_and_initials(cast, printed):
    """Whoever signs reads the others: no more of a name than it takes to find one's line."""
    answer = sign_in(cast.nora).get(f"/sessions/{wednesday(cast)}/sheet/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert printed[0]["names"] == ["Bo B.", "Maria D."]
    assert printed[0]["others"] == 0
    assert not {"Relapse prevention", "title"} & {*printed[0], *map(str, printed[0].values())}


def test_a_reader_who_knows_nobody_is_told_how_many_there_are(cast, printed):
    """Paul is on nobody's team: numbers, no names, and the paper does not call the session empty."""
    assert sign_in(cast.paul).get(f"/sessions/{wednesday(cast)}/sheet/").status_code == 200
    assert (printed[0]["names"], printed[0]["others"]) == ([], 2)
    assert sign_in(cast.quinn).get(f"/sessions/{wednesday(cast)}/sheet/").status_code == 403
    assert sign_in(cast.maria.account).get(f"/sessions/{wednesday(cast)}/sheet/").status_code == 403


def test_the_day_on_paper_is_what_the_desk_sees(cast, printed):
    """Time, room, leader, names; another day by its address, a wrong day is today."""
    fay = sign_in(cast.fay)
    assert fay.get(f"/arrivals/sheet/?day={(WEEK + 2 * DAY).isoformat()}").status_code == 200
    assert fay.get("/arrivals/sheet/?day=yesterday").status_code == 200
    one, other = printed
    assert [row["names"] for row in one["sessions"]] == [["Bo Berg", "Maria Delgado"]]
    assert one["sessions"][0]["when"] == "Wed 18 Nov, 10:30 to 13:30"
    assert "Relapse prevention" not in str(one)
    assert other["title"] == "Monday 16 November 2026"


def test_alike_names_stand_in_full():
    """Two whose first name and initial are the same can still find their line."""
    assert sheets.short(["Ana Diaz", "Ana Dorsey", "Cher", "Jo de la Cruz"]) == [
        "Ana Diaz", "Ana Dorsey", "Cher", "Jo C."]


def test_a_hand_out_is_for_staff_and_clients_in_both_languages(cast, printed):
    """It says what the lesson says, whom nobody has checked says so, and names no house."""
    for reader in (cast.nora, cast.maria.account):
        for language in ("en", "es"):
            answer = sign_in(reader).get(f"/curriculum/craving/paper/{language}/")
            assert answer.content.startswith(b"%PDF"), language
    assert [paper["language"] for paper in printed] == ["en", "es"] * 2
    assert printed[0]["unread"] == ""
    assert "máquina" in printed[1]["unread"]
    assert sign_in(cast.nora).get("/curriculum/craving/paper/fr/").status_code == 404
    assert sign_in(cast.nora).get("/curriculum/nonsense/paper/en/").status_code == 404

"""L4. By video counts when place, call-back number and privacy were asked and a licence holds there."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.access import clock
from daybridge.care.hours import rules
from daybridge.care.hours.commands import Line, take_attendance
from daybridge.care.hours.commands_video import NotAsked, come_in_person, note_whereabouts, plan_by_video
from daybridge.care.hours.queries import presence_at
from daybridge.care.hours.queries_video import licence_there, video_links
from daybridge.care.hours.rules_video import SHARED, Asked, Heard, why_not_counted
from daybridge.care.schedule.commands import open_session
from daybridge.care.schedule.commands_joining import say_who_may_join
from daybridge.care.schedule.queries import sessions
from daybridge.care.schedule.rules import Joining
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import WEEK, local

AT = local(WEEK, 10, 30)
ROOM = "https://video.example/room"


@pytest.fixture
def monday(cast, monkeypatch):
    """Maria in Monday's group, which is open now."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    story.admitted(cast, cast.maria)
    groups = story.groups(cast)
    story.join_groups(cast, cast.maria, groups.monday)
    say_who_may_join(cast.nora, series_id=groups.monday, rules=Joining(video_link=ROOM), at=AT)
    one = sessions(cast.nora, first=WEEK, last=WEEK)[0]
    open_session(cast.nora, occurrence_id=one.occurrence_id, at=AT)
    return one


def planned(cast, one):
    plan_by_video(cast.nora, client_id=cast.maria.client_id, occurrence_id=one.occurrence_id, link=ROOM,
                  at=AT)


def asked(cast, one, **changes):
    said = {"place": "12 Elm Street, Albany", "state": "NY", "call_back": "518-555-0142",
            "heard": Heard.ALONE}
    return note_whereabouts(cast.nora, client_id=cast.maria.client_id, occurrence_id=one.occurrence_id, at=AT,
                            asked=Asked(**said | changes))


def page_of(cast, one):
    return f"/clients/{cast.maria.client_id}/groups/{one.occurrence_id}/video/"


def counted(cast, one):
    """Take the attendance; return Maria's minutes and what stands beside them."""
    now = sessions(cast.nora, first=WEEK, last=WEEK)[0]
    pk = cast.maria.client_id
    take_attendance(cast.nora, occurrence_id=one.occurrence_id, client_ids=[pk], version=now.version,
                    lines=[Line(pk, rules.Attendance.ATTENDED)], at=one.ends_at)
    row = presence_at(cast.nora, occurrence_id=one.occurrence_id)[pk]
    return row.clinical_minutes, row.reason


def test_asked_about_it_counts_like_the_room(cast, monday):
    """Place, number, privacy and a licence in New York: all the minutes."""
    planned(cast, monday)

    assert asked(cast, monday) == ""
    assert counted(cast, monday) == (180, "")


def test_not_asked_it_counts_nothing_and_says_so(cast, monday):
    """Nobody asked where she is: no contact hours, and the room says it before and after."""
    planned(cast, monday)
    page = sign_in(cast.nora).get(f"/sessions/{monday.occurrence_id}/").content.decode()
    assert "By video: ask where they are" in page

    minutes, why = counted(cast, monday)
    assert (minutes, why) == (0, "By video, and nobody asked where the client is.")
    asked(cast, monday)  # asked late is asked: taken once more, it counts
    assert counted(cast, monday) == (180, "")


@pytest.mark.parametrize(("answers", "why"), [
    ({"state": "NV"}, "no licence of the leader is valid in NV"),
    ({"heard": Heard.HEARD}, "somebody else could hear"),
    ({"heard": Heard.AGREED}, "somebody else could hear"),  # in a group the others are heard too
])
def test_what_the_law_and_the_others_ask(cast, monday, answers, why):
    """Away in another state, or with somebody beside her: kept for her safety, not counted."""
    planned(cast, monday)

    assert why in asked(cast, monday, **answers)
    minutes, reason = counted(cast, monday)
    assert minutes == 0
    assert why in reason


@pytest.mark.parametrize("answers", [
    {"place": "  "}, {"state": "XX"}, {"call_back": "12"}, {"call_back": "no phone"}])
def test_without_place_state_or_number_nothing_is_saved(cast, monday, answers):
    """Each says what to ask."""
    with pytest.raises(NotAsked):
        asked(cast, monday, **answers)


def test_an_address_that_anybody_could_read_is_refused(cast, monday):
    """Only https."""
    with pytest.raises(NotAsked, match="https"):
        plan_by_video(cast.nora, client_id=cast.maria.client_id, occurrence_id=monday.occurrence_id,
                      link="http://video.example", at=AT)


def test_in_the_room_after_all(cast, monday):
    """Who comes in person is counted as everybody, and finds no address on their page."""
    planned(cast, monday)
    ids = {"client_id": cast.maria.client_id, "occurrence_id": monday.occurrence_id}
    come_in_person(cast.nora, **ids, at=AT)

    assert video_links(cast.maria.account, client_id=cast.maria.client_id, of={monday.occurrence_id}) == {}
    assert counted(cast, monday) == (180, "")


def test_a_licence_of_their_own_is_not_stretched_by_a_supervisors(cast, monday):
    """Nora is licensed in New York; what her supervisor holds elsewhere does not help; a past day neither."""
    session = sessions(cast.nora, first=WEEK, last=WEEK)[0]

    assert licence_there(cast.nora, session=session, state="NY").startswith("Nora Feld")
    assert licence_there(cast.nora, session=session, state="CA") == ""


def test_the_pages(cast, monday, monkeypatch):
    """The client finds the address and what will be asked; an answer left out keeps the rest."""
    browser, address = sign_in(cast.nora), page_of(cast, monday)
    said = {"place": "12 Elm Street", "state": "NY", "call_back": "518-555-0142"}
    assert ROOM in browser.get(address).content.decode()  # the group's own, to begin with
    browser.post(address, {"do": "plan", "link": ROOM})
    mine = sign_in(cast.maria.account).get("/home/").content.decode()
    assert ROOM in mine
    assert "dónde está" in mine  # she reads Spanish

    wrong = browser.post(address, said)
    assert wrong.status_code == 422
    assert b"12 Elm Street" in wrong.content
    browser.post(address, said | {"heard": "alone"})
    page = browser.get(f"/sessions/{monday.occurrence_id}/group/").content.decode()
    assert "By video from 12 Elm Street" in page


def test_the_desk_does_not_learn_where_somebody_is(cast, monday):
    """The desk may plan it and reads no place; who supports her reads nothing."""
    planned(cast, monday)
    asked(cast, monday)
    page = sign_in(cast.fay).get(page_of(cast, monday)).content.decode()

    assert "Elm Street" not in page
    assert "Ask before you begin" not in page


@given(heard=st.sampled_from(Heard), service=st.sampled_from([*SHARED, "individual", "family"]),
       licence=st.sampled_from(["", "Nora Feld"]))
def test_it_counts_only_with_everything(heard, service, licence):
    """Property: a licence, and nobody hears, or outside of a group somebody whom the client wants."""
    found = why_not_counted(Asked("Home", "NY", "518-555-0142", heard, licence), service)
    private = heard is Heard.ALONE or (heard is Heard.AGREED and service not in SHARED)

    assert (found == "") == (licence != "" and private)
    assert why_not_counted(None, service)

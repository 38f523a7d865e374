"""Pages are counted: the number of statements does not depend on the number of rows."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from daybridge.access import clock
from daybridge.access.relate import join_team
from daybridge.care.assessment.commands_needs import SendTo, answer_need, find_need
from daybridge.care.hours import rules
from daybridge.care.hours.commands import Line, check_in, take_attendance
from daybridge.care.medical.commands import name_need
from daybridge.care.medicines.commands import consider
from daybridge.care.notes.commands_withdraw import withdraw_note
from daybridge.care.schedule.commands import open_session
from daybridge.care.schedule.queries import session, sessions
from daybridge.clinic.programme.commands import change_setting
from daybridge.clinic.referrals.commands import take_in
from daybridge.clinic.referrals.commands_partners import PartnerWords, add_partner
from daybridge.clinic.tasks.commands import open_task
from daybridge.documents.commands_requests import make_request
from daybridge.documents.rules_requests import RequestKind
from tests import notes, story
from tests.access.test_canary_matrix import sign_in
from tests.canaries_instruments import measured

NOW = story.local(story.WEEK + timedelta(days=2), 11)  # Wednesday, while the group runs
MOST = 90  # the chart; each statement of it shows something
PAGES = [
    ("nora", "/today/"), ("nora", "/hours/"), ("helen", "/hours/?view=all"), ("nora", "/groups/"),
    ("nora", "/clients/"), ("nora", "/outreach/"), ("nora", "/tasks/"), ("sam", "/intake/"),
    ("fay", "/arrivals/"), ("helen", "/programme/"), ("helen", "/staff/"), ("nora", "/find/?q=m"),
    ("nora", "/sessions/{held}/"), ("nora", "/sessions/{held}/group/"),
    ("nora", "/clients/{maria}/"), ("maria", "/home/"),
    ("quinn", "/library/"), ("vera", "/fidelity/"), ("quinn", "/library/matrix-model/"),
    ("helen", "/staff/{osei}/hand-over/"),
    ("nora", "/groups/{series}/"), ("nora", "/clients/{maria}/groups/"),
    ("nora", "/clients/{maria}/groups/offer/"), ("nora", "/clients/{maria}/placement/stage/"),
    ("nora", "/clients/{maria}/groups/lessons/"),
    ("nora", "/clients/{maria}/groups/{held}/video/"), ("nora", "/clients/{maria}/groups/interpreter/"),
    ("helen", "/groups/{series}/change/"), ("nora", "/groups/{series}/joining/"),
    ("nora", "/clients/{maria}/help-here/"),
    ("pia", "/clients/same-person/"),
    ("nora", "/clients/{maria}/notes/"), ("nora", "/clients/{maria}/notes/new/"), ("vera", "/notes/to-sign/"),
    ("vera", "/sessions/{held}/cosign/"),
    ("nora", "/notes/to-sign/"), ("nora", "/clients/{maria}/thread/"), ("pia", "/notes/wrong-chart/"),
    ("maria", "/my/notes/"),
    ("nora", "/clients/{maria}/consents/"), ("nora", "/clients/{maria}/documents/"),
    ("maria", "/my/consents/"), ("maria", "/my/record/"), ("pia", "/privacy/"),
    ("tess", "/referrals/"), ("nora", "/clients/{maria}/needs/"), ("nora", "/clients/{maria}/referrals/"),
    ("nora", "/clients/{maria}/instruments/"), ("maria", "/my/questions/"),
    ("tess", "/services/"), ("tess", "/partners/"),
    ("nora", "/clients/{maria}/times/"), ("maria", "/my/times/"), ("nora", "/my-hours/"),
    ("maria", "/my/lessons/"), ("maria", "/my/lessons/craving/"), ("nora", "/calendar/"),
    ("maria", "/my/calendar/"), ("maria", "/my/code/"), ("helen", "/kiosks/"),
    ("helen", "/staff/licences/1/papers/"),
    ("nora", "/groups/{series}/lessons/"), ("nora", "/curriculum/"), ("nora", "/curriculum/craving/"),
    ("helen", "/week-plan/"), ("nora", "/week/"), ("nora", "/clients/{maria}/week/"),
    ("helen", "/sessions/{held}/move/"), ("helen", "/staff/{user}/cover/?first=2026-11-23&last=2026-11-29"),
    ("nora", "/clients/{maria}/plan/"), ("nora", "/clients/{maria}/plan/groups/"), ("maria", "/my/plan/"),
    ("osei", "/clients/{maria}/copy/"),
    ("osei", "/medicine/"), ("osei", "/clients/{maria}/medicines/"), ("osei", "/clients/{maria}/medical/"),
    ("ruth", "/clients/{maria}/medical/screen/"), ("osei", "/today/"), ("maria", "/my/medicines/"),
]


@pytest.fixture
def groups(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    # every note is read by a second person: chance decides nothing here
    change_setting(cast.helen, key="cosign_sample", value=100, effective_on=story.WEEK, source="test",
                   looked_at_by="", looked_at_on=None, at=NOW)
    return story.groups(cast)


def live(cast, groups, people):
    """Bring people into the groups; each misses Monday and has a task."""
    for one in people:
        story.admitted(cast, one)
        story.join_groups(cast, one, groups.monday, groups.wednesday, groups.friday)
        consider(cast.osei, client_id=one.client_id, name="naltrexone", prescriber="Dr Osei", here=True,
                 at=NOW)
        name_need(cast.osei, client_id=one.client_id, words="Sugar", urgency="today", at=NOW)
        make_request(cast.nora, client_id=one.client_id, kind=RequestKind.COPY, words="all",
                     received_on=NOW.date(), today=NOW.date(), at=NOW)
        open_task(cast.nora, client_id=one.client_id, title="Ring the landlord", why="rent",
                  due_at=NOW, source_kind="test", source_id=str(one.client_id),
                  assignee_user_id=cast.nora.user_id, at=NOW)
        join_team(cast.helen, client_id=one.client_id, user_id=cast.tess.user_id, part="member", at=NOW)
        needs_and_referrals(cast, one.client_id, len(people))
        measured(cast, one.client_id, [NOW - timedelta(hours=hours) for hours in range(len(people))])


def needs_and_referrals(cast, client_id, number):
    """Find needs, refer for some of them to a new partner each, be asked by a court."""
    for count in range(number):
        partner = add_partner(cast.tess, at=NOW, words=PartnerWords(
            f"Partner {client_id} {count}", services=("housing",), waiting_days=count))
        for domain in ("housing", "food"):
            need = find_need(cast.nora, client_id=client_id, domain=domain, words="x", at=NOW)
        answer_need(cast.nora, client_id=client_id, need_id=need, answer="referred",
                    to=SendTo(partner_id=partner), at=NOW)
        take_in(cast.tess, client_id=client_id, from_kind="court", from_words="A court",
                came_on=story.WEEK, at=NOW)


def hold(cast, people):
    """Hold Monday's group, which nobody came to, and open Wednesday's, to which all came."""
    monday, wednesday = sessions(cast.nora, first=story.WEEK, last=NOW.date())
    open_session(cast.nora, occurrence_id=monday.occurrence_id, at=monday.starts_at)
    ids = [one.client_id for one in people]
    take_attendance(cast.nora, occurrence_id=monday.occurrence_id, client_ids=ids,
                    lines=[Line(pk, rules.Attendance.UNKNOWN) for pk in ids],
                    version=monday.version + 1, at=monday.ends_at)
    open_session(cast.nora, occurrence_id=wednesday.occurrence_id, at=wednesday.starts_at)
    for n, pk in enumerate((*ids, *ids)):
        note(cast, people, n, pk)
    for pk in ids:
        check_in(cast.fay, client_id=pk, occurrence_id=wednesday.occurrence_id, at=NOW)
    return wednesday.occurrence_id


def note(cast, people, n, pk):
    """Write a note and sign it; every other one is withdrawn by half."""
    person = next(one for one in people if one.client_id == pk)
    cites = {"data": [notes.objective_of(cast, person)]}
    one = notes.signed(cast, person, notes.typed(event_at=story.MON, data="x", cites=cites), at=NOW)
    if n % 2:
        join_team(cast.helen, client_id=pk, user_id=cast.vera.user_id, part="supervises", at=story.MON)
        withdraw_note(cast.vera, client_id=pk, note_id=one, why="Another person's.", at=NOW)


def statements(cast, held):
    """Return how many statements each page sends."""
    found = {}
    for first, address in PAGES:
        path = address.format(held=held, maria=cast.maria.client_id, osei=cast.staff_ids["osei"],
                              user=cast.nora.user_id,
                              series=session(cast.helen, occurrence_id=held).series_id)
        browser = sign_in(cast.everyone[first])
        assert browser.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as caught:
            browser.get(path)
        found[first, address] = len(caught.captured_queries)
    return found


def test_more_rows_need_no_more_statements(cast, groups):
    few = [cast.maria]
    live(cast, groups, few)
    many = [*few, *(story.somebody(cast, name) for name in ("Milo Berg", "Rosa Cole", "Wes Ward"))]
    with transaction.atomic():
        story.inquire(cast, cast.andre, at=story.MON)
        held = hold(cast, few)
        first = statements(cast, held)
        transaction.set_rollback(True)
    live(cast, groups, many[1:])
    for one in (cast.andre, cast.jonah, story.somebody(cast, "Tara Moss")):
        story.inquire(cast, one, at=story.MON)
    second = statements(cast, hold(cast, many))

    assert {page: (first[page], count) for page, count in second.items() if count > first[page]} == {}
    assert {page: count for page, count in second.items() if count > MOST} == {}

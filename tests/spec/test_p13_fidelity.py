"""P13. Delivered as designed: session and observer are drawn, both say what they saw, drift shows."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import clock, identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.schedule.commands_days import cancel_session
from daybridge.care.schedule.commands_fidelity import NotRated, draw_checks, rate
from daybridge.care.schedule.queries import session
from daybridge.care.schedule.queries_fidelity import by_month, draw_of, draws
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Window
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.story import WEEK

DAY = timedelta(days=1)
BY_ID = {one.id: one for kept in EVERYTHING for one in kept.figures if one.read}
SESSIONS = system(Role.SESSIONS)


@pytest.fixture
def drawn(cast):
    """Three practices are in use; the program has drawn a session and an observer for each."""
    story.groups(cast)
    assert draw(cast, NOON) == 3
    return {one.practice: one for one in draws(cast.vera, since=WEEK)}


def draw(cast, at, seed=5):
    with identity.acting(SESSIONS, at=at):
        return draw_checks(SESSIONS, at=at, seed=seed)


def who(cast, user_id):
    return next(one for one in cast.staff.values() if one.user_id == user_id)


def after(cast, one):
    return session(cast.nora, occurrence_id=one.occurrence_id).ends_at + timedelta(hours=1)


def read(cast, measure, at):
    with identity.acting(cast.quinn, at=at):
        return BY_ID[measure].read(cast.quinn, Window(WEEK, (at + DAY).date(), at))


def share(cast, measure, at):
    found = read(cast, measure, at).proportion
    return found.numerator, found.denominator


def test_every_practice_in_use_is_drawn_once_and_again_after_a_month(cast, drawn):
    """A draw that waits is not drawn again; one called off, or rated a month ago, is."""
    assert set(drawn) == {
        "cbt-relapse-prevention", "community-reinforcement", "mindfulness-relapse-prevention"}
    assert all(one.observer_id != one.leader_id for one in drawn.values())
    assert draw(cast, NOON) == 0
    one = drawn["mindfulness-relapse-prevention"]
    cancel_session(cast.helen, occurrence_id=one.occurrence_id, at=NOON)
    assert draw(cast, NOON + DAY) == 1


def test_observer_and_leader_each_say_what_they_saw_once(cast, drawn):
    """By the page; before the session, twice, and by anybody else it is refused; the words are kept."""
    one = drawn["cbt-relapse-prevention"]
    observer, leader = who(cast, one.observer_id), who(cast, one.leader_id)
    with pytest.raises(NotRated):
        rate(observer, draw_id=one.draw_id, seen=[0], words="", at=NOON)
    at = after(cast, one)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: at)
        page, address = sign_in(observer), f"/fidelity/{one.draw_id}/"
        assert one.items[0] in page.get(address).content.decode().replace("&#x27;", "'")
        assert "say what you saw" in page.get("/today/").content.decode().casefold()
        sent = {"seen": ["1", "2", "2", "99", "x"], "words": "Ask more."}
        assert page.post(address, sent).status_code == 302
        assert page.post(address, {"seen": ["1"]}).status_code == 422
        stranger = next(one for one in (cast.paul, cast.osei, cast.vera, cast.ruth)
                        if one.user_id not in {observer.user_id, leader.user_id})
        assert sign_in(stranger).get(address).status_code == 404
        assert sign_in(cast.fay).get("/fidelity/").status_code == 403
    rate(leader, draw_id=one.draw_id, seen=range(len(one.items)), words="", at=at)
    found = draw_of(leader, draw_id=one.draw_id)
    assert (found.observed, found.own, found.words) == (2 / len(one.items), 1.0, "Ask more.")
    with (pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.helen),
          connection.cursor() as cursor):
        cursor.execute("UPDATE schedule_fidelityrating SET seen = '{}'")


def test_the_measures_go_by_the_observer_and_show_whoever_sees_themselves_better(cast, drawn):
    """Checked, faithful, alike: one rating moves each; the leader's own changes neither of the first two."""
    one = drawn["cbt-relapse-prevention"]
    at, full = after(cast, one), list(range(len(one.items)))
    assert share(cast, "P13-checked", at) == (0, 3)
    rate(who(cast, one.leader_id), draw_id=one.draw_id, seen=full, words="", at=at)
    assert share(cast, "P13-checked", at) == (0, 3)
    rate(who(cast, one.observer_id), draw_id=one.draw_id, seen=full[:2], words="", at=at)
    assert share(cast, "P13-checked", at) == (1, 3)
    assert [(case.value, case.due) for case in read(cast, "P13-fidelity", at).cases] == [(2, len(full))]
    assert share(cast, "P13-observer", at) == (0, 1)
    assert share(cast, "P13-checked", at + 40 * DAY) == (0, 3)
    (month,) = by_month(cast.quinn, since=WEEK)
    assert (month.practice, month.sessions, month.share) == (one.practice, 1, 2 / len(full))


def test_nobody_rates_a_session_of_last_week(cast, drawn):
    """A draw lapses after seven days: it stays unsaid, and the practice is drawn for again."""
    one = drawn["cbt-relapse-prevention"]
    late = after(cast, one) + 8 * DAY
    with pytest.raises(NotRated):
        rate(who(cast, one.observer_id), draw_id=one.draw_id, seen=[0], words="", at=late)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: late)
        assert "Nobody said what they saw" in sign_in(cast.vera).get("/fidelity/").content.decode()

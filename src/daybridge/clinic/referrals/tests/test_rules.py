"""A referral moves only as it may; its clocks; who does a service."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from daybridge.clinic.referrals import rules
from daybridge.clinic.referrals.rules import Clocks, Doer, NotNow, State, Urgency

NOW = datetime(2026, 11, 16, 17, tzinfo=UTC)
CLOCKS = Clocks(seen_days=14, loop_days=30, high_hours=72)
# an oracle of its own: how far each state lies from the start, and what ends the way
ORDER = [State.SENT, State.ACCEPTED, State.SEEN, State.ANSWERED, State.ACTED_ON]


class Loop(RuleBasedStateMachine):
    """Somebody presses any button at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.way = [State.SENT]

    @rule(to=st.sampled_from(State))
    def press(self, to):
        """Press it."""
        try:
            self.way.append(rules.step(self.way[-1], to))
        except NotNow:
            assert to not in rules.next_states(self.way[-1])

    @invariant()
    def goes_forward_and_stays_closed(self):
        """No way back, nothing after the end."""
        helped = [one for one in self.way if one in ORDER]
        places = [ORDER.index(one) for one in helped]
        assert places == sorted(set(places))
        assert not set(self.way[:-1]) & rules.CLOSED

    @invariant()
    def help_was_seen_before_it_was_acted_on(self):
        """No closed loop without an answer."""
        if State.ACTED_ON in self.way:
            assert {State.SEEN, State.ANSWERED} < set(self.way)

    @invariant()
    def nobody_who_was_seen_was_turned_down(self):
        """Help that came is not undone."""
        assert not (State.SEEN in self.way and rules.WITHOUT_HELP & set(self.way))


Loop.TestCase.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
TestLoop = Loop.TestCase


@given(st.sampled_from(State))
def test_an_open_loop_has_a_clock_and_a_next_step_and_a_closed_one_has_neither(state):
    clock = rules.due_now(state, rules.due(NOW, Urgency.ROUTINE, None, CLOCKS))
    assert (clock is None) == (state in rules.CLOSED) == (not rules.next_states(state))


@given(st.sampled_from(Urgency), st.one_of(st.none(), st.integers(0, 365)))
def test_the_visit_comes_before_the_closed_loop(urgency, within_days):
    dates = rules.due(NOW, urgency, within_days, CLOCKS)
    assert NOW <= dates.seen_at <= dates.loop_at
    if urgency is Urgency.HIGH:
        assert dates.seen_at <= NOW + timedelta(hours=72)


@given(st.integers(0, 60 * 24), st.one_of(st.none(), st.integers(0, 60 * 24)))
def test_only_what_is_overdue_and_not_just_asked_is_chased(late_hours, asked_hours):
    chased = None if asked_hours is None else NOW - timedelta(hours=asked_hours)
    wants = rules.wants_chase(NOW - timedelta(hours=late_hours), chased, NOW)
    assert wants == (late_hours > 0 and (asked_hours is None or asked_hours >= 72))


def test_urgent_ones_reach_the_supervisor_after_a_day_others_after_a_week():
    clock = NOW - timedelta(days=2)
    assert rules.wants_escalation(clock, Urgency.HIGH, NOW)
    assert not rules.wants_escalation(clock, Urgency.ROUTINE, NOW)
    assert rules.wants_escalation(NOW - timedelta(days=7), Urgency.SOON, NOW)


@pytest.mark.parametrize(("doer", "partners", "is_gap"), [
    (None, ["one"], True), (Doer.NOBODY, ["one"], True), (Doer.PARTNER, [], True),
    (Doer.PARTNER, ["one"], False), (Doer.WE, [], False),
])
def test_a_service_without_anybody_is_a_gap(doer, partners, is_gap):
    """Nothing said is not the same as cared for."""
    assert bool(rules.gap(doer, partners)) == is_gap


def test_each_service_has_spanish_words():
    assert set(rules.SPANISH) == set(rules.SERVICES)
    assert set(rules.SERVICES) >= rules.BENEFITS

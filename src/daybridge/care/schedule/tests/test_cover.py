"""Who could lead instead: nobody in two places, nobody away, nobody asked unseen outside their hours."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.schedule.rules_cover import Fit, Hours, Lost, Person, Span, fits, proposal
from daybridge.clinic.calendar.rules import Away, Window

MONDAY = date(2026, 11, 16)
TEN = Span(MONDAY, 600, 690)


def person(user_id, *, languages=("en",), taken=(), windows=None, away=(), leads=True):
    return Person(user_id, frozenset(languages), tuple(taken), windows, tuple(away), leads_groups=leads)


def test_the_best_is_in_their_hours_and_leads_least():
    """Hours first, then minutes led that day; whoever is away, busy or lacks the language is not there."""
    people = [
        person(1, windows=(Window(0, 480, 1020),), taken=[Span(MONDAY, 480, 570)]),
        person(2, windows=(Window(0, 480, 1020),)),
        person(3), person(4, windows=(Window(1, 480, 1020),)),
        person(7, windows=(Window(0, 480, 1020),), leads=False),
        person(5, away=[Away(MONDAY, MONDAY)]), person(6, taken=[Span(MONDAY, 680, 700)]),
    ]
    assert fits(Lost(1, TEN, "en"), people) == [
        Fit(2, Hours.IN, 0), Fit(1, Hours.IN, 90), Fit(3, Hours.NOT_GIVEN, 0), Fit(4, Hours.OUT, 0),
        Fit(7, Hours.IN, 0, leads_groups=False)]
    assert proposal([Lost(1, TEN, "en")], people) == {1: 2}
    assert proposal([Lost(1, TEN, "en")], people[4:5]) == {}
    assert fits(Lost(1, TEN, "es"), people) == []


spans = st.builds(lambda start, length: Span(MONDAY, start, start + length),
                  st.integers(480, 1000), st.integers(15, 180))
persons = st.builds(
    lambda pk, taken, window, gone, languages: person(
        pk, taken=taken, languages=languages, away=[Away(MONDAY, MONDAY)] if gone else [],
        windows=None if window is None else (Window(0, window.from_minute, window.until_minute),)),
    st.integers(1, 8), st.lists(spans, max_size=3), st.none() | spans, st.booleans(),
    st.sampled_from([("en",), ("en", "es")]))


@given(st.lists(persons, max_size=6, unique_by=lambda one: one.user_id), st.lists(spans, max_size=4),
       st.sampled_from(["en", "es"]))
def test_a_proposal_never_breaks_a_rule(people, wanted, language):
    """Whatever is proposed is free, there, speaks the language; a session is left only when nobody is."""
    day: list[Span] = []
    for span in wanted:  # one leader's sessions never overlap
        if not any(span.touches(other) for other in day):
            day.append(span)
    lost = [Lost(n, span, language) for n, span in enumerate(day)]
    found, by_id = proposal(lost, people), {one.user_id: one for one in people}
    for one in lost:
        able = [fit.user_id for fit in fits(one, people) if fit.hours is not Hours.OUT]
        assert (one.occurrence_id in found) == bool(able)
        if able:
            chosen = by_id[found[one.occurrence_id]]
            assert chosen.user_id in able
            assert not chosen.away
            assert language in chosen.languages
            assert not any(one.span.touches(span) for span in chosen.taken)

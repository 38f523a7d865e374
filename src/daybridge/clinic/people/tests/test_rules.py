"""Ages, licences, who is in charge, dates as people write them, records that are alike."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.clinic.people.likeness import Known, likeness
from daybridge.clinic.people.rules import (
    BadDate,
    Candidate,
    DateOrder,
    InCharge,
    LicenceState,
    Standing,
    Valid,
    age,
    fold_contact,
    in_charge,
    is_minor,
    licence_state,
    may_be_in_charge,
    read_date,
    who_is_in_charge,
)

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))
BORN = st.dates(date(1910, 1, 1), TODAY)
VALIDS = st.builds(Valid, DAYS, DAYS, st.booleans())
CANDIDATES = st.builds(
    Candidate, st.integers(1, 99), st.lists(VALIDS, max_size=2).map(tuple)
)


@pytest.mark.parametrize(
    ("left", "state"),
    [
        (91, LicenceState.VALID),
        (90, LicenceState.ENDS_IN_90),
        (30, LicenceState.ENDS_IN_30),
        (7, LicenceState.ENDS_IN_7),
        (0, LicenceState.ENDS_IN_7),
        (-1, LicenceState.ENDED),
    ],
)
def test_an_ending_licence_is_warned_of(left, state):
    assert (
        licence_state(Valid(date(2020, 1, 1), TODAY + timedelta(days=left)), TODAY) is state
    )


def test_a_licence_not_valid_yet_is_no_licence():
    valid = Valid(TODAY + timedelta(days=1), date(2030, 1, 1))

    assert licence_state(valid, TODAY) is LicenceState.NOT_YET
    assert not may_be_in_charge(Candidate(1, (valid,)), TODAY)


@given(CANDIDATES, CANDIDATES, CANDIDATES, DAYS)
def test_whoever_is_in_charge_is_licensed_and_nobody_before_them_is(
    named, deputy, director, day
):
    line = (named, deputy, director)
    found = who_is_in_charge(*line, day)

    if found.standing is Standing.NOBODY:
        assert found.staff_id is None
        assert not any(may_be_in_charge(one, day) for one in line)
    else:
        place = list(Standing).index(found.standing)
        assert may_be_in_charge(line[place], day)
        assert not any(may_be_in_charge(one, day) for one in line[:place])
        assert in_charge(line, day) == (found.staff_id, place > 0)


def test_a_lapsed_licence_hands_over_to_the_deputy():
    lapsed = Candidate(1, (Valid(date(2020, 1, 1), TODAY - timedelta(days=1)),))
    deputy = Candidate(2, (Valid(date(2020, 1, 1), TODAY),))

    assert who_is_in_charge(lapsed, deputy, None, TODAY) == InCharge(2, Standing.DEPUTY)
    assert who_is_in_charge(None, None, None, TODAY).standing is Standing.NOBODY


@given(BORN, st.integers(0, 40000))
def test_age_grows_by_one_on_each_birthday(born, days):
    day = born + timedelta(days=days)
    later = age(born, day + timedelta(days=1))

    assert later - age(born, day) in {0, 1}
    assert is_minor(born, day) is (age(born, day) < 18)


def test_a_leap_day_child_has_its_birthday_on_the_first_of_march():
    born = date(2008, 2, 29)

    assert is_minor(born, date(2026, 2, 28))
    assert not is_minor(born, date(2026, 3, 1))


@given(BORN)
def test_every_form_of_a_date_reads_the_same(born):
    forms = [
        born.isoformat(),
        f"{born.month}/{born.day}/{born.year}",
        f"{born:%m/%d/%Y}",
        f"{born.day}.{born.month}.{born.year}",
        f"{born.day} {born:%b} {born.year}",
        f"{born:%B} {born.day}, {born.year}",
        f"  {born.day} {born:%B} {born.year} ".upper(),
    ]

    assert {read_date(form, today=TODAY) for form in forms} == {born}
    slashed = f"{born.day}/{born.month}/{born.year}"
    assert read_date(slashed, today=TODAY, order=DateOrder.DAY_FIRST) == born


@given(BORN)
def test_an_ambiguous_date_needs_a_declared_order(born):
    written = f"{born.month}/{born.day}/{born.year}"
    if born.day <= 12 and born.day != born.month:
        with pytest.raises(BadDate, match="month as a word"):
            read_date(written, today=TODAY, order=None)
    else:
        assert read_date(written, today=TODAY, order=None) == born


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("3/4/92", "four digits"),
        ("4 Mar 92", "four digits"),
        ("2/30/1992", "does not exist"),
        ("1992-13-01", "does not exist"),
        ("11/24/2026", "future"),
        ("1/1/1905", "120 years"),
        ("4 Marx 1992", "Write the date like"),
        ("yesterday", "Write the date like"),
        ("", "Write the date like"),
        ("1" * 5000, "Write the date like"),
        ("4 Mar " + "9" * 30, "does not exist"),
    ],
)
def test_a_date_that_can_not_be_read_says_how_to_write_it(typed, told):
    with pytest.raises(BadDate, match=told):
        read_date(typed, today=TODAY)


def test_spanish_months_are_read():
    assert read_date("4 de enero de 1992", today=TODAY) == date(1992, 1, 4)
    assert read_date("4 dic 1991", today=TODAY) == date(1991, 12, 4)


@given(st.text(max_size=60), st.sampled_from([*DateOrder, None]))
def test_whatever_is_typed_is_a_date_or_a_message(typed, order):
    with contextlib.suppress(BadDate):  # any other error fails
        assert read_date(typed, today=TODAY, order=order) <= TODAY


def test_the_same_number_is_the_same_however_it_is_written():
    assert fold_contact("phone", "+1 (212) 555-0142") == fold_contact(
        "phone", "212.555.0142"
    )
    assert fold_contact("email", " Ana@Example.org ") == "ana@example.org"


MARIA = Known(
    ("Maria Lopez", "Mari"), date(1992, 3, 4), ("212-555-0142",), ("m@example.org",)
)


@pytest.mark.parametrize(
    ("other", "score", "ask"),
    [
        (MARIA, 100, True),
        (Known(("M\u0430r\u00eda L\u00f3pez",), date(1992, 3, 4)), 80, True),
        (Known(("Maria Lopez",), date(1992, 4, 3)), 65, True),
        (Known(("Maria Perez",), date(1992, 3, 4)), 60, True),
        (Known(("Maria Perez",), phones=("(212) 555 0142",)), 40, False),
        (Known(("Jos\u00e9 Ruiz",), emails=("M@example.org",)), 20, False),
        (Known(("Jos\u00e9 Ruiz",), date(1980, 1, 1)), 0, False),
        (Known(()), 0, False),
    ],
)
def test_records_that_may_be_one_person_are_asked_about(other, score, ask):
    found = likeness(MARIA, other)

    assert (found.score, found.ask) == (score, ask)
    assert bool(found.reasons) is (score > 0)


NAMES = st.lists(st.text(max_size=12), max_size=3).map(tuple)
KNOWN = st.builds(Known, NAMES, st.one_of(st.none(), BORN), NAMES, NAMES)


@given(KNOWN, KNOWN)
def test_likeness_does_not_depend_on_who_comes_first(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other).score <= 100

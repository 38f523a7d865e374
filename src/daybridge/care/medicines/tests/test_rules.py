"""Names become classes; a list that nobody asked for is not an empty list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.medicines import rules
from daybridge.care.medicines.rules import Known, Lot, classify, state, usable


@pytest.mark.parametrize(("name", "classes"), [
    ("Suboxone 8/2 film", {"buprenorphine"}), ("VIVITROL", {"naltrexone"}),
    ("tramadol 50 mg", {"tramadol", "full_opioid"}), ("Tylenol 3", {"full_opioid"}),
    ("sertraline", set()), ("Contrave", {"naltrexone", "bupropion"}), ("Épinéphrine", None), ("", None),
    ("methadonex", None),
])
def test_a_name_says_its_classes(name, classes):
    assert classify(name) == (None if classes is None else frozenset(classes))


@given(st.text(max_size=60))
def test_any_name_is_classified_to_known_classes_or_none(name):
    found = classify(name)
    assert found is None or found <= set(rules.classes())


def test_not_asked_none_known_and_none_now_are_three_things():
    assert state(listed=0, asked=None) is Known.NOT_ASKED
    assert state(listed=0, asked="none") is Known.NONE
    assert state(listed=0, asked="some") is Known.ENDED
    assert state(listed=2, asked="none") is Known.LISTED


def test_a_kit_is_good_through_the_day_printed_on_it():
    lots = [Lot(date(2026, 11, 16), 2), Lot(date(2026, 11, 15), 5)]
    assert usable(lots, date(2026, 11, 16)) == 2


def test_medicines_are_offered_for_opioid_and_alcohol_use_disorder():
    assert rules.offered_for("opioid") == ("Methadone", "Buprenorphine", "Naltrexone")
    assert rules.offered_for("alcohol") == ("Naltrexone", "Disulfiram", "Acamprosate")
    assert rules.helps({"naltrexone"}, "alcohol")
    assert not rules.helps(None, "alcohol")

"""The tablet at the door: which session one has come for, when guessing is no longer listened to."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.hours.rules_kiosk import (
    EARLY,
    MOST_WRONG,
    WINDOW,
    Place,
    after_wrong,
    digits,
    here_for,
    is_slow,
)

NOON = datetime(2026, 11, 16, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_one_comes_for_what_is_on_or_soon_begins():
    """Ninety minutes before until the end; the earliest of several."""
    one, two = Place(1, NOON, NOON + 60 * MINUTE), Place(2, NOON + 60 * MINUTE, NOON + 120 * MINUTE)
    assert here_for([two, one], NOON - EARLY - MINUTE) is None
    assert here_for([two, one], NOON - EARLY) == one
    assert here_for([two, one], NOON + 59 * MINUTE) == one
    assert here_for([two, one], NOON + 60 * MINUTE) == two
    assert here_for([two, one], NOON + 120 * MINUTE) is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_never_more_than_ten_codes_of_nobody_are_looked_up_in_five_minutes(gaps):
    """Whatever the pace of guessing."""
    at, wrong, since, looked = NOON, 0, None, []
    for seconds in gaps:
        at += timedelta(seconds=seconds)
        if not is_slow(wrong, since, at):
            looked.append(at)
            wrong, since = after_wrong(wrong, since, at)
    windows = [sum(first <= one < first + WINDOW for one in looked) for first in looked]
    assert max(windows) < 2 * MOST_WRONG


def test_digits_however_they_are_spaced():
    assert digits(" 482 177") == digits("482-177") == "482177"
    assert [digits(typed) for typed in ("", "48217", "4821777", "٤٨٢١٧٧", "x" * 900)] == [""] * 5

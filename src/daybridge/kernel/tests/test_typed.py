"""What a form sends as a number or a day."""

from datetime import date

import pytest

from daybridge.kernel.typed import day, whole


@pytest.mark.parametrize(
    ("sent", "number"),
    [("12", 12), (" 7 ", 7), ("0", 0), ("", 0), (None, 0), ("-5", 0), ("1.5", 0), ("1e3", 0),
     ("abc", 0), ("9" * 400, 0), ("2147483648", 0), ("2147483647", 2147483647), ("\u0663", 0),
     ("\u00b2", 0), ("0x10", 0), ("1_000", 0)],
)
def test_a_number_is_digits_that_fit(sent, number):
    assert whole(sent) == number


@pytest.mark.parametrize(
    "sent", ["", None, "2026-02-31", "0001-01-01", "9999-12-31", "12/13/14", "soon", "\0", "9" * 400]
)
def test_what_is_no_day_is_none(sent):
    assert day(sent) is None


def test_a_day():
    assert day(" 2026-02-28 ") == date(2026, 2, 28)

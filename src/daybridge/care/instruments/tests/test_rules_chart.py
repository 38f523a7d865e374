"""The picture of a trend: everything stands inside of it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.instruments.rules_chart import HEIGHT, WIDTH, Band, Event, Point, picture

DAYS = st.integers(0, 900).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
BANDS = [Band(0, 4, "minimal"), Band(5, 9, "mild"), Band(10, 27, "more")]


@given(st.lists(st.builds(Point, DAYS, st.integers(-5, 40)), min_size=1, max_size=30),
       st.lists(st.builds(Event, DAYS, st.just("To IOP")), max_size=6))
def test_everything_stands_inside_the_picture(points, events):
    found = picture(sorted(points, key=lambda one: one.on), BANDS, events, 0, 27)
    for mark in (*found.dots, *found.events, *found.ticks, *found.days):
        assert 0 <= mark.x <= WIDTH
        assert 0 <= mark.y <= HEIGHT
    assert len(found.dots) == len(points)
    assert all(stripe.height >= 0 for stripe in found.stripes)


def test_bands_cover_the_scale_without_a_gap():
    found = picture([Point(date(2026, 1, 1), 7)], BANDS, [], 0, 27)
    tops = [(round(s.y + s.height, 1), s.y) for s in found.stripes]
    assert tops[0][0] == found.bottom
    assert tops[-1][1] == found.top
    assert [low for low, _ in tops[1:]] == [top for _, top in tops[:-1]]


def test_a_higher_score_stands_higher():
    low, high = picture([Point(date(2026, 1, 1), 3), Point(date(2026, 2, 1), 20)], BANDS, [], 0, 27).dots
    assert high.y < low.y
    assert high.x > low.x

"""A furnished house at one moment of its Monday."""

import pytest

from daybridge.access import clock
from tests.bad_input.house import NOW, House, furnish


@pytest.fixture
def house(cast) -> House:
    """The clinic with somebody at every step; the clock stands on Monday afternoon."""
    made = furnish(cast)
    with clock.demo_time(NOW):
        yield made

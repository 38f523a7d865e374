"""A furnished house at one moment of its Monday, and every form in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from daybridge.access import clock
from tests.bad_input.house import NOW, House, furnish, walk


@pytest.fixture
def house(cast) -> Iterator[House]:
    """The clinic with somebody at every step; the clock stands on Monday afternoon."""
    made = furnish(cast)
    with clock.demo_time(NOW):
        yield made


@pytest.fixture(scope="module")
def every_form(settled, django_db_blocker) -> Iterator[list[Any]]:
    """Every form of the application, found once for a file of tests."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.demo_time(NOW):
        cache.clear()
        yield walk(furnish(settled))
        transaction.set_rollback(True)


@pytest.fixture
def afresh(every_form, django_db_blocker) -> Iterator[None]:
    """Take back what the test does, and forget how often somebody tried to sign in."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

"""One real PostgreSQL for the whole run; the program signs in as the app's login.

Migrations run once, as the owner, into the test database. Each test runs in a transaction
that is rolled back. Nothing is mocked.
"""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation

# the browser's driver keeps an event loop in this thread; our tests are not async
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# a busy machine is no finding: how long examples take is not what these tests are about
hypothesis.settings.register_profile(
    "daybridge", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("daybridge")

if TYPE_CHECKING:
    from tests.cast import Cast

_CAST: list["Cast"] = []


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Make the test database anew: provision, migrate as owner, compile the policies."""
    from tests.cast import settle  # noqa: PLC0415

    from daybridge.ops import postgres, testing  # noqa: PLC0415

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        testing.fresh_database(postgres.ensure(settings.DAYBRIDGE.home, fsync=False))
        _CAST.append(settle())
    yield
    from django.db import connections  # noqa: PLC0415

    connections.close_all()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Let no test go on in the language of the one before it."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def settled(django_db_setup: None) -> "Cast":
    """The clinic and its people, as `tests.cast` settled them, without a transaction."""
    return _CAST[0]


@pytest.fixture
def cast(db: None, settled: "Cast") -> "Cast":
    """The clinic and its people, in a transaction that is rolled back."""
    return settled


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The database's name is ours already."""

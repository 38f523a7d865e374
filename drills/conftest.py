"""One settled clinic for all drills; each gets a copy of its own."""

import shutil

import pytest

from drills.house import copied, settled


@pytest.fixture(scope="session")
def template():
    """A settled clinic that stands still, and who is who in it."""
    home, people = settled()
    yield home, people
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def people(template):
    """Ids of the settled clinic."""
    return template[1]


@pytest.fixture
def house(template):
    """A clinic of one's own that runs."""
    with copied(template[0]) as one:
        one.start()
        yield one

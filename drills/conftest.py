"""One settled clinic for all drills; each gets a copy of its own."""

import shutil

import pytest

from drills.house import FIGURES, copied, settled


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the drills have measured."""
    if FIGURES:
        terminalreporter.section("figures")
    for words in FIGURES:
        terminalreporter.line(f"· {words}")


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

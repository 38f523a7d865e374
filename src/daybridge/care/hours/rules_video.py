"""By video: when its minutes are contact hours.

The client is at a named place, can be called back, privacy was asked, and a licence is valid where
the client is. In a group nobody beside them may hear: the others would be heard too.
Source: PROGRAMME.md 1 (by video with the client at a named place, privacy asked).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

SHARED = ("group", "education")  # others speak there

_POSTAL = """AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV
NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI"""
STATES = tuple(_POSTAL.split())


class Heard(StrEnum):
    """Who can hear a session at the client's place."""

    ALONE = "alone"
    AGREED = "agreed"
    HEARD = "heard"


class Licensed(Protocol):
    """A licence as the staff page has it."""

    @property
    def state(self) -> str:
        """Return the state it is valid in."""

    @property
    def valid_from(self) -> date:
        """Return its first day."""

    @property
    def valid_until(self) -> date:
        """Return its last day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked."""

    place: str
    state: str
    call_back: str
    heard: Heard
    licence: str = ""


def is_valid_there(licences: Iterable[Licensed], state: str, day: date) -> bool:
    """Tell whether one of the licences is valid in a state on a day."""
    return any(one.state == state and one.valid_from <= day <= one.valid_until for one in licences)


def why_not_counted(asked: Asked | None, service: str) -> str:
    """Return why minutes by video are not contact hours, empty when they are."""
    if asked is None:
        return "By video, and nobody asked where the client is."
    if not asked.licence:
        return f"By video, and no licence of the leader is valid in {asked.state}."
    if asked.heard is Heard.HEARD or (asked.heard is Heard.AGREED and service in SHARED):
        return "By video, and somebody else could hear."
    return ""

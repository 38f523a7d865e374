"""The geometry of the hours bar, apart from its drawing."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

Hours = Decimal | float | int

WIDTH = 200.0  # units of the drawing
LEAST_SCALE = 12.0  # hours; bars of one board share a scale and compare at a glance
ROOM_BEYOND = 3.0  # hours shown beyond what is prescribed


@dataclass(frozen=True, slots=True)
class HoursBar:
    """One drawn bar: x and width in units of the drawing, a state, a sentence.

    Source: UX.md section 3.
    """

    state: str
    label: str
    track: float
    tick: float
    delivered: float
    booked_x: float
    booked: float
    possible_x: float
    possible: float


def hours_bar(
    delivered: Hours, booked: Hours, possible: Hours, prescribed: Hours
) -> HoursBar:
    """Return the bar for these hours (all in hours; possible comes on top of booked)."""
    given = (delivered, booked, possible, prescribed)
    done, set_, more, goal = (max(float(hours), 0.0) for hours in given)
    scale = max(LEAST_SCALE, goal + ROOM_BEYOND)
    ends = [_x(done, scale), _x(done + set_, scale), _x(done + set_ + more, scale)]
    return HoursBar(
        state=hours_state(done, set_, more, goal),
        label=gettext(
            "%(done).1f hours delivered, %(booked).1f booked, "
            "%(more).1f more possible, %(goal)g prescribed"
        ) % {"done": done, "booked": set_, "more": more, "goal": goal},
        track=_x(goal, scale),
        tick=_x(goal, scale),
        delivered=ends[0],
        booked_x=ends[0],
        booked=round(ends[1] - ends[0], 1),
        possible_x=ends[1],
        possible=round(ends[2] - ends[1], 1),
    )


def hours_state(delivered: float, booked: float, possible: float, prescribed: float) -> str:
    """Return "ok" if reached or booked, "risk" if only with a make-up, else "short"."""
    if _reaches(delivered + booked, prescribed):
        return "ok"
    return "risk" if _reaches(delivered + booked + possible, prescribed) else "short"


def _reaches(hours: float, prescribed: float) -> bool:
    return hours >= prescribed - 1e-9  # one and a half hours, six times, is nine


def _x(hours: float, scale: float) -> float:
    return round(min(hours, scale) / scale * WIDTH, 1)

"""Change between two scores of one person: is it more than the form's own noise?

Source: MEASURES.md, reliable change: |x2 - x1| / (SD1 x sqrt(2 (1 - r))) > 1.96.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from daybridge.care.instruments.rules_shape import ChangeRule, Instrument

SURE = 1.96  # 95 in 100, two-sided
FEWEST_ADMISSIONS = 50


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviation at the start and reliability, from the programme's own admissions."""

    sd: float
    r: float
    admissions: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a difference means; `reliable` is None when nothing is known to judge it by."""

    difference: float
    way: Literal["better", "worse", "same", "changed"]
    reliable: bool | None
    meaningful: bool | None
    index: float | None
    basis: str


def reliable_change(
    instrument: Instrument,
    before: float,
    after: float,
    *,
    scale: str,
    own: Spread | None = None,
) -> Change:
    """Judge a difference: the source's spread, else the programme's own, else fixed points."""
    rule = next((rule for rule in instrument.change if rule.score == scale), None)
    difference = round(after - before, 6)
    sd, r, basis = _spread(rule, own)
    index = None
    reliable: bool | None = None
    if sd > 0 and 0 <= r < 1:
        index = abs(difference) / (sd * sqrt(2 * (1 - r)))
        reliable = index > SURE
    elif rule is not None and rule.reliable_points is not None:
        reliable, basis = abs(difference) >= rule.reliable_points, rule.source
    else:
        basis = "Not known: no spread in the source, fewer than 50 admissions here."
    return Change(
        difference=difference,
        way=_way(instrument.scale(scale).direction, difference),
        reliable=reliable,
        meaningful=_meaningful(rule, difference),
        index=index,
        basis=basis,
    )


def _spread(rule: ChangeRule | None, own: Spread | None) -> tuple[float, float, str]:
    if rule is not None and rule.sd is not None and rule.r is not None:
        return float(rule.sd), float(rule.r), rule.source
    if own is not None and own.admissions >= FEWEST_ADMISSIONS:
        return own.sd, own.r, f"Own admissions, n = {own.admissions}."
    return 0.0, 0.0, ""


def _meaningful(rule: ChangeRule | None, difference: float) -> bool | None:
    if rule is None or rule.meaningful_points is None:
        return None
    return abs(difference) >= rule.meaningful_points


def _way(direction: str, difference: float) -> Literal["better", "worse", "same", "changed"]:
    if difference == 0:
        return "same"
    if direction == "neither":
        return "changed"
    return "worse" if (difference > 0) is (direction == "worse") else "better"

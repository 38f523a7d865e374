"""The questions a rule may ask of the facts; each is answered yes, no or not known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from daybridge.care.medical.catalogue import kinds
from daybridge.care.medical.facts_seen import (
    NO,
    Allergic,
    Facts,
    Judged,
    Planned,
    Seen,
    Taken,
    all_of,
    any_of,
    negated,
    unknown,
    yes,
)
from daybridge.care.medicines.rules import titles
from daybridge.kernel.text import fold

SEVERITIES = ("none", "mild", "moderate", "severe")
NOT_ASKED = "medicines not asked yet"
SCALES = {"cows": "COWS", "ciwa_ar": "CIWA-Ar"}


@dataclass(frozen=True, slots=True)
class Case:
    """What a question is asked about: facts, what is planned, and now."""

    facts: Facts
    planned: Planned | None
    at: datetime


Condition = Mapping[str, Any]


def judge(condition: Condition, case: Case) -> Judged:
    """Answer a condition; `any`, `all` and `not` follow three-valued logic."""
    if "any" in condition:
        return any_of([judge(part, case) for part in condition["any"]])
    if "all" in condition:
        return all_of([judge(part, case) for part in condition["all"]])
    if "not" in condition:
        return negated(judge(condition["not"], case))
    return ATOMS[atom_of(condition)](condition, case)


def atom_of(condition: Condition) -> str:
    """Return which question a condition asks; a misspelt one is refused."""
    names = [name for name in condition if name in ATOMS]
    rest = set(condition) - set(names) - PARAMETERS
    if len(names) != 1 or rest:
        raise ValueError(f"a condition asks one known question, not {dict(condition)}")
    return names[0]


def _planned(one: Condition, case: Case) -> Judged:
    wanted = set(one["planned"])
    if case.planned is None:
        return NO
    if case.planned.classes is None:
        return unknown(f"what kind of medicine {case.planned.name} is")
    return yes(f"{case.planned.name} considered") if case.planned.classes & wanted else NO


def _taking(one: Condition, case: Case) -> Judged:
    return _among(case.facts.taken, set(one["taking"]), case, "takes {name}")


def _took(one: Condition, case: Case) -> Judged:
    since = case.at.date() - timedelta(days=one["within_days"])
    late = tuple(t for t in case.facts.ended if t.until is not None and t.until >= since)
    return _among(late, set(one["took"]), case, "took {name} until {until:%-d %b %Y}")


def _medicine(one: Condition, case: Case) -> Judged:
    wanted = one["medicine"]
    return any_of([_planned({"planned": wanted}, case), _taking({"taking": wanted}, case)])


def _among(taken: tuple[Taken, ...], wanted: set[str], case: Case, words: str) -> Judged:
    found = [one for one in taken if one.classes and one.classes & wanted]
    if found:
        return yes(*(words.format(name=one.name, until=one.until) for one in found))
    dark = [f"what kind of medicine {one.name} is" for one in taken if one.classes is None]
    if dark or not case.facts.medicines_known:
        return unknown(*dark, *([] if case.facts.medicines_known else [NOT_ASKED]))
    return NO


def _use(one: Condition, case: Case) -> Judged:
    kind, rows = kinds()[one["use"]], _before(one["use"], case)
    moments = [row.moment for row in rows if row.moment is not None]
    if moments and case.at - max(moments) <= timedelta(hours=one["within_hours"]):
        return yes(f"{kind.title.lower()}: {max(moments):%-d %b %Y}")
    return unknown(kind.ask) if not rows or _is_stale(rows[0], one, case) else NO


def _choice(one: Condition, case: Case) -> Judged:
    kind, rows = kinds()[one["choice"]], _before(one["choice"], case)
    if not rows:
        return NO if one.get("optional") else unknown(kind.ask)
    newest = rows[0]
    if newest.choice in kind.open:
        return unknown(kind.ask)
    if newest.choice in kind.lasting:
        return NO
    if newest.choice in one["is"]:
        late = "within_days" in one and case.at - newest.at > timedelta(days=one["within_days"])
        if late or _is_stale(newest, one, case):
            return unknown(kind.ask)
        return yes(f"{kind.title.lower()}: {newest.choice}, {newest.at:%-d %b %Y}")
    return unknown(kind.ask) if _is_stale(newest, one, case) else NO


def _number(one: Condition, case: Case) -> Judged:
    kind, rows = kinds()[one["number"]], _before(one["number"], case)
    if not rows or rows[0].number is None or _is_stale(rows[0], one, case):
        return unknown(kind.ask)
    if not _lies(rows[0].number, one):
        return NO
    return yes(f"{kind.title.split(',')[0].lower()} {rows[0].number:g} {kind.unit}, {rows[0].at:%-d %b %Y}")


def _scale(one: Condition, case: Case) -> Judged:
    name, hours = SCALES[one["scale"]], one["within_hours"]
    rows = _before(one["scale"], case)
    if not rows or rows[0].number is None:
        return NO if one.get("optional") else unknown(f"no {name} in the last {hours} hours")
    lies = _lies(rows[0].number, one)
    if case.at - rows[0].at > timedelta(hours=hours):
        return NO if one.get("optional") and not lies else unknown(f"no {name} in the last {hours} hours")
    return yes(f"{name} {rows[0].number:g}, {rows[0].at:%-d %b %Y %H:%M}") if lies else NO


def _disorder(one: Condition, case: Case) -> Judged:
    least = SEVERITIES.index(one["at_least"])
    found = [f"{name} use disorder, {case.facts.disorders[name]}" for name in one["disorder"]
             if name in case.facts.disorders and SEVERITIES.index(case.facts.disorders[name]) >= least]
    if found:
        return yes(*found)
    return NO if case.facts.evaluated else unknown("evaluation not signed yet")


def _not_offered(one: Condition, case: Case) -> Judged:
    return NO if one["not_offered"] in case.facts.offered else yes("no offer on record")


def _no_kit(_one: Condition, case: Case) -> Judged:
    if any(until >= case.at.date() for until in case.facts.kits_until):
        return NO
    return yes("the kit has expired" if case.facts.kits_until else "no kit on record")


def _any_medicine(_one: Condition, case: Case) -> Judged:
    if case.planned is not None:
        return yes(f"{case.planned.name} considered")
    if case.facts.taken:
        return yes()
    return NO if case.facts.medicines_known else unknown(NOT_ASKED)


def _allergic(_one: Condition, case: Case) -> Judged:
    medicines: list[Taken | Planned] = [*case.facts.taken]
    if case.planned is not None:
        medicines.append(case.planned)
    hits = [f"allergy to {a.to}; {m.name}" for a in case.facts.allergies for m in medicines if _clash(a, m)]
    if hits:
        return yes(*hits)
    return NO if case.facts.allergies_known else unknown("allergies not asked yet")


def _clash(allergy: Allergic, medicine: Taken | Planned) -> bool:
    one, other = fold(allergy.to), fold(medicine.name)
    shared = (allergy.classes or frozenset()) & (medicine.classes or frozenset())
    return one in other or other in one or bool(shared - {"qt_prolonging"})


def _twice(_one: Condition, case: Case) -> Judged:
    pairs = _pairs(case)
    if pairs:
        return yes(*(f"{a.name} and {b.name}: {kind}" for a, b, kind in pairs))
    dark = [f"what kind of medicine {one.name} is" for one in case.facts.taken if one.classes is None]
    if case.facts.medicines_known:
        return unknown(*dark) if dark and len(case.facts.taken) > 1 else NO
    return unknown(NOT_ASKED, *dark)


def _two_prescribers(_one: Condition, case: Case) -> Judged:
    open_ones: list[str] = []
    for a, b, _kind in _pairs(case):
        if a.prescriber and b.prescriber and fold(a.prescriber) != fold(b.prescriber):
            return yes(f"{a.name}: {a.prescriber}; {b.name}: {b.prescriber}")
        open_ones += [f"who prescribes {one.name}" for one in (a, b) if not one.prescriber]
    return unknown(*open_ones) if open_ones else NO


def _pairs(case: Case) -> list[tuple[Taken, Taken, str]]:
    rows = case.facts.taken
    return [(a, b, titles(shared)) for n, a in enumerate(rows) for b in rows[n + 1:]
            if (shared := ((a.classes or frozenset()) & (b.classes or frozenset())) - {"qt_prolonging"})]


def _before(kind: str, case: Case) -> list[Seen]:
    """Return a kind's observations up to now, the newest first; what is dated later is none yet."""
    rows = [row for row in case.facts.seen.get(kind, ()) if row.at <= case.at]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _is_stale(row: Seen, one: Condition, case: Case) -> bool:
    """Tell whether an answer is too old: lab values always, talk only before a start."""
    ages = [one["fresh_days"]] if "fresh_days" in one else []
    if case.planned is not None and "asked_within_days" in one:
        ages.append(one["asked_within_days"])
    return any(case.at - row.at > timedelta(days=days) for days in ages)


def _lies(number: float, one: Condition) -> bool:
    return not (
        ("above" in one and number <= one["above"]) or ("at_least" in one and number < one["at_least"])
        or ("below" in one and number >= one["below"]) or ("at_most" in one and number > one["at_most"])
    )


def _always(_one: Condition, _case: Case) -> Judged:
    return yes()


ATOMS: dict[str, Callable[[Condition, Case], Judged]] = {
    "planned": _planned, "taking": _taking, "took": _took, "medicine": _medicine, "use": _use,
    "choice": _choice, "number": _number, "scale": _scale, "disorder": _disorder,
    "not_offered": _not_offered, "no_kit": _no_kit, "any_medicine": _any_medicine,
    "allergic": _allergic, "twice": _twice, "two_prescribers": _two_prescribers, "always": _always,
}
PARAMETERS = {"within_hours", "within_days", "asked_within_days", "fresh_days", "is", "above", "at_least",
              "below", "at_most", "optional"}

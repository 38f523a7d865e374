"""The safety checks: rules as data, an engine without opinion. Missing facts are said aloud.

A rule's `when` says whether it matters at all, its `if` whether it warns; both are yes, no or
not known. Source of the rules: PROGRAMME.md 5, in data/checks.toml, each with its own source.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from daybridge.care.medical.atoms import Case, Condition, atom_of, judge
from daybridge.care.medical.catalogue import DATA
from daybridge.care.medical.facts_seen import Facts, Judged, Planned, all_of


class Severity(StrEnum):
    """How much a finding asks: a stop is answered by a prescriber before anything begins."""

    STOP = "stop"
    WARN = "warn"
    REMIND = "remind"


GRAVEST_FIRST = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of the data file."""

    id: str
    version: int
    about: str
    severity: Severity
    say: str
    es: str
    source: str
    when: Condition
    condition: Condition
    family: str
    now: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says: words and why; or that it can't check, and what is missing.

    `matters` is False while nobody knows whether the check concerns this person at all.
    `planned` names the medicine whose start it is about; empty for what is so already.
    """

    rule: str
    version: int
    about: str
    severity: Severity
    words: str
    words_es: str
    because: tuple[str, ...]
    missing: tuple[str, ...]
    planned: str
    matters: bool
    now: bool
    family: str
    source: str

    @property
    def can_check(self) -> bool:
        """Tell whether everything needed was known."""
        return not self.missing

    @property
    def title(self) -> str:
        """Return the finding in words: the warning itself, or what is missing for it."""
        return self.words if self.can_check else f"Can't check: {', '.join(self.missing)}."

    @property
    def digest(self) -> str:
        """Return a mark of rule and facts: the same facts warn once."""
        parts = (self.rule, str(self.version), self.planned, *self.because, "?", *self.missing)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Return the checks of the data file; a mistake names the rule it stands in."""
    found = {}
    for name, row in tomllib.loads((DATA / "checks.toml").read_text()).items():
        try:
            found[name] = _rule(name, row)
        except (KeyError, ValueError) as error:
            raise ValueError(f"checks.toml, {name}: {error}") from error
    return found


def _rule(name: str, row: Mapping[str, object]) -> Rule:
    _validate(row["when"])
    _validate(row["if"])
    return Rule(
        id=name, version=int(str(row["version"])), about=str(row["about"]),
        severity=Severity(str(row["severity"])), say=str(row["say"]), es=str(row["es"]),
        source=str(row["source"]), when=row["when"], condition=row["if"],  # type: ignore[arg-type]
        family=str(row.get("family", name)), now=bool(row.get("now", False)),
    )


def _validate(condition: object) -> None:
    if not isinstance(condition, Mapping):
        raise TypeError("a condition is a table")
    for part in (*condition.get("any", ()), *condition.get("all", ()), condition.get("not")):
        if part is not None:
            _validate(part)
    if not {"any", "all", "not"} & set(condition):
        atom_of(condition)


def check(facts: Facts, planned: Planned | None, at: datetime) -> list[Finding]:
    """Return what the checks say of this person now, the gravest first.

    With a planned medicine its start is checked as well. Of one family the gravest speaks; what
    can't be checked stands beside it.
    """
    found: dict[tuple[str, bool], Finding] = {}
    for rule in rules().values():
        one = _find(rule, Case(facts, planned, at))
        if one is None:
            continue
        held = found.get((one.family, one.can_check))
        if held is None or _weight(one) < _weight(held):
            found[one.family, one.can_check] = one
    return sorted(found.values(), key=_weight)


def _find(rule: Rule, case: Case) -> Finding | None:
    when, both = _judge(rule, case)
    if both.value is False:
        return None
    concerns = ""
    if case.planned is not None and _judge(rule, Case(case.facts, None, case.at)) != (when, both):
        concerns = case.planned.name
    return Finding(
        rule.id, rule.version, rule.about, rule.severity, rule.say, rule.es, both.because, both.missing,
        concerns, when.value is True, rule.now, rule.family, rule.source,
    )


def _judge(rule: Rule, case: Case) -> tuple[Judged, Judged]:
    when = judge(rule.when, case)
    return when, all_of([when, judge(rule.condition, case)])


def _weight(finding: Finding) -> tuple[bool, int, bool]:
    """Return what sorts findings: those that matter, the gravest, those that were checked."""
    return (not finding.matters, GRAVEST_FIRST.index(finding.severity), not finding.can_check)


def everything(facts: Facts, considered: list[Planned], at: datetime) -> list[Finding]:
    """Return the findings for now and for each medicine considered, each once.

    What is considered may also turn a check of today's medicines around (an opioid now and
    naltrexone considered): then it speaks of the start.
    """
    now = check(facts, None, at)
    known = {one.digest for one in now}
    for planned in considered:
        for one in check(facts, planned, at):
            if one.matters and one.digest not in known:
                known.add(one.digest)
                now.append(one)
    return sorted(now, key=_weight)

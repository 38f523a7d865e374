"""Reading and drawing the plan editor: problems, steps and helps by number.

A field is called p0-goal, p0-s1-measure, p0-s1-i0-who: problem, step, help. Numbers are places
on the page; empty ones are left out when the plan is saved.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from daybridge.care.planning.commands import Does, Item, NotReady, Step
from daybridge.care.planning.library import slug_of
from daybridge.care.planning.rows import ProblemRow
from daybridge.kernel.typed import day, whole

PROBLEM = {"words": "what is hard", "goal": "goal", "need": "need it answers", "key": ""}
STEP = {"words": "step", "library": "library text", "measure": "how we see it", "target": "until",
        "key": ""}
HELP = {"what": "what somebody does", "who": "who", "often": "how often", "practice": "practice",
        "none": "why by no practice"}
FIELD = re.compile(r"^p(\d{1,4})-(?:s(\d{1,3})-(?:i(\d{1,3})-)?)?([a-z]+)$")
CHOSEN = re.compile(r"-(need|library|practice)$")
NOT_TYPED = {"need", "library", "key"}  # marks beside the words: they alone make no step
NO_PRACTICE = "none"


@dataclass
class Part:
    """A problem, a step or a help as the editor draws it: where it stands, its fields."""

    prefix: str
    fields: dict[str, str]
    parts: list["Part"] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is typed in it."""
        own = any(value.strip() for name, value in self.fields.items() if name not in NOT_TYPED)
        return not own and all(part.is_empty for part in self.parts)

    def grow(self, fields: Iterable[str], letter: str) -> "Part":
        """Add an empty part at the end and return it."""
        one = Part(f"{self.prefix}-{letter}{len(self.parts)}", dict.fromkeys(fields, ""))
        self.parts.append(one)
        return one


def sheet_of(sent: Mapping[str, str]) -> list[Part]:
    """Return what these fields draw, numbered from 0 without gaps."""
    tree: dict[int, dict[int, dict[int, dict[str, str]]]] = {}
    for name, value in sent.items():
        if match := FIELD.match(name):
            problem, step, does = (-1 if one is None else int(one) for one in match.groups()[:3])
            helps = tree.setdefault(problem, {}).setdefault(step, {})
            helps.setdefault(does, {})[match[4]] = value
    found: list[Part] = []
    for _, steps in sorted(tree.items()):
        one = Part(f"p{len(found)}", _known(PROBLEM, steps.pop(-1, {}).get(-1, {})))
        found.append(one)
        for _, helps in sorted(steps.items()):
            under = one.grow((), "s")
            under.fields = _known(STEP, helps.pop(-1, {}))
            for _, values in sorted(helps.items()):
                under.grow((), "i").fields = _known(HELP, values)
    return found


def with_room(sheet: list[Part], more: str = "", need: tuple[str, str] | None = None) -> list[Part]:
    """Return a sheet that can be written on: each problem has a step, each step a help.

    `more` names where another empty one is wanted: "p", "p0", "p0-s1"; `need` is the id and
    the words of a need that another problem begins with.
    """
    if need is not None and all(one.fields["need"] != need[0] for one in sheet):
        first = next((one for one in sheet if one.is_empty), None) or _another(sheet)
        first.fields |= {"need": need[0], "words": need[1]}
    elif more == "p" or not sheet:
        _another(sheet)
    for one in sheet:
        if more == one.prefix or not one.parts:
            one.grow(STEP, "s")
        for step in one.parts:
            if more == step.prefix or not step.parts:
                step.grow(HELP, "i")
    return sheet


def items_from(sent: Mapping[str, str]) -> list[Item]:
    """Return the plan's problems in the order of the page, empty ones left out."""
    return [
        Item(one.fields["words"], one.fields["goal"],
             [_step(step) for step in one.parts if not step.is_empty],
             whole(one.fields["need"]) or None, one.fields["key"])
        for one in sheet_of(sent) if not one.is_empty
    ]


def fields_of(problems: Sequence[ProblemRow]) -> dict[str, str]:
    """Return a stored plan as the editor's fields."""
    found: dict[str, str] = {}
    for n, problem in enumerate(problems):
        values = [problem.words, problem.goal, str(problem.need_id or ""), problem.key]
        found |= _named(f"p{n}", PROBLEM, values)
        for s, step in enumerate(problem.objectives):
            until = step.target_on.isoformat() if step.target_on else ""
            found |= _named(f"p{n}-s{s}", STEP, [
                step.words, slug_of(step.library_words), step.measure, until, step.key])
            for i, does in enumerate(step.interventions):
                practice = NO_PRACTICE if does.no_practice_why else does.practice
                found |= _named(f"p{n}-s{s}-i{i}", HELP, [
                    does.words, does.who, does.how_often, practice, does.no_practice_why])
    return found


def compared(problems: Sequence[ProblemRow], sent: Mapping[str, str]) -> dict[str, str]:
    """Return the stored fields to lay beside the sent ones; what it lacks of them is empty."""
    stored = {name: "" for name in sent if FIELD.match(name)} | fields_of(problems)
    return {name: value for name, value in stored.items() if name.split("-")[-1] not in NOT_TYPED}


def labels_of(names: Iterable[str]) -> dict[str, str]:
    """Return what the editor's fields are called: "Problem 1, step 2, help 1: who"."""
    labels = {}
    for name in names:
        if match := FIELD.match(name):
            problem, step, does, part = match.groups()
            place = f"Problem {int(problem) + 1}"
            known = PROBLEM
            if step is not None:
                place, known = f"{place}, step {int(step) + 1}", STEP
            if does is not None:
                place, known = f"{place}, help {int(does) + 1}", HELP
            labels[name] = f"{place}: {known.get(part, part)}"
    return labels


def _another(sheet: list[Part]) -> Part:
    one = Part(f"p{len(sheet)}", dict.fromkeys(PROBLEM, ""))
    sheet.append(one)
    return one


def _known(labels: Mapping[str, str], sent: Mapping[str, str]) -> dict[str, str]:
    return {name: sent.get(name, "") for name in labels}


def _named(prefix: str, labels: Mapping[str, str], values: Sequence[str]) -> dict[str, str]:
    return {f"{prefix}-{name}": value for name, value in zip(labels, values, strict=True)}


def _step(part: Part) -> Step:
    does = [_does(one.fields) for one in part.parts if not one.is_empty]
    return Step(part.fields["words"], part.fields["measure"], _day(part.fields["target"]), does,
                part.fields["library"], part.fields["key"])


def _does(fields: Mapping[str, str]) -> Does:
    practice = fields["practice"].strip()
    return Does(fields["what"], fields["who"], fields["often"],
                "" if practice == NO_PRACTICE else practice,
                fields["none"] if practice in {"", NO_PRACTICE} else "")


def _day(sent: str) -> date | None:
    found = day(sent)
    if found is None and sent.strip():
        raise NotReady("A day to reach a step by looks like 2026-12-24, and is in the calendar.")
    return found

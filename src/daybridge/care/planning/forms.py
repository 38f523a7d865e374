"""Reading the plan editor: problems and steps by number, empty ones left out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from daybridge.care.planning.commands import Item, NotReady, Step
from daybridge.care.planning.queries import ProblemRow
from daybridge.kernel.typed import day

PROBLEM = re.compile(r"^p(\d{1,2})-words$")
MOST_STEPS = 8


def items_from(sent: Mapping[str, str]) -> list[Item]:
    """Return the plan's problems in the order of the page."""
    numbers = sorted(int(match[1]) for name in sent if (match := PROBLEM.match(name)))
    found = []
    for number in numbers:
        words = sent.get(f"p{number}-words", "").strip()
        goal = sent.get(f"p{number}-goal", "")
        steps = [step for n in range(MOST_STEPS) if (step := _step(sent, f"p{number}-s{n}"))]
        if words or goal.strip() or steps:
            found.append(Item(words or "Problem", goal, steps,
                              cites_reason=bool(sent.get(f"p{number}-cites"))))
    return found


def _step(sent: Mapping[str, str], key: str) -> Step | None:
    words, what = sent.get(f"{key}-words", "").strip(), sent.get(f"{key}-what", "").strip()
    if not words and not what:
        return None
    return Step(
        words or what, sent.get(f"{key}-measure", ""), _day(sent.get(f"{key}-target", "")),
        sent.get(f"{key}-who", ""), what, sent.get(f"{key}-often", ""),
    )


STEP = {"words": "step", "what": "what somebody does", "measure": "how we see it",
        "target": "until", "who": "who", "often": "how often"}
FIELD = re.compile(r"^p(\d{1,2})-(?:s(\d)-)?(words|goal|what|measure|target|who|often)$")


def fields_of(problems: Sequence[ProblemRow], sent: Mapping[str, str]) -> dict[str, str]:
    """Return a stored plan as the editor's fields; what it lacks of the sent ones is empty."""
    found: dict[str, str] = {}
    for n, problem in enumerate(problems):
        found |= {f"p{n}-words": problem.words, f"p{n}-goal": problem.goal}
        for s, step in enumerate(problem.objectives):
            does = step.interventions[0] if step.interventions else None
            values = (step.words, does.words if does else "", step.measure,
                      step.target_on.isoformat() if step.target_on else "",
                      does.who if does else "", does.how_often if does else "")
            found |= {f"p{n}-s{s}-{key}": value for key, value in zip(STEP, values, strict=True)}
    return {name: "" for name in sent if FIELD.match(name)} | found


def labels_of(names: Iterable[str]) -> dict[str, str]:
    """Return what the editor's fields are called: "Problem 1, step 2: who"."""
    labels = {}
    for name in names:
        if match := FIELD.match(name):
            problem, step, part = match.groups()
            place = f"Problem {int(problem) + 1}"
            labels[name] = (f"{place}, step {int(step) + 1}: {STEP[part]}" if step is not None
                            else f"{place}: {'goal' if part == 'goal' else 'what is hard'}")
    return labels


def _day(sent: str) -> date | None:
    found = day(sent)
    if found is None and sent.strip():
        raise NotReady("A day to reach a step by looks like 2026-12-24, and is in the calendar.")
    return found

"""Reading the plan editor: problems and steps by number, empty ones left out."""

import re
from collections.abc import Mapping
from datetime import date

from daybridge.care.planning.commands import Item, NotReady, Step
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


def _day(sent: str) -> date | None:
    found = day(sent)
    if found is None and sent.strip():
        raise NotReady("A day to reach a step by looks like 2026-12-24, and is in the calendar.")
    return found

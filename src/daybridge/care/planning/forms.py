"""Reading the plan editor: problems and steps by number, empty ones left out."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.dateparse import parse_date

from daybridge.care.planning.commands import Item, Step

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


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None

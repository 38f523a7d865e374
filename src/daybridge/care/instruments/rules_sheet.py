"""A sheet as people see it: which questions, in which words, answered how and by whom. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from daybridge.care.instruments import rules
from daybridge.care.instruments.rules_shape import Instrument, Item, Kind


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer that stands, and who gave it; value None is skipped."""

    answer_id: int
    item: str
    value: Any
    by_client: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer, if it has one."""

    item: str
    number: int
    lead: str
    words: str
    kind: str
    choices: tuple[Choice, ...]
    low: int | None
    high: int | None
    typed: str
    answer: AnswerRow | None
    is_asked: bool
    required: bool
    may_write: bool

    @property
    def is_short(self) -> bool:
        """Tell whether the choices fit beside the question."""
        letters = sum(len(choice.words) + 4 for choice in self.choices)
        return self.kind in {"choice", "steps"} and letters <= SHORT

    @property
    def version(self) -> int:
        """Return the answer that was seen: who saves over another one is told."""
        return self.answer.answer_id if self.answer else 0

    @property
    def is_answered(self) -> bool:
        """Tell whether there is an answer; skipped is none."""
        return self.answer is not None and self.answer.value is not None

    @property
    def is_skipped(self) -> bool:
        """Tell whether the question was put and left out."""
        return self.answer is not None and self.answer.value is None

    @property
    def said(self) -> str:
        """Return the answer in words."""
        chosen = [choice.words for choice in self.choices if choice.chosen]
        return "; ".join(chosen) or self.typed


SHORT = 60  # letters
MOST_STEPS = 11  # a scale of at most so many steps is tapped, not typed
KINDS = {Kind.INTEGER: "number", Kind.DECIMAL: "number", Kind.TEXT: "text"}


def questions(
    instrument: Instrument, answers: Mapping[str, AnswerRow], language: str
) -> list[Question]:
    """Return every question of a form in order; those that don't apply are not asked."""
    now = {item.link_id for item in rules.asked(instrument, values(instrument, answers))}
    found: list[Question] = []
    lead = ""
    for item in instrument.items:
        if item.kind is Kind.DISPLAY:
            lead = item.says(language) if item.link_id in now else lead
            continue
        found.append(_question(item, len(found) + 1, lead, answers.get(item.link_id), language,
                               is_asked=item.link_id in now))
        lead = ""
    return found


def values(instrument: Instrument, answers: Mapping[str, AnswerRow]) -> dict[str, Any]:
    """Return the answers that the form still knows; skipped ones are left out."""
    known = {item.link_id for item in instrument.items}
    return {name: one.value for name, one in answers.items()
            if one.value is not None and name in known}


def plain(value: object) -> object:
    """Return a value as it is stored."""
    if isinstance(value, Decimal):
        return float(value)
    return list(value) if isinstance(value, tuple) else value


def first_open(asked: Sequence[Question]) -> Question | None:
    """Return the first question that was neither answered nor skipped."""
    return next((one for one in asked if one.answer is None), None)


def _question(
    item: Item, number: int, lead: str, answer: AnswerRow | None, language: str, *, is_asked: bool
) -> Question:
    value = answer.value if answer else None
    kind = KINDS.get(item.kind, "choice")
    if item.repeats:
        kind = "several"
    elif item.kind is Kind.OPEN_CHOICE:
        kind = "open"
    given = value if isinstance(value, list) else [value]
    choices = tuple(
        Choice(str(option.value), option.words.get(language) or option.words.get("en", ""),
               option.value in given)
        for option in item.options
    )
    steps = item.high - item.low if item.low is not None and item.high is not None else MOST_STEPS
    if kind == "number" and steps < MOST_STEPS:
        kind = "steps"
        choices = tuple(Choice(str(step), str(step), step == value)
                        for step in range(item.low or 0, (item.high or 0) + 1))
    return Question(
        item.link_id, number, lead, item.says(language), kind, choices, item.low, item.high,
        _typed(value, {choice.value for choice in choices}), answer, is_asked, item.required,
        item.kind is Kind.OPEN_CHOICE,
    )


def _typed(value: object, chosen: set[str]) -> str:
    """Return what was written beside the choices."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value if str(one) not in chosen)
    words = f"{Decimal(str(value)):f}" if isinstance(value, float) else str(value)
    return "" if words in chosen else words

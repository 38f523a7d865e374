"""What an instrument is: items, allowed answers, scores, bands, critical items.

Source: INSTRUMENTS.md 0 and 1. Everything here is read from `data/<name>.json`; nothing is
specific to one instrument.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Number = int | Decimal
Value = int | Decimal | str | tuple[str, ...]
Context = Mapping[str, object]


class OutOfSet(ValueError):
    """An answer that the form does not offer: it is refused, never bent into shape."""

    def __init__(self, item: str, value: object, allowed: str) -> None:
        self.item, self.value, self.allowed = item, value, allowed
        super().__init__(f"Item {item}: {_shown(value)} is not allowed. Allowed: {allowed}.")


class WrongShape(ValueError):
    """Answers that can't be laid beside the items: too few, too many, unknown names."""


class Kind(StrEnum):
    """The types of FHIR R4 items that an instrument may use."""

    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True)
class Coding:
    """A code of a public system; `verified` tells whether it was checked against its source."""

    system: str
    code: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One allowed answer; `value` is what is stored: the points, or the code where none exist."""

    value: int | str
    code: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gate:
    """An item is asked only when another one has (or has not) this answer."""

    item: str
    operator: Literal["=", "!=", ">", ">=", "<", "<="]
    value: int | str


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `words` by language: our own label, or the full text.

    Where a language stands in `full_in`, the words are the full text and may be shown to the
    client; else they are a label for staff who hold the paper form.
    """

    link_id: str
    kind: Kind
    words: Mapping[str, str]
    options: tuple[Option, ...] = ()
    low: int | None = None
    high: int | None = None
    required: bool = False
    repeats: bool = False
    gates: tuple[Gate, ...] = ()
    any_gate: bool = False
    bins: tuple[tuple[int, int], ...] = ()
    codes: tuple[Coding, ...] = ()
    full_in: frozenset[str] = frozenset()

    def says(self, language: str) -> str:
        """Return the words in a language, else in English."""
        return self.words.get(language) or self.words.get("en", "")


@dataclass(frozen=True, slots=True)
class Test:
    """One condition: what is looked at, and which values make it true."""

    looks_at: Literal["item", "points", "score", "context", "band"]
    name: str
    low: Number | None = None
    high: Number | None = None
    below: Number | None = None
    among: frozenset[int | str | bool] = frozenset()
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of which at least so many must hold."""

    at_least: int
    of: tuple["Test | Group", ...]


Condition = Test | Group


@dataclass(frozen=True, slots=True)
class Scale:
    """One score: the items it adds up, some turned round, and which way is worse."""

    name: str
    items: tuple[str, ...]
    reverse: frozenset[str]
    counts_from: int | None
    direction: Literal["worse", "better", "neither"]
    monotone: bool
    low: int
    high: int
    codes: tuple[Coding, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of a score, from `low` to below the next one; `when` for bands by rule."""

    name: str
    low: Number | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """How a band is found.

    cuts: by the lower ends of a score ("lowest" is the lowest of the reported ones);
    first: the first rule that holds; listed: all that hold, joined by commas; fixed: one name.
    `by_context` holds other cuts for some people (AUDIT-C: men).
    """

    kind: Literal["cuts", "first", "listed", "fixed"]
    bands: tuple[Band, ...]
    score: str = ""
    by_context: tuple[tuple[Condition, tuple[Band, ...]], ...] = ()
    codes: tuple[Coding, ...] = ()


@dataclass(frozen=True, slots=True)
class Critical:
    """What must not wait: fired when the item is saved. `minutes`: somebody takes it by then."""

    name: str
    what: Literal["self_harm", "overdose", "withdrawal", "violence", "emergency"]
    when: Condition
    minutes: int
    steps: tuple[str, ...]
    own_rule: bool
    items: frozenset[str]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something worth talking about; a suffix is added to the band's name."""

    name: str
    when: Condition
    words: str
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class NeedRule:
    """A domain of needs (see assessment) that this instrument may find."""

    domain: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Exempt:
    """Items that don't count for some people (tolerance under a prescribed medicine)."""

    items: frozenset[str]
    when: Condition


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """What change means: SD and reliability of a source, or fixed points; None = not known."""

    score: str
    sd: Decimal | None
    r: Decimal | None
    reliable_points: int | None
    meaningful_points: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Licence:
    """OWN: our words. FREE: a text pack may be used. LICENSED: the site must hold a licence."""

    kind: Literal["OWN", "FREE", "LICENSED"]
    note: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One definition file, read."""

    name: str
    version: str
    title: Mapping[str, str]
    copyright: str
    licence: Licence
    source: str
    recall_days: int | None
    recall: Mapping[str, str]
    administered_by: frozenset[str]
    data_class: Literal["instrument", "alliance"]
    scorer_version: int
    items: tuple[Item, ...]
    sequence: tuple[str | None, ...]
    sequence_gives_points: bool
    fields: Mapping[str, tuple[str, ...]]
    context_items: Mapping[str, str]
    skipped_counts: bool
    exempt: tuple[Exempt, ...]
    scales: tuple[Scale, ...]
    reported: str | tuple[str, ...] | None
    bands: Bands
    critical: tuple[Critical, ...]
    flags: tuple[Flag, ...]
    needs: tuple[NeedRule, ...]
    change: tuple[ChangeRule, ...]
    hide_from_print: frozenset[str]
    cautions: tuple[str, ...]
    lowest_shown: int
    aliases: tuple[str, ...]
    codes: tuple[Coding, ...]
    languages: Mapping[str, str]
    pack_digest: str = ""
    by_id: Mapping[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {item.link_id: item for item in self.items})

    def item(self, link_id: str) -> Item:
        """Return one item; KeyError when there is none of this name."""
        return self.by_id[link_id]

    def scale(self, name: str) -> Scale:
        """Return one score's definition; KeyError when there is none of this name."""
        for scale in self.scales:
            if scale.name == name:
                return scale
        raise KeyError(name)

    def may_be_shown(self, language: str) -> bool:
        """Tell whether the items carry their full words in this language (own, or by a pack)."""
        return language in self.languages


@dataclass(frozen=True, slots=True)
class Score:
    """What answers come to. A missing answer leaves `score` None; critical items still count."""

    score: int | float | tuple[int | float, ...] | None
    band: str | None
    critical: tuple[Critical, ...]
    status: Literal["complete", "incomplete"]
    subscales: Mapping[str, int | float | None]
    missing: tuple[str, ...]
    flags: tuple[Flag, ...]
    needs: tuple[str, ...]
    lowest: tuple[str, ...]
    scorer_version: int


def _shown(value: object) -> str:
    """Return a value as it was typed, cut short: it may be anything."""
    words = str(value) if isinstance(value, int | float | Decimal) else repr(value)
    return words if len(words) <= 40 else f"{words[:37]}..."

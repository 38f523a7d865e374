"""What assessment's queries return: plain frozen rows."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SubstanceRow:
    """One substance with what its answers count to."""

    substance: str
    title: str
    words: str
    answers: tuple[str, ...]
    as_prescribed: bool
    last_use: str
    frequency: str
    route: str
    count: int
    severity: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One of the six areas; rating None is not rated yet."""

    area: str
    title: str
    rating: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion or flag; answer "" is not answered yet."""

    key: str
    title: str
    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class AddendumRow:
    """What was added after signing."""

    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SignedLine:
    """The signature as it reads."""

    name: str
    credential: str
    licence: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """An evaluation with all its parts and what S1 still lacks."""

    evaluation_id: int
    client_id: int
    state: str
    evaluator: str
    started_at: datetime
    finished_at: datetime | None
    signed_at: datetime | None
    visits: int
    medical: str
    medical_words: str
    mental: str
    mental_words: str
    self_harm: str
    outside_source: str
    outside_on: date | None
    outside_reviewed_by: str
    version: int
    substances: tuple[SubstanceRow, ...]
    areas: tuple[AreaRow, ...]
    criteria: tuple[CriterionRow, ...]
    lacks: tuple[tuple[str, str], ...]
    addenda: tuple[AddendumRow, ...]
    signature: SignedLine | None


@dataclass(frozen=True, slots=True)
class RatingsAndFlags:
    """What the placement engine needs of the newest evaluation."""

    evaluation_id: int
    ratings: dict[str, int]
    flags: frozenset[str]
    whys: dict[str, str]
    not_known: frozenset[str]
    is_signed: bool


@dataclass(frozen=True, slots=True)
class NeedRow:
    """Something the person needs, and its one current answer ("none_yet": there is none)."""

    need_id: int
    client_id: int
    domain: str
    words: str
    urgency: str
    answer: str
    answer_words: str
    how: str
    found_at: datetime
    found_by: str
    standing: str
    answer_id: int
    answered_at: datetime | None
    answered_by: str
    again_on: date | None
    referral_id: int | None
    open_since: datetime
    days_open: int
    ended_why: str
    former: tuple["AnswerRow", ...]

    @property
    def said(self) -> str:
        """Return the answer's words as a sentence."""
        return self.how if not self.how or self.how[-1] in ".!?”\"" else f"{self.how}."

    @property
    def is_open(self) -> bool:
        """Tell whether the need is without a current answer."""
        return self.standing != "answered"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A former answer of a need."""

    answer_words: str
    how: str
    from_at: datetime
    until_at: datetime | None
    ended_why: str
    by: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason in the person's own words."""

    reason_id: int
    words: str
    said_at: datetime
    by_client: bool
    written_by: str


@dataclass(frozen=True, slots=True)
class RulerRow:
    """The rulers of a day."""

    at: datetime
    importance: int
    confidence: int
    readiness: int

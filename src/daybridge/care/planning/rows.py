"""What queries of the plan return."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.signatures import Signed
from daybridge.care.assessment.rows import NeedRow
from daybridge.care.curriculum.library import shipped
from daybridge.care.planning import rules
from daybridge.care.planning.rules_change import Changed


@dataclass(frozen=True, slots=True)
class InterventionRow:
    """Who does what, by which practice (its slug), or why by none."""

    intervention_id: int
    words: str
    who: str
    how_often: str
    practice: str
    no_practice_why: str

    @property
    def practice_words(self) -> str:
        """Return the practice's title, or why there is none; "" when nobody has said."""
        known = shipped().practices.get(self.practice)
        if known is not None:
            return known.title
        return self.practice or (f"no practice: {self.no_practice_why}" if self.no_practice_why else "")


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """How far an objective was, on a day."""

    state: str
    state_words: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """A step that can be seen; `progress` is the oldest first, over all versions."""

    objective_id: int
    key: str
    words: str
    library_words: str
    measure: str
    target_on: date | None
    interventions: tuple[InterventionRow, ...]
    progress: tuple[ProgressRow, ...]

    @property
    def is_done(self) -> bool:
        """Tell whether it was reached or left aside: the next version goes on without it."""
        return bool(self.progress) and self.progress[-1].state in rules.DONE

    @property
    def state_words(self) -> str:
        """Return how far it is, in words."""
        return self.progress[-1].state_words if self.progress else "under way"


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem, the need it answers, the client's goal, the steps."""

    problem_id: int
    key: str
    words: str
    goal: str
    need_id: int | None
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One version of a plan with everything in it."""

    plan_id: int
    client_id: int
    kind: str
    number: int
    strengths: str
    reason_ids: tuple[int, ...]
    started_at: datetime
    clinician_signed_at: datetime | None
    client_signed_at: datetime | None
    signed_at: datetime | None
    set_aside_at: datetime | None
    set_aside_why: str
    waits_for_cosign: bool
    cosigner_id: int | None
    clinician_id: int | None
    version: int
    problems: tuple[ProblemRow, ...]
    signatures: tuple[Signed, ...]
    addenda: tuple[tuple[datetime, str], ...]

    @property
    def kind_words(self) -> str:
        """Return which plan this is, in words."""
        return rules.KIND_WORDS[rules.Kind(self.kind)]

    @property
    def is_frozen(self) -> bool:
        """Tell whether somebody has signed: then the words stand."""
        return bool(self.clinician_signed_at or self.client_signed_at or self.set_aside_at)

    @property
    def lacks(self) -> list[str]:
        """Return what the plan still lacks."""
        return rules.lacks([_rule_problem(p) for p in self.problems], rules.Kind(self.kind))

    @property
    def shown(self) -> str:
        """Return the plan's words, exactly as they are signed."""
        lines = [f"Plan {self.number}, {self.kind}", f"Strengths: {self.strengths}",
                 f"Own reasons: {', '.join(map(str, self.reason_ids))}"]
        for problem in self.problems:
            lines += [f"Problem: {problem.words}", f"Need: {problem.need_id or ''}",
                      f"Goal: {problem.goal}"]
            for objective in problem.objectives:
                lines.append(f"Objective: {objective.words} | {objective.measure} | "
                             f"{objective.target_on or ''}")
                lines += [f"{one.who}: {one.words} {one.how_often} | {one.practice} "
                          f"{one.no_practice_why}" for one in objective.interventions]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One line of the list of versions."""

    plan_id: int
    number: int
    kind: str
    started_at: datetime
    signed_at: datetime | None
    set_aside_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangesRow:
    """What changed from an older version to a newer one."""

    old: PlanRow
    new: PlanRow
    problems: tuple[Changed, ...]
    strengths: Changed


@dataclass(frozen=True, slots=True)
class DueRow:
    """A plan that is due: whose, which, until when, and what called for it besides the calendar."""

    client_id: int
    kind: str
    due_on: date
    days_over: int
    causes: tuple[rules.Cause, ...]


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """The golden thread of one need: the problems of the plan in force that answer it.

    `need` is None for problems that answer no need on record, or for a viewer who may read the
    plan and not the evaluation.
    """

    need: NeedRow | None
    problems: tuple[ProblemRow, ...]


def _rule_problem(row: ProblemRow) -> rules.Problem:
    return rules.Problem(row.words, row.goal, [_rule_objective(one) for one in row.objectives])


def _rule_objective(row: ObjectiveRow) -> rules.Objective:
    whole = all(one.words and one.who for one in row.interventions)
    return rules.Objective(
        row.words, row.measure, row.target_on, len(row.interventions) if whole else 0,
        sum(not (one.practice or one.no_practice_why) for one in row.interventions),
    )

"""Services and who does them; a referral from sent to closed, its clocks (S4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

QUIET_AFTER_CHASE = timedelta(days=3)  # own: a call was made, the answer is waited for
ESCALATE_AFTER = {"high": timedelta(hours=24)}  # own
ESCALATE_ELSE = timedelta(days=7)  # own


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the catalogue."""

    code: str
    title: str
    group: str


CORE, ENHANCED, ACCESS = "core", "enhanced", "getting here, being understood"
# Source: SAMHSA TIP 47, core and enhanced services (PROGRAMME.md 1).
SERVICES = {
    code: Service(code, title, group)
    for group, lines in (
        (CORE, (
            ("group", "Group counselling"), ("individual", "Individual counselling"),
            ("education", "Learning about substance use and recovery"),
            ("family", "Family services"), ("medicine", "Medicine and its management"),
            ("monitoring", "Monitoring of use"), ("case_management", "Case management"),
            ("crisis", "24-hour crisis cover"), ("support_groups", "Support groups"),
            ("medical", "Medical treatment"),
            ("psychiatry", "Psychiatric examination and psychotherapy"),
            ("work", "Help with work and education"), ("evaluation", "Initial evaluation"),
            ("orientation", "Orientation and discharge planning"),
        )),
        (ENHANCED, (
            ("adult_education", "Adult education"), ("child_care", "Child care"),
            ("parenting", "Parenting help"), ("housing", "Housing"), ("food", "Food"),
            ("nicotine", "Help to stop nicotine"), ("recreation", "Recreation"),
            ("other_therapies", "Other therapies"), ("legal", "Legal help"),
            ("safe_place", "Shelter from violence"),
        )),
        (ACCESS, (
            ("transport", "Transport"), ("interpreter", "Interpreter"),
            ("culture", "Help by people of one's own culture"),
        )),
    )
    for code, title in lines
}

SPANISH = {
    "group": "Consejería en grupo",
    "individual": "Consejería individual",
    "education": "Aprender sobre el consumo y la recuperación",
    "family": "Servicios para la familia",
    "medicine": "Medicina y su manejo",
    "monitoring": "Seguimiento del consumo",
    "case_management": "Manejo de casos",
    "crisis": "Ayuda en crisis las 24 horas",
    "support_groups": "Grupos de apoyo",
    "medical": "Atención médica",
    "psychiatry": "Examen psiquiátrico y psicoterapia",
    "work": "Ayuda con trabajo y estudio",
    "evaluation": "Evaluación inicial",
    "orientation": "Orientación y plan de salida",
    "adult_education": "Educación para adultos",
    "child_care": "Cuidado de niños",
    "parenting": "Ayuda para madres y padres",
    "housing": "Vivienda",
    "food": "Comida",
    "nicotine": "Ayuda para dejar la nicotina",
    "recreation": "Recreación",
    "other_therapies": "Otras terapias",
    "legal": "Ayuda legal",
    "safe_place": "Refugio contra la violencia",
    "transport": "Transporte",
    "interpreter": "Intérprete",
    "culture": "Ayuda de personas de la propia cultura",
}
AGREEMENTS = [("none", "none yet"), ("qsoa", "QSOA (42 CFR 2.11)"), ("other", "another agreement")]
SENDERS = [("partner", "a partner"), ("court", "a court or probation"), ("hospital", "a hospital"),
           ("school", "a school or employer"), ("other", "somebody else")]
TOLD = [("answer", "told, under a consent"), ("nothing", "told nothing")]
# Help with life beside treatment: a consent names this purpose, not "treatment".
BENEFITS = frozenset({
    "work", "adult_education", "child_care", "parenting", "housing", "food", "recreation", "legal",
    "safe_place", "transport", "interpreter", "culture",
})


class Doer(StrEnum):
    """Who does a service."""

    WE = "we"
    PARTNER = "partner"
    NOBODY = "nobody"


DOER_WORDS = {Doer.WE: "we do it", Doer.PARTNER: "a partner does it", Doer.NOBODY: "nobody does it yet"}


def gap(doer: Doer | None, partners: Collection[object]) -> str:
    """Return why a service can't be had, or "" when it can."""
    if doer is None:
        return "Nobody has said who does it."
    if doer is Doer.NOBODY:
        return "Nobody does it yet."
    if doer is Doer.PARTNER and not partners:
        return "A partner does it, but none is written down."
    return ""


class Urgency(StrEnum):
    """How pressing a referral is."""

    ROUTINE = "routine"
    SOON = "soon"
    HIGH = "high"


class State(StrEnum):
    """How far a referral has come."""

    SENT = "sent"
    ACCEPTED = "accepted"
    SEEN = "seen"
    ANSWERED = "answered"
    ACTED_ON = "acted_on"
    TURNED_DOWN = "turned_down"
    NOT_SEEN = "not_seen"


STATE_WORDS = {
    State.SENT: "sent", State.ACCEPTED: "accepted", State.SEEN: "client was seen",
    State.ANSWERED: "answer received", State.ACTED_ON: "acted on, closed",
    State.TURNED_DOWN: "turned down, closed", State.NOT_SEEN: "did not come about, closed",
}
# What is done next, as a button says it.
STEP_WORDS = {
    State.ACCEPTED: "They accepted", State.SEEN: "Client was seen",
    State.ANSWERED: "Answer received", State.ACTED_ON: "We acted on it: close",
    State.TURNED_DOWN: "They turned it down", State.NOT_SEEN: "It did not come about",
}
# A visit shows that they accepted: from sent straight to seen is one step.
_NEXT = {
    State.SENT: (State.ACCEPTED, State.SEEN, State.TURNED_DOWN, State.NOT_SEEN),
    State.ACCEPTED: (State.SEEN, State.TURNED_DOWN, State.NOT_SEEN),
    State.SEEN: (State.ANSWERED,),
    State.ANSWERED: (State.ACTED_ON,),
}
CLOSED = frozenset({State.ACTED_ON, State.TURNED_DOWN, State.NOT_SEEN})
WITHOUT_HELP = frozenset({State.TURNED_DOWN, State.NOT_SEEN})
NEEDS_WORDS = frozenset({State.ANSWERED, State.ACTED_ON, State.TURNED_DOWN, State.NOT_SEEN})


class NotNow(ValueError):
    """The step does not follow from where the referral stands."""


def next_states(state: State) -> tuple[State, ...]:
    """Return the steps that may follow; none after the loop is closed."""
    return _NEXT.get(state, ())


def step(state: State, to: State) -> State:
    """Return the state after a step, or refuse it."""
    if to not in next_states(state):
        raise NotNow(f"A referral that is “{STATE_WORDS[state]}” can't become “{STATE_WORDS[to]}”.")
    return to


@dataclass(frozen=True, slots=True)
class Clocks:
    """The programme's choices: days to the visit, days to the closed loop, hours when urgent."""

    seen_days: int
    loop_days: int
    high_hours: int


@dataclass(frozen=True, slots=True)
class Due:
    """Until when the client is seen, and until when the loop is closed."""

    seen_at: datetime
    loop_at: datetime


def due(sent_at: datetime, urgency: Urgency, within_days: int | None, clocks: Clocks) -> Due:
    """Return both dates, fixed when the referral is sent; the loop never closes before the visit."""
    wait = timedelta(days=clocks.seen_days)
    if within_days is not None:
        wait = timedelta(days=within_days)
    if urgency is Urgency.HIGH:
        wait = min(wait, timedelta(hours=clocks.high_hours))
    loop = max(timedelta(days=clocks.loop_days), wait)
    return Due(sent_at + wait, sent_at + loop)


def due_now(state: State, dates: Due) -> datetime | None:
    """Return the clock that runs in this state; None when the loop is closed."""
    if state in CLOSED:
        return None
    return dates.seen_at if state in {State.SENT, State.ACCEPTED} else dates.loop_at


def wants_chase(clock: datetime | None, chased_at: datetime | None, now: datetime) -> bool:
    """Tell whether somebody must ask what has become of it: overdue, and not just asked."""
    if clock is None or now <= clock:
        return False
    return chased_at is None or now - chased_at >= QUIET_AFTER_CHASE


def wants_escalation(clock: datetime | None, urgency: Urgency, now: datetime) -> bool:
    """Tell whether the supervisor hears of it: overdue by a week, urgent ones by a day."""
    return clock is not None and now - clock >= ESCALATE_AFTER.get(urgency, ESCALATE_ELSE)



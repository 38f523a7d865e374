"""Medical needs: how urgent, by when they are seen; what answers say by themselves (S9, P10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

ASK_AGAIN_DAYS = 30
SEEN_BY = [("measured", "measured here"), ("laboratory", "laboratory"), ("letter", "letter or record"),
           ("client", "the client says"), ("doctor", "own doctor")]
SEVERITY = [("stop", "stop and answer"), ("warn", "warning"), ("remind", "reminder")]
SUBSTANCE = [("opioid", "opioid use disorder"), ("alcohol", "alcohol use disorder")]
WISH = [("wants", "wants it"), ("has", "takes it already"), ("not_now", "not now"), ("declined", "no")]
DECISION = [("not_started", "not started"), ("changed", "treatment changed"),
            ("goes_on", "goes on, with this reason"), ("being_checked", "what is missing is ordered")]
CONSENT = [("not_asked", "not asked yet"), ("yes", "yes"), ("no", "no")]
WHERE = [("here", "our physician"), ("own", "own doctor"), ("partner", "partner"),
         ("emergency", "emergency care")]
TREATED = ("opioid", "alcohol")  # disorders for which there are medicines to offer
OFFERED_AT = ("moderate", "severe")
COWS_TODAY = 13  # points; moderate withdrawal and more
CIWA_TODAY = 10  # points; INSTRUMENTS.md: in an outpatient site a physician looks now


WITHDRAWAL = "withdrawal"


class Urgency(StrEnum):
    """Until when a physician, or the client's own doctor, has seen it. Source: MEASURES.md S9."""

    TODAY = "today"
    HIGH = "within 72 hours"
    USUAL = "within 14 days"


@dataclass(frozen=True, slots=True)
class Found:
    """A medical need that answers show: which answer, in words, how urgent.

    Of one topic there is one need at a time: five measurements of one withdrawal are not five.
    """

    source: str
    words: str
    urgency: Urgency
    topic: str = ""


URGENCY = [(one.value, one.value) for one in Urgency]


def due_at(urgency: Urgency, found_at: datetime, day_ends: datetime) -> datetime:
    """Return when a need must have been seen; `day_ends` ends the local day it was found on."""
    if urgency is Urgency.TODAY:
        return day_ends
    return found_at + (timedelta(hours=72) if urgency is Urgency.HIGH else timedelta(days=14))


def from_evaluation(
    *, medical: str, areas: Mapping[str, int | None], flags: frozenset[str]
) -> list[Found]:
    """Return the needs that an evaluation's answers show, by the answers themselves."""
    found = []
    body, withdrawal = areas.get("B") or 0, areas.get("W") or 0
    if withdrawal >= 2:
        found.append(Found("area W", "Withdrawal, by the evaluation", Urgency.TODAY, WITHDRAWAL))
    if body >= 3:
        found.append(Found("area B", "Body and health, by the evaluation", Urgency.HIGH))
    elif medical == "some" or body == 2:
        found.append(Found("conditions", "Medical conditions, by the evaluation", Urgency.USUAL))
    if "pregnant_opioid" in flags:
        found.append(Found("pregnant", "Pregnant, with opioid use", Urgency.TODAY, "pregnancy"))
    return found


def from_observations(newest: Mapping[str, str], *, uses_opioids: bool) -> list[Found]:
    """Return the needs that the newest choices of the nursing screen show."""
    found = []
    if newest.get("sedative_withdrawal") == "yes":
        found.append(Found("sedative_withdrawal", "Withdrawal from alcohol or sedatives", Urgency.TODAY,
                           WITHDRAWAL))
    if newest.get("withdrawal_danger") == "yes":
        found.append(Found("withdrawal_danger", "Danger signs of withdrawal", Urgency.TODAY, WITHDRAWAL))
    if newest.get("pregnancy") == "yes":
        found.append(Found("pregnancy", "Pregnancy",
                           Urgency.TODAY if uses_opioids else Urgency.HIGH, "pregnancy"))
    if newest.get("tb_symptoms") == "yes":
        found.append(Found("tb_symptoms", "Symptoms of tuberculosis", Urgency.HIGH))
    return found


def from_scale(kind: str, total: int) -> list[Found]:
    """Return the need that a withdrawal scale shows."""
    least = {"cows": COWS_TODAY, "ciwa_ar": CIWA_TODAY}[kind]
    if total < least:
        return []
    name = {"cows": "COWS", "ciwa_ar": "CIWA-Ar"}[kind]
    return [Found(kind, f"Withdrawal, {name} {total}", Urgency.TODAY, WITHDRAWAL)]


def offers_due(disorders: Mapping[str, str], offered: frozenset[str]) -> tuple[str, ...]:
    """Return the disorders, moderate or severe, for which no medicine has been offered."""
    return tuple(
        substance for substance in TREATED
        if disorders.get(substance) in OFFERED_AT and substance not in offered
    )


def ask_again_by(said_on: date) -> date:
    """Return until when somebody who said no, or not now, is asked again."""
    return said_on + timedelta(days=ASK_AGAIN_DAYS)

"""What the queries of referrals return: plain frozen rows."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.clinic.referrals import rules


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner with everything written down about it."""

    partner_id: int
    name: str
    does: str
    services: tuple[str, ...]
    agreement: str
    agreement_words: str
    agreed_on: date | None
    waiting_days: int | None
    waiting_asked_on: date | None
    languages: str
    payers: str
    contact: str
    phone: str
    email: str
    address: str
    ended_on: date | None
    version: int

    @property
    def titles(self) -> list[str]:
        """Return the services by title."""
        return [rules.SERVICES[code].title for code in self.services if code in rules.SERVICES]

    @property
    def waiting(self) -> str:
        """Return how long one waits there, never a guess."""
        if self.waiting_days is None:
            return "waiting time not asked"
        return "no waiting" if self.waiting_days == 0 else f"{self.waiting_days} days' waiting"


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service of the catalogue: who does it, since when, and why it can't be had."""

    service: rules.Service
    doer: str
    doer_words: str
    words: str
    since: date | None
    next_doer: str
    next_on: date | None
    partners: tuple[PartnerRow, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One dated step of a referral."""

    step: str
    title: str
    words: str
    on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral as lists show it."""

    referral_id: int
    client_id: int
    to: str
    partner_id: int | None
    kind: str
    title: str
    need_id: int | None
    urgency: str
    why: str
    owner_id: int
    owner: str
    sent_at: datetime
    state: str
    state_words: str
    state_at: datetime
    due_at: datetime | None
    due_words: str
    is_overdue: bool
    chased_at: datetime | None
    closed_at: datetime | None

    @property
    def is_closed(self) -> bool:
        """Tell whether the loop is closed."""
        return self.closed_at is not None

    @property
    def without_help(self) -> bool:
        """Tell whether it ended without help for the client."""
        return rules.State(self.state) in rules.WITHOUT_HELP

    @property
    def steps_ahead(self) -> list[tuple[str, str, bool]]:
        """Return what may follow: state, button, whether it needs words."""
        return [(one.value, rules.STEP_WORDS[one], one in rules.NEEDS_WORDS)
                for one in rules.next_states(rules.State(self.state))]


@dataclass(frozen=True, slots=True)
class ReferralInRow:
    """Who sent a client to us, what they ask, what they were told."""

    in_id: int
    client_id: int
    from_kind: str
    from_words: str
    asks: str
    came_on: date
    answered_on: date | None
    told: str
    told_words: str
    answer_words: str

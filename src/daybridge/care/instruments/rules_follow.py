"""What follows from what an answer showed: words for staff, and the instrument that is due. Pure."""

from daybridge.care.instruments.rules_shape import Critical, Instrument, Score

WHAT = {
    "self_harm": "Thoughts of self-harm",
    "overdose": "Risk of overdose",
    "withdrawal": "Withdrawal that may be dangerous",
    "violence": "Violence at home",
    "emergency": "A dangerous sign",
}
# by instrument: the critical rule or flag that makes another instrument due in this contact
# Source: INSTRUMENTS.md: PHQ-9 item 9; PC-PTSD-5 at 3; BAM item 3; the weekly check's gate (own)
FOLLOWS = {
    "phq9": {"suicide_item": "cssrs_screener"},
    "weekly_check": {"self_harm": "cssrs_screener", "offer_phq9": "phq9"},
    "pc_ptsd5": {"pcl5_due": "pcl5"},
    "bam": {"offer_phq9": "phq9"},
}


def title_of(critical: Critical) -> str:
    """Return what an alert is called."""
    return WHAT[critical.what]


def why_of(critical: Critical, instrument: Instrument, *, by_client: bool) -> str:
    """Return an alert's words: where it was said, and the first steps."""
    who = "Answered by the client" if by_client else "Written down in an interview"
    steps = " ".join(critical.steps)
    return f"{who} in {instrument.title.get('en', instrument.name)}. {steps}".strip()


def follow_of(instrument: str, shown: str) -> str:
    """Return the instrument that is due because of this critical rule or flag, or ""."""
    return FOLLOWS.get(instrument, {}).get(shown, "")


def follows_from(instrument: str, scored: Score) -> dict[str, str]:
    """Return what a finished filling makes due: by flag, the instrument."""
    return {flag.name: follow for flag in scored.flags
            if (follow := follow_of(instrument, flag.name))}

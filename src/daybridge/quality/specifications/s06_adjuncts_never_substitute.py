"""Support groups never count as treatment."""

from daybridge.quality.measure import Kept, Measure

S6 = Kept(
    id="S6",
    title="Support groups never count as treatment",
    text="They are recorded and valued, and never enter the hours.",
    upheld_by=(),
    measures=(
        Measure(
            id="S6",
            question="Are support groups kept out of the hours?",
            case="an hour in the ledger",
            counts="from formal treatment",
            excludes="",
            target=1.0,
            source="mission",
            remedy="",
            gaming="",
            companion="",
            missing="Support groups attended; the build already forbids them in the hours",
            zero_tolerance=True,
        ),
    ),
)

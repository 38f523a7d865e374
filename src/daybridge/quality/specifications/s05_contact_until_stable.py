"""Contact until recovery is stable."""

from daybridge.quality.measure import Kept, Measure

S5 = Kept(
    id="S5",
    title="Contact until recovery is stable",
    text="Contact is kept until somebody judges, with evidence, that recovery is stable.",
    upheld_by=(),
    measures=(
        Measure(
            id="S5",
            question="Do we keep contact until recovery is stable?",
            case="a discharged client not judged stable",
            counts="reached as scheduled",
            excludes="declined contact",
            target=0.8,
            source="own",
            remedy="Call list",
            gaming="judging stable early",
            companion="returns within 90 days",
            missing="Contacts after discharge",
        ),
    ),
)

"""Medical treatment where it is needed."""

from daybridge.quality.measure import Kept, Measure

S9 = Kept(
    id="S9",
    title="Medical treatment where it is needed",
    text="A medical need found is seen by a physician in time.",
    upheld_by=(),
    measures=(
        Measure(
            id="S9",
            question="Is each medical need seen in time?",
            case="a client with a medical need",
            counts="seen within 14 days",
            excludes="",
            target=0.9,
            source="own",
            remedy="Referral",
            gaming="not finding needs",
            companion="needs by evaluator",
            missing="Medical needs and when they were seen",
        ),
    ),
)

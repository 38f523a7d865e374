"""It fits the person."""

from daybridge.quality.measure import Kept, Measure

P06 = Kept(
    id="P06",
    title="It fits the person",
    text="Needs found lead to a plan and to services delivered, in the client's language.",
    upheld_by=(),
    measures=(
        Measure(
            id="P06",
            question="Did each need found lead to a service?",
            case="a need found at admission",
            counts="in the plan and served within 30 days",
            excludes="declined by the client",
            target=0.8,
            source="own",
            remedy="Plan",
            gaming="",
            companion="needs found later",
            missing="Services delivered for each need",
        ),
    ),
)

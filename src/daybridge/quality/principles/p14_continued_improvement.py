"""It improves."""

from daybridge.quality.measure import Kept, Measure

P14 = Kept(
    id="P14",
    title="It improves",
    text="What is not kept is changed on purpose, and the change is checked.",
    upheld_by=(),
    measures=(
        Measure(
            id="P14",
            question="Is what we do not keep being changed?",
            case="a measure not kept",
            counts="a change under way or a dated reason",
            excludes="",
            target=0.8,
            source="own",
            remedy="Improvement",
            gaming="tiny changes",
            companion="effect size shown",
            missing="Changes tried and what came of them",
        ),
    ),
)

"""Steps up and down."""

from daybridge.quality.measure import Kept, Measure

L6 = Kept(
    id="L6",
    title="Steps up and down",
    text="A hand-over in both directions, history kept.",
    upheld_by=(),
    measures=(
        Measure(
            id="L6",
            question="Is each step handed over by both sides?",
            case="a change of level",
            counts="hand-over received and first session within 7 days",
            excludes="",
            target=0.9,
            source="own",
            remedy="Open hand-overs",
            gaming="paper hand-overs",
            companion="receiver's confirmation",
            missing="Hand-overs read and confirmed by both sides",
        ),
    ),
)

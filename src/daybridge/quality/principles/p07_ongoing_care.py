"""Care goes on."""

from daybridge.quality.measure import Kept, Measure

P07 = Kept(
    id="P07",
    title="Care goes on",
    text="Continuing care is planned before discharge and carried out for years.",
    upheld_by=(),
    measures=(
        Measure(
            id="P07",
            question="Does care go on after discharge?",
            case="a discharge of any kind",
            counts="a continuing-care plan",
            excludes="",
            target=0.9,
            source="own",
            remedy="Check-up list",
            gaming="plans for the planned only",
            companion="unplanned discharges are in",
            missing="Plans for continuing care and check-ups",
        ),
    ),
)

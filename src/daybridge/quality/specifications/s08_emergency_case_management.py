"""Help day and night."""

from daybridge.quality.measure import Kept, Measure

S8 = Kept(
    id="S8",
    title="Help day and night",
    text="Somebody is on call at every moment, knows what to do, and follows up.",
    upheld_by=(),
    measures=(
        Measure(
            id="S8",
            question="Is somebody on call at every moment?",
            case="a minute",
            counts="a named person and a back-up",
            excludes="",
            target=1.0,
            source="mission",
            remedy="Rota",
            gaming="calls not logged",
            companion="monthly reconciliation",
            missing="Calls to the crisis desk",
            zero_tolerance=True,
        ),
    ),
)

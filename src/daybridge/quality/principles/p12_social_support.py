"""Family and friends are in it."""

from daybridge.quality.measure import Kept, Measure

P12 = Kept(
    id="P12",
    title="Family and friends are in it",
    text="Supporters are invited and engaged, as the client wishes.",
    upheld_by=(),
    measures=(
        Measure(
            id="P12",
            question="Is somebody of their own beside each client?",
            case="a client in care for 30 days or longer",
            counts="a consented supporter engaged in 30 days",
            excludes="",
            target=0.6,
            source="own",
            remedy="Invite",
            gaming="naming a relative",
            companion="engagement is an event",
            missing="Engagement of supporters",
        ),
    ),
)

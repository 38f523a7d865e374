"""Support groups are part of it."""

from daybridge.quality.measure import Kept, Measure

P09 = Kept(
    id="P09",
    title="Support groups are part of it",
    text="One kind of the client's choice, a secular one on offer, declining never ends a stay.",
    upheld_by=(),
    measures=(
        Measure(
            id="P09",
            question="Has each client found a group of their choice?",
            case="a client in care for 30 days or longer",
            counts="at least one kind logged in 30 days",
            excludes="",
            target=0.7,
            source="own",
            remedy="Directory",
            gaming="logging for them",
            companion="entries by client and by staff",
            missing="Support groups attended",
        ),
    ),
)

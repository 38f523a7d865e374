"""Family services."""

from daybridge.quality.measure import Kept, Measure

S7 = Kept(
    id="S7",
    title="Family services",
    text="Offered to everybody, held for those who say yes.",
    upheld_by=(),
    measures=(
        Measure(
            id="S7",
            question="Are family services offered to all?",
            case="a client in care for 30 days or longer",
            counts="offered within 30 days",
            excludes="",
            target=0.95,
            source="own",
            remedy="Offer",
            gaming="leaflets",
            companion="offers by a person",
            missing="Family services offered and held",
        ),
    ),
)

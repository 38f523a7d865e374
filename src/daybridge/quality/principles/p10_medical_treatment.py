"""Medical treatment when it is indicated."""

from daybridge.quality.measure import Kept, Measure

P10 = Kept(
    id="P10",
    title="Medical treatment when it is indicated",
    text="Medicines for addiction are offered to everyone they could help.",
    upheld_by=(),
    measures=(
        Measure(
            id="P10",
            question="Is medicine offered to everyone it could help?",
            case="a client with moderate or severe opioid or alcohol use disorder",
            counts="offered within 7 days of admission",
            excludes="",
            target=0.95,
            source="own",
            remedy="Prescribe or refer",
            gaming="declined",
            companion="asked again within 30 days",
            missing="Medicines offered and begun",
        ),
    ),
)

"""It teaches."""

from daybridge.quality.measure import Kept, Measure

P11 = Kept(
    id="P11",
    title="It teaches",
    text="A curriculum of use, recovery and return to use, covered whenever a client joined.",
    upheld_by=(),
    measures=(
        Measure(
            id="P11",
            question="Does each client meet the whole curriculum?",
            case="a client at day 60",
            counts="core topics covered",
            excludes="",
            target=0.7,
            source="own",
            remedy="Coverage",
            gaming="presence counted as coverage",
            companion="minutes present of each lesson",
            missing="Lessons taught and who was there",
        ),
    ),
)

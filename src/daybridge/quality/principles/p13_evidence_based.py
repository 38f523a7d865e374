"""It uses what works."""

from daybridge.quality.measure import Kept, Measure

P13 = Kept(
    id="P13",
    title="It uses what works",
    text="Each session is tied to a practice with its evidence, delivered as designed.",
    upheld_by=(),
    measures=(
        Measure(
            id="P13",
            question="Are contact hours spent on what works?",
            case="a contact hour",
            counts="in a session tied to a practice with current evidence",
            excludes="",
            target=0.85,
            source="own",
            remedy="Practice library",
            gaming="labelling",
            companion="fidelity by an observer",
            missing="Practices named in sessions and checked",
        ),
    ),
)

"""Abstinence is monitored."""

from daybridge.quality.measure import Kept, Measure

P08 = Kept(
    id="P08",
    title="Abstinence is monitored",
    text="Random, objective tests; a record that no one can bend.",
    upheld_by=(),
    measures=(
        Measure(
            id="P08",
            question="Is each client tested as the policy says?",
            case="a client-week in treatment",
            counts="tested as drawn",
            excludes="",
            target=0.95,
            source="own",
            remedy="Draws open",
            gaming="excuses",
            companion="excuses per staff member",
            missing="Draws, specimens and results of tests",
        ),
    ),
)

"""It builds on the client's own motivation."""

from daybridge.quality.measure import Kept, Measure

P03 = Kept(
    id="P03",
    title="It builds on the client's own motivation",
    text="Reasons in the client's own words and readiness over time are carried into the plan.",
    upheld_by=(),
    measures=(
        Measure(
            id="P03",
            question="Do we know why each client wants this, and how ready they are?",
            case="a client in care for 7 days or longer",
            counts="reasons in own words and readiness asked in the last 30 days",
            excludes="",
            target=0.9,
            source="own",
            remedy="Ask for reasons",
            gaming="one stock phrase",
            companion="identical texts; words per reason",
            missing="How ready a client is, asked again in the last 30 days",
        ),
    ),
)

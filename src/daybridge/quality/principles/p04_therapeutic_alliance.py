"""It builds the therapeutic alliance."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.parts_instruments import CHECKED
from daybridge.quality.reading import cases

P04 = Kept(
    id="P04",
    title="It builds the therapeutic alliance",
    text="Both sides rate how they work together; a rupture is noticed early and talked about.",
    upheld_by=("care.instruments.commands_alliance.finish_check",),
    measures=(
        Measure(
            id="P04",
            question="Does each client tell us how we work together?",
            case="a client in care",
            counts="a check by the client in the last 14 days",
            excludes="",
            target=0.8,
            source="own",
            remedy="Ruptures open",
            gaming="asking only the happy",
            companion="response rate by the score before",
            is_state=True,
            read=cases(CHECKED),
        ),
    ),
)

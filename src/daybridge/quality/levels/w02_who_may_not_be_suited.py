"""Who may not be suited is offered another way."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT d.client_id, d.alternative <> '', '' FROM placement_decision d
WHERE d.unsuited AND d.opened_at::date BETWEEN %(first)s AND %(last)s
"""

W2 = Kept(
    id="W2",
    title="Who may not be suited is offered another way",
    text="Never just refused.",
    upheld_by=("care.placement.commands.offer_alternative",),
    measures=(
        Measure(
            id="W2",
            question="Was an alternative offered to whom this may not suit?",
            case="a decision with a sign of being unsuited",
            counts="an alternative offered by name",
            excludes="",
            target=1.0,
            source="mission",
            remedy="Call now",
            gaming="not ticking",
            companion="emergency transfers within 14 days",
            zero_tolerance=True,
            read=cases(_SQL),
        ),
    ),
)

"""Ninety days or longer."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT s.client_id, s.end_reason <> '' AND s.client_view <> '' AND s.way_back <> '', s.end_reason
FROM placement_stay s WHERE s.ended_at::date BETWEEN %(first)s AND %(last)s
  AND s.ended_at - s.admitted_at < interval '90 days'
"""

L5 = Kept(
    id="L5",
    title="Ninety days or longer",
    text="Shorter stays happen and have a recorded reason; nothing ends by the calendar.",
    upheld_by=("care.placement.commands.end_stay",),
    measures=(
        Measure(
            id="L5",
            question="Does every early end have a reason, a view and a way back?",
            case="a stay that ended before day 90",
            counts="reason, client's view and way back recorded",
            excludes="",
            target=1.0,
            source="mission",
            remedy="Ends",
            gaming="other as reason",
            companion="share of other",
            zero_tolerance=True,
            read=cases(_SQL),
        ),
    ),
)

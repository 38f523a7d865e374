"""Nine contact hours a week."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT s.client_id, coalesce(sum(a.clinical_minutes), 0) >= 540,
       round(coalesce(sum(a.clinical_minutes), 0) / 60.0, 1) || ' h, week of ' || w.monday
FROM placement_stay s
CROSS JOIN LATERAL (
  SELECT d::date AS monday FROM generate_series(date_trunc('week', %(first)s::timestamp),
                                                %(last)s::timestamp, interval '7 days') AS d
) AS w
LEFT JOIN hours_attendance a ON a.client_id = s.client_id AND a.day BETWEEN w.monday AND w.monday + 6
WHERE s.admitted_at::date <= w.monday AND w.monday + 6 <= %(last)s
  AND (s.ended_at IS NULL OR s.ended_at::date > w.monday + 6)
GROUP BY s.client_id, w.monday ORDER BY s.client_id, w.monday
"""

L2 = Kept(
    id="L2",
    title="Nine contact hours a week",
    text="The standard in force is reached, week by week.",
    upheld_by=("care.hours.commands.take_attendance",),
    measures=(
        Measure(
            id="L2",
            question="Were nine hours delivered in each full week?",
            case="a full IOP week of a client (Monday to Sunday in care)",
            counts="9 contact hours or more",
            excludes="partial weeks",
            target=0.65,
            source="own: with 85 % attendance 61 % attend all three",
            remedy="Hours board",
            gaming="prescribing fewer hours",
            companion="clients on a lowered standard",
            zero_tolerance=False,
            read=cases(_SQL),
        ),
    ),
)

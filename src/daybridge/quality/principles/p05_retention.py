"""It keeps people."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT o.client_id, coalesce(o.first_attempt_at <= o.due_at, false),
       CASE WHEN o.first_attempt_at IS NULL THEN 'nobody tried yet' ELSE '' END
FROM retention_outreach o
WHERE o.missed_at::date BETWEEN %(first)s AND %(last)s AND o.due_at < %(now)s
"""

P05 = Kept(
    id="P05",
    title="It keeps people",
    text="Who misses a session is called the same day; why people leave is known; the way back is open.",
    upheld_by=("care.retention.commands.open_due_outreach",),
    measures=(
        Measure(
            id="P05",
            question="Was somebody who missed a session tried the same day?",
            case="a missed session without excuse",
            counts="a person's attempt in time",
            excludes="",
            target=0.95,
            source="own",
            remedy="Outreach list",
            gaming="left message without trying",
            companion="attempts by channel with outcome",
            zero_tolerance=False,
            read=cases(_SQL),
        ),
    ),
)

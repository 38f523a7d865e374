"""It keeps people."""

from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.parts import staying
from daybridge.quality.reading import cases

_TRIED = """
SELECT a.client_id, coalesce(o.first_attempt_at <= o.due_at, false),
  CASE WHEN o.first_attempt_at IS NULL THEN 'nobody tried yet' ELSE '' END || ' missed ' || a.day,
  CASE WHEN o.due_at >= %(now)s AND o.first_attempt_at IS NULL THEN 'the time to try is not over' END
    AS left_out
FROM hours_attendance a LEFT JOIN retention_outreach o
  ON o.client_id = a.client_id AND o.occurrence_id = a.occurrence_id
WHERE a.kind IN ('absent_unexcused', 'absent_unknown') AND a.day BETWEEN %(first)s AND %(last)s
ORDER BY a.day, a.client_id
"""
_FOUR_MORE = """
SELECT s.client_id, n.sessions >= 5, n.sessions || ' sessions in 30 days',
  CASE WHEN s.imported THEN 'imported' END AS left_out
FROM placement_stay s CROSS JOIN LATERAL (
  SELECT count(*) AS sessions FROM hours_attendance a
  WHERE a.client_id = s.client_id AND a.clinical_minutes > 0
    AND a.day BETWEEN [[s.admitted_at]] AND [[s.admitted_at]] + 29) AS n
WHERE [[s.admitted_at]] + 30 BETWEEN %(first)s AND %(last)s ORDER BY s.admitted_at
"""
_RETURNED = """
SELECT a.client_id, EXISTS (SELECT FROM hours_attendance b WHERE b.client_id = a.client_id
    AND b.kind LIKE 'attended%%' AND b.day > a.day AND b.day <= a.day + 7), 'missed ' || a.day
FROM hours_attendance a
WHERE a.kind IN ('absent_unexcused', 'absent_unknown') AND a.day + 7 BETWEEN %(first)s AND %(last)s
ORDER BY a.day, a.client_id
"""
_REACHED = """
SELECT t.client_id, t.outcome = 'reached', t.channel || ': ' || t.outcome
FROM retention_attempt t WHERE [[t.at]] BETWEEN %(first)s AND %(last)s ORDER BY t.at
"""


def _until(day: int, target: float) -> Measure:
    return Measure(
        id=f"P05-{day}", question=f"How many are still in treatment at day {day}?",
        case="an admission of the last 180 days; a stay that has not ended is censored, not dropped",
        counts=f"in treatment on day {day}; 14 silent days end it at the last presence",
        excludes="imported stays", target=target, source="own", remedy="Survival curve, reasons",
        how=How.STILL_THERE, day=day, days=180, read=cases(staying(day)),
    )


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
            counts="a person's attempt the same day, by 10:30 the next if it ended after 19:00",
            excludes="the time to try is not over",
            target=0.95,
            source="own",
            remedy="Outreach list",
            gaming="“left message” without trying",
            companion="attempts by channel with outcome; share reached",
            version=2,
            read=cases(_TRIED),
        ),
        _until(30, 0.85), _until(60, 0.7), _until(90, 0.6),
        Measure(
            id="P05-four", question="Did they come to 4 or more further sessions within 30 days?",
            case="an admission at least 30 days ago",
            counts="the first session and 4 or more further ones within 30 days of admission",
            excludes="imported stays", target=0.8, source="NIATx", remedy="Outreach list",
            read=cases(_FOUR_MORE),
        ),
        Measure(
            id="P05-back", question="Did somebody who missed a session come back within 7 days?",
            case="a missed session without excuse, at least 7 days ago",
            counts="present again within 7 days", target=0.6, source="own", remedy="Outreach list",
            read=cases(_RETURNED),
        ),
    ),
    companions=(
        Measure(
            id="P05-reached", question="How many attempts reached the person, by channel?",
            case="an attempt", counts="the person was reached", read=cases(_REACHED),
        ),
    ),
)

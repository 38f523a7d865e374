"""It builds the therapeutic alliance."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.parts_instruments import CHECKED
from daybridge.quality.reading import cases

# Each individual session that was held, and whether its leader was the primary counsellor then
_SAME = """
SELECT a.client_id, EXISTS (SELECT FROM access_teammember t
    WHERE t.client_id = a.client_id AND t.user_id = o.leader_id AND t.part = 'primary'
      AND t.from_at <= o.ends_at AND (t.until_at IS NULL OR t.until_at > o.starts_at)),
  'session of ' || a.day,
  CASE WHEN NOT EXISTS (SELECT FROM access_teammember t WHERE t.client_id = a.client_id
      AND t.part = 'primary' AND t.from_at <= o.ends_at
      AND (t.until_at IS NULL OR t.until_at > o.starts_at))
    THEN 'no primary counsellor on that day' END AS left_out
FROM hours_attendance a JOIN schedule_occurrence o ON o.id = a.occurrence_id
WHERE o.service = 'individual' AND a.clinical_minutes > 0 AND a.day BETWEEN %(first)s AND %(last)s
ORDER BY a.day, a.client_id, o.id
"""

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
        Measure(
            id="P04-same",
            question="Does each client talk with the same person?",
            case="an individual session that was held",
            counts="led by who was the client's primary counsellor then",
            excludes="nobody was their primary counsellor",
            target=0.8,
            source="own",
            remedy="Week",
            read=cases(_SAME),
        ),
    ),
)

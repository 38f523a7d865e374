"""Who may not be suited is offered another way."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
WITH signs AS (
  SELECT e.client_id, e.signed_at FROM assessment_evaluation e
  WHERE e.state = 'signed' AND [[e.signed_at]] BETWEEN %(first)s AND %(last)s AND EXISTS (
    SELECT FROM assessment_criterionanswer c WHERE c.evaluation_id = e.id AND c.answer = 'yes'
      AND c.key IN ('severe_unstable_comorbidity', 'toxic_environment'))
), offers AS (
  SELECT s.*, EXISTS (
    SELECT FROM placement_decision d WHERE d.client_id = s.client_id AND d.alternative <> ''
      AND d.alternative_by_id IS NOT NULL AND d.alternative_outcome <> ''
      AND d.alternative_at >= s.signed_at - interval '72 hours'
      AND d.alternative_at <= s.signed_at + interval '72 hours') AS done
  FROM signs s
)
SELECT client_id, done, CASE WHEN done THEN '' ELSE 'sign found ' || [[signed_at]] END,
  CASE WHEN NOT done AND signed_at + interval '72 hours' > %(now)s
    THEN 'the 72 hours are not over, sign found ' || [[signed_at]] END AS left_out
FROM offers ORDER BY signed_at
"""
_MOVED = """
SELECT s.client_id, s.end_reason = 'moved to another level elsewhere'
    AND [[s.ended_at]] - [[s.admitted_at]] <= 14, coalesce(s.end_reason, ''),
  CASE WHEN s.imported THEN 'imported' END AS left_out
FROM placement_stay s
WHERE [[s.admitted_at]] BETWEEN %(first)s AND %(last)s AND NOT EXISTS (
  SELECT FROM assessment_criterionanswer c WHERE c.client_id = s.client_id AND c.answer = 'yes'
    AND c.key IN ('severe_unstable_comorbidity', 'toxic_environment'))
ORDER BY s.admitted_at
"""

W2 = Kept(
    id="W2",
    title="Who may not be suited is offered another way",
    text="Never just refused.",
    upheld_by=("care.placement.commands.offer_alternative",),
    measures=(
        Measure(
            id="W2",
            question="Was an alternative offered to whom this may not suit, with its outcome?",
            case="a signed evaluation with a sign of being unsuited",
            counts="an alternative offered by a named person, and its outcome, within 72 hours",
            excludes="the 72 hours are not over",
            target=1.0,
            source="mission",
            remedy="Call now",
            gaming="not ticking",
            companion="moves to another level elsewhere within 14 days of admission without the sign",
            zero_tolerance=True,
            version=2,
            read=cases(_SQL),
        ),
    ),
    companions=(
        Measure(
            id="W2-moved", question="How many moved to another level within 14 days without the sign?",
            case="an admission without the sign", counts="moved elsewhere within 14 days",
            excludes="imported stays", higher_is_better=False, read=cases(_MOVED),
        ),
    ),
)

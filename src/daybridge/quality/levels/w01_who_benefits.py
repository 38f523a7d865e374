"""Who benefits most is recognised."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_ANSWERS = """
WITH answers AS (
  SELECT e.id, e.client_id, e.signed_at, c.key, c.answer, c.why
  FROM assessment_evaluation e LEFT JOIN assessment_criterionanswer c ON c.evaluation_id = e.id
    AND c.key IN ('step_down', 'residential_unavailable', 'dual_diagnosis', 'repeated_relapse',
                  'daily_stress', 'domestic_issues', 'weak_support', 'low_confidence')
  WHERE e.state = 'signed' AND [[e.signed_at]] BETWEEN %(first)s AND %(last)s
)
"""
_SQL = """
SELECT client_id, count(*) FILTER (WHERE answer <> 'not_known' OR why <> '') = 8,
  count(*) FILTER (WHERE answer <> 'not_known' OR why <> '') || ' of 8 answered'
FROM answers GROUP BY id, client_id, signed_at ORDER BY signed_at
"""
_NONE = """
SELECT client_id, count(*) FILTER (WHERE answer = 'yes') = 0, ''
FROM answers GROUP BY id, client_id, signed_at ORDER BY signed_at
"""
_EACH = """
SELECT client_id, answer = '{answer}', key FROM answers WHERE key IS NOT NULL ORDER BY signed_at, key
"""


def _answered(answer: str, words: str) -> Measure:
    one = _EACH.replace("{answer}", answer)
    return Measure(
        id=f"W1-{answer.replace('_', '-')}", question=f"How many answers are “{words}”?",
        case="an answer to a benefit criterion", counts=f"“{words}”", read=cases(_ANSWERS, one),
    )


W1 = Kept(
    id="W1",
    title="Who benefits most is recognised",
    text="Each criterion is answered in every evaluation.",
    upheld_by=("care.assessment.commands.save_criteria",),
    measures=(
        Measure(
            id="W1",
            question="Is each benefit criterion answered in every evaluation?",
            case="a signed evaluation",
            counts="all eight criteria answered (yes, no or not known), each with why",
            target=1.0,
            source="own",
            remedy="Finish the evaluation",
            gaming="all “no”",
            companion="evaluations with no criterion at all",
            version=2,
            read=cases(_ANSWERS, _SQL),
        ),
        _answered("yes", "yes"), _answered("no", "no"), _answered("not_known", "not known"),
    ),
    companions=(
        Measure(
            id="W1-none", question="How many evaluations have no criterion at all?",
            case="a signed evaluation", counts="no criterion is answered “yes”",
            higher_is_better=False, read=cases(_ANSWERS, _NONE),
        ),
    ),
)

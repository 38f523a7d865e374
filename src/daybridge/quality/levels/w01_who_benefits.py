"""Who benefits most is recognised."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT e.client_id, (SELECT count(*) FROM assessment_criterionanswer c WHERE c.evaluation_id = e.id
  AND c.key IN ('step_down', 'residential_unavailable', 'dual_diagnosis', 'repeated_relapse',
                'daily_stress', 'domestic_issues', 'weak_support', 'low_confidence')) >= 8, ''
FROM assessment_evaluation e WHERE e.state = 'signed'
  AND e.signed_at::date BETWEEN %(first)s AND %(last)s
"""

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
            counts="all eight criteria answered",
            excludes="",
            target=1.0,
            source="own",
            remedy="Finish the evaluation",
            gaming="all no",
            companion="evaluations with no criterion",
            zero_tolerance=False,
            read=cases(_SQL),
        ),
    ),
)

"""Evaluation before admission."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT s.client_id, EXISTS (SELECT FROM assessment_evaluation e WHERE e.client_id = s.client_id
         AND e.state = 'signed' AND (s.imported OR e.signed_at <= s.admitted_at)),
       CASE WHEN s.imported THEN 'imported' ELSE '' END FROM placement_stay s
WHERE s.admitted_at::date BETWEEN %(first)s AND %(last)s OR (s.imported AND s.ended_at IS NULL)
"""

S1 = Kept(
    id="S1",
    title="Evaluation before admission",
    text="Severity, medical and mental conditions are known before anybody is admitted.",
    upheld_by=("care.assessment.commands.sign_evaluation",),
    measures=(
        Measure(
            id="S1",
            question="Was everybody evaluated before admission?",
            case="an admission, or an imported stay that is open",
            counts="preceded by a signed, complete evaluation; imported: evaluated since",
            excludes="",
            target=1.0,
            source="joint policy statement",
            remedy="Finish the evaluation",
            gaming="hasty evaluations",
            companion="minutes spent; not-known share",
            zero_tolerance=True,
            read=cases(_SQL),
        ),
    ),
)

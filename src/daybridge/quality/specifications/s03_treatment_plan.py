"""A formal treatment plan."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT s.client_id, EXISTS (SELECT FROM planning_plan p WHERE p.stay_id = s.id
  AND p.signed_at <= s.admitted_at + interval '7 days'), ''
FROM placement_stay s WHERE s.admitted_at::date BETWEEN %(first)s AND %(last)s - 7
"""

S3 = Kept(
    id="S3",
    title="A formal treatment plan",
    text="Signed by client and clinician soon after admission, and kept up.",
    upheld_by=("care.planning.commands.sign_as_client",),
    measures=(
        Measure(
            id="S3",
            question="Was the plan signed by both within 7 days?",
            case="an admission of at least 7 days ago",
            counts="a plan signed by client and clinician",
            excludes="",
            target=0.95,
            source="own; states 7-30 days",
            remedy="Plans due",
            gaming="template plans",
            companion="similarity of texts",
            zero_tolerance=False,
            read=cases(_SQL),
        ),
    ),
)

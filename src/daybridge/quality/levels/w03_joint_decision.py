"""The decision is joint."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT s.client_id, EXISTS (SELECT FROM placement_view v WHERE v.client_id = s.client_id
         AND CASE WHEN s.imported THEN true
             ELSE v.decision_id = s.decision_id AND v.signed_at <= s.admitted_at END
         GROUP BY v.decision_id HAVING count(*) = 2),
       CASE WHEN s.imported THEN 'imported' ELSE '' END FROM placement_stay s
WHERE s.admitted_at::date BETWEEN %(first)s AND %(last)s OR (s.imported AND s.ended_at IS NULL)
"""

W3 = Kept(
    id="W3",
    title="The decision is joint",
    text="Client and clinician both say theirs, with reasons, and sign.",
    upheld_by=("care.placement.commands.sign_client_view",),
    measures=(
        Measure(
            id="W3",
            question="Did client and clinician both sign their view before admission?",
            case="an admission, or an imported stay that is open",
            counts="both views signed, each with reasons; imported: signed since",
            excludes="",
            target=1.0,
            source="mission",
            remedy="Joint decision",
            gaming="copying one view into the other",
            companion="text equality; share of dissent",
            zero_tolerance=True,
            read=cases(_SQL),
        ),
    ),
)

"""The decision is joint."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT s.client_id, EXISTS (SELECT FROM placement_view v WHERE v.client_id = s.client_id
         AND CASE WHEN s.imported THEN true
             ELSE v.decision_id = s.decision_id AND v.signed_at <= s.admitted_at END
         GROUP BY v.decision_id HAVING count(*) = 2),
       CASE WHEN s.imported THEN 'imported' ELSE '' END FROM placement_stay s
WHERE [[s.admitted_at]] BETWEEN %(first)s AND %(last)s OR (s.imported AND s.ended_at IS NULL
  AND EXISTS (SELECT FROM placement_incharge c WHERE c.stay_id = s.id AND [[c.from_at]] <= %(last)s))
ORDER BY s.admitted_at
"""
_REVIEWED = """
SELECT d.client_id, coalesce([[d.reviewed_at]] <= d.review_on, false), 'due ' || d.review_on
FROM placement_decision d
WHERE d.differs AND d.decided_at IS NOT NULL AND d.review_on BETWEEN %(first)s AND %(last)s
ORDER BY d.review_on
"""
_COPIED = """
SELECT d.client_id, lower(trim(a.reasons)) = lower(trim(b.reasons)), 'decided ' || [[d.decided_at]]
FROM placement_decision d
JOIN placement_view a ON a.decision_id = d.id AND a.by = 'client'
JOIN placement_view b ON b.decision_id = d.id AND b.by = 'clinician'
WHERE [[d.decided_at]] BETWEEN %(first)s AND %(last)s ORDER BY d.decided_at
"""
_DISSENT = """
SELECT d.client_id, d.differs, 'decided ' || [[d.decided_at]] FROM placement_decision d
WHERE [[d.decided_at]] BETWEEN %(first)s AND %(last)s ORDER BY d.decided_at
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
            target=1.0,
            source="mission",
            remedy="Joint decision",
            gaming="copying one view into the other",
            companion="both views in the same words; share of dissent (none in 50 is worth a question)",
            zero_tolerance=True,
            read=cases(_SQL),
        ),
        Measure(
            id="W3b", question="Was every dissent looked at again by its date?",
            case="a decision with two different views whose date has come",
            counts="looked at again on or before the date", target=0.95, source="own",
            remedy="Look at it again together", read=cases(_REVIEWED),
        ),
    ),
    companions=(
        Measure(
            id="W3-copied", question="How many decisions have both views in the same words?",
            case="a joint decision", counts="the same words", higher_is_better=False,
            read=cases(_COPIED),
        ),
        Measure(
            id="W3-dissent", question="In how many decisions do the views differ?",
            case="a joint decision", counts="two different views", read=cases(_DISSENT),
        ),
    ),
)

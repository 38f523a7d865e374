"""Evaluation before admission."""

from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.principles.p02_facts import MINUTES
from daybridge.quality.reading import cases

_SQL = """
SELECT s.client_id, EXISTS (SELECT FROM assessment_evaluation e WHERE e.client_id = s.client_id
         AND e.state = 'signed' AND (s.imported OR e.signed_at <= s.admitted_at)
         AND e.medical <> '' AND e.mental <> ''
         AND EXISTS (SELECT FROM assessment_substancerating r WHERE r.evaluation_id = e.id)),
       CASE WHEN s.imported THEN 'imported' ELSE '' END FROM placement_stay s
WHERE [[s.admitted_at]] BETWEEN %(first)s AND %(last)s OR (s.imported AND s.ended_at IS NULL
  AND EXISTS (SELECT FROM placement_incharge c WHERE c.stay_id = s.id AND [[c.from_at]] <= %(last)s))
ORDER BY s.admitted_at
"""
_NOT_KNOWN = """
SELECT c.client_id, c.answer = 'not_known', CASE WHEN c.answer = 'not_known' THEN c.key ELSE '' END
FROM assessment_criterionanswer c JOIN assessment_evaluation e ON e.id = c.evaluation_id
WHERE e.state = 'signed' AND [[e.signed_at]] BETWEEN %(first)s AND %(last)s ORDER BY e.signed_at, c.id
"""
_LATER = """
SELECT n.client_id, EXISTS (SELECT FROM placement_stay s
    WHERE s.client_id = n.client_id AND n.found_at > s.admitted_at), n.domain
FROM assessment_need n WHERE [[n.found_at]] BETWEEN %(first)s AND %(last)s ORDER BY n.found_at
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
            counts="preceded by a signed evaluation: severity, medical and mental parts all answered; "
                   "imported: evaluated since",
            target=1.0,
            source="joint policy statement",
            remedy="Finish the evaluation",
            gaming="hasty evaluations",
            companion="minutes spent; share of “not known”; needs found later",
            zero_tolerance=True,
            version=2,
            read=cases(_SQL),
        ),
    ),
    companions=(
        Measure(
            id="S1-minutes", question="How many minutes does an evaluation take?",
            case="a signed evaluation", counts="90 minutes or fewer",
            excludes="held in several sittings: their minutes are not recorded",
            unit="minutes", how=How.MEDIAN, higher_is_better=False, read=cases(MINUTES),
        ),
        Measure(
            id="S1-not-known", question="How many answers are “not known”?",
            case="an answer to a criterion", counts="“not known”", higher_is_better=False,
            read=cases(_NOT_KNOWN),
        ),
        Measure(
            id="S1-later", question="How many needs were found only after admission?",
            case="a need found", counts="found after admission", higher_is_better=False,
            read=cases(_LATER),
        ),
    ),
)

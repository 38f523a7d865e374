"""Treatment is readily available."""

from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.parts import ASKED
from daybridge.quality.reading import cases

_WITHIN = """
SELECT client_id, coalesce(first <= day + 7, false),
  CASE WHEN first IS NOT NULL THEN 'first session after ' || first - day || ' days'
       WHEN closed IS NOT NULL THEN 'closed without admission after ' || closed - day || ' days'
       WHEN gone IS NOT NULL THEN 'left before the first session'
       ELSE 'waiting for ' || today - day || ' days' END,
  greatest(0, coalesce(first, closed, gone, today) - day) AS value,
  CASE WHEN first IS NOT NULL THEN 'treated' WHEN coalesce(closed, gone) IS NOT NULL THEN 'gave up'
       ELSE '' END AS ended
FROM asked ORDER BY first_contact_at
"""
_MEDIAN = """
SELECT client_id, coalesce(first - day <= 3, false),
  coalesce('first session after ' || first - day || ' days', 'no session yet, or never'),
  coalesce(first - day, 'Infinity'::float) AS value,
  CASE WHEN today - day < 7 THEN 'asked less than 7 days ago: too early to tell' END AS left_out
FROM asked ORDER BY first_contact_at
"""
_ENDED = """
SELECT client_id, first IS NOT NULL, CASE WHEN first IS NULL THEN 'closed without a session' ELSE '' END,
  CASE WHEN coalesce(first, closed, gone) IS NULL THEN 'still waiting' END AS left_out
FROM asked ORDER BY first_contact_at
"""
_LATE = """
SELECT client_id, coalesce(entered_at > booked.starts_at, false), 'entered ' || [[entered_at]]
FROM asked LEFT JOIN LATERAL (
  SELECT min(s.starts_at) AS starts_at FROM intake_evaluationbooking b
  JOIN intake_evaluationslot s ON s.id = b.slot_id
  WHERE b.client_id = asked.client_id AND s.starts_at >= asked.first_contact_at
    AND b.state <> 'cancelled') AS booked ON true
ORDER BY first_contact_at
"""

P01 = Kept(
    id="P01",
    title="Treatment is readily available",
    text="It asks little beyond willingness; not admitted means reason, alternative, reviewer.",
    upheld_by=("care.intake.commands.take_inquiry",),
    measures=(
        Measure(
            id="P01",
            question="How many of all who asked had their first session after admission within 7 days?",
            case="somebody who asked for help: who gave up, was referred or still waits is in",
            counts="the first formal session after admission within 7 days of the first contact",
            target=0.8,
            source="own; NIATx programmes went from 19.6 to 12.4 days",
            remedy="Open seats and evaluation times",
            gaming="turning people away, logging late",
            companion="the clock starts at the first touch the system sees; inquiries that end in "
                      "treatment; inquiries logged after the first appointment",
            how=How.HAPPENED, day=7, end="treated", version=2,
            read=cases(ASKED, _WITHIN),
        ),
        Measure(
            id="P01-median",
            question="How many days from the first contact to the first session, in the middle?",
            case="somebody who asked for help; a wait that has not ended counts as endless",
            counts="3 days or fewer",
            excludes="asked less than 7 days ago: too early to tell",
            target=3, unit="days", how=How.MEDIAN, higher_is_better=False,
            source="own; NIATx programmes went from 19.6 to 12.4 days",
            remedy="Open seats and evaluation times",
            read=cases(ASKED, _MEDIAN),
        ),
    ),
    companions=(
        Measure(
            id="P01-treated", question="Of the inquiries that ended, how many ended in treatment?",
            case="an inquiry that ended", counts="a first session was held",
            excludes="still waiting; a referral that was kept is not recorded yet",
            read=cases(ASKED, _ENDED),
        ),
        Measure(
            id="P01-late", question="How many inquiries were logged after the first appointment?",
            case="an inquiry", counts="entered after the first evaluation time began",
            higher_is_better=False, read=cases(ASKED, _LATE),
        ),
    ),
)
